"""Towns and regions in a text, as far as they tell in which state the others stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from detente.knowledge.gazetteer import Spot, load_gazetteer
from detente.language.syntax import chain, is_verbal
from detente.who.discourse import Discourse, Draft
from detente.who.names import begins_longer

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_LEAST_WEIGHT = 50_000
"""Inhabitants from which a name counts as a town though neither the recogniser nor the report's states say so."""


def find_towns(discourse: Discourse) -> None:
    """Add towns and regions that no other name has taken, each with its likeliest country."""
    gazetteer = load_gazetteer()
    states: Counter[str] = Counter(d.country for d in discourse.drafts if d.country is not None)
    i, last = 0, len(discourse.words)
    while i < last:
        end = i + 1
        if i not in discourse.at and discourse.words[i][0].isupper() and _may_be_town(discourse.tokens[i], discourse):
            end = gazetteer.longest_at(discourse.words, i)
            if end > i and not any(j in discourse.at for j in range(i, end)):
                spot = likeliest(gazetteer.named(discourse.written(i, end)), states)
                if (
                    spot is not None
                    and not begins_longer(discourse, end - 1)
                    and (spot.weight >= _LEAST_WEIGHT or spot.country in states or _is_tagged(discourse, i))
                ):
                    _add(discourse, i, end, spot)
            end = max(end, i + 1)
        i = end


def likeliest(spots: Sequence[Spot], states: Mapping[str, int]) -> Spot | None:
    """The spot in a state of the report, else the weightiest."""
    return max(spots, key=lambda s: (min(states.get(s.country, 0), 1), s.weight), default=None)


def _may_be_town(token: Token, discourse: Discourse) -> bool:
    if token.ent_type_ in _PLACES:
        return True
    if token.pos_ != "PROPN" or token.ent_type_ in ("PERSON", "ORG", "DATE"):
        return False
    top = token
    while top.dep_ == "compound" and top.head.i != top.i:
        top = top.head
    return top.dep_ == "pobj" and top.head.lower_ in discourse.lists.place_prepositions


def _is_tagged(discourse: Discourse, i: int) -> bool:
    return discourse.tokens[i].ent_type_ == "GPE"


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
