"""What reads markup: HTML pages and feeds, here or, for the untrusted, in a process of its own (see `confined`)."""

from __future__ import annotations

from typing import Protocol

from detente.reading.articles import Fields, article_of
from detente.reading.entries import entries_of


class MarkupParser(Protocol):
    """Reads bytes as a page or a feed; both raise `ReadError` where that cannot be."""

    def page(self, data: bytes, charset: str | None = None) -> Fields:
        """The fields of the article on a page; `charset` is the encoding that the server named."""

    def feed(self, data: bytes) -> list[Fields]:
        """The fields of each entry of a feed."""


class DirectParser:
    """Reads in this process: for files of the user's own, within the limits of `articles`."""

    def page(self, data: bytes, charset: str | None = None) -> Fields:
        """The fields of the article on a page."""
        return article_of(data, charset)

    def feed(self, data: bytes) -> list[Fields]:
        """The fields of each entry of a feed."""
        return entries_of(data)


DIRECT = DirectParser()
