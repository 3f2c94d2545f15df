"""Known names in a text: states by any form, organisations, groups and bodies; persons are only pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.knowledge import Entry
from detente.knowledge.gazetteer import load_gazetteer
from detente.who.discourse import Discourse, Draft, headed

_BIG = 300_000
"""Weight from which a name behind *in* is a town's though somebody bears it too: ``in Lagos``."""

_PLACE_FORMS = frozenset({"capital", "region"})


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person's name that the knowledge has, at tokens ``start:end``."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def find_names(discourse: Discourse) -> list[KnownPerson]:
    """Add the known names but persons to `discourse`; persons come back for the sieve that weighs them."""
    people: list[KnownPerson] = []
    for start, end in _spans(discourse):
        if discourse.words[start].lower() == "the" and not _has_article(discourse, start, end):
            start += 1
        if _shares_noun(discourse, start, end):
            end = start + 1
        entries = discourse.named(discourse.written(start, end))
        if not entries:
            continue
        best = entries[0]
        if best.kind == "person" and end - start == 1 and _is_no_person(discourse.tokens[start], discourse):
            continue
        if best.kind == "person":
            people.append(KnownPerson(start, end, tuple(e for e in entries if e.kind == "person")))
        elif best.kind == "body" and _is_generic(discourse, start, end):
            discourse.usual[headed(discourse.doc, start, end)] = best
        elif best.kind != "office" and not _is_part_of_more(discourse, start, end, best):
            discourse.add(_named(discourse, start, end, best))
    return people


def _has_article(discourse: Discourse, start: int, end: int) -> bool:
    """``The Hague``: the article is a part of the name, which without it is nobody's or somebody else's."""
    bare, full = (discourse.named(discourse.written(at, end)) for at in (start + 1, start))
    return not bare or (bool(full) and full[0].kind == "place" and bare[0].kind == "person")


def _spans(discourse: Discourse) -> Iterator[tuple[int, int]]:
    """Longest known names from left to right."""
    words, knowledge = discourse.words, discourse.knowledge
    i, last = 0, len(words)
    while i < last:
        word = words[i]
        if word[0].isupper() or word == "al" or (i + 1 < last and words[i + 1] == "-" and word[0].isalpha()):
            end = knowledge.longest_at(words, i)
            if end > i:
                yield i, end
                i = end
                continue
        i += 1


def _shares_noun(discourse: Discourse, start: int, end: int) -> bool:
    """``Armenian and **Azerbaijani forces**``: the noun of the name belongs to the nationality before *and* too."""
    before = discourse.at.get(start - 2)
    if end - start != 2 or before is None or not before.is_state or before.form != "adjective":
        return False
    joined = discourse.words[start - 1] in ("and", "or") and discourse.tokens[end - 1].tag_ == "NNS"
    own = discourse.named(discourse.written(start, start + 1)) if joined else ()
    return bool(own) and own[0].form == "adjective"


def _is_generic(discourse: Discourse, start: int, end: int) -> bool:
    """``the House of Representatives``: a body's name made of common words, which many states have."""
    common = (discourse.lexicon.nouns, discourse.lexicon.modifiers, discourse.lists.plain)
    words = [word.lower() for word in discourse.words[start:end]]
    return all(any(word in known or word.removesuffix("s") in known for known in common) for word in words)


def _is_no_person(token: Token, discourse: Discourse) -> bool:
    """``Arab leaders``, ``in Birmingham``, ``Costa Azul``: a family name that is something else here."""
    head = token.head
    if token.i and discourse.words[token.i - 1] == "the" and token.dep_ not in ("compound", "poss"):
        return True  # ``a judge of the Hague``: nobody's surname has an article
    if token.dep_ == "compound" and head.i == token.i + 1 and head.pos_ == "PROPN" and head.text[0].isupper():
        return head.ent_type_ != "PERSON" and head.lemma_.lower() not in discourse.lexicon.nouns
    if token.dep_ == "amod":
        return True
    is_placed = token.dep_ == "pobj" and token.head.lower_ in discourse.lists.place_prepositions
    if token.ent_type_ in ("GPE", "LOC", "FAC"):
        return token.dep_ == "pobj"
    return is_placed and any(spot.weight >= _BIG for spot in load_gazetteer().named(token.text))


def _is_part_of_more(discourse: Discourse, start: int, end: int, entry: Entry) -> bool:
    if entry.form in _PLACE_FORMS and begins_longer(discourse, end - 1):
        return True
    return _is_part_of_person(discourse, start, end, entry) or _is_part_of_body(discourse, start, end, entry)


def begins_longer(discourse: Discourse, last: int) -> bool:
    """Whether a town's name ends at token `last` but the name of something else goes on: ``Victoria Park``."""
    token = discourse.tokens[last]
    head = token.head
    if token.dep_ != "compound" or head.i != last + 1 or head.pos_ != "PROPN" or not head.text[0].isupper():
        return False
    return (
        head.lower_ not in discourse.lists.grounds
        and head.i not in discourse.at
        and head.lower_ not in discourse.lexicon.nouns
    )


def _is_part_of_body(discourse: Discourse, start: int, end: int, entry: Entry) -> bool:
    """Whether an organisation's name is the end of another's: ``the National Security Council``, ``his cabinet``."""
    if entry.country != "IGO" or not start:
        return False
    before = discourse.tokens[start - 1]
    root = discourse.tokens[headed(discourse.doc, start, end)]
    if before.dep_ in ("compound", "amod") and before.head.i == root.i and before.text[0].isupper():
        return before.i not in discourse.at or discourse.at[before.i].is_state
    holders = [root, root.head] if root.dep_ == "compound" else [root]
    return any(c.dep_ == "poss" and c.i < start for holder in holders for c in holder.lefts)


def _is_part_of_person(discourse: Discourse, start: int, end: int, entry: Entry) -> bool:
    """Whether a state's or place's name is a word of somebody's name: ``Michael Jordan``."""
    token = discourse.tokens[start]
    if end - start > 1 or token.ent_type_ != "PERSON" or entry.form not in ("name", "capital", "region"):
        return False
    beside = [discourse.tokens[i] for i in (start - 1, end) if 0 <= i < len(discourse.doc)]
    return any(
        t.ent_type_ == "PERSON"
        and t.pos_ == "PROPN"
        and t.lemma_.lower() not in discourse.lexicon.nouns
        and not t.is_space
        for t in beside
    )


def _named(discourse: Discourse, start: int, end: int, entry: Entry) -> Draft:
    root = headed(discourse.doc, start, end)
    is_state = entry.kind in ("state", "place")
    draft = Draft(
        start,
        end,
        root,
        "state" if is_state else "group",
        entry.name,
        entry.country,
        entry.sector or ("GOV" if is_state else None),
        id=entry.id,
        form=entry.form,
    )
    token = discourse.tokens[root]
    if is_state and entry.form in _PLACE_FORMS:
        draft.is_place = is_location(token, discourse)
    if is_state and entry.form == "people":
        draft.is_plural = token.tag_ in ("NNS", "NNPS") or discourse.words[start - 1 : start] in (["the"], ["The"])
        if any(c.dep_ in ("nummod", "quantmod") for c in token.children):
            draft.sector, draft.kind = "CVL", "noun"
    return draft


def is_location(token: Token, discourse: Discourse) -> bool:
    """Whether a capital's name stands for the town here, not for the government that sits in it."""
    doc = discourse.doc
    if token.i + 1 < len(doc) and doc[token.i + 1].text == "," and token.i + 2 < len(doc):
        after = discourse.knowledge.named(doc[token.i + 2].text, discourse.as_of)
        if after and after[0].kind == "state" and after[0].form == "name":
            return True
    top = token
    while top.dep_ == "conj" and top.head.i != top.i:
        top = top.head
    if top.dep_ == "appos":
        return True
    if top.dep_ != "pobj":
        return top.dep_ in ("compound", "npadvmod")
    prep = top.head
    if prep.lower_ in discourse.lists.place_prepositions:
        return True
    return prep.lower_ in discourse.lists.maybe_place and _moves(prep, discourse)


def _moves(prep: Token, discourse: Discourse) -> bool:
    """``flew to Moscow``, ``troops from Kabul``, ``the city of Kyiv``; not ``aid to Kyiv``."""
    if prep.lower_ == "to":
        if prep.head.lemma_ in discourse.lists.travels:
            return False  # ``will fly to Seoul``: he is the guest of those who rule there
        return prep.head.pos_ in ("VERB", "AUX") or prep.head.lemma_ in discourse.lists.journeys
    return True
