"""A saved feed as reports, one an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from detente.errors import BrokenLine, ReadError
from detente.reading.entries import LARGEST_FEED
from detente.reading.fields import report_of
from detente.reading.markup import DIRECT, MarkupParser
from detente.record import Failure, Report

END_WITHIN = 4_096
"""Bytes at the end of a feed in which it is closed; comments of caches stand behind."""

_END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_BEFORE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*", re.DOTALL)


def is_feed(head: bytes) -> bool:
    """Whether what begins with `head` is RSS, Atom or RDF."""
    before = _BEFORE.match(head[:8192])
    return bool(before and _FEED.match(head, before.end()))


def is_cut_off(data: bytes) -> bool:
    """Whether a feed ends before its last element is closed."""
    return _END.search(data, max(0, len(data) - END_WITHIN)) is None and b"\0" not in data[:8]


def cut_off(origin: str, entries: int) -> Failure:
    """The row for what is missing at the end of a feed of which so many entries could be read."""
    return Failure(None, origin, BrokenLine.code, f"the feed is cut off: {entries} of its entries could be read")


def read_feed(
    stream: io.BufferedReader, origin: str, day: str | None = None, parser: MarkupParser = DIRECT
) -> Iterator[Report | Failure]:
    """One report an entry: what the feed itself holds of it."""
    data = stream.read(LARGEST_FEED + 1)
    try:
        entries = parser.feed(data)
    except ReadError as error:
        yield Failure(None, origin, error.code, str(error))
        return
    for number, fields in enumerate(entries, 1):
        yield report_of(fields, f"{origin}:{number}", day)
    if is_cut_off(data):
        yield cut_off(origin, len(entries))
