"""The place of an act, by the syntax around its trigger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from detente.language.syntax import child, conjuncts, direct_object, is_verbal, marker, phrases
from detente.record import Place
from detente.where.mentions import PlaceMention
from detente.where.words import load_words

_DEPTH = 3
_INSIDE = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "pobj", "agent", "prep", "advmod", "appos", "conj"})


def place_of(trigger: Token, places: Sequence[PlaceMention]) -> Place | None:
    """Where the act that `trigger` heads happened; null where no phrase of its clause tells.

    Tried in turn: the trigger's own phrases and those of its objects, the name before it (``the Raqqa battle``), the
    object of a verb that strikes or visits, *there* for the place told last, then the verb that carries a nominal
    trigger, then the clause.
    """
    by_root = {p.root: p for p in places}
    for token in _upward(trigger):
        found = (
            _below(token, by_root, trigger)
            or _before(token, places)
            or _struck(token, by_root)
            or _there(token, places)
        )
        if found is not None:
            return found.place
    return None


def _upward(trigger: Token) -> Iterator[Token]:
    """The trigger, then the words that carry it: up through its clause and clauses joined to it, not out of speech."""
    token = trigger
    yield token
    for _ in range(_DEPTH):
        if token.head.i == token.i or token.dep_ in ("ccomp", "relcl", "parataxis", "csubj"):
            return
        token = token.head
        if token.pos_ not in ("ADP", "SCONJ"):
            yield token


def _below(token: Token, by_root: Mapping[int, PlaceMention], trigger: Token) -> PlaceMention | None:
    words = load_words()
    moves = token.lemma_.lower() in words.moving or trigger.lemma_.lower() in words.moving
    for name, obj in _phrases_under(token, 0):
        last = name.rsplit(" ", 1)[-1]
        if last in words.place or (moves and last in words.motion) or _is_way(name):
            found = _at(obj, by_root)
            if found is not None and not (last == "on" and found.is_state):
                return found
    return None


def _phrases_under(token: Token, depth: int) -> Iterator[tuple[str, Token]]:
    """The phrases of a word, and of the objects and subjects below it that are no clauses."""
    yield from phrases(token)
    for way in token.children:
        if way.lower_ in load_words().ways:
            yield from ((f"{way.lower_} {name}", obj) for name, obj in phrases(way))
    if depth >= _DEPTH:
        return
    if token.lemma_ in load_words().apart:
        return
    for c in token.children:
        inside = c.dep_ in _INSIDE and not is_verbal(c)
        if inside or (c.dep_ == "advcl" and marker(c) in ("when", "while")):
            yield from _phrases_under(c, depth + 1)


def _is_way(name: str) -> bool:
    """``south of Bakhmut``."""
    way, _, preposition = name.partition(" ")
    return preposition in ("of", "from") and way in load_words().ways


def _at(obj: Token, by_root: Mapping[int, PlaceMention]) -> PlaceMention | None:
    """The place that a phrase names, itself or set beside or inside its noun: ``the town of X``, ``the capital, X``."""
    for token in conjuncts(obj):
        found = by_root.get(token.i)
        if found is not None:
            return found
    if obj.lemma_.lower() in load_words().sorts:
        for name, inner in phrases(obj):
            if name in ("of", "in") and inner.i in by_root:
                return by_root[inner.i]
    beside = child(obj, "appos")
    if beside is not None and beside.i in by_root:
        return by_root[beside.i]
    return next((by_root[c.i] for c in obj.children if c.dep_ == "compound" and c.i in by_root), None)


def _before(token: Token, places: Sequence[PlaceMention]) -> PlaceMention | None:
    if is_verbal(token):
        return None
    for c in token.lefts:
        if c.dep_ == "compound":
            for place in places:
                if place.root == c.i and not place.is_state and place.place.latitude is not None:
                    return place
    return None


def _struck(token: Token, by_root: Mapping[int, PlaceMention]) -> PlaceMention | None:
    words = load_words()
    if token.lemma_.lower() not in words.struck:
        return None
    target = direct_object(token) if is_verbal(token) else None
    targets = [target] if target is not None else []
    targets += [obj for name, obj in phrases(token) if name in words.struck_by]
    for obj in targets:
        found = _at(obj, by_root)
        if found is not None:
            return found
    return None


def _there(token: Token, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place told last before *there*; a state that only acts or owns is none."""
    adverb = next((c for c in token.children if c.lower_ in load_words().pointing and c.dep_ == "advmod"), None)
    if adverb is None:
        return None
    told = (p for p in reversed(places) if p.end <= adverb.i and _is_scene(token.doc[p.root]))
    return next(told, None)


def _is_scene(root: Token) -> bool:
    while root.dep_ == "conj" and root.head.i < root.i:
        root = root.head
    if root.dep_ in ("dobj", "appos"):
        return root.head.lemma_.lower() in load_words().moving or root.dep_ == "appos"
    prepositions = load_words().place | load_words().motion
    return root.dep_ == "pobj" and (root.head.lower_ in prepositions or root.head.lower_ == "of")
