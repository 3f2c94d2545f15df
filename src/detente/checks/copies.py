"""Whether two reports are one text: the same, revised, taken over by another outlet, or only written to one form.

Overlap of word runs cannot tell a revision from a form letter: the yearly notice of an emergency repeats 97% of last
year's, a report cut by half keeps 35%. What tells them apart is whether names and numbers were *exchanged*: a revision
adds or drops facts, a form has others in the same places.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from detente.checks.fingerprints import runs_of, words_of

COPIED = 0.6
"""Share of the shorter text's word runs that stand in the longer one, from which it may be a copy.

Chosen with `python -m bench.copies`: all but one of 558 duplicates reach .66; look-alikes go up to .97, so that this
is necessary and never enough.
"""

EXCHANGED = 0.1
"""Share of names and numbers that may differ on both sides in a copy of the same days (same bench)."""

REWORKED = 0.3
"""The same for two versions under one title: tables read by other programs run words together."""

RELATED = 0.2
"""Overlap below which two texts have nothing to do with each other."""

PASSAGE = 0.5
"""Overlap from which another outlet's text of the same days has taken passages over."""

SAME_NEWS = 3
"""Days between the page dates of two versions of one text; yearly and monthly forms lie further apart."""

FEWEST_WORDS = 8
"""Words below which a text is a heading, and equal to another by chance."""


class Likeness(StrEnum):
    """What two texts are to each other."""

    SAME = "same-text"
    REVISION = "revision"
    REWRITE = "rewrite"
    LOOK_ALIKE = "look-alike"


COPIES = frozenset({Likeness.SAME, Likeness.REVISION, Likeness.REWRITE})
"""Kinds in which both texts report the same thing, so that acts told in both are told once."""


@dataclass(frozen=True)
class Version:
    """A report as it is compared: `day` is its page date, null where it has none."""

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    day: date | None = None

    @cached_property
    def words(self) -> list[str]:
        """The words of the text as written."""
        return words_of(self.text)

    @cached_property
    def runs(self) -> set[str]:
        """The word runs of the text."""
        return runs_of(self.words)

    @cached_property
    def facts(self) -> Counter[str]:
        """Names and numbers of the text, counted: words that begin with a capital or a digit, in lower case."""
        return _facts(self.words)

    @cached_property
    def title_facts(self) -> Counter[str]:
        """The same for the title."""
        return _facts(words_of(self.title or ""))


@dataclass(frozen=True, slots=True)
class Comparison:
    """How near two texts are.

    `overlap` is the share of the shorter text's word runs found in the longer one, `exchanged` the share of names and
    numbers that stand in each text but not in the other. `kind` is null for texts that are not near.
    """

    kind: Likeness | None
    overlap: float
    exchanged: float


def compare(one: Version, other: Version) -> Comparison:
    """What `one` and `other` are to each other; the order of the two does not matter."""
    if min(len(one.words), len(other.words)) < FEWEST_WORDS:
        return Comparison(None, 0.0, 0.0)
    if one.text == other.text:
        return Comparison(Likeness.SAME, 1.0, 0.0)
    overlap = len(one.runs & other.runs) / min(len(one.runs), len(other.runs))
    if overlap < RELATED:
        return Comparison(None, overlap, 0.0)
    exchanged = _exchange(one.facts, other.facts) / max(1, min(one.facts.total(), other.facts.total()))
    return Comparison(_kind(one, other, overlap, exchanged), overlap, exchanged)


def _kind(one: Version, other: Version, overlap: float, exchanged: float) -> Likeness:
    if [w.lower() for w in one.words] == [w.lower() for w in other.words]:
        return Likeness.SAME
    same_page = bool(one.url) and one.url == other.url
    same_title = bool(one.title) and (one.title or "").casefold() == (other.title or "").casefold()
    foreign = bool(one.publisher and other.publisher) and one.publisher != other.publisher
    near = _days_between(one, other) <= SAME_NEWS
    if overlap < COPIED:
        passages = foreign and near and overlap >= PASSAGE and exchanged <= EXCHANGED
        return Likeness.REWRITE if passages else Likeness.LOOK_ALIKE
    # Another outlet always writes a title of its own; one outlet gives two texts of a form two titles.
    renamed = not foreign and _exchange(one.title_facts, other.title_facts) > 0
    if not same_page and (renamed or exchanged):
        limit = REWORKED if same_title else EXCHANGED
        if not near or (renamed and exchanged) or exchanged > limit:
            return Likeness.LOOK_ALIKE
    if exchanged == 0 and one.facts == other.facts and overlap > 1 - EXCHANGED:
        return Likeness.SAME
    return Likeness.REWRITE if foreign and not (same_title or same_page) else Likeness.REVISION


def _days_between(one: Version, other: Version) -> int:
    """Days between the page dates; 0 where one is unknown, which then says nothing."""
    return abs((one.day - other.day).days) if one.day and other.day else 0


def _facts(words: list[str]) -> Counter[str]:
    return Counter(word.lower() for word in words if word[0].isupper() or word[0].isdigit())


def _exchange(one: Counter[str], other: Counter[str]) -> int:
    return min((one - other).total(), (other - one).total())
