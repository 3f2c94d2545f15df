"""Records made by hand, for tests that ask about records without coding any text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.record import Event, Party, Place, Record, ReportDate, Span, Statement, Voice, sha256_of


def span(text: str, words: str) -> Span:
    """Where `words` first stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


def party(text: str, words: str, country: str | None = None, sector: str = "GOV", name: str | None = None) -> Party:
    return Party(span(text, words), words, name or words, country, sector)


def event(
    text: str,
    type: str,
    trigger: str,
    actors: Sequence[Party] = (),
    recipients: Sequence[Party] = (),
    status: Any = "happened",
    *,
    id: str = "e1",
    place: str | None = None,
    said_by: Voice | None = None,
    **more: Any,
) -> Event:
    """An event whose evidence is the whole sentence around its trigger."""
    found = span(text, trigger)
    start = text.rfind(". ", 0, found.start) + 2 if ". " in text[: found.start] else 0
    end = text.find(".", found.end) + 1 or len(text)
    return Event(
        id,
        type,
        status,
        found,
        Span(start, end),
        tuple(actors),
        tuple(recipients),
        place=Place(span(text, place), place) if place else None,
        said_by=said_by,
        **more,
    )


def record(
    text: str,
    events: Sequence[Event] = (),
    statements: Sequence[Statement] = (),
    *,
    id: str = "r1",
    date: str | None = "2021-06-11",
    **more: Any,
) -> Record:
    given = {"title": None, "url": None, "publisher": None, "published": date, **more}
    return Record(
        id=id,
        language="en",
        report_date=ReportDate(date, "the page date", True),
        text=text,
        text_sha256=sha256_of(text),
        statements=tuple(statements),
        events=tuple(events),
        **given,
    )


def told(
    id: str, text: str, trigger: str, day: str, actor: str | None, recipient: str | None, **more: object
) -> Record:
    """A report of one event; parties are given as ``words=CODE``."""
    sides = []
    for given in (actor, recipient):
        words, _, code = (given or "").partition("=")
        sides.append([party(text, words, code or None)] if words else [])
    kind = str(more.pop("type", "ASSAULT"))
    date = more.pop("date", day)
    own: dict[str, Any] = {"date": date, "date_is_report": date == day, "mode": None, "status": "happened", **more}
    return record(text, [event(text, kind, trigger, *sides, **own)], id=id, date=day)


EXPULSION = (
    "Moscow expelled two American diplomats on Thursday. “It is an answer,” said Dmitry Peskov. "
    "He denied that Russia had hacked the agency in Tallinn."
)
SUMMIT = "Joe Biden met Vladimir Putin in Geneva. The leaders will hold talks again in Vienna next month."


def expulsion(id: str = "r1", **more: Any) -> Record:
    """Russia sends out two diplomats, and its spokesman denies a hack."""
    text = EXPULSION
    moscow = party(text, "Moscow", "RUS", name="Russia")
    diplomats = party(text, "two American diplomats", "USA")
    agency = party(text, "the agency", "EST")
    peskov = Party(span(text, "Dmitry Peskov"), "Dmitry Peskov", "Dmitry Peskov", "RUS", "GOV", "Q1", "spokesman")
    he = Party(span(text, "He"), "He", "Dmitry Peskov", "RUS", "GOV", "Q1", "spokesman")
    statements = (
        Statement("s1", peskov, span(text, "said"), (span(text, "It is an answer,"),), "direct"),
        Statement("s2", he, span(text, "denied"), (span(text, "Russia had hacked the agency in Tallinn"),), "indirect"),
    )
    denier = Voice(he.span, "He", "Dmitry Peskov", "s2")
    events = (
        event(text, "SANCTION", "expelled", [moscow], [diplomats], mode="expel", date="2021-06-10", intensity=-7.0),
        event(
            text, "COERCE", "hacked", [party(text, "Russia", "RUS")], [agency], "denied",
            id="e2", mode="cyber", place="Tallinn", said_by=denier, intensity=-8.0,
        ),
    )  # fmt: skip
    return record(text, events, statements, id=id, **{"publisher": "Baltic Wire", "title": "Envoys sent home", **more})


def summit(id: str = "r2", **more: Any) -> Record:
    """Two presidents meet, and will meet again."""
    text = SUMMIT
    biden = party(text, "Joe Biden", "USA")
    putin = party(text, "Vladimir Putin", "RUS")
    leaders = [party(text, "The leaders", "USA"), party(text, "The leaders", "RUS")]
    events = (
        event(text, "CONSULT", "met", [biden, putin], place="Geneva", date="2021-06-16", intensity=2.0),
        event(text, "CONSULT", "talks", leaders, (), "planned", id="e2", place="Vienna", date="2021-07", intensity=2.0),
    )
    given = {"publisher": "The Lake Post", "title": "Summit in Geneva", "date": "2021-06-17", **more}
    return record(text, events, id=id, **given)
