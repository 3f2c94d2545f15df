"""A saved web page as a report."""

from __future__ import annotations

import io
from collections.abc import Iterator

from detente.errors import ReadError
from detente.reading.articles import LARGEST_PAGE
from detente.reading.fields import report_of, with_original
from detente.reading.markup import DIRECT, MarkupParser
from detente.record import Failure, Report

MOST_READ = 2 * LARGEST_PAGE
"""Bytes of a page held at most: a parser has its own limit at or below it."""


def read_page(
    stream: io.BufferedReader, origin: str, day: str | None = None, parser: MarkupParser = DIRECT
) -> Iterator[Report | Failure]:
    """The article of one HTML page."""
    yield page_report(stream.read(MOST_READ + 1), origin, day, parser)


def page_report(
    data: bytes, origin: str, day: str | None, parser: MarkupParser, url: str | None = None
) -> Report | Failure:
    """The article of the page in `data`; `url` is the address it came from, over what the page says of itself."""
    try:
        fields = parser.page(data)
    except ReadError as error:
        return Failure(None, origin, error.code, str(error))
    return with_original(report_of({**fields, "url": url or fields.get("url")}, origin, day), data)
