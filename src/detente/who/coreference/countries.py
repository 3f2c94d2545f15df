"""``the country``, ``the kingdom``: the state meant, by who acts upon it, who speaks, and who was told before."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.knowledge import BEYOND_STATES
from detente.language.syntax import chain, direct_object, first_conjunct, is_verbal, own_subject
from detente.who.coreference.topic import Topic
from detente.who.discourse import Discourse, Draft

_BACK = 60
_OF_NOUNS = frozenset({"acl", "relcl"})
_RELATIVES = frozenset({"who", "which", "that"})


def resolve_country(token: Token, discourse: Discourse, topic: Topic | None) -> None:
    """Lead a bare noun for a state back to the state it stands for; it stays unknown where none was told."""
    draft = discourse.at.get(token.i)
    if draft is not None and draft.country:
        return
    found = _meant(token, discourse, topic)
    if found is None:
        return
    mention = Draft(token.i - 1, token.i + 1, token.i, "noun", found.name, found.country, "GOV", id=found.id)
    mention.noun = token.lemma_
    discourse.replace(token.i, mention)


def _meant(token: Token, discourse: Discourse, topic: Topic | None) -> Draft | None:
    actors = set() if token.dep_ in ("nsubj", "nsubjpass") else set(_actors_above(token, discourse))
    told = [d for d in discourse.drafts if d.start < token.i and _may_be(d, token, actors, discourse)]
    if (spoken := _subject_before(token, discourse)) is not None and spoken in {d.country for d in told}:
        return max((d for d in told if d.country == spoken), key=lambda d: (d.is_state, d.start))
    if topic is not None and topic.state.country not in actors and _is_such(topic.state.country, token, discourse):
        return topic.state
    near = [d for d in told if token.i - d.start < _BACK and (d.is_state or d.is_person)]
    named = [d for d in near if d.form != "adjective"]
    return max(named or near, key=lambda d: d.start, default=None)


def _may_be(draft: Draft, token: Token, actors: set[str | None], discourse: Discourse) -> bool:
    if draft.country is None or draft.country in BEYOND_STATES or draft.country in actors or draft.parts:
        return False
    return _is_such(draft.country, token, discourse)


def _is_such(country: str | None, token: Token, discourse: Discourse) -> bool:
    """Whether a state is what the noun says: a kingdom, a republic; every state is a country."""
    if token.lemma_ == "kingdom":
        return country in discourse.lists.kingdoms
    return token.lemma_ != "republic" or country not in discourse.lists.kingdoms


def _actors_above(token: Token, discourse: Discourse) -> Iterator[str | None]:
    """Who acts upon the country in its own clause: ``**Pakistan** urged the country``.

    ``accuses **Germany** of meddling in the country``: the object of the verb above a participle acts in it.
    """
    for up in chain(token):
        if not is_verbal(up):
            continue
        actor = own_subject(up)
        if up.dep_ in _OF_NOUNS and (actor is None or actor.lower_ in _RELATIVES):
            actor = up.head
        if actor is None and up.dep_ == "pcomp":
            actor = direct_object(up.head.head)
        if actor is not None:
            draft = discourse.at.get(actor.i)
            if draft is not None:
                yield draft.country
            return


def _subject_before(token: Token, discourse: Discourse) -> str | None:
    """The state of whoever says it, or of the subject before: ``Italy closed ports. **The country** …``."""
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return None
    verb = first_conjunct(token.head)
    for up in chain(verb) if verb.dep_ == "ccomp" else ():
        subject = own_subject(up) if up.i != verb.i and is_verbal(up) else None
        if subject is not None and subject.i < token.i:
            draft = discourse.at.get(subject.i)
            return draft.country if draft is not None else None
    start = token.sent.start
    if verb.head.i != verb.i or start == 0:
        return None
    before = discourse.tokens[start - 1].sent.root
    subject = own_subject(before) if is_verbal(before) else None
    draft = discourse.at.get(subject.i) if subject is not None else None
    return draft.country if draft is not None else None
