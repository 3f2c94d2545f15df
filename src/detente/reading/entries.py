"""RSS and Atom: the entries of a feed, and the text in their scraps of HTML."""

from __future__ import annotations

import re
from typing import Any

from detente.errors import BrokenLine, NoArticle, TooLong
from detente.reading.articles import Fields
from detente.reading.feed_dates import written_dates

LARGEST_FEED = 10_000_000
"""Bytes of a feed read: the longest of news outlets hold some hundred entries and stay below 2 MB."""

_MORE_BLOCKS = ("br", "article", "section", "header", "footer", "main", "aside", "figure", "figcaption", "nav")
"""Tags that end a line and that lxml's table, of HTML 4, does not know or counts as inline."""

MOST_ESCAPED = 3
"""Times a text may be escaped: feeds made from feeds escape what is escaped."""

_ESCAPED = re.compile(
    r"</?(?:p|a|b|i|u|br|hr|em|ul|ol|li|div|img|span|strong|h[1-6]|figure|section|article|blockquote|table|t[rdh])"
    r"(?:\s[^<>]*)?/?>|&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,6}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)
_CDATA = re.compile(r"<!\[CDATA\[|\]\](?:>|&gt;)")
_SPACES = re.compile(" {2,}")
_PARAGRAPH_END = re.compile(r"\s*\n\s*")


def entries_of(data: bytes) -> list[Fields]:
    """The fields of each entry: its text is its content, or else its summary.

    Raises `TooLong` beyond the limit, `BrokenLine` for what is no feed and `NoArticle` for one without an entry.
    """
    import fastfeedparser

    if len(data) > LARGEST_FEED:
        raise TooLong(f"the feed has more than {LARGEST_FEED:,} bytes")
    try:
        feed = fastfeedparser.parse(data)  # bytes are never taken for an address to fetch
    except Exception as error:  # a feed is untrusted: anything may come of parsing it
        raise BrokenLine(f"not a feed that can be read: {error}") from error
    if not feed.entries:
        raise NoArticle("there is no entry in the feed")
    publisher = _line(feed.feed.get("title"))
    dates = written_dates(data)
    whole = dates if len(dates) == len(feed.entries) else [None] * len(feed.entries)
    return [_entry(entry, publisher, date) for entry, date in zip(feed.entries, whole, strict=True)]


def text_of_html(scrap: str) -> str:
    """The text of a scrap of HTML, its blocks as paragraphs, however often it was escaped on its way."""
    text = _text_of_html(scrap)
    for _ in range(MOST_ESCAPED - 1):
        if not _ESCAPED.search(text):
            break
        text = _text_of_html(text)
    return text


def _text_of_html(scrap: str) -> str:
    import lxml.etree
    import lxml.html
    from lxml.html.defs import block_tags, head_tags

    scrap = _CDATA.sub("", scrap)
    if "<" not in scrap and "&" not in scrap:
        return scrap.strip()
    try:
        root = lxml.html.fragment_fromstring(scrap, create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        return scrap.strip()
    pieces: list[str] = []
    for step, element in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if step in ("comment", "pi"):
            pieces.append(_joined(element.tail))
            continue
        pieces.append("\n" if element.tag in block_tags or element.tag in _MORE_BLOCKS else "")
        if step == "end":
            pieces.append(_joined(element.tail))
        elif element.tag not in head_tags:
            pieces.append(_joined(element.text))
    return _PARAGRAPH_END.sub("\n\n", _SPACES.sub(" ", "".join(pieces))).strip()


def _entry(entry: Any, publisher: str | None, date: str | None) -> Fields:
    contents = [text_of_html(part.get("value") or "") for part in entry.get("content") or ()]
    text = max((*contents, text_of_html(entry.get("description") or "")), key=len)
    return {
        "text": text,
        "title": _line(entry.get("title")),
        "url": entry.get("link"),
        "publisher": publisher,
        "published": date or entry.get("published") or entry.get("updated"),
    }


def _line(title: str | None) -> str | None:
    return text_of_html(title) or None if title else None


def _joined(text: str | None) -> str:
    return " ".join(re.split(r"\s+", text)) if text else ""
