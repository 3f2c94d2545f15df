"""Trying again what failed: pages that did not come or broke, files that were damaged, reports that were not coded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from detente.archive.account import Note, forget_source, places_failed, sources_failed
from detente.archive.archive import Archive
from detente.intake.taking import Codes, Intake, Tell
from detente.reading.addresses import is_address
from detente.reading.fetching import Fetcher
from detente.reading.gathering import Gatherer
from detente.reading.markup import MarkupParser
from detente.reading.sources import STDIN


def retry(
    archive: Archive,
    coder: Callable[[], Codes],
    parser: MarkupParser,
    fetcher: Fetcher,
    tell: Tell = lambda note: None,
    workers: int = 1,
) -> dict[str, str]:
    """Read every source again in which something failed; return the sources that are gone, and why.

    Only the places that failed are looked at, save where the whole source had failed.
    """
    gone: dict[str, str] = {}
    for source, day in sources_failed(archive.db):
        if (reason := _gone(source)) is not None:
            gone[source] = reason
            continue
        failed = places_failed(archive.db, source, day)
        heard: list[Note] = []

        def hear(note: Note, heard: list[Note] = heard) -> None:
            heard.append(note)
            tell(note)

        intake = Intake(
            archive, coder, hear, workers=workers, day=day, again=True, only=None if source in failed else failed
        )
        intake.add(Gatherer(parser, fetcher, day=day).gather([source]))
        if source in failed and not any(note.place == source for note in heard):
            with archive.transaction() as db:
                forget_source(db, source)
    return gone


def _gone(source: str) -> str | None:
    if source == STDIN:
        return "it came from standard input: add it once more"
    if not is_address(source) and not Path(source).exists():
        return "there is no such file any more"
    return None
