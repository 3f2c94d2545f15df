"""Where a report tells of each state: what speaks for it as the state of somebody whom nothing else places."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

_DASHES = frozenset({"-", "–", "—", "--"})
_DATELINE = 8
"""Words in which the place of a dateline begins, and within which a dash or bracket follows it."""

_SHARES = (0.1, 0.25, 0.5)
"""Bounds of the share that a state has of all names of states in the report."""


@dataclass(frozen=True, slots=True)
class StateName:
    """A state named at a word, by a place (`entity` is null) or by an entity of that state."""

    word: int
    country: str
    entity: int | None

    @property
    def is_place(self) -> bool:
        """Whether a place names it."""
        return self.entity is None


@dataclass(frozen=True, slots=True)
class Setting:
    """The states of a report in the order of its words, with the sentence and paragraph of each word."""

    told: Sequence[StateName]
    words: Sequence[int]
    entities: frozenset[int | None]
    sentences: Sequence[int]
    paragraphs: Sequence[int]
    shares: Mapping[str, int]
    dateline: str | None

    @classmethod
    def of(cls, doc: Doc, sentences: Sequence[int], told: Iterable[StateName]) -> Setting:
        """The setting of a parsed report of which `told` are the states, `sentences` the number of each word's."""
        ordered = sorted(told, key=lambda t: (t.word, t.country))
        return cls._of(ordered, sentences, _paragraphs(doc), _dateline(doc, ordered))

    @classmethod
    def _of(
        cls, told: Sequence[StateName], sentences: Sequence[int], paragraphs: Sequence[int], dateline: str | None
    ) -> Setting:
        counts = Counter(t.country for t in told)
        shares = {c: sum(n / len(told) >= bound for bound in _SHARES) for c, n in counts.items()}
        entities = frozenset(t.entity for t in told)
        return cls(told, [t.word for t in told], entities, sentences, paragraphs, shares, dateline)

    def without(self, entity: int) -> Setting:
        """The setting without what an entity's own mentions tell."""
        if entity not in self.entities:
            return self
        return self._of([t for t in self.told if t.entity != entity], self.sentences, self.paragraphs, self.dateline)

    def cues(self, here: int, first: int) -> dict[str, list[str]]:
        """For each state, where it stands to the word `here`, and to the `first` mention of the same entity."""
        found: dict[str, list[str]] = defaultdict(list)
        for country, share in self.shares.items():
            found[country].append(f"share={share}")
        if self.told:
            found[self.told[0].country].append("opening")
        if self.dateline is not None:
            found[self.dateline].append("dateline")
        for country, cue in dict.fromkeys(self._around(here)):
            found[country].append(cue)
        if first != here:
            for country, cue in dict.fromkeys(self._around(first)):
                found[country].append(f"first {cue}")
        return found

    def _around(self, word: int) -> Iterator[tuple[str, str]]:
        """Each state told near a word, and where."""
        at = bisect_left(self.words, word)
        sentence, paragraph = self.sentences[word], self.paragraphs[word]
        before = [t for t in self.told[max(0, at - 12) : at] if t.word < word]
        if before:
            yield before[-1].country, "last"
            other = next((t for t in reversed(before) if t.country != before[-1].country), None)
            if other is not None:
                yield other.country, "last but one"
        for name, wanted in (("sentence", sentence), ("sentence before", sentence - 1)):
            opens = next((t for t in before if self.sentences[t.word] == wanted), None)
            if opens is not None:
                yield opens.country, f"opens {name}"
        for told in self.told[max(0, at - 12) : at + 6]:
            if self.sentences[told.word] == sentence and told.word != word:
                side = "before" if told.word < word else "behind"
                yield told.country, f"{'place' if told.is_place else 'name'} {side}"
        opens = next((t for t in self.told[self._first_of(paragraph) :] if t.word < word), None)
        if opens is not None and self.paragraphs[opens.word] == paragraph:
            yield opens.country, "opens paragraph"

    def _first_of(self, paragraph: int) -> int:
        return bisect_left(self.told, paragraph, key=lambda t: self.paragraphs[t.word])


def _paragraphs(doc: Doc) -> list[int]:
    found, number = [], 0
    for token in doc:
        found.append(number)
        number += "\n" in token.text
    return found


def _dateline(doc: Doc, told: Sequence[StateName]) -> str | None:
    """The state of the place before the first dash: ``LIMA, Peru –``, ``Nairobi (agency) -``."""
    for place in told[:3]:
        behind = doc[place.word + 1 : place.word + 1 + _DATELINE]
        if place.word < _DATELINE and place.is_place and any(t.text in _DASHES or t.text == "(" for t in behind):
            return place.country
    return None
