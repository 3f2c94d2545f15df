"""Keeping: records go in whole, once, and come out as they were."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.archive import Archive
from detente.archive.ids import id_of_report, ids_of_events
from detente.archive.schema import APPLICATION_ID, migrate, migrations
from detente.errors import ArchiveError
from detente.record import Record, days_of
from tests.made_records import expulsion, record, summit


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "a.db", create=True)


def rows(archive: Archive, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in archive.db.execute(f"SELECT * FROM {table}")]


def test_a_record_comes_back_as_it_was_coded(archive: Archive) -> None:
    archive.add_record(expulsion())
    assert archive.record("r1") == expulsion()
    assert list(archive.records()) == [expulsion()]


def test_adding_a_record_again_changes_nothing(archive: Archive) -> None:
    first = archive.add_record(expulsion(), topics=["Expulsions"])
    before = list(archive.db.iterdump())
    assert archive.add_record(expulsion(), topics=["Expulsions"]) == first
    assert list(archive.db.iterdump()) == before


def test_the_same_text_on_another_page_date_is_another_report(archive: Archive) -> None:
    archive.add_record(expulsion())
    archive.add_record(expulsion(published="2022-07-27"))
    assert archive.counts()["report"] == 2


def test_ids_come_from_content_and_not_from_the_order_of_adding(tmp_path: Path) -> None:
    ids = []
    for name, order in (("a.db", (expulsion(), summit())), ("b.db", (summit(), expulsion()))):
        with Archive.open(tmp_path / name, create=True) as archive:
            for item in order:
                archive.add_record(item)
            ids.append({row[0] for row in archive.db.execute("SELECT id FROM event UNION SELECT id FROM statement")})
    assert ids[0] == ids[1]
    assert len(ids[0]) == 6


def test_two_events_with_one_trigger_have_different_ids() -> None:
    coded = expulsion()
    twice = record(coded.text, (coded.events[0], coded.events[0]))
    assert len(set(ids_of_events(twice, id_of_report(twice)))) == 2


def test_an_original_is_kept_byte_for_byte_and_once(archive: Archive) -> None:
    page = b"<html>\x00 not even text \xff</html>"
    archive.add_record(expulsion(), page)
    archive.add_record(summit(), page)
    digest = archive.report("r1").original
    assert digest is not None
    assert archive.report("r2").original == digest
    assert archive.originals.read(digest) == page
    assert list(archive.originals.digests()) == [digest]


def test_a_damaged_original_is_told(archive: Archive) -> None:
    digest = archive.originals.add(b"page")
    archive.originals.path_of(digest).write_bytes(b"\x1f\x8b broken")
    with pytest.raises(ArchiveError, match="cannot be read"):
        archive.originals.read(digest)


def test_a_file_is_saved_as_its_bytes_are(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"a page" * 1000)
    assert archive.originals.add_file(tmp_path / "page.html") == archive.originals.add(b"a page" * 1000)


def test_an_archive_is_a_strict_wal_file_with_foreign_keys(archive: Archive) -> None:
    assert archive.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert archive.db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    tables = archive.db.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    assert [name for name, strict in tables if not strict and not name.startswith("sqlite_")] == []
    with pytest.raises(sqlite3.IntegrityError):
        archive.db.execute("INSERT INTO report_topic VALUES (99, 0, 'no such report')")


def test_the_archive_has_gone_through_every_migration(archive: Archive) -> None:
    assert archive.db.execute("PRAGMA user_version").fetchone()[0] == len(migrations())
    assert archive.db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID


def test_an_archive_of_an_older_schema_is_brought_up_to_date_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Archive.open(path, create=True) as fresh:
        fresh.add_record(expulsion())
        expected = fresh.events().to_dicts()
        schema = list(fresh.db.execute("SELECT name, sql FROM sqlite_master ORDER BY name"))
    old = sqlite3.connect(tmp_path / "first.db", isolation_level=None)
    migrate(old, to=1)
    old.execute("ATTACH ? AS new", (str(path),))
    for table in ("report", "record", "event", "event_party", "statement", "statement_span"):
        names = [row[1] for row in old.execute(f"PRAGMA main.table_info({table})")]
        values = ", ".join("'0.1.0'" if name == "coder" else name for name in names)  # no column of today
        old.execute(f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {values} FROM new.{table}")
    old.close()
    with Archive.open(tmp_path / "first.db") as migrated:
        assert migrated.events().to_dicts() == expected
        assert list(migrated.db.execute("SELECT name, sql FROM sqlite_master ORDER BY name")) == schema


def test_an_archive_of_a_newer_detente_is_refused(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.db.execute("PRAGMA user_version = 999")
    with pytest.raises(ArchiveError, match="use the newer detente"):
        Archive.open(tmp_path / "a.db")


def test_what_is_no_archive_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE mine (a)")
    other.close()
    with pytest.raises(ArchiveError, match="no archive of detente"):
        Archive.open(tmp_path / "other.db", create=True)
    (tmp_path / "text.db").write_text("not a database, but longer than the header of one" * 4)
    with pytest.raises(ArchiveError, match="not a database"):
        Archive.open(tmp_path / "text.db", create=True)
    with pytest.raises(ArchiveError, match="There is no archive"):
        Archive.open(tmp_path / "missing.db")
    with pytest.raises(ArchiveError, match="There is no folder"):
        Archive.open(tmp_path / "nowhere" / "a.db", create=True)


def test_a_transaction_that_breaks_leaves_nothing(archive: Archive) -> None:
    def add_and_break() -> None:
        with archive.transaction():
            archive.add_record(expulsion())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_break()
    assert archive.counts() == {"report": 0, "statement": 0, "event": 0, "correction": 0}
    assert archive.search("diplomats").total == 0


def test_coding_a_report_anew_replaces_what_was_coded_and_keeps_ids(archive: Archive) -> None:
    archive.add_record(expulsion())
    before = [row.id for row in archive.events()]
    coded = expulsion()
    better = record(coded.text, coded.events[:1], id="r1", publisher="Baltic Wire", title="Envoys sent home")
    archive.replace_record(better)
    assert [row.id for row in archive.events()] == before[:1]
    assert archive.statements().total == 0
    assert archive.record("r1") == better
    archive.db.execute("INSERT INTO event_fts (event_fts, rank) VALUES ('integrity-check', 1)")
    archive.db.execute("INSERT INTO report_fts (report_fts, rank) VALUES ('integrity-check', 1)")
    assert archive.events(words="hacked").total == 0


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(TEXT, st.one_of(st.none(), TEXT))
def test_any_text_and_title_come_back(archive: Archive, text: str, title: str | None) -> None:
    kept: Record = record(text, title=title)
    assert archive.record(archive.add_record(kept)) == kept


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2021-06-16", ("2021-06-16", "2021-06-16")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2021", ("2021-01-01", "2021-12-31")),
        ("2021-06/2021-08-03", ("2021-06-01", "2021-08-03")),
        ("2021-06-16T14:00", ("2021-06-16", "2021-06-16")),
        ("2021-W24", (None, None)),
        ("202X", (None, None)),
        ("2021-13", (None, None)),
        ("/2021", (None, None)),
        ("2021-02-30", (None, None)),
        ("2021-02-29", (None, None)),
        ("2021-06-00", (None, None)),
        ("2021-04-31T10:00", (None, None)),
        ("2021-06-16/2021-06-15", (None, None)),
        ("2022/2021", (None, None)),
        ("２０２１-06-16", (None, None)),
        ("2021-06-1٦", (None, None)),
        ("2021-06-16\n", (None, None)),
        ("2021/2022/2023", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_a_date_names_its_first_and_last_day(date: str | None, days: tuple[str | None, str | None]) -> None:
    assert days_of(date) == days
