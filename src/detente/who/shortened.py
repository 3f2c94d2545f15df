"""Short forms that only the report explains: ``the North``, ``the Commission``, Brussels for the European Union."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from detente.knowledge import Entry
from detente.knowledge.namesakes import load_place_words
from detente.who.discourse import Discourse, Draft

_UNION = "European Union"
_UNIONS_OWN = "European"
_GOES_ON = frozenset({"of", "on", "for"})


def shorten(discourse: Discourse) -> None:
    """Add names that stand for a longer one, and give the seat of the Union to the Union where it acts."""
    told = [d for d in discourse.drafts if d.kind in ("state", "group") and d.country is not None]
    _read_seats(told, discourse)
    for token in discourse.tokens[1:]:
        if token.text[0].isupper() and token.i not in discourse.at and _is_alone(token, discourse):
            found = _by_compass(token, told, discourse) or _of_longer(token, told) or _of_union(token, told, discourse)
            if found is not None:
                discourse.add(found)


def _read_seats(told: Sequence[Draft], discourse: Discourse) -> None:
    """``Brussels regretted``: the Union, unless the report tells of the state whose capital that is too."""
    seats = [d for d in told if d.form == "capital" and d.name.lower() in discourse.lists.union_seats]
    acting = [d for d in seats if not d.is_place]
    union = _known(_UNION, discourse) if acting else None
    states = {d.country for d in told if d not in seats}
    for draft in acting:
        if union is not None and draft.country not in states:
            _name(draft, union)


def _is_alone(token: Token, discourse: Discourse) -> bool:
    """Whether the word is a name by itself: not ``the Peace Commission``, nor ``the Commission on Trade``."""
    if discourse.words[token.i - 1].lower() != "the":
        return False
    after = discourse.words[token.i + 1] if token.i + 1 < len(discourse.words) else "."
    return after.lower() not in _GOES_ON and not after[0].isupper()


def _by_compass(token: Token, told: Sequence[Draft], discourse: Discourse) -> Draft | None:
    """``the North`` where North Korea is told of: the one state of the report whose name begins so."""
    if token.lower_ not in load_place_words().directions:
        return None
    states = [discourse.knowledge.state(c) for c in sorted({d.country or "" for d in told if d.is_state})]
    found = [s for s in states if s is not None and s.name.startswith(f"{token.text} ")]
    return _as_draft(token, found[0], "state") if len(found) == 1 else None


def _of_longer(token: Token, told: Sequence[Draft]) -> Draft | None:
    """``the Council`` after the Security Council: the body named last before it whose name ends so; no party."""
    before = [d for d in told if d.kind == "group" and d.sector != "PTY" and d.end <= token.i and _ends(d, token)]
    last = max(before, key=lambda d: d.start, default=None)
    if last is None:
        return None
    draft = Draft(token.i, token.i + 1, token.i, "group", last.name)
    draft.take_from(last)
    return draft


def _ends(draft: Draft, token: Token) -> bool:
    """Whether the last noun of a name is the word: not in ``the Summit of the **Americas**``."""
    *before, last = draft.name.split()
    return bool(before) and last == token.text and before[-1][0].isupper()


def _of_union(token: Token, told: Sequence[Draft], discourse: Discourse) -> Draft | None:
    """``the Commission`` where the Union is told of: a body of it that no state has."""
    if token.lower_ not in discourse.lists.union_bodies:
        return None
    union, body = _known(_UNION, discourse), _known(f"{_UNIONS_OWN} {token.text}", discourse)
    is_told = union is not None and any(d.id == union.id for d in told)
    return _as_draft(token, body, "group") if is_told and body is not None else None


def _known(name: str, discourse: Discourse) -> Entry | None:
    return next((e for e in discourse.named(name) if e.kind == "organisation"), None)


def _as_draft(token: Token, entry: Entry, kind: str) -> Draft:
    draft = Draft(token.i, token.i + 1, token.i, "state" if kind == "state" else "group", entry.name)
    draft.country, draft.sector, draft.id = entry.country, entry.sector, entry.id
    return draft


def _name(draft: Draft, entry: Entry) -> None:
    draft.kind, draft.form, draft.name = "group", "name", entry.name
    draft.country, draft.sector, draft.id = entry.country, entry.sector, entry.id
