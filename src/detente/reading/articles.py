"""HTML: the article of a web page, with its title, publisher, address and date."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from detente.errors import NoArticle, ReadError, TooLong
from detente.reading.cleaning import decode

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
_TAG = re.compile(rb"<[a-zA-Z]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def article_of(page: bytes, largest: int = LARGEST_PAGE, most_elements: int | None = MOST_ELEMENTS) -> Fields:
    """The fields of a report found in the bytes of a page.

    Raises `TooLong` beyond the limits, `NotText` for binary data and `NoArticle` where no article is left.
    """
    if len(page) > largest:
        raise TooLong(f"the page has more than {largest:,} bytes: save its article as text")
    if most_elements is not None and sum(1 for _ in _TAG.finditer(page)) > most_elements:
        raise TooLong(f"the page has more than {most_elements:,} elements: save its article as text")
    found = _extracted(_DECLARATION.sub("", decode(page, markup=True)))
    text = _paragraphs(found.text or "") if found else ""
    if found is None or len(text) < FEWEST_CHARACTERS:
        raise NoArticle("there is no article on the page: save its text, or the page after its scripts have run")
    return {
        "text": text,
        "title": found.title,
        "url": found.url,
        "publisher": found.sitename or found.hostname,
        "published": found.date,
    }


def _extracted(html: str) -> Document | None:
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they warn of becomes a reason row here
    try:
        found = bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            fast=True,
            date_extraction_params=dict(_DATES),
        )
    except Exception as error:  # a page is untrusted: anything may come of parsing it
        raise ReadError(f"the page broke its parser ({type(error).__name__}): save its article as text") from error
    assert not isinstance(found, dict)
    return found


def _paragraphs(text: str) -> str:
    """The lines of `text` as paragraphs with an empty line between them, as reports have them."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())
