"""All pairs of a dataset at once: their series, what was expected, what surprised and where they turned.

DuckDB finds each pair's acts, joined, in one pass; what is reckoned from them is what `relations` reckons.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from detente.relations.acts import DyadAct
from detente.relations.pair import Relation, relation_of
from detente.relations.weights import By

_ACTS = """
SELECT one, other, id, joined, report, told, date_start, date_end, type, status, intensity, actors, recipients, tellings
FROM pair_acts ORDER BY one, other, counted_on NULLS LAST, id
"""


def relations_of(dataset: Any, by: By = "week") -> Iterator[Relation]:
    """The relation of each pair that has an act, in order of their codes; `dataset` is an opened one.

    Equal to `detente.relations.pair.relate` over an archive of the same reports.
    """
    read: dict[date, int] = dict(dataset.sql("SELECT report_date, read FROM days_read").fetchall())
    mentions: dict[tuple[str, str], dict[date, int]] = {}
    for one, other, day, count in dataset.sql("SELECT * FROM pair_mentions").fetchall():
        mentions.setdefault((one, other), {})[day] = count
    rows = dataset.sql(_ACTS).fetchall()
    for pair, told in groupby(rows, key=itemgetter(0, 1)):
        acts = [_act(row) for row in told]
        yield relation_of(pair, acts, read, mentions.get(pair, {}), by, is_directed=False)


def _act(row: tuple[Any, ...]) -> DyadAct:
    _, _, id_, joined, report, told, start, end, type_, status, intensity, actors, recipients, tellings = row
    return DyadAct(
        id=id_,
        joined=joined,
        report=report,
        told=told,
        start=start,
        end=end,
        type=type_,
        status=status,
        intensity=intensity,
        actors=tuple(dict.fromkeys(actors)),
        recipients=tuple(dict.fromkeys(recipients)),
        tellings=tellings,
    )
