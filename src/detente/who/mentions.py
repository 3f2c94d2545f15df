"""Mentions of parties in a parsed report, and how later rooms ask for them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from detente.record import Party

MOST_MENTIONS = 100
"""Mentions of parties that are taken from a sentence: each act weighs all of them, and no sentence acts so widely."""

MentionKind = Literal["person", "state", "group", "role", "noun", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: tokens ``start:end`` of the Doc with head `root`, and the parties it stands for.

    Two parties where one mention stands for two ("both sides"); an empty tuple never occurs. `kind` says by what the
    mention names its party: a proper name, a state, a named group, a role, a bare noun or a pronoun. `entity` is
    equal for mentions of one entity within the report.
    """

    start: int
    end: int
    root: int
    kind: MentionKind
    parties: tuple[Party, ...]
    entity: int = -1


class Cast:
    """All mentions of a report, in text order, with look-up by token.

    `crowded` are the sentences, as tokens ``start, end``, that have more mentions than are taken from one. `home` is
    the state whose officials tell the report, where it lies on an official site.
    """

    def __init__(
        self, mentions: Iterable[Mention], crowded: Sequence[tuple[int, int]] = (), home: str | None = None
    ) -> None:
        self.home = home
        self.mentions = tuple(sorted(mentions, key=lambda m: (m.start, m.end)))
        self.crowded = tuple(crowded)
        self._starts = [m.start for m in self.mentions]
        self._by_token: dict[int, Mention] = {}
        for mention in sorted(self.mentions, key=lambda m: m.end - m.start, reverse=True):
            for i in range(mention.start, mention.end):
                self._by_token[i] = mention
        self._by_root = {m.root: m for m in sorted(self.mentions, key=lambda m: m.end - m.start)}

    def headed_by(self, token: Token) -> Mention | None:
        """The longest mention whose head is `token`."""
        return self._by_root.get(token.i)

    def covering(self, token: Token) -> Mention | None:
        """The shortest mention that covers `token`."""
        return self._by_token.get(token.i)

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie wholly in tokens ``start:end``."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(m for m in self.mentions[first:last] if m.end <= end)


def cast_of(mentions: Iterable[Mention], doc: Doc, home: str | None = None) -> Cast:
    """The cast of a report: of each sentence its first mentions, as many as are taken from one."""
    sentence = [s.start for s in doc.sents for _ in range(len(s))]
    counts: Counter[int] = Counter()
    kept = []
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        counts[sentence[mention.start]] += 1
        if counts[sentence[mention.start]] <= MOST_MENTIONS:
            kept.append(mention)
    crowded = [s for s, count in counts.items() if count > MOST_MENTIONS]
    return Cast(kept, [(s, s + sentence.count(s)) for s in crowded], home)
