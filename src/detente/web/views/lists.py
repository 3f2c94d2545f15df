"""Lists: the newest reports, the timeline, statements and events by facets."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import timedelta
from itertools import groupby
from typing import Any

from detente.archive import Archive
from detente.archive.answers import Answer, EventRow
from detente.archive.events import EventQuestion, has_scores
from detente.archive.facets import facets_of
from detente.archive.hits import pieces_with_hits
from detente.archive.reports import count_reports, reports_of_late
from detente.archive.states import code_of
from detente.archive.timeline import newest_of_all, undated_of_all
from detente.codebook import load_codebook
from detente.relations.gathering import read_by_day
from detente.relations.names import known_party
from detente.relations.weights import STATUSES
from detente.web.pages import Asked, Rows, WebPage
from detente.web.rendering import to
from detente.web.views.rows import Row, event_rows, statement_row

A_PAGE = 40
SCORED_PATIENCE = 60.0
"""Seconds for which it may be overlooked that the first event with a score was added."""

LONGEST = 420
"""Characters of a statement in a list; the Reader has the whole."""

FACETS_PATIENCE = 30.0
"""Seconds that the counts beside a search may lag behind what is being added."""

TYPES = tuple(load_codebook().types)
KINDS = ("events", "statements", "reports")
FIELDS = ("party", "actor", "recipient", "type", "mode", "status", "place", "said_by", "publisher", "since", "until")


def newest_reports(
    archive: Archive, most: int | None, offset: int = 0, since: str | None = None, until: str | None = None
) -> list[Row]:
    """The reports of the latest days, or of a time."""
    heads = reports_of_late(archive.db, most, offset, since, until)
    return [{**asdict(head), "address": to("report", head.id)} for head in heads]


def reports(asked: Asked) -> WebPage:
    """All reports, newest first."""
    part = asked.rows(A_PAGE)
    since, until = asked.text("since"), asked.text("until")
    rows = newest_reports(asked.archive, part.limit, part.offset, since, until)
    total = count_reports(asked.archive.db, since, until)
    data = {"reports": rows, "since": since, "until": until, **asked.turning(part, len(rows), total)}
    return WebPage("reports.html", "Reports", data, rows)


def search(asked: Asked) -> WebPage:
    """Events, statements or whole reports by words and facets; every row leads to its sentence."""
    part = asked.rows(A_PAGE)
    kind = asked.one_of("kind", KINDS) or "events"
    given = {name: asked.text(name) for name in FIELDS}
    words = asked.text("q")
    span: dict[str, Any] = {"limit": part.limit, "offset": part.offset}
    archive = asked.archive
    times: dict[str, Any] = {name: given[name] for name in ("since", "until", "publisher")}
    facets: dict[str, list[tuple[str, int]]] = {}
    if kind == "events":
        question = {**_question(given, words), "min_score": asked.share("min_score")}
        answer: Any = archive.events(**question, **span, newest=True)
        rows = [{**row, "pieces": pieces_with_hits(row["evidence"], words)} for row in event_rows(answer)]
        counted = EventQuestion(**question)
        facets = asked.reading.kept(
            ("facets", counted), lambda archive: facets_of(archive.db, counted), FACETS_PATIENCE
        )
    elif kind == "statements":
        speaker = given["said_by"] or given["party"]
        answer = archive.statements(words=words, speaker=_party(speaker), **times, **span, newest=True)
        rows = [{**row, "pieces": pieces_with_hits(row["words"], words, LONGEST)} for row in map(statement_row, answer)]
    else:
        answer = archive.search(words or "", **times, **span)
        rows = [
            {**row, "address": to("report", row["source"]["report"]), "pieces": _pieces(row)}
            for row in answer.to_dicts()
        ]
    data = {
        "q": words, "kind": kind, "kinds": KINDS, "given": given, "rows": rows,
        "facets": _links(asked, facets), "types": TYPES, "statuses": STATUSES,
        **scores(asked), **asked.turning(part, len(rows), answer.total),
    }  # fmt: skip
    return WebPage("search.html", f"Search: {words}" if words else "Search", data, answer.to_flat(), part="results")


def timeline(asked: Asked) -> WebPage:
    """Acts day by day, newest first; those of days after all reports, and those without a day, apart."""
    part = asked.rows(A_PAGE * 2)
    given, asked_for = asked_acts(asked)
    last = max(asked.reading.kept("read", read_by_day), default=None)
    opens_at_last = last is not None and not given["since"] and not given["until"]
    until = last.isoformat() if last and opens_at_last else given["until"]
    answer, undated = _acts(asked, asked_for, until, part)
    later = (last + timedelta(days=1)).isoformat() if last and opens_at_last else None
    to_come = _acts(asked, {**asked_for, "since": later}, None, Rows(1, 0))[0].total if later else 0
    rows = [{**row, "counted_on": event.counted_on} for event, row in zip(answer, event_rows(answer), strict=True)]
    days = [
        {"day": day, "events": list(events)} for day, events in groupby(rows, key=lambda row: str(row["counted_on"]))
    ]
    data = {
        "days": days, "given": given, "one": asked.text("one"), "other": asked.text("other"), "types": TYPES,
        "map": asked.beside_query("map"),
        "to_come": to_come,
        "to_come_address": asked.here(since=later, page=None) if later else None,
        "undated": undated.total, "undated_events": event_rows(undated),
        "statuses": STATUSES, **scores(asked), **asked.turning(part, len(rows), answer.total),
    }  # fmt: skip
    return WebPage("timeline.html", "Timeline", data, answer.to_flat(), part="results")


def _acts(
    asked: Asked, asked_for: dict[str, Any], until: str | None, part: Rows
) -> tuple[Answer[EventRow], Answer[EventRow]]:
    """The acts of a page of the timeline up to `until`, and those without a day."""
    archive = asked.archive
    wanted = {name: value for name, value in asked_for.items() if value is not None}
    if wanted.keys() <= {"since", "until"}:
        since = wanted.get("since")
        dated = newest_of_all(archive.db, since, until, part.limit, part.offset)
        return dated, undated_of_all(archive.db, since, wanted.get("until"), A_PAGE)
    span: dict[str, Any] = {"limit": part.limit, "offset": part.offset, "newest": True}
    return (
        archive.events(**{**asked_for, "until": until}, once=True, undated=False, **span),
        archive.events(**asked_for, once=True, undated=True, limit=A_PAGE, newest=True),
    )


def asked_acts(asked: Asked) -> tuple[dict[str, str | None], dict[str, Any]]:
    """What a list of acts is narrowed by, as it was given, and as fields of an `EventQuestion`."""
    given = {name: asked.text(name) for name in FIELDS}
    asked_for = {**_question(given, None), "min_score": asked.share("min_score")}
    codes = pair_of(asked)
    if len(codes) > 1:
        asked_for["pair"] = (codes[0], codes[1])
    elif codes and "party" not in asked_for:
        asked_for["party"] = codes[0]
    return given, asked_for


def scores(asked: Asked) -> dict[str, Any]:
    """The least score asked for, and whether any event has one: without, nothing is to be chosen."""
    scored = asked.reading.kept("scored", lambda archive: has_scores(archive.db), SCORED_PATIENCE)
    return {"min_score": asked.share("min_score"), "scored": scored}


def pair_of(asked: Asked) -> list[str]:
    """The states in ``one`` and ``other`` of the query; raises `UsageError` where one is not known."""
    return [known_party(asked.archive, given) for name in ("one", "other") if (given := asked.text(name))]


def _question(given: dict[str, str | None], words: str | None) -> dict[str, Any]:
    known = {field.name for field in fields(EventQuestion)}
    asked: dict[str, Any] = {name: value for name, value in given.items() if value and name in known}
    for name in ("party", "actor", "recipient"):
        if name in asked:
            asked[name] = _party(asked[name])
    return {**asked, "words": words}


def _party(given: str | None) -> str | None:
    # "Russia" means the state, "Peskov" a name; the archive takes a code for the one and words for the other.
    return given and (code_of(given) or given)


def _links(asked: Asked, facets: dict[str, list[tuple[str, int]]]) -> list[dict[str, Any]]:
    found = []
    for name, counts in facets.items():
        chosen = asked.text(name)
        values = [
            {
                "value": value,
                "count": count,
                "chosen": value == chosen,
                "address": asked.here(**{name: None if value == chosen else value, "page": None}),
            }
            for value, count in counts
        ]
        if values:
            found.append({"name": name, "values": values})
    return found


def _pieces(hit: dict[str, Any]) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for start, end in hit["marks"]:
        pieces += [(hit["snippet"][at:start], False), (hit["snippet"][start:end], True)]
        at = end
    return [*pieces, (hit["snippet"][at:], False)]
