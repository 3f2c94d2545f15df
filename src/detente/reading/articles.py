"""HTML: the article of a web page, with its title, publisher, address and date."""

from __future__ import annotations

import logging
import re
from copy import copy
from typing import TYPE_CHECKING, Any

from detente.errors import NoArticle, ReadError, TooLong
from detente.reading.encodings import decode
from detente.reading.layout import straighten
from detente.reading.notices import NOTICES, is_menu, notice_in, partial_in, reports_listed

if TYPE_CHECKING:
    from trafilatura.settings import Document

Fields = dict[str, str | None]

LARGEST_PAGE = 5_000_000
"""Bytes of HTML read: news pages have .1 to 2 MB, and hostile ones of 8.7 MB were seen to cost a minute."""

MOST_ELEMENTS = 12_000
"""Elements a page may have: news pages have some thousands; 14,000 in one paragraph were seen to take 14 s."""

FEWEST_CHARACTERS = 60
"""Below this what is left of a page is a button or a notice, no article."""

_DATES: dict[str, Any] = {
    "original_date": True,
    "extensive_search": False,  # only what the page declares: dates in the text are read later, with their weight
    "min_date": "1995-01-01",
    "max_date": "2100-01-01",  # left alone it is today, and the same page would be read differently another day
}
MOST_ATTRIBUTES = 1_000
"""Signs of equality in one tag: the parser's time grows with their square; addresses with queries have some dozens."""

_WHOLE_TAG = re.compile(rb"<[a-zA-Z][^>]{4000,}")
_TAG = re.compile(rb"<[a-zA-Z]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def article_of(
    page: bytes, charset: str | None = None, largest: int = LARGEST_PAGE, most_elements: int | None = MOST_ELEMENTS
) -> Fields:
    """The fields of a report found in the bytes of a page; `charset` is the encoding that the server named.

    Raises `TooLong` beyond the limits, `NotText` for binary data and `NoArticle` where no article is left.
    """
    if len(page) > largest:
        raise TooLong(f"the page has more than {largest:,} bytes: save its article as text")
    if most_elements is not None and sum(1 for _ in _TAG.finditer(page)) > most_elements:
        raise TooLong(f"the page has more than {most_elements:,} elements: save its article as text")
    if any(tag[0].count(b"=") > MOST_ATTRIBUTES for tag in _WHOLE_TAG.finditer(page)):
        raise TooLong(f"an element of the page has more than {MOST_ATTRIBUTES:,} attributes: save its article as text")
    tree, found, day = _extracted(_DECLARATION.sub("", decode(page, markup=True, charset=charset)))
    text = _paragraphs(found.text or "") if found else ""
    if tree is None or found is None or len(text) < FEWEST_CHARACTERS or is_menu(text):
        raise NoArticle("there is no article on the page: save its text, or the page after its scripts have run")
    if notice := notice_in(text):
        raise NoArticle(NOTICES[notice])
    if count := reports_listed(tree, text):
        raise NoArticle(f"the page is a list of {count} reports and no report: read the page of each")
    return {
        "text": text,
        "title": found.title,
        "url": found.url,
        "publisher": found.sitename or found.hostname,
        "published": day or found.date,
        "partial": partial_in(tree, text),
    }


def declared_day(tree: Any) -> str | None:
    """The day that the head of a page or its JSON-LD gives; the day in its address is weaker, and changes hands."""
    from htmldate import find_date
    from lxml import html

    head = html.Element("html")
    said = head.makeelement("head")
    head.append(said)
    for element in tree.iter("meta", "script"):
        if element.tag == "meta" or element.get("type") == "application/ld+json":
            said.append(copy(element))
    return find_date(head, **_DATES)


def _extracted(html: str) -> tuple[Any, Document | None, str | None]:
    """The tree of a page, what is found in it, and the day it declares."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they warn of becomes a reason row here
    try:
        tree = load_html(html)
        if tree is None:
            return None, None, None
        straighten(tree)
        found = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            fast=True,
            date_extraction_params=dict(_DATES),
        )
        day = declared_day(tree)
    except Exception as error:  # a page is untrusted: anything may come of parsing it
        raise ReadError(f"the page broke its parser ({type(error).__name__}): save its article as text") from error
    assert not isinstance(found, dict)
    return tree, found, day


def _paragraphs(text: str) -> str:
    """The lines of `text` as paragraphs with an empty line between them, as reports have them."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())
