"""An archive of invented reports over three years: quarrels, visits, promises and denials of five states.

Every name, report and outlet is made up; the codes are those of real states only so that names are found for them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from detente.archive import Archive
from detente.record import Check, Event, Party, Place, Record, ReportDate, Span, Statement, Voice, sha256_of

OUTLETS = ("Example Wire", "The Lake Post", "Baltic Herald", "South Sea Courier")
FIRST, LAST = date(2023, 1, 2), date(2025, 12, 28)
CRISIS = (date(2024, 9, 2), date(2024, 10, 20))
THAW = date(2025, 6, 9)


@dataclass(frozen=True, slots=True)
class State:
    code: str
    name: str
    capital: str
    people: str
    spokesman: str
    post: str


STATES = (
    State("ARG", "Argentina", "Buenos Aires", "Argentine", "Hernán Ledesma", "spokesman of the presidency"),
    State("FIN", "Finland", "Helsinki", "Finnish", "Aino Rautala", "foreign minister"),
    State("PRT", "Portugal", "Lisbon", "Portuguese", "Duarte Melo", "foreign minister"),
    State("NOR", "Norway", "Oslo", "Norwegian", "Anna Berg", "foreign minister"),
    State("URY", "Uruguay", "Montevideo", "Uruguayan", "Sofía Arrieta", "spokeswoman of the ministry"),
)
PAIRS = ((0, 1, 10), (1, 3, 3), (0, 4, 5), (0, 2, 4), (1, 2, 3), (2, 3, 1), (3, 4, 1))


@dataclass(frozen=True, slots=True)
class Form:
    """A sentence: `{a}` does `trigger` to `{b}`; `weight` is PLOVER's intensity."""

    type: str
    mode: str | None
    weight: float
    words: str
    trigger: str
    status: str = "happened"
    voiced: bool = False


COLD = (
    Form("ACCUSE", "disapprove", -2.0, "{a} accused {b} of breaking the fisheries accord.", "accused"),
    Form("SANCTION", "expel", -7.0, "{a} expelled two diplomats of {b} on {weekday}.", "expelled"),
    Form("SANCTION", None, -6.5, "{a} imposed sanctions on four shipping companies of {b}.", "imposed sanctions"),
    Form("THREATEN", "relations", -4.4, "{a} threatened to recall its ambassador from {b}.", "threatened"),
    Form("MOBILIZE", "troops", -7.2, "{a} sent two patrol ships towards the waters of {b}.", "sent"),
    Form("COERCE", "seize", -7.0, "The coast guard of {a} seized a trawler of {b} at night.", "seized"),
    Form("REJECT", "meet", -4.0, "{a} called off the meeting with {b} that was set for spring.", "called off"),
    Form("COERCE", "cyber", -8.0, "{a} hacked the register of the fisheries agency of {b}.", "hacked", "denied", True),
)
WARM = (
    Form("CONSULT", "visit", 1.9, "The {a_post} of {a} visited {b} on {weekday}.", "visited"),
    Form("CONSULT", None, 1.5, "Officials of {a} held talks with {b} in {place}.", "held talks"),
    Form("AGREE", None, 3.0, "{a} agreed with {b} to share data on fish stocks.", "agreed"),
    Form("SUPPORT", None, 3.8, "{a} praised {b} for its part in the rescue at sea.", "praised"),
    Form("AID", None, 7.0, "{a} delivered forty tonnes of grain to {b} last week.", "delivered"),
    Form("COOPERATE", None, 6.5, "The navies of {a} and of {b} drilled together off the cape.", "drilled"),
    Form("CONSULT", None, 1.5, "{a} will meet {b} in {place} by {due}.", "will meet", "planned", True),
    Form("COOPERATE", None, 6.0, "{a} may open its ports to {b} next year.", "may open", "possible", True),
)


def make_archive(path: Path, *, last: date = LAST, seed: int = 7) -> Path:
    """Write the archive at `path`: the same bytes of content for the same arguments."""
    chance = random.Random(seed)
    with Archive.open(path, create=True) as archive, archive.transaction():
        day, number = FIRST, 0
        while day <= last:
            for first, second, busy in PAIRS:
                for _ in range(_many(chance, busy, first == 0 and second == 1, day)):
                    number += 1
                    record = made_report(chance, number, STATES[first], STATES[second], day)
                    archive.add_record(record, original=record.text.encode(), origin=f"wire.jsonl:{number}")
            day += timedelta(days=7)
        join(archive, last)
    return path


def join(archive: Archive, last: date) -> None:
    """Fill the tables of joins by rules of thumb: meetings keep plans, denials meet accusations, months are stories."""
    rows = archive.db.execute(
        "SELECT event.n, type, status, day, date_end, report_date AS told, group_concat(country) AS codes"
        " FROM event JOIN event_party ON event_party.event = event.n JOIN report ON report.n = event.report"
        " GROUP BY event.n ORDER BY event.n"
    ).fetchall()
    for row in rows:
        later = [
            r for r in rows if r["told"] > row["told"] and set(r["codes"].split(",")) == set(row["codes"].split(","))
        ]
        if row["status"] == "planned":
            met = next((r for r in later if r["type"] == "CONSULT" and r["status"] == "happened"), None)
            kept = met is not None and met["day"] <= row["date_end"]
            outcome = "kept" if kept else "nothing-found" if row["date_end"] < last.isoformat() else "open"
            answer = met["n"] if met is not None and kept else None
            looked = (date.fromisoformat(row["date_end"]) + timedelta(days=45)).isoformat()
            values = (row["n"], row["day"], row["date_end"], outcome, answer, looked)
            archive.db.execute("INSERT INTO promise VALUES (?, ?, ?, ?, ?, ?)", values)
        if row["type"] == "ACCUSE" and (denied := next((r for r in later if r["status"] == "denied"), None)):
            what = "One side tells it as done, the other denies it."
            archive.db.execute("INSERT INTO dispute VALUES (?, ?, 'denied', ?)", (row["n"], denied["n"], what))
    archive.db.execute(
        "INSERT INTO story SELECT 'story' || substr(report_date, 1, 7), min(report_date), max(report_date),"
        " 'fisheries quarrel of ' || substr(report_date, 1, 7) FROM report GROUP BY substr(report_date, 1, 7)"
    )
    archive.db.execute("INSERT INTO story_report SELECT n, 'story' || substr(report_date, 1, 7) FROM report")


def made_report(chance: random.Random, number: int, one: State, other: State, week: date) -> Record:
    """One report of two or three sentences about two states."""
    day = week + timedelta(days=chance.randrange(7))
    if chance.random() < 0.5:
        one, other = other, one
    forms = [chance.choice(_mood(chance, one, other, day)) for _ in range(chance.choice((1, 2, 2, 3)))]
    text = f"{one.capital.upper()} — "
    events: list[Event] = []
    statements: list[Statement] = []
    for i, form in enumerate(dict.fromkeys(forms)):
        start = len(text)
        place = STATES[2].capital
        due = day + timedelta(days=chance.choice((14, 30, 60)))
        cue = "denied" if form.status == "denied" else "said"
        said = f"{one.spokesman}, {one.post}, {cue} that " if form.voiced else ""
        sentence = said + form.words.format(
            a=one.name, b=other.name, a_post=one.post, weekday=f"{day:%A}", place=place, due=f"{due.day} {due:%B}"
        )
        text += sentence + " "
        voice = None
        if form.voiced:
            source = Party(
                _at(text, one.spokesman, start), one.spokesman, one.spokesman, one.code, "GOV", None, one.post
            )
            statement = f"s{len(statements) + 1}"
            content = Span(start + len(said), start + len(sentence) - 1)
            statements.append(
                Statement(statement, source, _at(text, cue, start), (content,), "indirect", date=day.isoformat())
            )
            voice = Voice(source.span, source.text, source.name, statement)
        body = start + len(said)
        events.append(
            Event(
                f"e{i + 1}",
                form.type,
                form.status,  # type: ignore[arg-type]
                _at(text, form.trigger, body),
                Span(body, start + len(sentence)),
                (Party(_at(text, one.name, body), one.name, one.name, one.code, "GOV"),),
                (Party(_at(text, other.name, body), other.name, other.name, other.code, "GOV"),),
                mode=form.mode,
                date=due.isoformat() if form.status == "planned" else day.isoformat(),
                date_is_report=form.status == "happened",
                place=Place(_at(text, place, body), place, "PRT", 38.7, -9.1) if "{place}" in form.words else None,
                said_by=voice,
                intensity=form.weight,
            )
        )
    checks: tuple[Check, ...] = ()
    if number % 40 == 1:
        late = day + timedelta(days=44)
        checks = (
            Check("page-date", f"The page is dated {late}; the report is of {day}: its dateline.", (Span(0, 6),)),
        )
    text = text.rstrip()
    return Record(
        id=f"made-{number}",
        title=f"{one.name} and {other.name}: {forms[0].trigger}",
        url=f"https://news.example/{day:%Y/%m}/{number}",
        publisher=OUTLETS[number % len(OUTLETS)],
        language="en",
        published=day.isoformat(),
        report_date=ReportDate(day.isoformat(), "the page date", not checks),
        text=text,
        text_sha256=sha256_of(text),
        checks=checks,
        statements=tuple(statements),
        events=tuple(events),
    )


def add_quarrel(archive: Archive, number: int) -> None:
    """Add reports of one week in which Argentina and Finland do nothing but quarrel."""
    chance = random.Random(number)
    week = CRISIS[0]
    for i in range(number):
        while True:
            record = made_report(chance, 10_000 + i, STATES[0], STATES[1], week)
            if all(event.type in {form.type for form in COLD} and event.status != "denied" for event in record.events):
                break
        archive.add_record(record)


def _many(chance: random.Random, busy: int, quarrel: bool, day: date) -> int:
    usual = sum(chance.random() < 0.16 for _ in range(busy))
    return usual + (4 if quarrel and CRISIS[0] <= day <= CRISIS[1] else 0)


def _mood(chance: random.Random, one: State, other: State, day: date) -> tuple[Form, ...]:
    if {one.code, other.code} == {"ARG", "FIN"}:
        if CRISIS[0] <= day <= CRISIS[1]:
            return COLD
        if day < THAW:
            return COLD if chance.random() < 0.55 else WARM
    return WARM if chance.random() < 0.8 else COLD


def _at(text: str, words: str, start: int) -> Span:
    found = text.index(words, start)
    return Span(found, found + len(words))
