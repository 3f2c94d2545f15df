"""An archive in which every word that a report brings is an attack on the page that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from detente.archive import Archive
from detente.record import Check, Party, Place, Record, Span, Statement, Voice, sha256_of
from tests.made_records import event, record, span

PAYLOADS = tuple((Path(__file__).parent / "xss_payloads.txt").read_text(encoding="utf-8").splitlines())


def attack(number: int, payload: str) -> Record:
    """A report with the payload as title, outlet, address, text, names, roles, place, check, trigger."""
    text = f"{payload} met {payload} in {payload}.\n\n{payload} said: “{payload}”"
    whole = Span(0, len(payload))
    who = Party(whole, payload, payload, "ARG", "GOV", payload, payload)
    whom = Party(whole, payload, payload, "FIN", "LEG", payload, payload)
    content = Span(len(text) - len(payload) - 1, len(text) - 1)
    statement = Statement("s1", who, whole, (content,), "direct", addressee=whole, date="2024-05-01")
    voice = Voice(whole, payload, payload, "s1")
    day = f"2024-{1 + number % 12:02d}-{1 + number % 28:02d}"
    met = event(text, "CONSULT", "met", [who], [whom], date=day, said_by=voice, intensity=1.5)
    met = replace(met, trigger=whole, evidence=Span(0, len(text)), place=Place(whole, payload, "PRT"))
    denied = event(text, "ASSAULT", "met", [who], [whom], "denied", id="e2", said_by=voice, intensity=-9.0)
    denied = replace(denied, trigger=span(text, "met"))
    made = record(text, [met, denied], [statement], id=f"x{number}", date=day)
    return replace(
        made,
        title=payload,
        url=payload,
        publisher=payload,
        published=payload,
        text_sha256=sha256_of(text),
        checks=(Check("page-date", payload, (whole,)),),
        report_date=replace(made.report_date, basis=payload),
    )


def make_attacks(path: Path) -> Path:
    """Write the archive, one report a payload, with joins between them."""
    with Archive.open(path, create=True) as archive, archive.transaction():
        for number, payload in enumerate(PAYLOADS):
            archive.add_record(attack(number, payload), payload.encode(), payload, topics=[payload], cited=[payload])
        archive.db.execute(
            "INSERT INTO promise SELECT n, day, day, CASE n % 4 WHEN 0 THEN 'kept' WHEN 1 THEN 'nothing-found'"
            " WHEN 2 THEN 'moved' ELSE 'open' END, n + 1, '2026-01-01' FROM event WHERE n % 2 = 1"
        )
        archive.db.execute(
            "INSERT INTO dispute SELECT event.n, event.n + 1, 'denied', report.title FROM event"
            " JOIN report ON report.n = event.report WHERE event.n % 2 = 1"
        )
        archive.db.execute("INSERT INTO story SELECT id, report_date, report_date, title FROM report")
        archive.db.execute("INSERT INTO story_report SELECT n, id FROM report")
        archive.db.execute("INSERT INTO telling SELECT n, 'act' || (n / 4) FROM event WHERE n > 7")
    return path
