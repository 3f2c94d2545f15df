"""From the model's quotations to parties: the words are the model's, who they stand for is said by dated knowledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.tokens import Span as Stretch

from detente.coding.llm.form import ToldParty
from detente.coding.llm.quoting import Quoting, nearest
from detente.did import Member
from detente.did.rules.members import members_of, mention_at
from detente.record import Party, Span
from detente.where import PlaceMention
from detente.who import Cast

PATH = "told by the model"
_PART_OF = frozenset({"prep", "poss", "compound", "amod", "nmod", "appos", "acl", "case", "nummod"})


@dataclass(frozen=True, slots=True)
class Near:
    """Where quotations are looked for: the text they come from, and what they stand beside."""

    quoting: Quoting
    span: Span
    sentence: Span

    def find(self, quotation: str) -> Span | None:
        """The place of a quotation that is nearest; null where it stands nowhere."""
        return nearest(self.quoting.places(quotation), self.span, self.sentence)


class Linker:
    """Links the parties of an answer; what cannot be found in the text is left out and counted in `faults`."""

    def __init__(self, doc: Doc, cast: Cast, places: Sequence[PlaceMention], faults: Counter[str]) -> None:
        self._doc = doc
        self._cast = cast
        self._places = places
        self._faults = faults

    def members(self, told: Sequence[ToldParty], near: Near) -> tuple[Member, ...]:
        """The parties of one side, each mention of a state once."""
        found: dict[tuple[Span, str | None], Member] = {}
        for one in told:
            for party in self.parties(one, near):
                start = self.words(party.span).start
                found.setdefault((party.span, party.country), Member(party, start, PATH))
        return tuple(found.values())

    def parties(self, told: ToldParty, near: Near) -> tuple[Party, ...]:
        """The parties that a mention stands for; none where its words are not in the text."""
        span = near.find(told.mention)
        if span is None:
            self._faults["mention-not-found"] += 1
            return ()
        text = span.of(self._doc.text)
        named = self._named(told, near)
        linked = named or tuple(self._linked(span)) or (Party(span, text, " ".join(text.split())),)
        state = self._state(told, near)
        return tuple(_completed(party, span, text, told.sector, state) for party in linked)

    def words(self, span: Span) -> Stretch:
        """The tokens of a span."""
        words = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        assert words is not None  # spans were found in this text
        return words

    def _named(self, told: ToldParty, near: Near) -> tuple[Party, ...]:
        """Who the full name stands for, where the model gave one and the text has it."""
        if told.name is None:
            return ()
        span = near.find(told.name)
        if span is None:
            self._faults["name-not-found"] += 1
            return ()
        text = span.of(self._doc.text)
        known = tuple(p for p in self._linked(span) if p.country or p.id)
        return known or (Party(span, text, " ".join(text.split())),)

    def _linked(self, span: Span) -> Iterator[Party]:
        """Who knowledge links to the words: the mention they are, else the parties that their phrase leads to."""
        words = self.words(span)
        mention = mention_at(words.root, self._cast)
        if mention is not None:
            yield from mention.parties
            return
        text = " ".join(words.text.split())
        reach = _reach(words)
        for member in members_of(words.root, self._cast):
            if member.start in reach:
                yield replace(member.party, name=text, id=None, role=None)

    def _state(self, told: ToldParty, near: Near) -> str | None:
        """The state that the model named by words of the text, as knowledge has it."""
        if told.state is None:
            return None
        span = near.find(told.state)
        if span is None:
            self._faults["state-not-found"] += 1
            return None
        found = next((p.country for p in self._linked(span) if p.country), None)
        return found or next((p.place.country for p in self._places if p.place.span.overlaps(span)), None)


def _completed(party: Party, span: Span, text: str, sector: str | None, state: str | None) -> Party:
    """A linked party at the model's words; the state that the model named counts where knowledge has no name for it."""
    country = party.country if party.id is not None or state is None else state
    return replace(party, span=span, text=text, country=country, sector=party.sector or sector)


def _reach(words: Stretch) -> set[int]:
    """The tokens that belong to a phrase: its own, and what describes its head though the quotation leaves it out."""
    reach = set(range(words.start, words.end))
    for child in words.root.children:
        if child.dep_ in _PART_OF:
            reach.update(token.i for token in child.subtree)
    return reach
