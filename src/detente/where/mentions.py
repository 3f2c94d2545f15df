"""Place mentions: states and towns by name, with country and coordinates, and seas and sites the recogniser names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from detente.knowledge import BEYOND_STATES
from detente.knowledge.gazetteer import Spot, load_gazetteer
from detente.knowledge.namesakes import Setting, likeliest, load_place_words, told_beside
from detente.record import Place, Span
from detente.where.words import load_words
from detente.who import Cast, Mention

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_FAMOUS = 300_000
"""Weight from which a name is a place though the recogniser does not say so."""


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

    A name that several places share is the one that the words beside it tell, else the one that weighs most for a
    report that names these states.
    """
    named = {m.start: m for m in cast.mentions if m.kind == "state"}
    return tuple(_found(doc, named, cast, _setting(doc, cast)))


def _setting(doc: Doc, cast: Cast) -> Setting:
    counts = Counter(
        p.country for m in cast.mentions for p in m.parties if p.country and p.country not in BEYOND_STATES
    )
    states = [(m, m.parties[0].country) for m in cast.mentions if m.kind == "state" and m.parties[0].country]
    names = {m.start: (m.end, country) for m, country in states if country and _is_noun(doc[m.root])}
    return Setting([t.text for t in doc], names, {m.end - 1: country for m, country in states if country}, counts)


def _is_noun(token: Token) -> bool:
    """Whether a state's name stands by itself, not for an adjective (``Israeli``, ``US officials``)."""
    return token.pos_ == "PROPN" and token.dep_ not in ("amod", "compound")


def _found(doc: Doc, named: Mapping[int, Mention], cast: Cast, setting: Setting) -> Iterator[PlaceMention]:
    words = setting.words
    i, last = 0, len(words)
    while i < last:
        state = named.get(i)
        if state is not None:
            yield _state(doc, state)
            i = state.end
        elif words[i][0].isupper() and (found := _place_at(doc, i, cast, setting)) is not None:
            yield found
            i = max(found.end, i + 1)
        else:
            i += 1


def _place_at(doc: Doc, start: int, cast: Cast, setting: Setting) -> PlaceMention | None:
    """The town, region, water or site that is named from token `start` on."""
    token = doc[start]
    gazetteer = load_gazetteer()
    if token.pos_ not in ("PROPN", "NOUN", "ADJ") or _is_somebody(token, cast):
        return None
    known = gazetteer.longest_at(setting.words, start)
    if known > start and not _is_part_of_more(doc, start, known):
        told = told_beside(setting, start, known)
        spot = likeliest(gazetteer.named(doc[start:known].text), setting.named, told)
        if spot is not None and (_may_be_place(token) or _is_famous(token, doc[start:known].root, spot)):
            return _mention(doc, start, known, spot)
    if not (token.ent_type_ in _PLACES or _is_named_place(token)):
        return None
    end = _end_of(doc, setting.words, start)
    told = told_beside(setting, start, end)
    country = next(iter(told)) if len(told) == 1 else None
    return _placed(doc, start, end, country, None)


def _is_somebody(token: Token, cast: Cast) -> bool:
    held = cast.covering(token)
    return held is not None and held.kind in ("person", "group") and not _is_named_place(token)


def _may_be_place(token: Token) -> bool:
    return token.ent_type_ in _PLACES or (token.pos_ == "PROPN" and _stands_in_place(token))


def _is_famous(token: Token, root: Token, spot: Spot) -> bool:
    """A name too well known to need the recogniser, where it is governed as a place may be."""
    if (
        max(spot.weight, _FAMOUS * spot.is_region) < _FAMOUS
        or token.pos_ != "PROPN"
        or token.ent_type_ in ("PERSON", "ORG", "DATE", "NORP", "PRODUCT")
    ):
        return False
    if spot.is_region and root.lower_ in load_place_words().parts:
        return True  # ``Kemerovo Region`` says itself what it is
    return _first_joined(root).dep_ in ("pobj", "dobj", "appos", "npadvmod")


def _first_joined(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token


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
    if before is not None and before.pos_ == "PROPN" and before.head.i == end - 1:
        return True
    if before is not None and before.text == "-" and not before.whitespace_:
        return True
    return end < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_


def _is_named_place(token: Token) -> bool:
    """``the town of Makhmur``: a name no table has, called a place by the noun before it."""
    return token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in load_words().sorts


def _end_of(doc: Doc, words: Sequence[str], start: int) -> int:
    end = start + 1
    while end < len(doc) and doc[end].ent_iob_ == "I" and "\n" not in words[end]:
        end += 1
    while end - 1 > start and not words[end - 1][0].isalnum():
        end -= 1
    return end


def _state(doc: Doc, mention: Mention) -> PlaceMention:
    country, name = mention.parties[0].country, doc[mention.start : mention.end].text
    if (name != mention.parties[0].name) and (
        town := next((s for s in load_gazetteer().named(name) if s.country == country and not s.is_region), None)
    ):
        return _mention(doc, mention.start, mention.end, town)
    centre = _centres().get(country or "")
    return _placed(doc, mention.start, mention.end, country, centre, is_state=True)


def _mention(doc: Doc, start: int, end: int, spot: Spot) -> PlaceMention:
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
