"""What is counted: acts, each once however many reports tell it, on the day it has of its own or on none.

The SQL here is the one answer to which act an event tells, on what day that act is, and which of its tellings stands
for it. Lists, counts, series, the matrix and every page of a pair ask it.
"""

from __future__ import annotations

from collections.abc import Sequence

FROM = (
    "event JOIN report ON report.n = event.report"
    " LEFT JOIN (SELECT n, id FROM event) AS first ON first.id = event.same_as"
    " LEFT JOIN telling ON telling.event = COALESCE(first.n, event.n)"
)
"""The tables that tell of which act an event is."""

ACT = "COALESCE(telling.act, event.same_as, event.id)"
"""The id of the act: shared by all its tellings, in one report (`event.same_as`) and in several (table ``telling``)."""

DAY = "CASE WHEN event.status IN ('planned', 'possible') THEN report.report_date ELSE event.date_start END"
"""The day an act is counted on: its own; of a plan or a possibility the day it was told. Null where none is told."""

STANDING = (
    "CASE event.status WHEN 'happened' THEN 0 WHEN 'planned' THEN 1 WHEN 'possible' THEN 2 ELSE 3 END,"
    f" {DAY} IS NULL, COALESCE(report.report_date, '9999'), event.id"
)
"""Sorts the tellings of an act: the one that asserts most stands for it, of those one with a day, of those the first
told."""

_ALONE = (
    "event.same_as IS NULL AND NOT EXISTS (SELECT 1 FROM telling WHERE telling.event = event.n) AND NOT EXISTS"
    " (SELECT 1 FROM event AS again WHERE again.same_as = event.id)"
)
"""Whether an event is the one telling of its act: most are, and need not be sorted into groups."""

_DAY_ALONE = DAY.replace("report.report_date", "(SELECT report_date FROM report WHERE report.n = event.report)")
"""The same day, with the report looked up only where it is needed."""


def acts_among(wanted: str, *, told: bool = False) -> str:
    """The query for ``n``, ``id``, ``day`` and, with `told`, the day of its report, of the telling that stands for each
    act, among the events that the clause `wanted` leaves."""
    alone, shared = (
        (", (SELECT report_date FROM report WHERE report.n = chosen.report) AS told", ", report_date AS told")
        if told
        else ("", "")
    )
    return (
        f"WITH chosen AS MATERIALIZED (SELECT event.n, event.id, event.report, {_DAY_ALONE} AS day, {_ALONE} AS alone"
        f" FROM event {wanted}) SELECT n, id, day{alone} FROM chosen WHERE alone"
        f" UNION ALL SELECT n, id, day{', told' if told else ''} FROM (SELECT event.n, event.id,"
        f" {DAY} AS day{shared}, row_number() OVER (PARTITION BY {ACT} ORDER BY {STANDING}) AS place"
        f" FROM {FROM} WHERE event.n IN (SELECT n FROM chosen WHERE NOT alone)) WHERE place = 1"
    )


def pairs_among(actors: Sequence[str], recipients: Sequence[str]) -> set[tuple[str, str]]:
    """The pairs an act is between, each in order of its codes; without a recipient its actors act together."""
    return {(min(a, b), max(a, b)) for a in actors for b in recipients or actors if a != b}
