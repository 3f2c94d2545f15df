"""From a phrase to the parties it stands for: coordination, members of a group, the state behind a thing."""

from __future__ import annotations

from spacy.tokens import Token

from detente.did.candidate import Member
from detente.did.retelling import unique
from detente.did.words import load_words
from detente.knowledge import BEYOND_STATES
from detente.language.syntax import conjuncts, first_conjunct, phrases
from detente.who import Cast, Mention

_DEPTH = 4
_LIST = 12
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"})


def members_of(token: Token, cast: Cast) -> tuple[Member, ...]:
    """The parties that the phrase headed by `token` stands for, in text order, each once."""
    found: list[Member] = []
    for head in (*conjuncts(token), *_listed_beside(token, cast)):
        if head.i == token.i or head.pos_ in _NOMINAL:
            found.extend(_of_one(head, cast, 0))
    if found:
        found = [*_coordinated_before(found[0], token, cast, len(found) > 1), *found]
    return unique(found)


def _listed_beside(token: Token, cast: Cast) -> list[Token]:
    """The rest of a list whose second part the parser takes for an apposition: ``A, **B and C**``."""
    own = cast.headed_by(token)
    beside = next((c for c in token.children if c.dep_ == "appos"), None)
    other = cast.headed_by(beside) if beside is not None else None
    if own is None or beside is None or other is None or own.parties[0].country == other.parties[0].country:
        return []
    joined = any(c.dep_ == "cc" and not other.start <= c.i < other.end for t in (token, beside) for c in t.children)
    return conjuncts(beside) if joined else []


def _coordinated_before(first: Member, token: Token, cast: Cast, several: bool) -> list[Member]:
    """Parties joined by *and* before the first one, where the parser cut the list: ``A, B and C``."""
    found: list[Member] = []
    start, joined = _before_title(first.start, token, cast), several
    for _ in range(_LIST):
        i = start - 1
        comma = i >= 0 and token.doc[i].text == ","
        conjunction = i >= 0 and token.doc[i].lower_ in ("and", "&")
        if conjunction and i > 0 and token.doc[i - 1].text == ",":
            i -= 1
        if not conjunction and not (comma and joined):
            break
        joined = True
        mention = cast.covering(token.doc[i - 1]) if i > 0 else None
        if mention is None or mention.end != i or token.doc[i - 1].sent != token.sent:
            break
        if _is_elsewhere(token.doc[mention.root], token):
            break
        found = [*_members(mention, first.path), *found]
        start = _before_title(mention.start, token, cast)
    return found


def _before_title(start: int, token: Token, cast: Cast) -> int:
    """Where the phrase of a mention begins, with the title or article before it: ``**the Papuan premier** X``."""
    while start > 0:
        before = token.doc[start - 1]
        held = cast.covering(before)
        if before.pos_ not in ("NOUN", "PROPN", "ADJ", "DET") or (held is not None and held.kind != "state"):
            break
        start -= 1
    return start


def _is_elsewhere(root: Token, token: Token) -> bool:
    """Whether `root` already fills a place of its own, so that the comma or *and* joins something larger."""
    top = first_conjunct(root)
    return top.dep_ in ("pobj", "dobj", "poss", "ROOT") and top.i != first_conjunct(token).i


def _of_one(head: Token, cast: Cast, depth: int) -> list[Member]:
    mention = mention_at(head, cast)
    if mention is not None:
        return _members(mention, "named")
    if depth >= _DEPTH:
        return []
    return (
        _listed(head, cast, depth)
        or _before(head, cast, depth)
        or _apposed(head, cast, depth)
        or _inside(head, cast, depth)
    )


def _apposed(head: Token, cast: Cast, depth: int) -> list[Member]:
    """The name set beside a noun: ``the rights group, Northwatch``."""
    for c in head.children:
        if c.dep_ == "appos" and (found := _of_one(c, cast, depth + 1)):
            return found
    return []


def mention_at(head: Token, cast: Cast) -> Mention | None:
    """The mention that `head` heads, or the one it lies in where the parser put the head elsewhere."""
    mention = cast.headed_by(head)
    if mention is not None:
        return mention
    covering = cast.covering(head)
    if covering is None:
        return None
    root = head.doc[covering.root]
    inside = covering.start <= head.i < covering.end
    governed = any(t.i == head.i for t in root.ancestors)
    return covering if inside and (governed or head.dep_ not in ("poss", "compound", "amod")) else None


def _members(mention: Mention, path: str) -> list[Member]:
    return [Member(party, mention.start, path) for party in mention.parties]


def _listed(head: Token, cast: Cast, depth: int) -> list[Member]:
    """``members of``, ``one of``, ``thousands of``, ``officials from``."""
    found: list[Member] = []
    for name, obj in phrases(head):
        if name in load_words().small["membership"] and obj.pos_ in _NOMINAL:
            for other in conjuncts(obj):
                found.extend(_of_one(other, cast, depth + 1))
            if found:
                return [Member(m.party, m.start, f"{head.lower_} {name}") for m in found]
    return found


def _before(head: Token, cast: Cast, depth: int) -> list[Member]:
    """The state or group named before a thing: ``the Russian embassy``, ``Israel's airport``, ``a US base``."""
    for c in head.children:
        if c.dep_ in ("poss", "compound", "amod", "nmod", "nummod") and c.i < head.i:
            found: list[Member] = []
            for other in conjuncts(c):
                if other.i < head.i:
                    mention = cast.headed_by(other) or cast.covering(other)
                    if mention is not None:
                        found.extend(_members(mention, f"behind {head.lower_}"))
                    elif other.dep_ in ("poss", "compound") and depth < _DEPTH:
                        found.extend(_before(other, cast, depth + 1))
            if found:
                return found
    return []


def _inside(head: Token, cast: Cast, depth: int) -> list[Member]:
    """The state a thing lies in or belongs to: ``a hospital in Syria``, ``ships belonging to Iran``."""
    for name, obj in phrases(head):
        if name in load_words().small["location"]:
            for other in conjuncts(obj):
                found = [m for m in _of_one(other, cast, depth + 1) if m.party.country not in BEYOND_STATES]
                if found:
                    return [Member(m.party, m.start, f"{head.lower_} {name}") for m in found]
    for c in head.children:
        if c.dep_ == "acl" and c.lemma_ in load_words().having["owns"]:
            for name, obj in phrases(c):
                if name in ("to", "by"):
                    return _of_one(obj, cast, depth + 1)
    return []
