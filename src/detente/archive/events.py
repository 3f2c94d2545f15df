"""Questions about events: who did what to whom, when, where, on whose word."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from detente.archive.answers import Answer, EventRow, Side, Source
from detente.archive.asked import (
    mode_asked,
    refuse_stranger,
    refuse_unknown_report,
    sector_asked,
    statuses_asked,
    types_asked,
)
from detente.archive.conditions import Where, between, storable
from detente.archive.hits import terms_asked
from detente.archive.members import member_asked, rarer_first
from detente.archive.standing import ALL, acts_of, doing, suffering
from detente.archive.states import NONE, code_of
from detente.archive.told import ACT, FROM, acts_among
from detente.archive.writing import chunked
from detente.errors import UsageError

SOURCE_COLUMNS = ", ".join(
    f"report.{column} AS from_{name}"
    for name, column in (("report", "id"), *((f.name, f.name) for f in fields(Source)[1:]))
)
_OWN = frozenset(f.name for f in fields(EventRow)) - {
    *("actors", "recipients", "trigger", "evidence", "source", "contexts", "statement", "act_id")
}
_COLUMNS = ", ".join(f"event.{name}" for name in sorted(_OWN | {"n", "contexts"})) + (
    f", statement.id AS statement, {ACT} AS act_id"
    ", substr(report.text, trigger_start + 1, trigger_end - trigger_start) AS trigger_words"
    ", substr(report.text, evidence_start + 1, evidence_end - evidence_start) AS evidence"
)


@dataclass(frozen=True, slots=True)
class EventQuestion:
    """Which events are asked for; what is null does not matter.

    `actor`, `recipient` and `party` are a state by code or name (``RUS``, ``Russia``) or part of the name or post of a
    party, with its sector after a colon if wanted (``RUS:MIL``); `pair` is two states, in any direction. `since` and
    `until` are a day, month or year, compared with the first day of the act, or the day of the report where none is
    told. `words` are looked for in the evidence. Events judged wrong are left out unless `wrong`.
    With `min_score`, 0 to 1, what its coder finds less likely right is left out; events without a score stay.

    With `once` acts are asked for: each has one row however many reports tell it, the telling that stands for it, and
    its day is `EventRow.counted_on`, that of a plan the day it was told. `undated` asks for what has no day of its own
    (true) or for what has one (false). `located` asks for what has a place whose degrees are known (true) or has none.
    """

    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    pair: tuple[str, str] | None = None
    type: Sequence[str] = ()
    mode: str | None = None
    status: Sequence[str] = ()
    quad: int | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    said_by: str | None = None
    publisher: str | None = None
    report: str | None = None
    words: str | None = None
    wrong: bool = False
    once: bool = False
    min_score: float | None = None
    undated: bool | None = None
    located: bool | None = None


def find_events(
    db: sqlite3.Connection, question: EventQuestion, *, limit: int | None = None, offset: int = 0, newest: bool = False
) -> Answer[EventRow]:
    """The events asked for, by day; raises `UsageError` for a date or pair of another form.

    The `newest` come first by day too, but what is told of days after the last report stands on the day it was told.
    """
    if (scope := _scope_of(question)) is not None:
        part = acts_of(
            db,
            scope,
            question.since,
            question.until,
            undated=question.undated,
            limit=limit,
            offset=offset,
            newest=newest,
            last=_last_day(db) if newest else None,
        )
        return Answer(rows_of(db, part.numbers), part.total, EventRow)
    chosen, values = _chosen(db, question)
    if question.once:  # which telling stands for an act is found out for all of them: they need not be asked for twice
        order, last = ("day IS NULL, day > ?, day DESC, n DESC", [_last_day(db)]) if newest else ("day, n", [])
        every = [n for (n,) in db.execute(f"SELECT n FROM ({chosen}) ORDER BY {order}", [*values, *last])]
        return Answer(rows_of(db, every[offset:][:limit]), len(every), EventRow)
    wanted = _newest if newest else _oldest
    numbers = wanted(db, chosen, values, -1 if limit is None else limit, offset)
    total = len(numbers) + offset
    if limit is not None and len(numbers) == limit:
        total = count_events(db, question)
    return Answer(rows_of(db, numbers), total, EventRow)


def _oldest(db: sqlite3.Connection, chosen: str, values: list[Any], limit: int, offset: int) -> list[int]:
    ordered = f"SELECT n FROM ({chosen}) ORDER BY day, n LIMIT ? OFFSET ?"
    return [n for (n,) in db.execute(ordered, (*values, limit, offset))]


def _newest(db: sqlite3.Connection, chosen: str, values: list[Any], limit: int, offset: int) -> list[int]:
    # Back along the index of days from the last report; what lies after it is little, and put in by when it was told.
    last, most = _last_day(db), -1 if limit < 0 else offset + limit
    past = f"SELECT day, n FROM ({chosen}) WHERE day <= ? ORDER BY day DESC, n DESC LIMIT ?"
    later = (
        f"SELECT COALESCE(report_date, '') AS told, later.n FROM ({chosen}) later JOIN event ON event.n = later.n"
        " JOIN report ON report.n = event.report WHERE later.day > ? OR later.day IS NULL"
    )
    found = [*db.execute(past, (*values, last, most)), *db.execute(later, (*values, last))]
    ordered = [n for _, n in sorted(map(tuple, found), reverse=True)]
    return ordered[offset:] if limit < 0 else ordered[offset : offset + limit]


def _last_day(db: sqlite3.Connection) -> str:
    """The day of the last report; the end of all days where none has a day."""
    return db.execute("SELECT max(report_date) FROM report").fetchone()[0] or "9999-12-31"


def each_event(db: sqlite3.Connection, question: EventQuestion) -> Iterator[EventRow]:
    """The events asked for, by day and then by id, some at a time; what is added meanwhile is left out."""
    chosen, values = _chosen(db, question)
    numbers = [row[0] for row in db.execute(f"SELECT n FROM ({chosen}) ORDER BY day, id", values)]
    for batch in chunked(numbers):
        yield from rows_of(db, batch)


def count_events(db: sqlite3.Connection, question: EventQuestion) -> int:
    """How many events answer the question, or how many acts with `once`."""
    if (scope := _scope_of(question)) is not None:
        return acts_of(db, scope, question.since, question.until, undated=question.undated, limit=0).total
    if question.once or question.wrong:
        chosen, values = _chosen(db, question)
        return int(db.execute(f"SELECT count(*) FROM ({chosen})", values).fetchone()[0])
    # All of them, which indexes count, without the few judged wrong, which have one of their own.
    where = conditions_of(db, replace(question, wrong=True))
    every = db.execute(f"SELECT count(*) FROM event {where.sql}", where.values).fetchone()[0]
    where.add("event.verdict = 'wrong'")
    judged = f"SELECT count(*) FROM event INDEXED BY event_judged {where.sql}"
    return int(every - db.execute(judged, where.values).fetchone()[0])


def _chosen(db: sqlite3.Connection, question: EventQuestion) -> tuple[str, list[Any]]:
    """The query for number, id and day of the events asked for, or of the telling that stands for each act."""
    wide = replace(question, since=None, until=None, undated=None)
    tellings = conditions_of(db, wide if question.once else question)
    if not question.once:
        return f"SELECT event.n, event.id, event.day FROM event {tellings.sql}", tellings.values
    acts = Where()
    in_time = bool(question.since or question.until)
    between(acts, "COALESCE(day, told)", question.since, question.until)
    if question.undated is not None:
        acts.add(f"day IS {'' if question.undated else 'NOT'} NULL")
    told = acts_among(tellings.sql, told=in_time)
    return f"SELECT n, id, day FROM ({told}) {acts.sql}", [*tellings.values, *acts.values]


def _scope_of(question: EventQuestion) -> str | None:
    """The scope whose acts a question asks for, where it asks for these and a time alone; null where for more."""
    sides = {"party": "{}", "actor": doing("{}"), "recipient": suffering("{}")}
    more = replace(question, once=False, since=None, until=None, undated=None, party=None, actor=None, recipient=None)
    if not question.once or more != EventQuestion():
        return None
    asked = {form: given for side, form in sides.items() if (given := getattr(question, side))}
    if not asked:
        return ALL
    (form, given), *others = asked.items()
    code = code_of(given)
    return None if others or code is None or code == NONE else form.format(code)


def conditions_of(db: sqlite3.Connection, question: EventQuestion) -> Where:
    """The conditions on table ``event`` that `question` comes to; raises `UsageError` where it cannot be meant."""
    where = Where()
    _sides_asked(db, where, question)
    _kind_asked(where, question)
    between(where, "event.day", question.since, question.until)
    _place_asked(where, question)
    of_report(db, where, "event.report", question.report, question.publisher)
    if question.words and (match := fts_query(question.words)):
        where.add("event.n IN (SELECT rowid FROM event_fts WHERE event_fts MATCH ?)", match)
    if not question.wrong:
        where.add("event.verdict IS NOT 'wrong'")
    if question.undated is not None:
        where.add(f"event.date_start IS {'' if question.undated else 'NOT'} NULL")
    if question.located is not None:
        where.add(f"event.latitude IS {'NOT' if question.located else ''} NULL")
    if question.min_score is not None:
        if not 0 <= question.min_score <= 1:
            raise UsageError(f"{question.min_score} is no probability: the least score is between 0 and 1.")
        where.add("(event.score IS NULL OR event.score >= ?)", question.min_score)
    return where


def has_scores(db: sqlite3.Connection) -> bool:
    """Whether any event in the archive has a score."""
    return db.execute("SELECT 1 FROM event WHERE score IS NOT NULL LIMIT 1").fetchone() is not None


def _sides_asked(db: sqlite3.Connection, where: Where, question: EventQuestion) -> None:
    for asked, side in ((question.actor, "actor"), (question.recipient, "recipient"), (question.party, None)):
        if asked:
            _party(db, where, asked, side)
    if question.pair:
        _pair(db, where, question.pair)


def _kind_asked(where: Where, question: EventQuestion) -> None:
    types = types_asked(_listed(question.type))
    for column, values in (("type", types), ("status", statuses_asked(_listed(question.status)))):
        if values:
            where.add(f"event.{column} IN ({', '.join('?' * len(values))})", *values)
    if question.mode is not None:
        where.add("event.mode = ?", mode_asked(question.mode, types))
    if question.quad is not None:
        where.add("event.quad = ?", question.quad)


def _place_asked(where: Where, question: EventQuestion) -> None:
    if question.place:
        country = code_of(question.place)
        where.add(*(("event.place_country = ?", country) if country else part("event.place", question.place)))
    if question.said_by:
        where.add(*part("event.said_by", question.said_by))


def rows_of(db: sqlite3.Connection, numbers: Sequence[int]) -> list[EventRow]:
    """The rows of events by number, in the order given."""
    found: dict[int, EventRow] = {}
    for batch in chunked(numbers):
        marks = ", ".join("?" * len(batch))
        sides = _sides(db, batch)
        rows = db.execute(
            f"SELECT {_COLUMNS}, {SOURCE_COLUMNS} FROM {FROM} "
            f"LEFT JOIN statement ON statement.id = event.statement WHERE event.n IN ({marks})",
            batch,
        )
        for row in rows:
            found[row["n"]] = _event(row, sides)
    return [found[number] for number in numbers if number in found]


def events_by_id(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, EventRow]:
    """The rows of events by id; those that are not there are left out."""
    numbers: list[int] = []
    for batch in chunked(ids):
        marks = ", ".join("?" * len(batch))
        numbers += [n for (n,) in db.execute(f"SELECT n FROM event WHERE id IN ({marks})", batch)]
    return {row.id: row for row in rows_of(db, numbers)}


def source_of(row: sqlite3.Row) -> Source:
    """The source in the columns `SOURCE_COLUMNS` of a row."""
    given = {field.name: row[f"from_{field.name}"] for field in fields(Source)}
    return Source(**{**given, "cited": tuple(json.loads(given["cited"]))})


def of_report(db: sqlite3.Connection, where: Where, column: str, report: str | None, publisher: str | None) -> None:
    """Ask for rows of one report (by either id, `UsageError` where none has it) or of one publisher."""
    if report:
        refuse_unknown_report(db, storable(report))
        where.add(f"{column} IN (SELECT n FROM report WHERE id = ? OR record_id = ?)", report, report)
    if publisher:
        condition, value = part("publisher", publisher)
        where.add(f"{column} IN (SELECT n FROM report WHERE {condition})", value)


def part(column: str, words: str) -> tuple[str, str]:
    """The condition that `column` holds `words`, in any case, and its value."""
    return f"{column} LIKE ? ESCAPE '\\'", f"%{_escaped(words)}%"


def called(name: str, role: str) -> str:
    """The condition that one of these columns holds words, in any case: their pattern four times."""
    like = "{} LIKE ? ESCAPE '\\'"
    names = f"SELECT name FROM called WHERE {like.format('called.name')} OR {like.format('called.role')}"
    return f"({name} COLLATE NOCASE IN ({names}) AND ({like.format(name)} OR {like.format(role)}))"


def fts_query(words: str) -> str:
    """`words` as a query of FTS5 in which nothing is an operator, save ``"…"`` for words that follow each other.

    Empty where there is nothing to look for.
    """
    return " ".join(f'"{term}"' for term in terms_asked(storable(words)))


def _listed(given: Sequence[str] | str) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _party(db: sqlite3.Connection, where: Where, asked: str, side: str | None) -> None:
    state, _, sector = (part.strip() for part in asked.partition(":"))
    country = code_of(state)
    inner = Where()
    if country:
        inner.add("country IS ?", None if country == NONE else country)
    elif state:
        words = storable(f"%{_escaped(state)}%")
        named = called("name", "role")
        refuse_stranger(db, state, named, [words] * 4)
        inner.add(named, *[words] * 4)
    if sector:
        inner.add("sector = ?", sector_asked(sector))
    if side:
        inner.add("side = ?", side)
    where.add(f"event.n IN (SELECT event FROM event_party {inner.sql})", *inner.values)


def _pair(db: sqlite3.Connection, where: Where, pair: Sequence[str]) -> None:
    members = [member_asked(db, given) for given in pair]
    if len(members) != 2:
        raise UsageError(f"{' '.join(pair)!r} is no pair: give two parties like USA RUS or NATO RUS.")
    one, other = rarer_first(db, members)
    # The plus and the CROSS JOIN keep the planner from walking through all parties of both states for each event:
    # it did so where an archive had no statistics, and took seconds.
    where.add(
        "event.n IN (SELECT a.event FROM event_party a CROSS JOIN event_party b ON b.event = a.event"
        f" WHERE {one.meets('a')} AND {other.meets('+b')}"
        " AND (a.side <> b.side OR a.position <> b.position"
        " AND NOT EXISTS (SELECT 1 FROM event_party r WHERE r.event = a.event AND r.side = 'recipient')))",
        one.key,
        other.key,
    )


def _escaped(words: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", words)


def _sides(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[tuple[int, str], list[Side]]:
    marks = ", ".join("?" * len(numbers))
    columns = ", ".join(field.name for field in fields(Side))
    found: dict[tuple[int, str], list[Side]] = defaultdict(list)
    rows = db.execute(
        f"SELECT event, side, {columns} FROM event_party WHERE event IN ({marks}) ORDER BY event, side, position",
        numbers,
    )
    for event, side, *values in rows:
        found[event, side].append(Side(*values))
    return found


def _event(row: sqlite3.Row, sides: dict[tuple[int, str], list[Side]]) -> EventRow:
    own = {name: row[name] for name in _OWN}
    return EventRow(
        **{**own, "date_is_report": bool(row["date_is_report"]), "corrected": bool(row["corrected"])},
        contexts=tuple(json.loads(row["contexts"])),
        statement=row["statement"],
        act_id=row["act_id"],
        trigger=row["trigger_words"],
        evidence=row["evidence"],
        actors=tuple(sides.get((row["n"], "actor"), ())),
        recipients=tuple(sides.get((row["n"], "recipient"), ())),
        source=source_of(row),
    )
