"""A pair: its tension with the expected band, surprises, turns, what was announced, and who says what about whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import cast

from detente.archive import Archive
from detente.archive.events import events_by_id
from detente.archive.parties import tellers_between
from detente.archive.promises import find_promises
from detente.charts.svg import for_any_screen
from detente.charts.tension import tension_chart
from detente.relations.acts import DyadAct
from detente.relations.dates import first_day, last_day
from detente.relations.due import asked_of
from detente.relations.expected import Surprise
from detente.relations.gathering import read_by_day
from detente.relations.names import known_party, state_name
from detente.relations.pair import Relation, gather, relate, within
from detente.relations.series import SeriesPoint
from detente.relations.turns import TurningPoint
from detente.relations.weights import STEPS, By
from detente.web.pages import Asked, WebPage
from detente.web.rendering import to
from detente.web.views.joins import promise_row, promises_chart, read_days
from detente.web.views.lists import scores
from detente.web.views.rows import Row, event_row

MOST_POINTS = 320
"""Points a drawing shows well: weeks of six years, months of twenty-six."""

SHOWN_ACTS = 40

SOME_DAY = "0000-00-00"
"""Stands for the day in the address that all points of a drawing share."""


def pair(asked: Asked) -> WebPage:
    """How two states stand; ``by``, ``since``, ``until``, ``direction`` and ``at`` (a day) choose what is shown."""
    codes = [known_party(asked.archive, asked.parts[name]) for name in ("one", "other")]
    read = asked.reading.kept("read", read_by_day)
    since, until = first_day(asked.text("since"), "since"), last_day(asked.text("until"), "until")
    by = cast(By, asked.one_of("by", STEPS) or _usual_step(list(read), since, until))
    directed = asked.one_of("direction", ("both", "one")) == "one"
    least = asked.share("min_score")
    whole = relation_kept(asked, codes, by, directed, least)
    relation = within(whole, since, until) if since or until else whole
    names = [state_name(code) for code in relation.codes]
    title = f"{names[0]} {'→' if directed else '–'} {names[1]}"
    at_day = asked.here(at=SOME_DAY) + "#point"
    chart = for_any_screen(
        lambda is_narrow: tension_chart(
            relation.points,
            relation.bands,
            relation.surprises,
            relation.turns,
            title=f"Tension {title} by {by}, with what was expected",
            address=lambda day: at_day.replace(SOME_DAY, day.isoformat()),
            is_narrow=is_narrow,
        )
    )
    at = first_day(asked.text("at"), "at")
    point = relation.at(at) if at else _latest(relation)
    says = asked.reading.kept(("says", *codes), lambda archive: _says(archive, codes))
    announced = find_promises(asked.archive.db, asked_of(codes, least), None, 8, "newest", read=read_days(asked))
    drawing = promises_chart(asked, announced, f"Announced between {title} and what came of it")
    data: Row = {
        "codes": relation.codes, "names": names, "by": by, "steps": STEPS, "directed": directed,
        "since": since and since.isoformat(), "until": until and until.isoformat(), "acts": len(relation.acts),
        "loose": relation.loose, "beyond": relation.beyond, "undated": len(relation.undated),
        "quads": _quads(relation), "coverage": Counter(p.coverage for p in relation.points),
        "needed": relation.needed, "known": relation.known,
        "points": relation.to_rows(),
        "unread": [{"start": first.isoformat(), "end": last.isoformat()} for first, last in relation.unread],
        "surprises": [_surprise(s, asked) for s in reversed(relation.surprises)],
        "turns": [_turn(turn, asked) for turn in reversed(relation.turns)],
        "point": point and _point(asked.archive, point),
        "promises": [promise_row(promise) for promise in announced],
        "says": says, "swap": to("pair", *reversed(codes)), **scores(asked),
    }  # fmt: skip
    return WebPage("pair.html", title, data, data["points"], {"tension": chart, "announced": drawing}, part="point")


def relation_kept(
    asked: Asked, codes: Sequence[str], by: By = "week", directed: bool = False, least: float | None = None
) -> Relation:
    """The relation of a pair over all years, made once for each state of the archive, whichever page asks for it."""
    kept = asked.reading.kept
    read = kept("read", read_by_day)
    gathered = kept(
        ("acts", *codes, directed, least),
        lambda archive: gather(archive, codes, is_directed=directed, min_score=least),
    )
    return kept(
        ("relation", *codes, by, directed, least),
        lambda archive: relate(archive, codes, by=by, is_directed=directed, read=read, gathered=gathered),
    )


def _says(archive: Archive, codes: Sequence[str]) -> list[Row]:
    """Who tells, accuses, demands, praises across the pair: speakers of one side in acts towards the other."""
    found = tellers_between(archive.db, codes[0], codes[1])
    return [{**asdict(teller), "address": to("event", teller.event)} for teller in found]


def _usual_step(read: list[date], since: date | None, until: date | None) -> By:
    if not read:
        return "week"
    span = ((until or max(read)) - (since or min(read))) // timedelta(days=1)
    return "month" if span / 7 > MOST_POINTS else "week" if span > 120 else "day"


def _latest(relation: Relation) -> SeriesPoint | None:
    if relation.surprises:
        return relation.at(relation.surprises[-1].start)
    return next((point for point in reversed(relation.points) if point.acts), None)


def _point(archive: Archive, point: SeriesPoint) -> Row:
    return {
        "start": point.start.isoformat(),
        "end": point.end.isoformat(),
        "tension": point.tension,
        "read": point.read,
        "mentioning": point.mentioning,
        "coverage": point.coverage,
        "more": max(0, len(point.acts) - SHOWN_ACTS),
        "events": events_of(archive, point.acts[:SHOWN_ACTS]),
    }


def events_of(archive: Archive, acts: Sequence[DyadAct]) -> list[Row]:
    """The full rows of acts, each with its weight and the number of its tellings."""
    found = events_by_id(archive.db, [act.id for act in acts])
    known = {id_: event_row(row) for id_, row in found.items()}
    return [
        {**known[act.id], "weight": round(act.weight(), 3), "tellings": act.tellings} for act in acts if act.id in known
    ]


def _surprise(surprise: Surprise, asked: Asked) -> Row:
    return {
        **surprise.to_dict(),
        "address": asked.here(at=surprise.start.isoformat()) + "#point",
    }


def _turn(turn: TurningPoint, asked: Asked) -> Row:
    return {
        **turn.to_dict(),
        "address": asked.here(at=turn.start.isoformat()) + "#point",
    }


def _quads(relation: Relation) -> dict[str, int]:
    total: Counter[str] = Counter()
    for point in relation.points:
        total.update(point.quads)
    return dict(sorted(total.items()))
