"""Facts in a text whose day is known, against the page date: words with a birthday, holders of offices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from detente.checks.lexicon import FirstKnown, load_first_known
from detente.record import Check, Span


def first_known_checks(text: str, page: date) -> Iterable[Check]:
    """The check ``page-date-name``: names in the text that nobody used before a day after the page date."""
    by_term = _by_term()
    found: dict[str, Span] = {}
    for match in _pattern().finditer(text):
        entry = by_term[match[0]]
        if entry.since > page:
            found.setdefault(entry.term, Span(*match.span()))
    for term, span in found.items():
        entry = by_term[term]
        message = (
            f"The page is dated {page.day} {page:%B %Y}; “{term}” was not known before "
            f"{entry.since.day} {entry.since:%B %Y}, when {entry.why}."
        )
        yield Check("page-date-name", message, (span,))


@cache
def _by_term() -> dict[str, FirstKnown]:
    return {entry.term: entry for entry in load_first_known()}


@cache
def _pattern() -> re.Pattern[str]:
    # One alternation, longest first; the entries are in that order already.
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(term) for term in _by_term())})(?!\w)")
