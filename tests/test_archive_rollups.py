"""What is kept ready beside its source, and was broken by hand: the doctor finds it and makes it anew."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.archive import Archive
from detente.archive.doctor import examine
from detente.cli.app import app
from detente.linking.joining import join
from tests.made_archive import make_archive

CHECK = "what is kept ready is what a recount gives"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_archive(tmp_path_factory.mktemp("rollups") / "a.db")
    with Archive.open(path) as archive:
        join(archive)
        archive.db.execute("DELETE FROM joined WHERE event % 9 = 0")
        archive.db.execute("DELETE FROM fingerprint WHERE report % 9 = 0")
        archive.db.execute("UPDATE report SET original = NULL")  # only the file is copied
        archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    (tmp_path / "a.db").write_bytes(whole.read_bytes())
    return tmp_path / "a.db"


def faults(path: Path) -> tuple[str, ...]:
    """What the doctor finds of what is kept ready; nothing else may be wrong."""
    with Archive.open(path) as archive:
        found = {finding.check: finding.faults for finding in examine(archive, deep=True)}
    told = found.pop(CHECK)
    assert not any(found.values())
    return told


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return sorted(db.execute(f"SELECT * FROM {table}").fetchall())


BREAKS = [
    ("standing", "DELETE FROM standing WHERE scope = 'ARG' AND event % 5 = 0", "standing lacks"),
    ("standing", "UPDATE standing SET status = 'denied' WHERE rowid_ = 1", "standing should not have 1 row, such as"),
    ("standing", "INSERT INTO standing VALUES ('KEN', '2024-01-02', 1, 'happened', NULL)", "('KEN', '2024-01-02', 1,"),
    ("pair_act", "UPDATE pair_act SET tellings = tellings + 1 WHERE one = 'ARG'", "pair_act should not have"),
    ("pair_act", "UPDATE pair_act SET intensity = 9.5 WHERE one = 'ARG'", "pair_act lacks"),
    ("mention", "DELETE FROM mention WHERE country = 'FIN'", "mention lacks"),
    ("mention", "INSERT INTO mention VALUES ('KEN', '2024-01-02', 1)", "mention should not have 1 row"),
    ("called", "DELETE FROM called WHERE name = 'Aino Rautala'", "called lacks 1 row, such as ('Aino Rautala',"),
    ("unjoined", "DELETE FROM unjoined WHERE event % 2 = 0", "unjoined lacks"),
    ("unjoined", "INSERT INTO unjoined VALUES (1)", "unjoined should not have 1 row, such as (1)"),
    ("unprinted", "DELETE FROM unprinted", "unprinted lacks"),
]


@pytest.mark.parametrize(("table", "how", "told"), BREAKS)
def test_what_was_broken_by_hand_is_found_and_made_anew(path: Path, table: str, how: str, told: str) -> None:
    before = rows(path, table)
    with closing(sqlite3.connect(path)) as db:
        one = "(scope, day, event) = (SELECT scope, day, event FROM standing WHERE status <> 'denied' LIMIT 1)"
        db.execute(how.replace("rowid_ = 1", one))
        db.commit()
    assert rows(path, table) != before
    found = faults(path)
    assert {fault.partition(" ")[0] for fault in found} == {table}
    assert any(told in fault for fault in found)
    assert all("detente doctor --repair" in fault for fault in found)
    done = CliRunner().invoke(app, ["doctor", str(path), "--repair", "--deep"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"made anew: {table}\n")
    assert rows(path, table) == before
    assert faults(path) == ()


def test_a_name_that_nobody_goes_by_any_more_may_stay(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO called VALUES ('Nobody Atall', '')")
        db.commit()
    assert faults(path) == ()


def test_nothing_is_made_anew_where_all_of_it_fits(path: Path) -> None:
    before = path.read_bytes()
    done = CliRunner().invoke(app, ["doctor", str(path), "--repair", "--json"], catch_exceptions=False)
    assert json.loads(done.stdout)["repaired"] == []
    assert path.read_bytes() == before


def test_an_index_of_words_that_does_not_fit_is_made_anew(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.db.execute("INSERT INTO event_fts (event_fts) VALUES ('delete-all')")
    done = CliRunner().invoke(app, ["doctor", str(path), "--repair"], catch_exceptions=False)
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "made anew: event_fts")
    assert faults(path) == ()


def test_others_write_while_what_is_kept_ready_is_recounted(path: Path) -> None:
    with Archive.open(path) as archive, closing(sqlite3.connect(path, timeout=0)) as other:
        looked = 0

        def write(statement: str) -> None:
            nonlocal looked
            if "EXCEPT" in statement and not looked:
                looked += 1
                other.execute("DELETE FROM standing WHERE scope = 'ARG'")
                other.commit()

        archive.db.set_trace_callback(write)
        found = {finding.check: finding.faults for finding in examine(archive, deep=True)}
    assert looked == 1
    assert found[CHECK] == ()
    assert any("standing lacks" in fault for fault in faults(path))
