"""Who has the post that a description names: ``the French president``, ``the deputy minister``."""

from __future__ import annotations

import re

from detente.who.discourse import Discourse, Draft

_WORD = re.compile(r"\w+")
_QUALIFIERS = frozenset({"compound", "nmod"})
_STEM = 5
"""Letters that words of two names of a post share: *defence* and *defense*, *president* and *presidential*."""


def resolve_person(draft: Draft, discourse: Discourse) -> bool:
    """Lead a description to the person of that post in the report, else to who held the office that day."""
    best = _bearer(draft, discourse)
    if best is not None:
        draft.take_from(best)
        return True
    if draft.country is None or draft.is_former:
        return False
    words = (draft.role or "").split()
    for size in (3, 2, 1):
        office = discourse.knowledge.office_of(" ".join(words[-size:]), draft.country) if len(words) >= size else None
        if office is not None:
            holder = discourse.knowledge.holder(office, draft.country, discourse.as_of)
            if holder is not None:
                draft.name, draft.id, draft.role = holder.name, holder.id, holder.role
                draft.sector = holder.sector or draft.sector
            return True
    return False


def _bearer(draft: Draft, discourse: Discourse) -> Draft | None:
    """The person of that post told last before the description; who is called by the bare post goes before."""
    noun, _, more = draft.noun.partition("-")  # a secretary-general is a secretary, but no other one
    before = [p for p in discourse.people() if p.start < draft.start and draft.country in (None, p.country)]
    told = [p for p in before if _is_in_office(p) and noun in _words(p.role or "")]
    if not told:
        return None
    own = {*_qualifiers(draft, discourse), more} - {noun, ""}
    ranked = [(_fit(p, own, noun, discourse), p.start, n) for n, p in enumerate(told)]
    fit, _, best = max(ranked)
    return told[best] if fit else None


def _is_in_office(person: Draft) -> bool:
    return not (person.role or "").lower().startswith("former")


def _fit(person: Draft, own: set[str], noun: str, discourse: Discourse) -> int:
    """How well a person's post, or the title before this mention, is the described one: 0 not, 2 to the word.

    It has all words of the description and no other rank: the foreign minister is not the minister of trade, and no
    prime minister is *the minister*. To the word, *the secretary* is a secretary of state, and no foreign secretary.
    """
    title, role = _words(_title(person, discourse)), _words(person.role or "")
    post = title if noun in title else role
    if set(post[: post.index(noun)]) == own:
        return 2
    return int(any(_holds({*told} - {noun}, own, discourse.lists.ranks) for told in (title, role) if noun in told))


def _holds(post: set[str], own: set[str], ranks: frozenset[str]) -> bool:
    return {word[:_STEM] for word in own} <= {word[:_STEM] for word in post} and not (post & ranks) - own


def _title(person: Draft, discourse: Discourse) -> str:
    """The words of the title right before a name."""
    first = person.start
    while first and _is_in_title(first - 1, discourse):
        first -= 1
    return " ".join(discourse.words[first : person.start])


def _is_in_title(i: int, discourse: Discourse) -> bool:
    if i in discourse.spent or discourse.words[i].lower() in discourse.lists.ranks:
        return True
    return i + 1 in discourse.spent and i not in discourse.at and discourse.tokens[i].dep_ in _QUALIFIERS


def _qualifiers(draft: Draft, discourse: Discourse) -> set[str]:
    """The words that say which post it is: nouns before the noun, ranks and portfolios; not whose it is."""
    lists, telling, noun = discourse.lists, discourse.lexicon.modifiers, discourse.tokens[draft.root]
    found = {word for word in _words(discourse.words[max(0, noun.i - 1)]) if word in lists.ranks}
    for token in noun.lefts:
        if token.i in discourse.at and discourse.at[token.i] is not draft:
            continue
        if token.dep_ in _QUALIFIERS or token.lower_ in lists.ranks or token.lower_ in telling:
            found.update(_words(token.text))
    return found - lists.plain


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
