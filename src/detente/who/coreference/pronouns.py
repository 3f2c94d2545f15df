"""Pronouns led to their parties by ordered sieves: governing subject, subject of the sentence before, only candidate.

What no sieve decides stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from spacy.tokens import Span, Token

from detente.codebook.cues import load_cues
from detente.language.syntax import chain, conjuncts, direct_object, is_verbal, marker, own_subject, phrases
from detente.who.descriptions import belong
from detente.who.discourse import Discourse, Draft

_KINDS: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
})  # fmt: skip
_PERSONS, _BODIES = ("he", "she"), ("it", "they")
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative"})
_RELATIVES = frozenset({"who", "which", "that"})
_OPENERS = frozenset({"after", "before", "when", "while", "as", "since", "although", "though", "once", "until"})
_REACH = 3
"""Sentences back to which a pronoun may point; most point into their own sentence or the one before."""


def resolve_pronouns(discourse: Discourse) -> None:
    """Add a draft for every pronoun whose party is certain enough."""
    search = _Search(discourse)
    for number, sentence in enumerate(search.sentences):
        for token in sentence:
            kind = _KINDS.get(token.lower_)
            if kind is None or token.pos_ != "PRON" or _is_empty(token, discourse.lists.impersonal):
                continue
            found = search.antecedents(token, kind, number)
            if found:
                search.by_root[token.i] = discourse.add(_pronoun(token, found, kind))


def _pronoun(token: Token, found: list[Draft], kind: str) -> Draft:
    draft = Draft(token.i, token.i + 1, token.i, "pronoun", found[0].name)
    draft.take_from(found[0])
    draft.is_plural = kind == "they"
    draft.form = found[0].form
    if len(found) > 1:
        draft.parts = tuple(part for d in found for part in (d.parts or (d,)))
        draft.same = None
    if kind in _PERSONS:
        found[0].first.gender = "female" if kind == "she" else "male"
    return draft


def _is_empty(token: Token, impersonal: frozenset[str]) -> bool:
    """``It is raining``: an *it* that stands for nothing."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    return (
        token.lower_ == "it"
        and token.dep_ in ("nsubj", "nsubjpass")
        and any(c.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acl") for c in verb.rights)
        and (verb.lemma_ in impersonal or verb.tag_ == "VBN")
    )


class _Search:
    """The sieves over one report."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.sentences = list(discourse.doc.sents)
        self.by_root = {d.root: d for d in sorted(discourse.drafts, key=lambda d: d.end - d.start) if not d.is_place}
        self.barred: frozenset[int] = frozenset()

    def antecedents(self, token: Token, kind: str, number: int) -> list[Draft]:
        """Whom the pronoun stands for; empty where no sieve decides."""
        sentence = self.sentences[number]
        self.barred = barred_from(token)
        if token.dep_ != "poss" and (last := self._last_pronoun(sentence, token, kind)):
            return last
        if (found := self._holder(token, kind)) is not None:
            return [found]
        governing = self._governing(token, kind)
        if governing and not self._is_loose(governing, kind):
            return governing
        if kind == "they" and (told := self._subjects_before(token, number)):
            return told
        if kind == "they":
            for place in (sentence, *self.sentences[max(0, number - 1) : number]):
                if len(several := self._candidates(place, token, "several")) == 1:
                    return several
        if governing is not None:
            return governing
        if (parallel := self._parallel(token, kind, number)) is not None:
            return parallel
        return self._fronted(token, kind) or self._earlier(kind, number) or self._alone(sentence, token, kind)

    def _subjects_before(self, token: Token, number: int) -> list[Draft]:
        """Who acted together in the sentence before, for a *they* that opens the next: its subjects, or two who met.

        They go before others told in the plural: ``X spoke with Y about the hostages. **They** agreed``.
        """
        opens = token.dep_ in ("nsubj", "nsubjpass") and token.head.i == token.sent.root.i
        subject = _main_subject(self.sentences[number - 1]) if opens and number else None
        if subject is None:
            return []
        if (together := self._with_partners(subject)) is not None:
            return together
        found = self._of_subject(subject, "they") or []
        return found if len(found) > 1 else []

    def _parallel(self, token: Token, kind: str, number: int) -> list[Draft] | None:
        """The object of the sentence before, for an object that agrees: ``warned Mali and Niger. It told **them**``.

        Empty where that is no party (``praised the price. X condemned **it**``), null where it does not agree.
        """
        if token.dep_ not in ("dobj", "dative") or kind not in _BODIES or number == 0:
            return None
        root = self.sentences[number - 1].root
        held = direct_object(root) if is_verbal(root) else None
        if held is None or held.pos_ not in ("NOUN", "PROPN"):
            return None
        several = len(conjuncts(held)) > 1 or held.tag_ in ("NNS", "NNPS")
        return (self._of_subject(held, kind) or []) if several == (kind == "they") else None

    def _fronted(self, token: Token, kind: str) -> list[Draft]:
        """``According to **X**, police searched its office``: a party told before the subject of the sentence."""
        root = token.sent.root
        for prep in root.lefts:
            if prep.dep_ == "prep" and prep.right_edge.i < token.i:
                for inside in prep.subtree:
                    draft = self._at(inside) if inside.dep_ == "pobj" else None
                    if draft is not None and self._fits(draft, kind) and not (kind == "they" and draft.is_state):
                        return [draft]
        return []

    def _last_pronoun(self, sentence: Span, token: Token, kind: str) -> list[Draft]:
        """The pronoun of this kind told last in the sentence: pronouns go in chains."""
        for i in range(token.i - 1, sentence.start - 1, -1):
            draft = self.by_root.get(i)
            is_same = draft is not None and _KINDS.get(self.discourse.words[i].lower()) == kind
            if draft is not None and draft.kind == "pronoun" and is_same and i not in self.barred:
                return [draft]
        return []

    def _holder(self, token: Token, kind: str) -> Draft | None:
        """The noun in whose own phrase a possessive stands: ``X, known for **her** books``, ``X and **his** party``."""
        if token.dep_ != "poss":
            return None
        for up in chain(token):
            if is_verbal(up):
                return None
            draft = self.by_root.get(up.i)
            if up.i < token.i and draft is not None and draft.kind != "pronoun" and self._fits(draft, kind):
                return draft
        return None

    def _governing(self, token: Token, kind: str) -> list[Draft] | None:
        """The subject that governs the pronoun, or the object told before it; empty where that is no party."""
        for verb, subject in _clauses_above(token, self.barred):
            found = self._of_subject(subject, kind)
            if found is None and kind in _BODIES:
                found = self._behind_speaker(subject, token)
            if found is not None:
                return found
            held = direct_object(verb)
            if kind in _PERSONS and held is not None and held.i < token.i:
                draft = self._at(held)
                if draft is not None and self._fits(draft, kind) and not any(t.i == token.i for t in held.subtree):
                    return [draft]
        return None

    def _is_loose(self, found: list[Draft], kind: str) -> bool:
        """``they`` for one body: it may be, but several persons or groups told nearby go before."""
        return kind == "they" and len(found) == 1 and not (found[0].is_plural or found[0].parts)

    def _of_subject(self, subject: Token, kind: str) -> list[Draft] | None:
        """Who a subject stands for if it agrees; empty where it agrees and is no party, so that the search ends."""
        spent = self.discourse.spent
        heads = [t for t in conjuncts(subject) if t.i >= subject.i and (t.i not in spent or t.i in self.by_root)]
        found = [d for t in heads if (d := self._at(t)) is not None]
        if len(heads) > 1:
            if kind == "they":
                return found if len(found) == len(heads) else []
            return None
        if found:
            return found if self._fits(found[0], kind) else None
        if kind in _BODIES and subject.pos_ in ("NOUN", "PROPN") and subject.ent_type_ not in ("DATE", "TIME"):
            plural = subject.tag_ in ("NNS", "NNPS")
            return [] if plural == (kind == "they") else None
        return None

    def _fits(self, draft: Draft, kind: str) -> bool:
        return _agrees(draft, kind) and not draft.is_thing

    def _at(self, token: Token) -> Draft | None:
        """The draft a word heads, else the name beside it (``the group, X``) or behind it (``hundreds of miners``)."""
        found = self.by_root.get(token.i)
        if found is not None:
            return found
        beside = [c for c in token.children if c.dep_ == "appos"]
        if token.lemma_.lower() in self.discourse.lists.quantities:
            beside += [obj for name, obj in phrases(token) if name == "of"]
        return next((self.by_root[t.i] for t in beside if t.i in self.by_root), None)

    def _behind_speaker(self, subject: Token, token: Token) -> list[Draft] | None:
        """``the Houthi spokesman said **it** had``: the group he speaks for; other persons end the search."""
        draft = self.by_root.get(subject.i)
        if draft is None or not draft.is_person or draft.is_plural:
            return None
        owner = draft.first.owner or draft.owner
        speaks = token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ccomp"
        return [owner] if speaks and owner is not None and owner.kind == "group" else []

    def _earlier(self, kind: str, number: int) -> list[Draft]:
        """The subject of an earlier sentence, or its only candidate."""
        for back in range(1, min(_REACH, number) + 1):
            sentence = self.sentences[number - back]
            subject = _main_subject(sentence)
            if subject is not None:
                found = self._with_partners(subject) if kind == "they" else None
                found = found or self._of_subject(subject, kind)
                if found is not None:
                    return found
            if kind in _PERSONS or back == 1:
                candidates = self._candidates(sentence, None, kind)
                if len(candidates) == 1:
                    return candidates
        return []

    def _with_partners(self, subject: Token) -> list[Draft] | None:
        """``the minister met with the envoys. **They** agreed``: all of them."""
        first, verb = self._at(subject), subject.head
        if first is None or first.is_plural or first.parts or not first.is_person:
            return None
        partners = [obj for name, obj in _phrases_of(verb) if name == "with"]
        held = direct_object(verb)
        if held is not None and verb.lemma_ in self.discourse.lists.meetings:
            partners.append(held)
        others = [d for obj in partners for t in conjuncts(obj) if (d := self._at(t)) is not None and d.is_person]
        return [first, *others] if others else None

    def _alone(self, sentence: Span, token: Token, kind: str) -> list[Draft]:
        """The only person told before the pronoun in its own sentence."""
        candidates = self._candidates(sentence, token, kind) if kind in _PERSONS else []
        return candidates if len(candidates) == 1 else []

    def _candidates(self, sentence: Span, before: Token | None, kind: str) -> list[Draft]:
        """The entities of a sentence, up to a token, that agree; named persons alone where there are any.

        Of `kind` "several": persons and groups told in the plural.
        """
        found: dict[int, Draft] = {}
        end = sentence.end if before is None else min(before.i, sentence.end)
        for i in range(sentence.start, end):
            draft = self.by_root.get(i)
            if draft is None or draft.kind == "pronoun" or draft.form == "adjective" or draft.is_thing:
                continue
            if i in self.barred:
                continue
            if (draft.is_plural and not draft.is_state) if kind == "several" else _agrees(draft, kind):
                found.setdefault(id(draft.first), draft)
        named = [d for d in found.values() if d.kind == "person"]
        return named if named and kind in _PERSONS else list(found.values())


def barred_from(token: Token) -> frozenset[int]:
    """The subjects, as token indices, that a pronoun cannot stand for: those of its own clause, unless it is theirs.

    ``Police asked **them** to go``; ``the jury is expected to indict **them**``: the subject is that of the verb above
    (principle B of binding, and control by the subject).
    """
    if token.dep_ not in _ARGUMENTS or token.dep_ in ("nsubj", "nsubjpass") or token.lower_.endswith("self"):
        return frozenset()
    verb = next((up for up in chain(token) if up.i != token.i and is_verbal(up)), None)
    found: set[int] = set()
    while verb is not None:
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            found.update(t.i for t in conjuncts(subject))
            break
        shared = verb.dep_ == "conj" and verb.head.dep_ != "ccomp"  # which verb of two *and* joins to is a guess there
        controls = shared or (verb.dep_ == "xcomp" and direct_object(verb.head) is None)
        verb = verb.head if controls and is_verbal(verb.head) else None
    return frozenset(found)


def _clauses_above(token: Token, barred: frozenset[int]) -> Iterator[tuple[Token, Token]]:
    """Verbs above the pronoun with the subjects it may stand for, innermost first; those in `barred` it may not.

    An argument of a verb never stands for that verb's own subject. A subject behind the pronoun counts where the
    pronoun stands in a phrase before it: ``in **his** speech the president said``.
    """
    is_argument = token.dep_ in _ARGUMENTS and not token.lower_.endswith("self")
    if is_argument and token.head.dep_ in ("ROOT", "conj"):
        yield from _spliced(token)
    for up in chain(token):
        if up.i == token.i or not is_verbal(up):
            continue
        subject = own_subject(up)
        if is_argument:
            is_argument = False
            continue
        if subject is not None and subject.i in barred:
            continue
        if subject is not None and subject.lower_ in _RELATIVES and up.dep_ == "relcl":
            subject = up.head
        if subject is None or (subject.i >= up.left_edge.i and any(t.i == token.i for t in subject.subtree)):
            continue
        if subject.i < token.i or (up.head.i == up.i and (token.dep_ == "poss" or _stands_before(token, up))):
            yield up, subject


def _spliced(token: Token) -> Iterator[tuple[Token, Token]]:
    """``Ukraine is tired, **it** has lost``: a clause that only a comma joins to the one before."""
    if token.head.lemma_ in load_cues().verbs:
        return  # ``the talks had failed, **he** said``
    for clause in token.head.lefts:
        subject = own_subject(clause) if clause.dep_ in ("ccomp", "parataxis") and clause.i < token.i else None
        if subject is not None:
            yield clause, subject


def _stands_before(token: Token, main: Token) -> bool:
    """``After **she** met X, Y imposed``: the subject of a clause of time or reason before its main clause."""
    clause = token.head
    told = clause.dep_ == "advcl" and clause.head.i == main.i and clause.i < main.i
    return told and token.dep_ in ("nsubj", "nsubjpass") and marker(clause) in _OPENERS


def _phrases_of(verb: Token) -> Iterator[tuple[str, Token]]:
    yield from phrases(verb)
    held = direct_object(verb)
    if held is not None:
        yield from phrases(held)


def _agrees(draft: Draft, kind: str) -> bool:
    if kind in _PERSONS:
        wanted = "male" if kind == "he" else "female"
        gender = draft.first.gender
        return draft.is_person and not draft.is_plural and not draft.parts and gender in (None, wanted)
    if kind == "it":
        return not draft.is_person and not draft.is_plural
    return draft.is_plural or bool(draft.parts) or not draft.is_person


def _main_subject(sentence: Span) -> Token | None:
    return own_subject(sentence.root) if is_verbal(sentence.root) else None


def owners_from_pronouns(discourse: Discourse) -> None:
    """Give ``his government`` and ``its ambassador`` the state of whoever the pronoun is."""
    by_token = {d.root: d for d in discourse.drafts if d.kind == "pronoun"}
    for draft in discourse.drafts:
        owner = by_token.get(draft.awaits) if draft.awaits is not None else None
        if owner is None or draft.country is not None:
            continue
        if draft.is_plural and draft.noun in discourse.lists.states and not owner.parts:
            continue  # ``its member states`` are many; ``their governments`` those of the two before
        belong(draft, (owner,))
        if draft.inherited and owner.sector and not owner.is_state and not owner.is_person:
            draft.sector = owner.sector
    for draft in discourse.drafts:
        if draft.country is None and not draft.parts and draft.same is not None:
            draft.country, draft.parts = draft.first.country, draft.first.parts
