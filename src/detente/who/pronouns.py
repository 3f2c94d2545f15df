"""Pronouns led to their parties by ordered sieves: governing subject, subject of the sentence before, only candidate.

What no sieve decides stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from spacy.tokens import Span, Token

from detente.language.syntax import chain, conjuncts, is_verbal, own_subject
from detente.who.draft import Draft, Page

_KINDS: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
})  # fmt: skip
_REACH = 3


def resolve_pronouns(page: Page) -> None:
    """Add a draft for every pronoun whose party is certain enough."""
    sentences = list(page.doc.sents)
    by_root = {d.root: d for d in sorted(page.drafts, key=lambda d: d.end - d.start) if not d.is_place}
    for number, sentence in enumerate(sentences):
        for token in sentence:
            kind = _KINDS.get(token.lower_)
            if kind is None or token.pos_ != "PRON" or _is_empty(token):
                continue
            found = _antecedents(token, kind, sentences, number, by_root, page)
            if found:
                by_root[token.i] = page.add(_pronoun(token, found, kind))


def _pronoun(token: Token, found: list[Draft], kind: str) -> Draft:
    draft = Draft(token.i, token.i + 1, token.i, "pronoun", found[0].name)
    draft.take_from(found[0])
    draft.is_plural = kind == "they"
    draft.form = found[0].form
    if len(found) > 1:
        draft.parts = tuple(part for d in found for part in (d.parts or (d,)))
        draft.same = None
    if kind in ("he", "she"):
        found[0].first.gender = "female" if kind == "she" else "male"
    return draft


def _is_empty(token: Token) -> bool:
    """``It is raining``: an *it* that stands for nothing."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    return (
        token.lower_ == "it"
        and token.dep_ in ("nsubj", "nsubjpass")
        and any(c.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acl") for c in verb.rights)
        and (verb.lemma_ in ("be", "seem", "appear", "remain", "become", "happen") or verb.tag_ == "VBN")
    )


def _antecedents(
    token: Token, kind: str, sentences: list[Span], number: int, by_root: Mapping[int, Draft], page: Page
) -> list[Draft]:
    for subject in _governing_subjects(token):
        found = _of_subject(subject, kind, by_root)
        if found is not None:
            return found
    for back in range(1, _REACH + 1):
        if number - back < 0 or back > (1 if kind in ("it", "they") else _REACH):
            break
        subject_of_main = _main_subject(sentences[number - back])
        if subject_of_main is not None:
            found = _of_subject(subject_of_main, kind, by_root)
            if found is not None:
                return found
        found = _only(sentences[number - back], kind, by_root)
        if found:
            return found
    return []


def _governing_subjects(token: Token) -> Iterator[Token]:
    """Subjects of the clauses above the pronoun, innermost first, that it may stand for."""
    own = token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "dative") and token.lower_[-4:] != "self"
    barred = own
    for up in chain(token):
        if up.i == token.i or not is_verbal(up):
            continue
        subject = own_subject(up)
        if subject is None:
            continue
        if barred:
            barred = False
            if any(t.i == token.i for t in subject.subtree):
                continue
            if token.dep_ in ("nsubj", "nsubjpass"):
                yield from ()
            else:
                continue
        if subject.i != token.i and not any(t.i == token.i for t in subject.subtree) and subject.i < token.i:
            yield subject


def _of_subject(subject: Token, kind: str, by_root: Mapping[int, Draft]) -> list[Draft] | None:
    """Who a subject stands for if it agrees; an empty list where it agrees and is no party, so that the search ends."""
    heads = [t for t in conjuncts(subject) if t.i >= subject.i]
    found = [d for t in heads if (d := by_root.get(t.i)) is not None]
    if len(heads) > 1:
        if kind == "they":
            return found if len(found) == len(heads) else []
        return None
    if found:
        return found if _agrees(found[0], kind) else None
    if kind in ("it", "they") and subject.pos_ in ("NOUN", "PROPN") and subject.ent_type_ not in ("DATE", "TIME"):
        plural = subject.tag_ in ("NNS", "NNPS")
        return [] if plural == (kind == "they") else None
    return None


def _agrees(draft: Draft, kind: str) -> bool:
    if kind in ("he", "she"):
        wanted = "male" if kind == "he" else "female"
        gender = draft.first.gender
        return draft.is_person and not draft.is_plural and not draft.parts and gender in (None, wanted)
    if kind == "it":
        return not draft.is_person and not draft.is_plural
    return draft.is_plural or bool(draft.parts) or not draft.is_person


def _main_subject(sentence: Span) -> Token | None:
    return own_subject(sentence.root) if is_verbal(sentence.root) else None


def _only(sentence: Span, kind: str, by_root: Mapping[int, Draft]) -> list[Draft]:
    """The only entity of a sentence that agrees, if there is just one."""
    found: dict[int, Draft] = {}
    for token in sentence:
        draft = by_root.get(token.i)
        if draft is not None and draft.kind != "pronoun" and _agrees(draft, kind) and _weighs(draft, kind):
            found.setdefault(id(draft.first), draft)
    return list(found.values()) if len(found) == 1 else []


def _weighs(draft: Draft, kind: str) -> bool:
    return draft.kind == "person" if kind in ("he", "she") else draft.form != "adjective"


def owners_from_pronouns(page: Page) -> None:
    """Give ``his government`` and ``its ambassador`` the state of whoever the pronoun is."""
    by_token = {d.root: d for d in page.drafts if d.kind == "pronoun"}
    for draft in page.drafts:
        owner = by_token.get(draft.awaits) if draft.awaits is not None else None
        if owner is None or draft.country is not None:
            continue
        draft.country = owner.country
        if draft.inherited and owner.sector and not owner.is_state and not owner.is_person:
            draft.sector = owner.sector


def distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts without further mentions of the same entity."""
    return list({id(d.first): d for d in drafts}.values())
