"""A saved feed as reports, one an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from detente.errors import ReadError
from detente.reading.entries import LARGEST_FEED
from detente.reading.fields import report_of
from detente.reading.markup import DIRECT, MarkupParser
from detente.record import Failure, Report

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_BEFORE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*", re.DOTALL)


def is_feed(head: bytes) -> bool:
    """Whether what begins with `head` is RSS, Atom or RDF."""
    before = _BEFORE.match(head[:8192])
    return bool(before and _FEED.match(head, before.end()))


def read_feed(
    stream: io.BufferedReader, origin: str, day: str | None = None, parser: MarkupParser = DIRECT
) -> Iterator[Report | Failure]:
    """One report an entry: what the feed itself holds of it."""
    try:
        entries = parser.feed(stream.read(LARGEST_FEED + 1))
    except ReadError as error:
        yield Failure(None, origin, error.code, str(error))
        return
    for number, fields in enumerate(entries, 1):
        yield report_of(fields, f"{origin}:{number}", day)
