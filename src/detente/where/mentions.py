"""Place mentions: states and towns by name, with country and coordinates, and seas and sites the recogniser names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from detente.knowledge.gazetteer import Spot, load_gazetteer
from detente.record import Place, Span
from detente.where.words import load_words
from detente.who import Cast, Mention

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NO_STATES = frozenset({"IGO", "NGO", "MNC"})


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place at tokens ``start:end`` of the Doc, with head `root`; `is_state` where it is a state's own name."""

    start: int
    end: int
    root: int
    place: Place
    is_state: bool = False


def find_places(doc: Doc, cast: Cast) -> tuple[PlaceMention, ...]:
    """The places named in a parsed report, in text order.

    A name that several places share is the one in a state that the report names, else the biggest.
    """
    states = Counter(p.country for m in cast.mentions for p in m.parties if p.country and p.country not in _NO_STATES)
    words = [token.text for token in doc]
    named = {m.start: m for m in cast.mentions if m.kind == "state"}
    return tuple(_found(doc, words, named, cast, states))


def _found(
    doc: Doc, words: list[str], named: Mapping[int, Mention], cast: Cast, states: Mapping[str, int]
) -> Iterator[PlaceMention]:
    gazetteer = load_gazetteer()
    i, last = 0, len(words)
    while i < last:
        state = named.get(i)
        if state is not None:
            yield _state(doc, state)
            i = state.end
            continue
        token = doc[i]
        if words[i][0].isupper() and _may_be_place(token, cast):
            end = _end_of(doc, words, i)
            known = gazetteer.longest_at(words, i)
            if known > i and not _is_part_of_more(doc, i, known):
                end = known
                spot = likeliest(gazetteer.named(doc[i:end].text), _nearby(doc, end, named, states))
                yield _mention(doc, i, end, spot)
            elif token.ent_type_ in _PLACES or _is_named_place(token):
                yield _mention(doc, i, end, None)
            i = max(end, i + 1)
            continue
        i += 1


def likeliest(spots: tuple[Spot, ...], states: Mapping[str, int]) -> Spot | None:
    """The spot in a state of the report, else the weightiest; null where there is none."""
    return max(spots, key=lambda s: (min(states.get(s.country, 0), 1), s.weight), default=None)


def _may_be_place(token: Token, cast: Cast) -> bool:
    if token.pos_ not in ("PROPN", "NOUN", "ADJ"):
        return False
    held = cast.covering(token)
    if held is not None and held.kind in ("person", "group"):
        return False
    return token.ent_type_ in _PLACES or (token.pos_ == "PROPN" and _stands_in_place(token))


def _stands_in_place(token: Token) -> bool:
    top = token
    while top.dep_ in ("compound", "nmod") and top.head.i > top.i:
        top = top.head
    if top.dep_ != "pobj" or token.ent_type_ in ("DATE", "PERSON", "ORG"):
        return False
    return top.head.lower_ in load_words().place or _is_named_place(top)


def _is_part_of_more(doc: Doc, start: int, end: int) -> bool:
    """``Russia **Day**``, ``the Asia-**Pacific** summit``: a town's name as one word of another name."""
    before = doc[start - 1] if start else None
    if before is not None and (before.text == "-" or (before.pos_ == "PROPN" and before.head.i == end - 1)):
        return True
    return end < len(doc) and doc[end].text == "-"


def _is_named_place(token: Token) -> bool:
    """``the town of Makhmur``: a name no table has, called a place by the noun before it."""
    return token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in load_words().sorts


def _end_of(doc: Doc, words: list[str], start: int) -> int:
    end = start + 1
    while end < len(doc) and doc[end].ent_iob_ == "I" and "\n" not in words[end]:
        end += 1
    while end - 1 > start and not words[end - 1][0].isalnum():
        end -= 1
    return end


def _nearby(doc: Doc, end: int, named: Mapping[int, Mention], states: Mapping[str, int]) -> Mapping[str, int]:
    """The state set behind a town's name (``Tyre, Lebanon``) decides alone; else all states of the report."""
    if end + 1 < len(doc) and doc[end].text == ",":
        behind = named.get(end + 1)
        if behind is not None and behind.parties[0].country:
            return {behind.parties[0].country: 1}
    return states


def _state(doc: Doc, mention: Mention) -> PlaceMention:
    country, name = mention.parties[0].country, doc[mention.start : mention.end].text
    if (name != mention.parties[0].name) and (
        town := next((s for s in load_gazetteer().named(name) if s.country == country and not s.is_region), None)
    ):
        return _mention(doc, mention.start, mention.end, town)
    centre = _centres().get(country or "")
    return _placed(doc, mention.start, mention.end, country, centre, is_state=True)


def _mention(doc: Doc, start: int, end: int, spot: Spot | None) -> PlaceMention:
    if spot is None:
        return _placed(doc, start, end, None, None)
    return _placed(doc, start, end, spot.country, (spot.latitude, spot.longitude))


def _placed(
    doc: Doc, start: int, end: int, country: str | None, at: tuple[float, float] | None, is_state: bool = False
) -> PlaceMention:
    root = doc[start:end].root
    words = load_words()
    while start and doc[start - 1].lower_ in words.directions and doc[start - 1].dep_ in ("amod", "compound", "nmod"):
        start -= 1
    head = root.head
    if root.dep_ in ("amod", "compound", "poss") and head.i == end and head.lemma_.lower() in words.edges:
        root, end = head, head.i + 1
    first, last = doc[start], doc[end - 1]
    span = Span(first.idx, last.idx + len(last.text))
    latitude, longitude = at if at is not None else (None, None)
    text = doc[start:end].text
    return PlaceMention(start, end, root.i, Place(span, text, country, latitude, longitude), is_state)


@cache
def _centres() -> Mapping[str, tuple[float, float]]:
    """Where a state lies: the mean of its towns, in degrees rounded to a tenth."""
    return load_gazetteer().centres()
