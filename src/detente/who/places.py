"""Towns and regions in a text: in which state the others stand, and what a name that several places share is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Token

from detente.knowledge.gazetteer import Spot, load_gazetteer
from detente.knowledge.namesakes import (
    FAR,
    NEAR,
    Setting,
    is_part,
    kilometres,
    likeliest,
    load_place_words,
    told_beside,
)
from detente.language.syntax import chain, is_verbal
from detente.who.discourse import Discourse, Draft
from detente.who.names import begins_longer

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_LEAST_WEIGHT = 50_000
"""Weight from which a name counts as a town though neither the recogniser nor the report's states say so."""

_CAPITAL_WEIGHT = 200_000
"""Weight of a capital that is too small for the gazetteer."""


def find_towns(discourse: Discourse) -> None:
    """Add towns and regions that no other name has taken, each with its likeliest country."""
    gazetteer = load_gazetteer()
    setting = setting_of(discourse)
    i, last = 0, len(discourse.words)
    while i < last:
        end = i + 1
        if i not in discourse.at and discourse.words[i][0].isupper() and _may_be_town(discourse.tokens[i], discourse):
            end = gazetteer.longest_at(discourse.words, i)
            if end > i and not any(j in discourse.at for j in range(i, end)):
                told = told_beside(setting, i, end)
                spot = likeliest(gazetteer.named(discourse.written(i, end)), setting.named, told)
                if spot is not None and _is_town(discourse, i, end, spot, setting, told):
                    _add(discourse, i, end, spot)
            end = max(end, i + 1)
        i = end
    _settle_names(discourse, setting)


def _is_town(discourse: Discourse, start: int, end: int, spot: Spot, setting: Setting, told: frozenset[str]) -> bool:
    if spot.country is None or begins_longer(discourse, end - 1) or _is_compass(discourse, start, end):
        return False
    known = spot.country in setting.named or spot.country in told
    return known or spot.weight >= _LEAST_WEIGHT or discourse.tokens[start].ent_type_ == "GPE"


def _is_compass(discourse: Discourse, start: int, end: int) -> bool:
    """``the North``: a point of the compass, whatever regions are called so."""
    return end - start == 1 and discourse.words[start].lower() in load_place_words().directions


def setting_of(discourse: Discourse) -> Setting:
    """The discourse as names of places read it."""
    drafts = [d for d in discourse.drafts if d.is_state and d.country]
    states = {d.start: (d.end, d.country or "") for d in drafts if d.form == "name"}
    adjectives = {d.end - 1: d.country or "" for d in drafts}
    return Setting(
        discourse.words, states, adjectives, Counter(d.country for d in discourse.drafts if d.country is not None)
    )


def _settle_names(discourse: Discourse, setting: Setting) -> None:
    """Let a state's or capital's name stand for its namesake where the words around it say so: Georgia by Atlanta."""
    for draft in [d for d in discourse.drafts if d.is_state and d.form in ("name", "capital", "region")]:
        if _is_in_water(discourse, draft):
            discourse.drop(draft)
            continue
        spots = load_gazetteer().named(discourse.written(draft.start, draft.end))
        others = [spot for spot in spots if spot.country not in (None, draft.country)]
        if others and (spot := _meant(discourse, setting, draft, spots, others)) is not None:
            draft.name, draft.country, draft.id = spot.name, spot.country, None
            draft.form = "region" if spot.is_region else "town"
            draft.is_place = draft.is_place or not spot.is_region


def _is_in_water(discourse: Discourse, draft: Draft) -> bool:
    """``the Gulf of Guinea``: a state's name as one word of the name of what belongs to none."""
    start = draft.start - 2
    if (
        start < 0
        or discourse.words[start + 1].lower() != "of"
        or load_gazetteer().longest_at(discourse.words, start) < draft.end
    ):
        return False
    return all(spot.country is None for spot in load_gazetteer().named(discourse.written(start, draft.end)))


def _meant(discourse: Discourse, at: Setting, draft: Draft, spots: Iterable[Spot], others: list[Spot]) -> Spot | None:
    """The namesake that a state's or capital's name stands for here; null where it is itself."""
    is_state = draft.form == "name"
    told = told_beside(at, draft.start, draft.end, in_list=not is_state)
    if told:
        best = likeliest([spot for spot in others if spot.country in told], at.named)
        return None if draft.country in told else best
    regions = [spot for spot in others if spot.is_region]
    if is_state:
        if regions and is_part(at, draft.end):
            return likeliest(regions, at.named)
        far = [spot for spot in regions if _speaks_for(discourse, draft, spot)]
        return likeliest(far, at.named)
    if draft.form == "region":
        return None
    own = [spot for spot in spots if spot.country == draft.country]
    own = own or [Spot(draft.name, draft.country, 0.0, 0.0, _CAPITAL_WEIGHT, False)]
    best = likeliest([*own, *others], at.named)
    return None if best in own else best


def _speaks_for(discourse: Discourse, draft: Draft, region: Spot) -> bool:
    """Whether a far state's namesake is meant: by an office of a federal state beside it, or the towns around it."""
    at = load_gazetteer().centres().get(draft.country or "")
    if at is None or kilometres(Spot("", draft.country, *at, 0, False), region) < FAR:
        return False
    named = [d for d in discourse.drafts if d is not draft and d.country and d.name != draft.name]
    beside = {token.i for token in discourse.tokens[draft.root].conjuncts}
    if any(d.country == draft.country or (d.root in beside and d.form == "name") for d in named):
        return False
    if _has_federal_office(discourse, draft):
        return True
    towns = [d for d in named if d.country == region.country and d.form in ("town", "capital")]
    spots = [spot for d in towns for spot in load_gazetteer().named(d.name) if spot.country == region.country]
    return any(not spot.is_region and kilometres(spot, region) <= NEAR for spot in spots)


def _has_federal_office(discourse: Discourse, draft: Draft) -> bool:
    """``Georgia's governor``, ``Georgia state troopers``, ``a senator from Georgia``."""
    federal = load_place_words().federal
    token = discourse.tokens[draft.root]
    if any(discourse.words[i].lower() in federal for i in range(draft.end, min(draft.end + 3, len(discourse.words)))):
        return True
    return token.dep_ == "pobj" and token.head.head.lower_ in federal


def _may_be_town(token: Token, discourse: Discourse) -> bool:
    if token.ent_type_ in _PLACES:
        return True
    if token.pos_ != "PROPN" or token.ent_type_ in ("PERSON", "DATE") or _is_in_body(token):
        return False
    top = token
    while top.dep_ == "compound" and top.head.i != top.i:
        top = top.head
    return top.dep_ == "pobj" and (top.head.lower_ in discourse.lists.place_prepositions or _is_way_from(top.head))


def _is_in_body(token: Token) -> bool:
    """A word of an organisation's longer name."""
    beside = [token.nbor(n) for n in (-1, 1) if 0 <= token.i + n < len(token.doc)]
    return token.ent_type_ == "ORG" and any(t.ent_type_ == "ORG" for t in beside)


def _is_way_from(prep: Token) -> bool:
    """``south of Bakhmut``."""
    return prep.lower_ == "of" and prep.head.lower_ in load_place_words().directions


def _add(discourse: Discourse, start: int, end: int, spot: Spot) -> None:
    root = discourse.doc[start:end].root.i
    draft = Draft(
        start, end, root, "state", spot.name, spot.country, "GOV", form="region" if spot.is_region else "town"
    )
    draft.is_place = True
    discourse.add(draft)


def scene_of(token: Token, discourse: Discourse) -> str | None:
    """The country of all places told by *in*, *near*, *across* in the clauses above `token`; null where several."""
    sentence = token.sent
    verbs = frozenset(t.i for t in chain(token) if is_verbal(t))
    found: dict[bool, set[str]] = {False: set(), True: set()}  # by whether only a town or region says so
    for i in range(sentence.start, sentence.end):
        draft = discourse.at.get(i)
        if (
            draft is not None
            and draft.root == i
            and draft.is_state
            and draft.country
            and _is_scene(discourse.tokens[i], verbs, discourse)
        ):
            found[draft.form in ("town", "region")].add(draft.country)
    states = found[False] or found[True]
    return states.pop() if len(states) == 1 else None


def _is_scene(token: Token, verbs: frozenset[int], discourse: Discourse) -> bool:
    top = token
    for _ in range(4):
        if top.dep_ in ("compound", "appos", "conj", "poss", "nmod", "amod") and top.head.i != top.i:
            top = top.head
        else:
            break
    if discourse.at[token.i].form == "adjective" and top.lemma_.lower() not in discourse.lists.grounds:
        return False  # ``killed in a Russian attack``
    if top.dep_ != "pobj" or top.head.lower_ not in discourse.lists.place_prepositions:
        return False
    above = next((t.i for t in chain(top.head) if is_verbal(t)), None)
    return above is None or above in verbs
