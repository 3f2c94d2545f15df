"""What the workbench keeps between pages."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.web import reading
from detente.web.reading import ArchiveReader
from tests.made_records import expulsion, summit


@pytest.fixture
def reader(tmp_path: Path) -> ArchiveReader:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion())
    return ArchiveReader(tmp_path / "a.db")


def noted(made: list[str], name: str, seconds: float = 0.0) -> str:
    """A result that took `seconds` to make, and a note that it was made."""
    time.sleep(seconds)
    made.append(name)
    return name


def test_what_is_asked_for_again_and_again_stays(reader: ArchiveReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_KEPT", 3)
    made: list[str] = []

    def ask(name: str) -> None:
        reader.kept(name, lambda _: noted(made, name))

    for name in ("sums", "a", "sums", "b", "sums", "c", "sums", "d", "sums"):
        ask(name)
    assert made == ["sums", "a", "b", "c", "d"]
    ask("a")
    assert made[-1] == "a"


def test_what_is_kept_is_made_anew_when_the_archive_changed(reader: ArchiveReader) -> None:
    def count() -> int:
        return reader.kept("reports", lambda archive: archive.counts()["report"])

    assert count() == 1
    with Archive.open(reader.path) as archive:
        archive.add_record(summit())
    assert count() == 2


def test_what_took_long_to_make_goes_last(reader: ArchiveReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_KEPT", 2)
    monkeypatch.setattr(reading, "DEAR", 0.02)
    made: list[str] = []

    def ask(name: str, seconds: float = 0.0) -> None:
        reader.kept(name, lambda _: noted(made, name, seconds))

    ask("years", 0.03)
    for name in ("a", "b", "c"):
        ask(name)
    ask("years")
    assert made == ["years", "a", "b", "c"]
