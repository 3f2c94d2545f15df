"""The days of a feed's entries, as they are written: the parser of feeds turns them into another day of another zone.

An entry of 26 June, 21:30 in San Francisco is of the 26th to those who wrote it, and "today" in it means that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Any

_ITEMS = ("item", "entry")
_NAMES = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
"""Elements that hold the date of an entry, the best first."""

_MAIL = re.compile(r"(?:[^\W\d]+\.?,?\s+)?\d{1,2}\s+[^\W\d]{3,9}\s+\d{4}\s+\d{1,2}:\d{2}")
_ZONE = re.compile(r"(?:[+-]\d{2}:?\d{2}|\b(?:Z|UTC?|GMT|[ECMP][SD]T))(?:\s*\([^)]*\))?$")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def written_dates(feed: bytes) -> list[str | None]:
    """The date of each entry in ISO 8601 with the offset it was written in; null where it has another form or none."""
    return [next(filter(None, map(_iso, _dates_of(item))), None) for item in _items(feed)]


def _items(feed: bytes) -> Iterator[Any]:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(feed.lstrip(), parser)
    except (etree.LxmlError, ValueError):
        return
    if root is not None:
        yield from (element for element in root.iter() if _name(element) in _ITEMS)


def _dates_of(item: Any) -> Iterator[str]:
    found = {_name(child): child.text for child in reversed(item)}
    yield from (text for name in _NAMES if (text := found.get(name)))


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _iso(written: str) -> str | None:
    written = " ".join(written.split())
    with suppress(ValueError, OverflowError, TypeError):
        if _MAIL.match(written) and (parts := parsedate_tz(written)):
            zone = timezone(timedelta(seconds=parts[9] or 0)) if _ZONE.search(written) else None
            return datetime(*parts[:6], tzinfo=zone).isoformat()
        if _ISO.match(written):
            datetime.fromisoformat(written[:10])
            with suppress(ValueError):
                return datetime.fromisoformat(written).isoformat()
            return written[:10]
    return None
