"""A saved web page as a report."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from detente.errors import ReadError
from detente.reading.articles import LARGEST_PAGE
from detente.reading.fields import report_of, with_original
from detente.reading.markup import DIRECT, MarkupParser
from detente.record import Check, Failure, Report

MOST_READ = 2 * LARGEST_PAGE
"""Bytes of a page held at most: a parser has its own limit at or below it."""

PARTIAL_PAGE = "partial-page"
"""Code of the check on a page that shows only a part of its article."""

_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE | re.ASCII)


def read_page(
    stream: io.BufferedReader, origin: str, day: str | None = None, parser: MarkupParser = DIRECT
) -> Iterator[Report | Failure]:
    """The article of one HTML page."""
    yield page_report(stream.read(MOST_READ + 1), origin, day, parser)


def page_report(
    data: bytes, origin: str, day: str | None, parser: MarkupParser, url: str | None = None, charset: str | None = None
) -> Report | Failure:
    """The article of the page in `data`; `url` is the address it came from, over what the page says of itself.

    `charset` is the encoding that the server named.
    """
    try:
        fields = parser.page(data, charset)
    except ReadError as error:
        return Failure(None, origin, error.code, str(error))
    item = report_of({**fields, "url": url or fields.get("url")}, origin, day)
    if (partial := fields.get("partial")) and isinstance(item, Report):
        item = replace(item, checks=(*item.checks, Check(PARTIAL_PAGE, partial)))
    return with_original(item, data)


def charset_in(content_type: str | None) -> str | None:
    """The encoding named in the Content-Type of an answer."""
    found = _CHARSET.search(content_type or "")
    return found[1] if found else None
