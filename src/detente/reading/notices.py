"""Pages that hold a notice for their reader instead of a report: consent, paywalls, barriers, lists of other pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from detente.reading.layout import linked_share
from detente.shipped import mapping_of, shipped_table, words_of

TABLE = "reading/data/notices.yaml"

NOTICES = {
    "consent": "the page asks for consent and shows no article: save it after agreeing, or save its text",
    "paywall": "the page is for subscribers and shows no article: save its text where it can be read",
    "barrier": "the page holds a reader off (scripts, robots, regions) and shows no article: save its text",
    "missing": "the page says that there is none at its address",
}
PARTIAL = {
    "paywall": "The page breaks off for those who do not subscribe: what was read may be only the beginning.",
    "barrier": "The page says that it does not show everything: what was read may be only a part.",
}
MOST_NOTICE = 0.5
"""Share of a text in paragraphs that are notices, from which there is no article."""

FEWEST_TEASERS = 3
MOST_TEASERS = 0.6
"""Share of a text in such items from which the page is a list of other pages: related reports below an article are
cut off by the extractor, and what stays of them was seen to be below a fifth."""

LONGEST_TEASER = 600
"""Characters of an item of a list of reports; whole reports in one page have more."""

FEWEST_DAYS = 3
"""Days that the items of one page must have to be reports of their own; a live page has one or two."""

LONGEST_LABEL = 100
"""Characters of a line that can still be an entry of a menu."""

_ITEMS = ("li", "article", "div", "section", "td", "dd")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SENTENCE_END = re.compile(r"[.!?…。؟।][\"'”’»)\]]*$")
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def notice_in(text: str) -> str | None:
    """The kind of notice that most of `text` is, a key of `NOTICES`."""
    kinds = [(len(line), kind) for line in text.splitlines() for kind in [_kind_of(line)] if kind]
    if not kinds or sum(length for length, _ in kinds) <= MOST_NOTICE * len(text):
        return None
    return max(kinds)[1]


def partial_in(tree: Any, text: str) -> str | None:
    """Why `text` may be only a part of the article of the page, in words for a person."""
    for line in text.splitlines():
        if (kind := _kind_of(line)) in PARTIAL:
            return PARTIAL[kind]
    scripts = (script.text or "" for script in tree.iterfind('.//script[@type="application/ld+json"]'))
    tiers = (meta.get("content", "").lower() for meta in tree.iterfind('.//meta[@property="article:content_tier"]'))
    if any(map(_NOT_FREE.search, scripts)) or any(tier in ("locked", "metered") for tier in tiers):
        return "The page says that its article is not free: what was read may be only the beginning."
    return None


def is_menu(text: str) -> bool:
    """Whether `text` has no sentence: only entries of a menu, or headlines."""
    return not any(len(line) > LONGEST_LABEL or _SENTENCE_END.search(line.rstrip()) for line in text.splitlines())


def reports_listed(tree: Any, text: str) -> int:
    """How many other reports the page lists where `text` is mostly made of them; 0 for a page of one report."""
    lengths: Counter[str] = Counter()
    for line in text.splitlines():
        lengths[" ".join(line.split())] += len(line)
    for items in _groups(tree):
        shown = {" ".join(piece.split()) for item in items for piece in _lines_of(item)}
        if sum(lengths[line] for line in shown) >= MOST_TEASERS * lengths.total():
            return len(items)
    return 0


def _groups(tree: Any) -> Iterator[list[Any]]:
    """Neighbours on the page that are each the beginning of another page, or each of a day of its own."""
    for parent in tree.iter():
        if not isinstance(parent.tag, str) or len(parent) < FEWEST_TEASERS:
            continue
        items = [child for child in parent if child.tag in _ITEMS and 0 < len(child.text_content()) <= LONGEST_TEASER]
        teasers = [item for item in items if _is_teaser(item)]
        if len(teasers) >= FEWEST_TEASERS:
            yield teasers
        days = {day for item in items for day in _days(item)}
        if len(days) >= FEWEST_DAYS:
            yield [item for item in items if _days(item)]


def _is_teaser(item: Any) -> bool:
    """Whether an item begins with a link to another page and says something more."""
    first = next((e for e in item.iter("a", *_HEADINGS) if e.text_content().strip()), None)
    if first is None or not item.text_content().strip().startswith(first.text_content().strip()):
        return False
    is_link = first.tag == "a" or next(first.iter("a"), None) is not None
    return is_link and linked_share(item) < 1


def _days(item: Any) -> set[str]:
    found = (_DAY.match(time.get("datetime", "")) for time in item.iter("time"))
    return {day[0] for day in found if day}


def _lines_of(item: Any) -> Iterator[str]:
    for element in item.iter("p", "span", "div", "a", *_HEADINGS, item.tag):
        yield element.text_content()


def _kind_of(line: str) -> str | None:
    line = line.lower().replace("’", "'")
    return next((kind for kind, phrases in _phrases().items() if any(phrase in line for phrase in phrases)), None)


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    table = mapping_of(shipped_table(TABLE), set(NOTICES), TABLE)
    return {kind: words_of(phrases, f"{TABLE}: {kind}") for kind, phrases in table.items()}
