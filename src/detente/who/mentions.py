"""Mentions of parties in a parsed report, and how later rooms ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from detente.record import Party

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
    """All mentions of a report, in text order, with look-up by token."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = tuple(sorted(mentions, key=lambda m: (m.start, m.end)))
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
        return tuple(m for m in self.mentions if start <= m.start and m.end <= end)
