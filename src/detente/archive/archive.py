"""The archive: records kept in one SQLite file, and asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, Unpack

from detente.archive import corrections
from detente.archive.account import write_coded
from detente.archive.acts import ToldAct, find_acts
from detente.archive.answers import Answer, EventRow, Hit, ReportRow, StatementRow
from detente.archive.asked import chosen
from detente.archive.attachments import Orphan, orphans
from detente.archive.clock import now
from detente.archive.conditions import storable
from detente.archive.corrections import Correction, Verdict
from detente.archive.counting import recount
from detente.archive.disputes import Dispute, Kind, find_disputes
from detente.archive.events import EventQuestion, each_event, find_events
from detente.archive.events import rows_of as event_rows
from detente.archive.ids import id_of_report
from detente.archive.originals import Originals
from detente.archive.promises import Outcome, Promise, find_promises
from detente.archive.questions import EventAsked, StatementAsked, question_of
from detente.archive.schema import connect
from detente.archive.searching import search_reports
from detente.archive.statements import StatementQuestion, find_statements
from detente.archive.statements import rows_of as statement_rows
from detente.archive.writing import rewrite_report, unpacked, write_coding, write_report
from detente.errors import ArchiveError
from detente.record import CoderId, Record

MERGED_PAGES = 500
"""Pages of the full-text index that are merged when a run ends: some hundredths of a second."""


class Archive:
    """One open archive: the connection `db`, and the saved `originals` beside it.

    Use it as a context manager, one a thread; reading goes on while another process adds. docs/archive.md describes
    the tables; any SQLite tool reads them.
    """

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self.db = db
        self.originals = Originals(path.with_name(f"{path.name}.originals"))
        self._least_score: float | None = None

    @classmethod
    def open(cls, path: str | Path, create: bool = False) -> Self:
        """The archive at `path`, made there with `create`; raises `ArchiveError` where that cannot be."""
        return cls(Path(path), connect(Path(path), create=create))

    def close(self) -> None:
        """Close the file; what was written is kept."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the changes inside, or none of them; inside another transaction it is a part of that."""
        if self.db.in_transaction:
            yield self.db
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
            recount(self.db)
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def refuse_writing(self) -> None:
        """From now on this connection only reads."""
        self.db.execute("PRAGMA query_only = ON")

    def leave_out_below(self, score: float | None) -> None:
        """From now on `events` and `each_event` leave out what its coder finds less likely right, unless told else."""
        self._least_score = score

    def optimize(self) -> None:
        """Let questions be planned by what there is: to be called when much was added."""
        with suppress(sqlite3.OperationalError):  # another run is writing: it will do as much when it ends
            for table in ("report_fts", "event_fts"):
                self.db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {MERGED_PAGES})")
            self.db.execute("PRAGMA optimize")

    def numbers(self) -> list[int]:
        """The numbers of all reports, in the order they were added."""
        return [n for (n,) in self.db.execute("SELECT n FROM report ORDER BY n")]

    def has(self, report_id: str) -> bool:
        """Whether a report of that id (`ids.id_of_report`) is in the archive."""
        return self.db.execute("SELECT 1 FROM report WHERE id = ?", (report_id,)).fetchone() is not None

    def add_record(
        self,
        record: Record,
        original: bytes | str | None = None,
        origin: str | None = None,
        *,
        topics: Sequence[str] = (),
        cited: Sequence[str] = (),
        source: str | None = None,
        day: str | None = None,
    ) -> str:
        """Keep `record` and return the id of its report; one that is there already is left as it is.

        `original` is what was read, as bytes or as the digest of a saved original; `origin` is where it was read,
        `source` the file or address to read again, `day` the report date that was given for it.
        """
        report_id = id_of_report(record)
        if self.has(report_id):
            return report_id
        digest = self.originals.add(original) if isinstance(original, bytes) else original
        more = {
            "cited": json.dumps(list(cited), ensure_ascii=False),
            "origin": origin,
            "original": digest,
            "added": now(),
        }
        with self.transaction() as db:
            if not self.has(report_id):
                number = write_report(db, record, report_id, more)
                rows = ((number, i, topic) for i, topic in enumerate(topics))
                db.executemany("INSERT INTO report_topic VALUES (?, ?, ?)", rows)
                write_coding(db, record, number, report_id)
                place = origin or f"report:{report_id}"
                write_coded(db, place, report_id, source or place, day, number)
        return report_id

    def replace_record(self, record: Record) -> str:
        """Put a new coding of a report that is in the archive in the place of the old one; corrections stay."""
        report_id = id_of_report(record)
        with self.transaction() as db:
            row = db.execute("SELECT n FROM report WHERE id = ?", (report_id,)).fetchone()
            if row is None:
                raise ArchiveError(f"There is no report {report_id!r} to code anew: add it first.")
            rewrite_report(db, record, row["n"])
            write_coding(db, record, row["n"], report_id)
            corrections.apply_to_report(db, row["n"])
        return report_id

    def judge(self, event: str, verdict: Verdict, by: str) -> Correction:
        """Note that `by` finds an event right or wrong."""
        with self.transaction() as db:
            return corrections.judge(db, event, verdict, by)

    def correct(self, event: str, field: str, value: str, by: str) -> Correction:
        """Note that `by` gives a field of an event another value, empty for unknown."""
        with self.transaction() as db:
            return corrections.change(db, event, field, value, by)

    def undo(self, event: str, by: str) -> Correction:
        """Note that `by` takes back the last correction of an event."""
        with self.transaction() as db:
            return corrections.undo(db, event, by)

    def history(self, event: str) -> list[Correction]:
        """All corrections of an event, oldest first."""
        return corrections.history(self.db, event)

    def orphans(self) -> list[Orphan]:
        """The corrections that hold for no event, since their report was coded anew."""
        return orphans(self.db)

    def record(self, report: str) -> Record:
        """The record of a report (by either id) as it was coded, without corrections."""
        row = self._one("SELECT json, text FROM report JOIN record ON record.report = report.n", report)
        return unpacked(row["json"], row["text"])

    def record_at(self, number: int) -> Record:
        """The record of the report with that number."""
        query = "SELECT json, text FROM report JOIN record ON record.report = report.n WHERE n = ?"
        row = self.db.execute(query, (number,)).fetchone()
        return unpacked(row["json"], row["text"])

    def records(self) -> Iterator[Record]:
        """All records in the order they were added."""
        for row in self.db.execute("SELECT json, text FROM report JOIN record ON record.report = report.n ORDER BY n"):
            yield unpacked(row["json"], row["text"])

    def report(self, report: str) -> ReportRow:
        """What is known of a report, by either id."""
        return _report(self._one("SELECT report.*, n FROM report", report), self._topics(report))

    def text(self, report: str) -> str:
        """The text of a report, by either id."""
        return str(self._one("SELECT text FROM report", report)["text"])

    def event(self, event: str) -> EventRow:
        """One event by its id."""
        row = self.db.execute("SELECT n FROM event WHERE id = ?", (storable(event),)).fetchone()
        if row is None:
            raise ArchiveError(f"There is no event {event!r} in the archive: `detente events` lists their ids.")
        return event_rows(self.db, [row["n"]])[0]

    def statement(self, statement: str) -> StatementRow:
        """One statement by its id."""
        row = self.db.execute("SELECT n FROM statement WHERE id = ?", (storable(statement),)).fetchone()
        if row is None:
            raise ArchiveError(f"There is no statement {statement!r} in the archive.")
        return statement_rows(self.db, [row["n"]])[0]

    def events(
        self, *, limit: int | None = None, offset: int = 0, newest: bool = False, **asked: Unpack[EventAsked]
    ) -> Answer[EventRow]:
        """Events by day; `asked` are the fields of `EventQuestion`."""
        asked.setdefault("min_score", self._least_score)
        return find_events(self.db, question_of(EventQuestion, asked), limit=limit, offset=offset, newest=newest)

    def statements(
        self, *, limit: int | None = None, offset: int = 0, newest: bool = False, **asked: Unpack[StatementAsked]
    ) -> Answer[StatementRow]:
        """Statements by day; `asked` are the fields of `StatementQuestion`."""
        return find_statements(
            self.db, question_of(StatementQuestion, asked), limit=limit, offset=offset, newest=newest
        )

    def each_event(self, **asked: Unpack[EventAsked]) -> Iterator[EventRow]:
        """The events asked for, by day, without holding them all in memory."""
        asked.setdefault("min_score", self._least_score)
        return each_event(self.db, question_of(EventQuestion, asked))

    def search(self, words: str, **options: Any) -> Answer[Hit]:
        """Reports that hold `words`, best first, as `searching.search_reports` says."""
        return search_reports(self.db, words, **options)

    def acts(self, *, limit: int | None = None, **asked: Unpack[EventAsked]) -> Answer[ToldAct]:
        """Acts that several reports tell, one telling of which answers `asked`, the fields of `EventQuestion`."""
        return Answer(find_acts(self.db, question_of(EventQuestion, asked), limit), kind=ToldAct)

    def promises(
        self, *, outcome: str | None = None, limit: int | None = None, newest: bool = False, **asked: Unpack[EventAsked]
    ) -> Answer[Promise]:
        """Promises whose announcement answers `asked`; `outcome` is kept, moved, broken, nothing-found or open."""
        outcome = outcome and chosen("outcome", outcome, tuple(Outcome))
        question = question_of(EventQuestion, asked)
        found = find_promises(self.db, question, outcome, limit, "newest" if newest else "oldest")
        return Answer(found, kind=Promise)

    def disputes(
        self, *, kind: str | None = None, limit: int | None = None, newest: bool = False, **asked: Unpack[EventAsked]
    ) -> Answer[Dispute]:
        """Disputes one account of which answers `asked`; `kind` is denied, changed-word, date, sides or numbers."""
        kind = kind and chosen("kind of dispute", kind, tuple(Kind), "kinds")
        return Answer(
            find_disputes(self.db, question_of(EventQuestion, asked), kind, limit, newest=newest), kind=Dispute
        )

    def counts(self) -> dict[str, int]:
        """How many reports, statements, events and corrections there are."""
        tables = ("report", "statement", "event", "correction")
        return {table: int(self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}

    def _one(self, query: str, report: str) -> sqlite3.Row:
        row = self.db.execute(
            f"{query} WHERE report.id = ?1 OR report.record_id = ?1 ORDER BY report.id = ?1 DESC, n LIMIT 1",
            (storable(report),),
        ).fetchone()
        if row is None:
            raise ArchiveError(f"There is no report {report!r} in the archive.")
        assert isinstance(row, sqlite3.Row)
        return row

    def _topics(self, report: str) -> tuple[str, ...]:
        number = self._one("SELECT n FROM report", report)["n"]
        rows = self.db.execute("SELECT topic FROM report_topic WHERE report = ? ORDER BY position", (number,))
        return tuple(row["topic"] for row in rows)


def _coder(row: sqlite3.Row) -> CoderId | None:
    if row["coder_name"] is None:
        return None
    return CoderId(row["coder_name"], row["coder_version"], row["coder_model"])


def _report(row: sqlite3.Row, topics: tuple[str, ...]) -> ReportRow:
    same = ("id", "record_id", "title", "url", "publisher", "published", "report_date", "basis", "language", "origin")
    more = ("original", "added", "text_sha256")
    return ReportRow(
        **{name: row[name] for name in (*same, *more)},
        certain=bool(row["certain"]),
        coder=_coder(row),
        topics=topics,
        cited=tuple(json.loads(row["cited"])),
    )
