"""What there is to read at paths and addresses, each item with where it can be read again.

`sources.read_reports` reads what a user coded by hand; this reads for keeping: markup goes to a confined process,
addresses are fetched, and the original of every report is known.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from detente.errors import MissingFile, ReadError
from detente.reading.addresses import is_address, without_password
from detente.reading.encodings import HEAD
from detente.reading.feeds import cut_off, is_cut_off, is_feed
from detente.reading.fetching import Fetcher, Page
from detente.reading.fields import bug, report_of, with_original
from detente.reading.folders import empty_folder, files_in, shown
from detente.reading.markup import MarkupParser
from detente.reading.page import page_report
from detente.reading.sources import STDIN, Watch, read_file
from detente.record import Failure, Report

KNOWN_ADDRESS = "known-address"
"""Code of an entry of a feed whose page is in the archive: it is not fetched again."""

WHOLE_STORY = 1_500
"""Characters from which an entry of a feed counts as the whole report; summaries have some hundred."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A report or the reason why there is none; `source` is the file or address to read again.

    `file` holds many reports, this one among them; the original of any other is `Report.original`.
    """

    source: str
    item: Report | Failure
    file: Path | None = None


class Gatherer:
    """Reads files, folders, standard input, pages and feeds.

    `parser` reads markup, `fetcher` fetches; `is_known` says of an address whether its page is kept already.
    """

    def __init__(
        self,
        parser: MarkupParser,
        fetcher: Fetcher,
        is_known: Callable[[str], bool] = lambda url: False,
        day: str | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._parser = parser
        self._fetcher = fetcher
        self._is_known = is_known
        self._day = day
        self._watch = watch

    def gather(self, sources: Iterable[str]) -> Iterator[Gathered]:
        """The items of `sources` in order; raises `MissingFile` for a path that does not exist, before reading."""
        sources = list(sources)
        for source in sources:
            if not is_address(source) and source != STDIN and not Path(source).exists():
                raise MissingFile(f"There is no file or folder {without_password(source)!r}: check the path.")
        return (found for source in sources for found in self._guarded(source))

    def _guarded(self, source: str) -> Iterator[Gathered]:
        try:
            yield from self._of(source)
        except OSError as error:
            place = without_password(source)
            yield Gathered(place, Failure(None, place, ReadError.code, f"it cannot be read: {error.strerror or error}"))
        except Exception as error:  # noqa: BLE001  one source must not end the run, whatever is wrong with it
            place = without_password(source)
            yield Gathered(place, bug(error, place))

    def _of(self, source: str) -> Iterator[Gathered]:
        if is_address(source):
            yield from self._address(source)
        elif source == STDIN:
            with _spooled() as file:
                yield from self._file(file, STDIN)
        else:
            found = files_in(Path(source))
            if not found:
                yield Gathered(source, empty_folder(source))
            for item in found:
                if isinstance(item, Failure):
                    yield Gathered(item.origin or source, item)
                else:
                    yield from self._file(item)

    def _file(self, file: Path, name: str | None = None) -> Iterator[Gathered]:
        for item in read_file(file, self._day, self._watch, self._parser):
            if name is not None:
                item = replace(item, origin=(item.origin or "").replace(shown(file), "stdin", 1))
            yield Gathered(name or shown(file), item, file)

    def _address(self, url: str) -> Iterator[Gathered]:
        place = without_password(url)
        try:
            page = self._fetcher.fetch(url)
            if not is_feed(page.body[:HEAD]):
                yield Gathered(place, self._page(page, place))
                return
            entries = self._parser.feed(page.body)
        except ReadError as error:
            yield Gathered(place, Failure(None, place, error.code, str(error)))
            return
        for number, fields in enumerate(entries, 1):
            yield self._entry(fields, place, f"{place}#{number}")
        if is_cut_off(page.body):
            yield Gathered(place, cut_off(place, len(entries)))

    def _entry(self, fields: dict[str, str | None], feed: str, place: str) -> Gathered:
        """The page an entry leads to; what the feed holds of it where that is the whole, or where there is no page."""
        given = fields.get("url") or ""
        link = without_password(given)
        if link and self._is_known(link):
            return Gathered(link, Failure(None, link, KNOWN_ADDRESS, "the page of this address is kept already"))
        text = fields.get("text") or ""
        if is_address(given) and len(text) < WHOLE_STORY:
            try:
                return Gathered(link, self._page(self._fetcher.fetch(given), link))
            except ReadError as error:
                return Gathered(link, Failure(None, link, error.code, str(error)))
            except Exception as error:  # noqa: BLE001  one page must not end the feed, whatever is wrong with it
                return Gathered(link, bug(error, link))
        item = report_of(fields, link or place, self._day)
        return Gathered(link or feed, with_original(item, text.encode("utf-8", "replace")))

    def _page(self, page: Page, place: str) -> Report | Failure:
        return page_report(page.body, place, self._day, self._parser, page.url, page.charset)


@contextmanager
def _spooled() -> Iterator[Path]:
    """Standard input as a file: its bytes are an original too, and must be there to be saved."""
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        path = Path(folder) / "stdin"
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield path
