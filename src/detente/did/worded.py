"""What single words say of an act, whoever proposed it: it came to nothing, is uncertain, or goes the other way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from spacy.tokens import Doc, Token

from detente.codebook.senses import load_triggers
from detente.did.candidate import Candidate, Member
from detente.did.polarity import is_definite, is_negated, name_with_particle
from detente.did.rules.arguments import arguments_of
from detente.did.rules.members import members_of
from detente.did.rules.triggers import sense_at
from detente.did.words import load_words
from detente.language.syntax import child, is_infinitive, is_passive, is_verbal
from detente.who import Cast

_CLAUSE_ENDS = frozenset({",", ";", ":", "“", "”", '"', "-", "–", "—", "that", "if", "unless"})
_CONDITIONS: Mapping[str, frozenset[str]] = MappingProxyType({
    **dict.fromkeys(("if", "unless"), frozenset({"happened"})),
    "whether": frozenset({"happened", "planned"}),
})  # fmt: skip
"""Words that leave open what their clause tells, and the statuses that they rule out."""


def as_worded(doc: Doc, candidate: Candidate, cast: Cast) -> Candidate:
    """The candidate as the words beside it have it."""
    root = doc[candidate.root]
    candidate = _only_called_for(root, _under_condition(root, _turned(root, candidate, cast)))
    return _unless_shelved(root, _with_whom_visited(root, candidate, cast))


def _turned(root: Token, candidate: Candidate, cast: Cast) -> Candidate:
    """``got a loan from Qatar``: by the sense of such a word, who is behind *from* gives."""
    if load_triggers().taking.isdisjoint((root.lemma_.lower(), root.lower_)):
        return candidate
    match = sense_at(root, cast)
    if match is None or match.sense.frame.actor != "from" or match.sense.type == candidate.type:
        return candidate
    sense = match.sense
    sides = arguments_of(root, sense.type, sense.mode, sense.frame, cast)
    if not (sides.actors and sides.recipients):
        return candidate
    return replace(candidate, type=sense.type, mode=sense.mode, actors=sides.actors, recipients=sides.recipients)


def _under_condition(root: Token, candidate: Candidate) -> Candidate:
    """What stands behind *if* in its own clause has not happened: ``If Chad **attacks**, …``.

    Nor is it settled behind *whether*: ``Whether they will **meet** is open``.
    """
    if candidate.status not in ("happened", "planned"):
        return candidate
    for token in reversed(list(root.sent[: root.i - root.sent.start])):
        if token.lower_ in _CONDITIONS:
            left_open = candidate.status in _CONDITIONS[token.lower_]
            return _less_certain(candidate) if left_open else candidate
        if token.lower_ in _CLAUSE_ENDS or (is_verbal(token) and token.tag_ in ("VBD", "VBZ", "VBP")):
            break
    return candidate


def _only_called_for(root: Token, candidate: Candidate) -> Candidate:
    """``called for **sanctions** on Chad``: nobody has imposed any, and least of all who calls for them."""
    if candidate.status != "happened" or is_verbal(root) or root.dep_ != "pobj" or root.head.lower_ != "for":
        return candidate
    caller, words = root.head.head, load_words()
    governor = (words.verbs if is_verbal(caller) else words.nouns).get(caller.lemma_.lower())
    if governor is None or governor.name != "calls" or is_definite(root):
        return candidate
    own = tuple(m for m in candidate.actors if root.left_edge.i <= m.start <= root.right_edge.i)
    return _less_certain(replace(candidate, actors=own))


def _less_certain(candidate: Candidate) -> Candidate:
    """The candidate as one that is only possible, and so not of the report's day."""
    day = None if candidate.date_is_report else candidate.date
    return replace(candidate, status="possible", date=day, date_is_report=False)


def _with_whom_visited(root: Token, candidate: Candidate, cast: Cast) -> Candidate:
    """``travels to Oslo to meet **the king**``: he is visited, and the bare name of his state is not beside him."""
    if candidate.mode != "visit" or not is_verbal(root):
        return candidate
    purpose = next((c for c in root.children if c.dep_ in ("advcl", "xcomp") and is_infinitive(c)), None)
    met = child(purpose, "dobj") if purpose is not None else None
    if met is None:
        return candidate
    members = members_of(met, cast)
    theirs = {m.party.country for m in members}
    left = tuple(m for m in candidate.recipients if not _is_bare(m, cast) or m.party.country not in theirs)
    if not members or None in theirs or len(left) == len(candidate.recipients):
        return candidate
    own = {m.party.span for m in candidate.actors}
    return replace(candidate, recipients=(*left, *(m for m in members if m.party.span not in own)))


def _is_bare(member: Member, cast: Cast) -> bool:
    """Whether the member is only the name of a state or of a town that stands for one."""
    return any(m.start == member.start and m.kind == "state" for m in cast.mentions)


def _unless_shelved(root: Token, candidate: Candidate) -> Candidate:
    """``put off the **talks**``, ``the **sale** fell through``: what was to be has not come about."""
    if candidate.status not in ("happened", "planned") or is_verbal(root) or root.head.i == root.i:
        return candidate
    verb = root.head
    if not is_verbal(verb) or is_negated(verb):
        return candidate
    words, having = {verb.lemma_.lower(), name_with_particle(verb)}, load_words().having
    undergoes = root.dep_ == "dobj" or (root.dep_ == "nsubjpass" and is_passive(verb))
    if (undergoes and words & having["shelves"]) or (root.dep_ == "nsubj" and words & having["lapses"]):
        return replace(candidate, status="denied")
    return candidate
