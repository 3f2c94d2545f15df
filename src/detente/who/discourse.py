"""A mention in the making, and the discourse: a Doc with the drafts that the sieves of this room fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from spacy.tokens import Doc, Token

from detente.knowledge import Entry, Knowledge
from detente.record import Party, Span
from detente.who.lexicon import WhoLexicon, WordLists
from detente.who.mentions import Mention, MentionKind

Gender = Literal["female", "male"]


@dataclass(slots=True)
class Draft:
    """Tokens ``start:end`` with head `root` that may name a party, and what is known so far of who that is.

    `form` is what the words are to a known entity ("adjective", "people", "capital" …). `is_place` marks a name that
    stands for a place here: it says where others are, and is no party. `parts` are the parties of a mention that
    stands for several, `same` the earlier draft of the same entity, `owner` whoever the party belongs to. `inherited`
    marks a sector that is only the owner's; `awaits` is the possessive pronoun whose antecedent the owner is, and
    `shown` the tokens of the name to show instead of the description.
    """

    start: int
    end: int
    root: int
    kind: MentionKind
    name: str
    country: str | None = None
    sector: str | None = None
    id: str | None = None
    role: str | None = None
    form: str = "name"
    is_person: bool = False
    is_plural: bool = False
    is_thing: bool = False
    is_place: bool = False
    is_former: bool = False
    gender: Gender | None = None
    noun: str = ""
    inherited: bool = False
    awaits: int | None = None
    owner: Draft | None = None
    parts: tuple[Draft, ...] = ()
    same: Draft | None = None
    shown: tuple[int, int] | None = None

    @property
    def is_state(self) -> bool:
        """Whether the draft names a state, by whatever form."""
        return self.kind == "state"

    @property
    def first(self) -> Draft:
        """The first draft of the entity."""
        found = self
        while found.same is not None:
            found = found.same
        return found

    def take_from(self, other: Draft) -> None:
        """Be a further mention of `other`, unless that one already goes back to this."""
        earlier: Draft | None = other
        while earlier is not None:
            if earlier is self:
                return
            earlier = earlier.same
        self.same = other
        self.name, self.country, self.sector = other.name, other.country, other.sector
        self.id, self.role, self.parts = other.id, other.role, other.parts
        self.is_person, self.gender = other.is_person, other.gender or self.gender


@dataclass(slots=True)
class Discourse:
    """A Doc, the day, the knowledge and the drafts found so far, by token.

    `spent` are tokens that serve a title and name nobody by themselves; `usual` tells, by head, whom a generic name
    (``the Senate``) stands for where the report does not say whose it is. `home` is the state whose officials tell it.
    """

    doc: Doc
    as_of: date | None
    knowledge: Knowledge
    lexicon: WhoLexicon
    text: str
    tokens: list[Token]
    words: list[str]
    home: str | None = None
    drafts: list[Draft] = field(default_factory=list)
    at: dict[int, Draft] = field(default_factory=dict)
    spent: set[int] = field(default_factory=set)
    usual: dict[int, Entry] = field(default_factory=dict)

    def replace(self, i: int, draft: Draft) -> None:
        """Let `draft` stand where the draft at token `i` stood."""
        known = self.at.get(i)
        if known is not None:
            self.drafts.remove(known)
            for j in range(known.start, known.end):
                self.at.pop(j, None)
        self.add(draft)

    def drop(self, draft: Draft) -> None:
        """Forget a draft that turned out to name nobody."""
        self.drafts.remove(draft)
        for i in range(draft.start, draft.end):
            if self.at.get(i) is draft:
                del self.at[i]

    @property
    def lists(self) -> WordLists:
        """The closed word lists."""
        return self.lexicon.words

    def add(self, draft: Draft) -> Draft:
        """Keep `draft`; its tokens answer to it unless a longer draft has them."""
        self.drafts.append(draft)
        for i in range(draft.start, draft.end):
            known = self.at.get(i)
            if known is None or known.end - known.start < draft.end - draft.start:
                self.at[i] = draft
        return draft

    def named(self, name: str) -> tuple[Entry, ...]:
        """What the knowledge has under `name` on the day of the report."""
        return self.knowledge.named(name, self.as_of)

    def written(self, start: int, end: int) -> str:
        """The words of tokens ``start:end`` as they stand in the text."""
        last = self.doc[end - 1]
        return self.text[self.doc[start].idx : last.idx + len(last.text)]

    def people(self) -> Iterator[Draft]:
        """Drafts of persons by name."""
        return (d for d in self.drafts if d.kind == "person")


def headed(doc: Doc, start: int, end: int) -> int:
    """Index of the head of tokens ``start:end``: the one governed from outside."""
    root: Token = doc[start:end].root
    return root.i


def mentions_of(discourse: Discourse) -> Iterable[Mention]:
    """The drafts as mentions, entities numbered in text order."""
    numbers: dict[int, int] = {}
    for draft in sorted(discourse.drafts, key=lambda d: (d.start, d.end)):
        if draft.is_place:
            continue
        entity = numbers.setdefault(_identity(draft, discourse), len(numbers))
        parties = tuple(_party(part, draft, discourse) for part in (draft.parts or (draft,)))
        yield Mention(draft.start, draft.end, draft.root, draft.kind, parties, entity)


def _identity(draft: Draft, discourse: Discourse) -> int:
    return id(draft.first)


def _party(part: Draft, shown: Draft, discourse: Discourse) -> Party:
    start, end = shown.shown or (shown.start, shown.end)
    first, last = discourse.doc[start], discourse.doc[end - 1]
    span = Span(first.idx, last.idx + len(last.text))
    return Party(
        span=span,
        text=discourse.text[span.start : span.end],
        name=part.name,
        country=part.country,
        sector=part.sector,
        id=part.id,
        role=part.role,
    )
