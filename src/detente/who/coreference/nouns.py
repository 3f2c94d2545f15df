"""Nouns whose state or identity is told elsewhere: ``the country``, ``the group``, ``the ministry``, ``the president``.

Sieves in order: a state or group named before, the same noun told before with its state, the holder of the office,
the place of the sentence, the subject that governs it, the report's own state. What none decides stays unknown.
"""

from __future__ import annotations

from spacy.tokens import Token

from detente.knowledge import BEYOND_STATES
from detente.language.syntax import chain, conjuncts, first_conjunct, is_verbal, own_subject, phrases
from detente.who.coreference.countries import resolve_country
from detente.who.coreference.posts import resolve_person
from detente.who.coreference.topic import Topic, topic_of
from detente.who.discourse import Discourse, Draft
from detente.who.labels import house_of, speak_for
from detente.who.places import scene_of

_BACK = 60
_AT_HOME = 6
"""Names from which a report is so much of one state that its villagers and protesters are of that state too."""

_UPON = frozenset({"on", "upon", "against", "to", "with", "for"})


def resolve_repeats(discourse: Discourse) -> None:
    """Resolve descriptions without a state, and those that repeat a party named before."""
    topic = topic_of(discourse)
    house = house_of(discourse)
    if house is not None:
        speak_for(house, discourse)
    _resolve_bare_nouns(discourse, topic)
    _settle_persons(discourse, topic)
    for draft in sorted(discourse.drafts, key=lambda d: d.start):
        if draft.root in discourse.usual and draft.country is None:
            _resolve_generic(draft, discourse, topic)
        if draft.kind in ("role", "noun") and not draft.parts and draft.awaits is None and draft.same is None:
            _resolve(draft, discourse, topic, house)
        for part in draft.parts:
            if part.is_person and part.noun and part.root == draft.root:
                resolve_person(part, discourse)


def _resolve_bare_nouns(discourse: Discourse, topic: Topic | None) -> None:
    """``the country``, ``the group``: the state or group told before."""
    for token in discourse.tokens:
        if token.pos_ == "NOUN" and token.tag_ == "NN" and _is_bare(token):
            if token.lemma_ in discourse.lists.countries:
                resolve_country(token, discourse, topic)
            elif token.lemma_ in discourse.lists.groups:
                _resolve_group(token, discourse)


def _settle_persons(discourse: Discourse, topic: Topic | None) -> None:
    """Named persons with a post and no state are of the state whose officials tell the report, or which it is about."""
    country = discourse.home or (topic.state.country if topic is not None else None)
    if country is None:
        return
    for draft in discourse.people():
        if draft.country is None and (draft.sector or draft.role) and _may_hold(draft, country, discourse):
            draft.country = country


def _may_hold(draft: Draft, country: str, discourse: Discourse) -> bool:
    """Whether a person's title leaves it open that he is of `country`: the office exists there, held by no one else."""
    title = (draft.role or "").lower()
    if not discourse.knowledge.is_title(title):
        return True
    office = discourse.knowledge.office_of(title, country)
    holder = discourse.knowledge.holder(office, country, discourse.as_of) if office is not None else None
    return office is not None and (holder is None or holder.name.split()[-1] in draft.name.split())


def _resolve(draft: Draft, discourse: Discourse, topic: Topic | None, house: Draft | None) -> None:
    token = discourse.tokens[draft.root]
    if draft.country is None and _is_of_no_state(token, discourse):
        return
    definite = _is_definite(token, discourse)
    if draft.is_person and not draft.is_plural and (definite or draft.country) and resolve_person(draft, discourse):
        return
    if draft.country is None and _is_of_the_world(draft):
        draft.country = draft.sector = "IGO"
    if draft.country is not None or (
        token.lemma_ in discourse.lists.states and draft.is_plural and draft.sector != "OPP"
    ):
        return
    earlier = _earlier(draft, discourse, definite)
    if earlier is not None:
        draft.country = earlier.country
        if definite and not draft.is_plural and len(draft.name.split()) <= 2:
            draft.same, draft.name, draft.id = earlier, earlier.name, earlier.id
    elif definite and (same := _same_noun(draft, discourse)) is not None:
        draft.take_from(same)
    elif not _is_abroad(token, discourse):
        country = _place(draft, token, definite, discourse, topic, house)
        draft.country = country if _may_be_of(country, draft, discourse) else None
        if draft.is_person and not draft.is_plural and definite and draft.country:
            resolve_person(draft, discourse)


def _is_definite(token: Token, discourse: Discourse) -> bool:
    """``the minister``, and ``minister`` in ``the secretary and minister also met``: one article serves both."""
    first = first_conjunct(token)
    heads = (token,) if any(c.dep_ == "det" for c in token.lefts) else (token, first)
    return any(c.lower_ in discourse.lists.definite for head in heads for c in head.lefts)


def _is_of_no_state(token: Token, discourse: Discourse) -> bool:
    """``Islamic State fighters``, ``Kurdish militiamen``: of a known group or people that is of no one state."""
    owners = {t.i for t in (*token.lefts, *(obj for name, obj in phrases(token) if name == "of"))}
    groups = (d for d in discourse.drafts if d.root in owners and d.kind == "group")
    return any(group.id is not None and group.country is None and group.sector != "REL" for group in groups)


def _is_of_the_world(draft: Draft) -> bool:
    """``the Secretary-General``: where nobody says whose, of an international body; no state has one."""
    return draft.noun == "secretary-general"


def _is_abroad(token: Token, discourse: Discourse) -> bool:
    """``foreign troops``, ``regional powers``, ``our partners``; a foreign ministry is at home."""
    if token.lemma_.lower() in discourse.lists.abroad:
        return True
    unnamed = [c.lower_ for c in token.lefts if c.lower_ in discourse.lists.unnamed]
    return bool(unnamed) and not (unnamed == ["foreign"] and token.lemma_.lower() in discourse.lists.portfolios)


def _resolve_generic(draft: Draft, discourse: Discourse, topic: Topic | None) -> None:
    """``the House of Representatives``: the report's own state's, else the one usually meant."""
    usual = discourse.usual[draft.root]
    named = {d.country for d in discourse.drafts if d.is_state}
    other = _state_of_subject(discourse.tokens[draft.root], discourse) if usual.country not in named else None
    if other is not None:
        draft.country = other
    elif topic is None or topic.state.country == usual.country:
        draft.name, draft.id = usual.name, usual.id
        draft.country, draft.sector = usual.country, usual.sector or draft.sector
    else:
        draft.country = topic.state.country


def _place(
    draft: Draft, token: Token, definite: bool, discourse: Discourse, topic: Topic | None, house: Draft | None
) -> str | None:
    """The state in which an unnamed party stands: by the sentence's place, its subject, the report's topic."""
    if draft.sector in discourse.lists.local:
        return _state_around(draft, token, discourse, topic)
    if draft.sector in discourse.lists.domestic and not draft.is_thing:
        return _own_state(draft, token, definite, discourse, topic, house)
    return None


def _state_around(draft: Draft, token: Token, discourse: Discourse, topic: Topic | None) -> str | None:
    """Of those who are at home where they are told to be."""
    found = _opponent_of(token, discourse) if draft.sector == "REB" else None
    found = found or scene_of(token, discourse)
    return topic.state.country if found is None and topic is not None and topic.names >= _AT_HOME else found


def _own_state(
    draft: Draft, token: Token, definite: bool, discourse: Discourse, topic: Topic | None, house: Draft | None
) -> str | None:
    """Of a state's own institutions."""
    found = None
    if definite:
        told = discourse.home or _state_of_subject(token, discourse)
        found = told or (house.country if house is not None else None)
    holds_office = draft.is_person and draft.sector == "GOV"
    if found is None and topic is not None and (topic.acts or not holds_office):
        found = topic.state.country
    if found is None and definite and draft.sector in ("MIL", "COP"):
        found = _only_state_of(draft, discourse)
    return found


def _may_be_of(country: str | None, draft: Draft, discourse: Discourse) -> bool:
    """``the king`` is of no republic."""
    return country is None or draft.noun not in discourse.lists.crowned or country in discourse.lists.kingdoms


def _only_state_of(draft: Draft, discourse: Discourse) -> str | None:
    """``**the army**`` after Syrian warplanes: the state of all soldiers told before, where it is one."""
    found = {d.country for d in discourse.drafts if d.root < draft.start and d.sector == draft.sector and d.country}
    return found.pop() if len(found) == 1 else None


def _opponent_of(token: Token, discourse: Discourse) -> str | None:
    """``the Nepali government and **Maoist rebels**``: rebels joined to a state are those of that state."""
    others = (discourse.at.get(t.i) for t in conjuncts(first_conjunct(token)) if t.i != token.i)
    found = {
        d.country for d in others if d is not None and d.country not in BEYOND_STATES and d.sector in ("GOV", "MIL")
    }
    return found.pop() if len(found) == 1 else None


def _is_bare(token: Token) -> bool:
    """``the group``: an article and nothing else before the noun."""
    lefts = [c for c in token.lefts if c.dep_ != "punct"]
    return len(lefts) == 1 and lefts[0].lower_ in ("the", "this")


def _resolve_group(token: Token, discourse: Discourse) -> None:
    """``the group``: the last organisation named, if nothing but states and persons stands between."""
    named = discourse.at.get(token.i)
    if named is not None and named.country is not None:
        return
    before = [
        d for d in discourse.drafts if _is_group(d, discourse) and d.start < token.i and token.i - d.start < _BACK
    ]
    if not before:
        return
    mention = Draft(token.i - 1, token.i + 1, token.i, "noun", "")
    mention.take_from(max(before, key=lambda d: d.start))
    mention.noun = token.lemma_
    discourse.replace(token.i, mention)


def _is_group(draft: Draft, discourse: Discourse) -> bool:
    """A group by name, known or not: the Northern Front."""
    return draft.kind == "group" or (draft.kind == "noun" and discourse.tokens[draft.root].pos_ == "PROPN")


def _earlier(draft: Draft, discourse: Discourse, definite: bool) -> Draft | None:
    """The last draft of the same noun with a state; an indefinite noun only repeats what has one state throughout."""
    before = [
        d
        for d in discourse.drafts
        if d.noun == draft.noun and d.kind in ("role", "noun") and d.root < draft.start and d.country and not d.parts
    ]
    if not before or (not definite and (draft.sector == "GOV" or len({d.country for d in before}) > 1)):
        return None
    return max(before, key=lambda d: d.start)


def _same_noun(draft: Draft, discourse: Discourse) -> Draft | None:
    """``the party`` after the Red Dawn party: the last draft of the same noun that says more of who it is."""
    before = [
        d for d in discourse.drafts if d.noun == draft.noun and d.root < draft.start and d.kind in ("role", "noun")
    ]
    fuller = [d for d in before if d.is_plural == draft.is_plural and len(d.name.split()) > len(draft.name.split())]
    return max(fuller, key=lambda d: d.start, default=None)


def _state_of_subject(token: Token, discourse: Discourse) -> str | None:
    """The state of the subject above an institution, else of the sentence before: ``China says … the government``."""
    for verb in chain(token):
        subject = own_subject(verb) if is_verbal(verb) else None
        if subject is not None and subject.i < token.i and (found := _country_at(subject, discourse)) is not None:
            return found
    start = token.sent.start
    before = discourse.tokens[start - 1].sent.root if start else None
    subject = own_subject(before) if before is not None and is_verbal(before) else None
    return _country_at(subject, discourse) if subject is not None else None


def _country_at(token: Token, discourse: Discourse) -> str | None:
    draft = discourse.at.get(token.i)
    if draft is None or draft.country in BEYOND_STATES or draft.parts:
        return None
    return draft.country if draft.is_state or draft.sector in discourse.lists.domestic else None
