"""Nouns whose state or identity is told elsewhere: ``the country``, ``the group``, ``the ministry``, ``the president``.

Sieves in order: a state or group named before, the same noun told before with its state, the holder of the office,
the place of the sentence, the subject that governs it, the report's own state. What none decides stays unknown.
"""

from __future__ import annotations

from spacy.tokens import Token

from detente.language.syntax import chain, conjuncts, first_conjunct, is_verbal, own_subject
from detente.who.draft import Draft, Page
from detente.who.labels import house_of, speak_for
from detente.who.places import scene_of
from detente.who.topic import Topic, topic_of

_BACK = 60
_AT_HOME = 6
"""Names from which a report is so much of one state that its villagers and protesters are of that state too."""

_UPON = frozenset({"on", "upon", "against", "to", "with", "for"})
_NO_STATES = frozenset({"IGO", "NGO", "MNC"})


def resolve_repeats(page: Page) -> None:
    """Resolve descriptions without a state, and those that repeat a party named before."""
    topic = topic_of(page)
    house = house_of(page)
    if house is not None:
        speak_for(house, page)
    for token in page.tokens:
        if token.pos_ == "NOUN" and token.tag_ == "NN" and _is_bare(token):
            if token.lemma_ in page.lists.countries:
                _resolve_country(token, page, topic)
            elif token.lemma_ in page.lists.groups:
                _resolve_group(token, page)
    for draft in page.people():
        country = page.home or (topic.state.country if topic is not None else None)
        if draft.country is None and country is not None and (draft.sector or draft.role):
            draft.country = country if _may_hold(draft, country, page) else None
    for draft in sorted(page.drafts, key=lambda d: d.start):
        if draft.root in page.usual and draft.country is None:
            _resolve_generic(draft, page, topic)
        if draft.kind in ("role", "noun") and not draft.parts and draft.awaits is None and draft.same is None:
            _resolve(draft, page, topic, house)
        for part in draft.parts:
            if part.is_person and part.noun and part.root == draft.root:
                _resolve_person(part, page)


def _may_hold(draft: Draft, country: str, page: Page) -> bool:
    """Whether a person's title leaves it open that he is of `country`: the office exists there, held by no one else."""
    title = (draft.role or "").lower()
    if not page.knowledge.is_title(title):
        return True
    office = page.knowledge.office_of(title, country)
    holder = page.knowledge.holder(office, country, page.as_of) if office is not None else None
    return office is not None and (holder is None or holder.name.split()[-1] in draft.name.split())


def _resolve(draft: Draft, page: Page, topic: Topic | None, house: Draft | None) -> None:
    token = page.tokens[draft.root]
    definite = any(c.lower_ in page.lists.definite for c in token.lefts)
    if draft.is_person and not draft.is_plural and (definite or draft.country) and _resolve_person(draft, page):
        return
    if draft.country is not None or (token.lemma_ in page.lists.states and draft.is_plural and draft.sector != "OPP"):
        return
    earlier = _earlier(draft, page, definite)
    if earlier is not None:
        draft.country = earlier.country
        if definite and not draft.is_plural and len(draft.name.split()) <= 2:
            draft.same, draft.name, draft.id = earlier, earlier.name, earlier.id
    elif definite and (same := _same_noun(draft, page)) is not None:
        draft.take_from(same)
    elif not _is_abroad(token, page):
        _place(draft, token, definite, page, topic, house)
        if draft.is_person and not draft.is_plural and definite and draft.country:
            _resolve_person(draft, page)


def _is_abroad(token: Token, page: Page) -> bool:
    """``foreign troops``, ``regional powers``, ``our partners``; a foreign ministry is at home."""
    if token.lemma_.lower() in page.lists.abroad:
        return True
    unnamed = [c.lower_ for c in token.lefts if c.lower_ in page.lists.unnamed]
    return bool(unnamed) and not (unnamed == ["foreign"] and token.lemma_.lower() in page.lists.portfolios)


def _resolve_generic(draft: Draft, page: Page, topic: Topic | None) -> None:
    """``the House of Representatives``: the report's own state's, else the one usually meant."""
    usual = page.usual[draft.root]
    named = {d.country for d in page.drafts if d.is_state}
    other = _state_of_subject(page.tokens[draft.root], page) if usual.country not in named else None
    if other is not None:
        draft.country = other
    elif topic is None or topic.state.country == usual.country:
        draft.name, draft.id = usual.name, usual.id
        draft.country, draft.sector = usual.country, usual.sector or draft.sector
    else:
        draft.country = topic.state.country


def _place(draft: Draft, token: Token, definite: bool, page: Page, topic: Topic | None, house: Draft | None) -> None:
    """The state in which an unnamed party stands: by the sentence's place, its subject, the report's topic."""
    if draft.sector in page.lists.local:
        draft.country = _opponent_of(token, page) if draft.sector == "REB" else None
        draft.country = draft.country or scene_of(token, page)
        if draft.country is None and topic is not None and topic.names >= _AT_HOME:
            draft.country = topic.state.country
    elif draft.sector in page.lists.domestic and not draft.is_thing:
        if definite and page.home is not None:
            draft.country = page.home
        elif definite:
            draft.country = _state_of_subject(token, page) or (house.country if house is not None else None)
        if draft.country is None and topic is not None:
            draft.country = topic.state.country
        if draft.country is None and definite and draft.sector in ("MIL", "COP"):
            draft.country = _only_state_of(draft, page)


def _only_state_of(draft: Draft, page: Page) -> str | None:
    """``**the army**`` after Syrian warplanes: the state of all soldiers told before, where it is one."""
    found = {d.country for d in page.drafts if d.root < draft.start and d.sector == draft.sector and d.country}
    return found.pop() if len(found) == 1 else None


def _opponent_of(token: Token, page: Page) -> str | None:
    """``the Nepali government and **Maoist rebels**``: rebels joined to a state are those of that state."""
    others = (page.at.get(t.i) for t in conjuncts(first_conjunct(token)) if t.i != token.i)
    found = {d.country for d in others if d is not None and d.country not in _NO_STATES and d.sector in ("GOV", "MIL")}
    return found.pop() if len(found) == 1 else None


def _is_bare(token: Token) -> bool:
    """``the group``: an article and nothing else before the noun."""
    lefts = [c for c in token.lefts if c.dep_ != "punct"]
    return len(lefts) == 1 and lefts[0].lower_ in ("the", "this")


def _resolve_country(token: Token, page: Page, topic: Topic | None) -> None:
    draft = page.at.get(token.i)
    if draft is not None and draft.country:
        return
    actor = _country_above(token, page)
    before = [d for d in page.drafts if d.start < token.i and d.is_state and d.country and token.i - d.start < _BACK]
    before = [d for d in before if d.country != actor]
    found = max(before, key=lambda d: d.start, default=None)
    if topic is not None and topic.state.country != actor:
        found = topic.state
    if found is None:
        return
    mention = Draft(token.i - 1, token.i + 1, token.i, "noun", found.name, found.country, "GOV", id=found.id)
    mention.noun = token.lemma_
    page.replace(token.i, mention)


def _country_above(token: Token, page: Page) -> str | None:
    """The state that acts upon the country: ``Pakistan urged **the country**`` means another one."""
    if token.dep_ not in ("dobj", "pobj"):
        return None
    verb = next((t for t in chain(token) if is_verbal(t)), None)
    subject = own_subject(verb) if verb is not None else None
    draft = page.at.get(subject.i) if subject is not None else None
    return draft.country if draft is not None and verb is not None and token.head.lower_ in _UPON else None


def _resolve_group(token: Token, page: Page) -> None:
    """``the group``: the last organisation named, if nothing but states and persons stands between."""
    named = page.at.get(token.i)
    if named is not None and named.country is not None:
        return
    before = [d for d in page.drafts if _is_group(d, page) and d.start < token.i and token.i - d.start < _BACK]
    if not before:
        return
    mention = Draft(token.i - 1, token.i + 1, token.i, "noun", "")
    mention.take_from(max(before, key=lambda d: d.start))
    mention.noun = token.lemma_
    page.replace(token.i, mention)


def _is_group(draft: Draft, page: Page) -> bool:
    """A group by name, known or not: the Northern Front."""
    return draft.kind == "group" or (draft.kind == "noun" and page.tokens[draft.root].pos_ == "PROPN")


def _resolve_person(draft: Draft, page: Page) -> bool:
    """``the French president``: the person of that title in the report, else who held the office that day."""
    best: Draft | None = None
    for person in page.people():
        role = (person.role or "").lower()
        if (
            draft.noun not in role
            or role.startswith("former")
            or (draft.country is not None and person.country != draft.country)
        ):
            continue
        if person.start < draft.start and (best is None or person.start > best.start):
            best = person
    if best is not None:
        draft.take_from(best)
        return True
    if draft.country is None or draft.is_former:
        return False
    words = (draft.role or "").split()
    for size in (3, 2, 1):
        office = page.knowledge.office_of(" ".join(words[-size:]), draft.country) if len(words) >= size else None
        if office is not None:
            holder = page.knowledge.holder(office, draft.country, page.as_of)
            if holder is not None:
                draft.name, draft.id, draft.role = holder.name, holder.id, holder.role
                draft.sector = holder.sector or draft.sector
            return True
    return False


def _earlier(draft: Draft, page: Page, definite: bool) -> Draft | None:
    """The last draft of the same noun with a state; an indefinite noun only repeats what has one state throughout."""
    before = [
        d
        for d in page.drafts
        if d.noun == draft.noun and d.kind in ("role", "noun") and d.root < draft.start and d.country and not d.parts
    ]
    if not before or (not definite and (draft.sector == "GOV" or len({d.country for d in before}) > 1)):
        return None
    return max(before, key=lambda d: d.start)


def _same_noun(draft: Draft, page: Page) -> Draft | None:
    """``the party`` after the Red Dawn party: the last draft of the same noun that says more of who it is."""
    before = [d for d in page.drafts if d.noun == draft.noun and d.root < draft.start and d.kind in ("role", "noun")]
    fuller = [d for d in before if d.is_plural == draft.is_plural and len(d.name.split()) > len(draft.name.split())]
    return max(fuller, key=lambda d: d.start, default=None)


def _state_of_subject(token: Token, page: Page) -> str | None:
    """The state of the subject above an institution, else of the sentence before: ``China says … the government``."""
    for verb in chain(token):
        subject = own_subject(verb) if is_verbal(verb) else None
        if subject is not None and subject.i < token.i and (found := _country_at(subject, page)) is not None:
            return found
    start = token.sent.start
    before = page.tokens[start - 1].sent.root if start else None
    subject = own_subject(before) if before is not None and is_verbal(before) else None
    return _country_at(subject, page) if subject is not None else None


def _country_at(token: Token, page: Page) -> str | None:
    draft = page.at.get(token.i)
    if draft is None or draft.country in _NO_STATES or draft.parts:
        return None
    return draft.country if draft.is_state or draft.sector in page.lists.domestic else None
