"""``detente relations`` and ``bench relations``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from detente.archive import Archive
from detente.archive.promises import Promise
from detente.charts.tension import tension_chart
from detente.cli.answering import write_csv
from detente.cli.drawing import DRAWINGS, write_drawing
from detente.cli.output import opened, refuse_unwritable
from detente.cli.tables import print_parts
from detente.errors import UsageError
from detente.relations.dates import first_day, last_day
from detente.relations.due import coming
from detente.relations.known_turns import Result, compare, known_turns
from detente.relations.names import known_party, state_name
from detente.relations.pair import Relation, relate
from detente.relations.weights import By

WIDTHS = {"pair": 7, "day": 10, "turn": 0}
"""Least widths of columns that are wider than their names, or may be cut."""

SHOWN_SURPRISES, SHOWN_ACTS, SHOWN_PROMISES = 12, 3, 8


def show_relation(
    path: Path,
    states: Sequence[str],
    by: str,
    since: str | None,
    until: str | None,
    directed: bool,
    plot: Path | None,
    as_json: bool,
    as_csv: bool,
    min_score: float | None = None,
) -> None:
    """Print how states stand, and draw it where asked; raises `UsageError` where parties or dates are none."""
    refuse_unwritable(plot)
    if plot and plot.suffix not in DRAWINGS:
        raise UsageError(f"{str(plot)!r}: a drawing ends in .svg or .png.")
    with Archive.open(path) as archive:
        codes = [known_party(archive, given) for given in states]
        relation = relate(
            archive,
            codes,
            by=cast(By, by),
            since=first_day(since, "--since"),
            until=last_day(until, "--until"),
            is_directed=directed,
            min_score=min_score,
        )
        due = coming(archive, codes[:2], SHOWN_PROMISES, min_score) if len(codes) == 2 else []
        words = {act.id: archive.event(act.id).evidence for s in relation.surprises for act in s.acts[:SHOWN_ACTS]}
    if plot:
        draw(relation, plot)
    with opened(None, machine=as_json or as_csv) as out:
        if as_json:
            out.write(json.dumps(to_dict(relation, due), ensure_ascii=False, indent=1) + "\n")
        elif as_csv:
            write_csv(relation.to_rows(), out, ["start"])
        else:
            print_parts(_told(relation, due, words), out)


def to_dict(relation: Relation, due: Sequence[Promise]) -> dict[str, Any]:
    """The relation as plain values."""
    return {
        "states": list(relation.codes),
        "directed": relation.is_directed,
        "by": relation.by,
        "acts": len(relation.acts),
        "loose": relation.loose,
        "beyond": relation.beyond,
        "undated": len(relation.undated),
        "needed": relation.needed,
        "known": relation.known,
        "unread": [[first.isoformat(), last.isoformat()] for first, last in relation.unread],
        "points": relation.to_rows(),
        "surprises": [surprise.to_dict() for surprise in relation.surprises],
        "turns": [turn.to_dict() for turn in relation.turns],
        "due": [
            {
                "event": promise.made.id,
                "outcome": str(promise.outcome),
                "due": promise.due[1],
                "words": promise.made_words,
            }
            for promise in due
        ],
    }


def draw(relation: Relation, out: Path) -> None:
    """Write the drawing of the tension to `out`, as SVG or PNG."""
    title = f"Tension {_title(relation)} by {relation.by}, with what was expected"
    drawn = tension_chart(
        relation.points, relation.bands, relation.surprises, relation.turns, title=title, standalone=True
    )
    write_drawing(drawn, out)


SETS = {
    "held-out": "Turns that nothing was chosen on",
    "tuned": "Turns that the least spread was chosen on",
}


def measure_relations(path: Path, as_json: bool) -> None:
    """Print how well known turns are found in the archive at `path`."""
    with Archive.open(path) as archive:
        sets = {
            name: compare(archive, [turn for turn in known_turns() if turn.tuned is tuned])
            for name, tuned in (("held-out", False), ("tuned", True))
        }
    with opened(None, machine=as_json) as out:
        if as_json:
            rows = [{"set": name, **_result_row(result)} for name, results in sets.items() for result in results]
            out.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
            return
        for name, results in sets.items():
            print_parts([Text(SETS[name], style="bold"), *_measured(results)], out)


def _result_row(result: Result) -> dict[str, Any]:
    return {
        "method": result.method,
        "threshold": result.threshold,
        "turns": len(result.found),
        "hits": result.hits,
        "median_weeks": result.median_weeks,
        "false_alarms": result.false_alarms,
        "pair_years": round(result.pair_years, 1),
        "false_alarms_a_pair_year": round(result.rate, 3),
        "found": [
            {"states": [f.turn.one, f.turn.other], "day": f.turn.day.isoformat(), "what": f.turn.what, "weeks": f.weeks}
            for f in result.found
        ],
    }


def _measured(results: Sequence[Result]) -> Iterator[RenderableType]:
    table = _table("method", "at", "found", "median weeks", "false alarms a pair-year")
    for result in results:
        median = "" if result.median_weeks is None else f"{result.median_weeks:+g}"
        hits = f"{result.hits} of {len(result.found)}"
        table.add_row(result.method, f"{result.threshold:g}", hits, median, f"{result.rate:.2f}")
    yield table
    turns = _table("pair", "day", *(f"{result.method} {result.threshold:g}" for result in results), "turn")
    for number, found in enumerate(results[0].found if results else ()):
        weeks = [result.found[number].weeks for result in results]
        turn = found.turn
        shown = ["–" if week is None else f"{week:+d}" for week in weeks]
        turns.add_row(f"{turn.one}–{turn.other}", turn.day.isoformat(), *shown, turn.what)
    yield turns
    yield Text("Weeks from the turn to the first alarm; – where there was none in the window.", style="dim")


def _told(relation: Relation, due: Sequence[Promise], words: dict[str, str]) -> Iterator[RenderableType]:
    yield Text(f"{_title(relation)}, by {relation.by}", style="bold")
    read = sum(point.read for point in relation.points)
    unread = sum(point.coverage == "no report read" for point in relation.points)
    yield Text(
        f"{len(relation.acts):,} acts in {read:,} reports; {unread} of {len(relation.points)} points without any report"
    )
    if not_drawn := _not_drawn(relation):
        yield Text(not_drawn)
    newest = _table("start", "tension", "expected", "acts", "read", "coverage")
    for row in relation.to_rows()[-SHOWN_SURPRISES:]:
        numbers = ["" if row[name] is None else f"{row[name]:+.2f}" for name in ("tension", "expected")]
        newest.add_row(row["start"], *numbers, str(row["acts"]), str(row["read"]), row["coverage"])
    yield newest
    if relation.known <= relation.needed:
        yield Text(f"Surprise needs {relation.needed} {relation.by}s read, and has {relation.known}.")
    if relation.unread:
        times = ", ".join(f"{first} to {last}" for first, last in relation.unread[-SHOWN_SURPRISES:])
        yield Text(f"No report read: {times}", style="dim")
    for surprise in relation.surprises[-SHOWN_SURPRISES:]:
        colour = "red" if surprise.direction == "colder" else "green"
        yield Text(f"{surprise.start}  {surprise.direction} than expected", style=f"bold {colour}")
        yield Text(f"    {surprise.formula}", style="dim")
        for act in surprise.acts[:SHOWN_ACTS]:
            yield Text(f"    {act.weight():+.2f} {words[act.id]}")
    for turn in relation.turns[-SHOWN_SURPRISES:]:
        yield Text(f"{turn.start}  turned {turn.direction}: mean {turn.before:+.2f} → {turn.after:+.2f}", style="bold")
    for promise in due:
        yield Text(f"{promise.due[1] or 'no day'}  {promise.outcome.replace('-', ' ')}: {promise.made_words}")


def _not_drawn(relation: Relation) -> str:
    """Which acts are in no point, and why; empty where all are."""
    told = [
        (relation.loose, f"dated too widely for a {relation.by}"),
        (relation.beyond, "of days before or after all reports read"),
        (len(relation.undated), "more without a day"),
    ]
    return "Not drawn: " + ", ".join(f"{n:,} {why}" for n, why in told if n) if any(n for n, _ in told) else ""


def _title(relation: Relation) -> str:
    return (" → " if relation.is_directed else " – ").join(state_name(code) for code in relation.codes)


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in names:
        table.add_column(name, no_wrap=True, min_width=WIDTHS.get(name, len(name)))
    return table
