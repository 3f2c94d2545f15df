"""Whose: the state, organisation or person that a noun belongs to, by the words before and behind it."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from detente.language.syntax import conjuncts, phrases
from detente.who.discourse import Discourse, Draft

_BELONGING = frozenset({"of", "from", "for", "within"})
_STANDING = frozenset({"in", "at", "across", "throughout", "inside"})
_SEATED = frozenset({"in", "from", "at"})
_PREMODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "npadvmod"})

PartyAt = Callable[[Token], Draft | None]


def owners_of(noun: Token, discourse: Discourse, party_at: PartyAt) -> tuple[Draft, ...]:
    """The parties `noun` belongs to, empty where no word of its phrase tells; several where they are joined."""
    return owners_before(noun, discourse, party_at) or owners_behind(noun, discourse, party_at, _BELONGING)


def owners_before(noun: Token, discourse: Discourse, party_at: PartyAt) -> tuple[Draft, ...]:
    """The owner before the noun: the nearest adjective, else the possessor, else the first name."""
    adjectives: list[tuple[Draft, ...]] = []
    possessors: list[tuple[Draft, ...]] = []
    names: list[tuple[Draft, ...]] = []
    for c in noun.lefts:
        if c.dep_ not in _PREMODIFIERS:
            continue
        found = _joined(c, noun, discourse, party_at)
        if not found:
            continue
        if c.dep_ == "poss":
            possessors.append(found)
        elif found[0].form in ("adjective", "people"):
            adjectives.append(found)
        else:
            names.append(found)
    if adjectives:
        return adjectives[-1]
    if possessors:
        return possessors[-1]
    return names[0] if names else ()


def owners_behind(
    noun: Token, discourse: Discourse, party_at: PartyAt, prepositions: frozenset[str]
) -> tuple[Draft, ...]:
    """The owner in a phrase behind the noun: ``of Iran``, ``from Panama and Peru``."""
    for name, obj in phrases(noun):
        if name in prepositions:
            found = [d for t in conjuncts(obj) if (d := party_at(t)) is not None and _says_whose(d)]
            if found:
                return tuple(found)
    return ()


def _says_whose(draft: Draft) -> bool:
    """Whether the owner has a state, or is a group of a sector of its own (``members of rebel groups``)."""
    return draft.country is not None or (draft.sector not in (None, "GOV") and draft.kind in ("group", "noun"))


def owners_around(noun: Token, discourse: Discourse, party_at: PartyAt) -> tuple[Draft, ...]:
    """The state in which the noun stands: ``protesters in Kyiv``."""
    return owners_behind(noun, discourse, party_at, _STANDING)


def seat_behind(end: int, discourse: Discourse) -> Draft | None:
    """``her colleague in **Dili**``: of the words, not of the parse, which often hangs the place on the verb."""
    if end + 1 >= len(discourse.words) or discourse.words[end].lower() not in _SEATED:
        return None
    place = discourse.at.get(end + 1)
    return place if place is not None and place.country is not None else None


def _joined(modifier: Token, noun: Token, discourse: Discourse, party_at: PartyAt) -> tuple[Draft, ...]:
    found: list[Draft] = []
    for token in conjuncts(modifier):
        if token.i >= noun.i:
            continue
        draft = discourse.at.get(token.i) or party_at(token)
        if draft is None:
            found.extend(
                owners_before(token, discourse, party_at) if token.dep_ in ("compound", "poss", "nmod") else ()
            )
        elif not is_stance(draft, discourse):
            found.append(draft)
    return tuple(d for d in found if d.country or d.sector or d.kind in ("person", "pronoun"))


def is_stance(draft: Draft, discourse: Discourse) -> bool:
    """Whether the name only says what a party is for, against or backed by: ``pro-Russian``, ``US-backed``."""
    words, start, end = discourse.words, draft.start, draft.end
    if start >= 2 and words[start - 1] in ("-", "–") and words[start - 2].lower() in discourse.lists.stance:
        return True
    if end + 1 < len(words) and words[end] in ("-", "–"):
        return discourse.tokens[end + 1].tag_ in ("VBN", "VBD", "VBG", "JJ") and words[end + 1] != "based"
    return False
