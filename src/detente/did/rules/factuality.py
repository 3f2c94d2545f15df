"""Status: whether an act happened, is planned, is possible or is denied, by every word that governs it.

The climb starts at the trigger and goes up the dependency tree. Each governing word that the lexicon knows, each
modal, negation and conditional on the way changes the status; a clause that stands for itself (a relative clause, the
content of *said*) ends the climb, so that the status is that of the sayer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.codebook import types_with
from detente.did.candidate import Reason
from detente.did.polarity import (
    is_definite,
    is_question,
    is_reported,
    name_of,
    name_with_particle,
    negation_of,
    outermost,
)
from detente.did.words import ActWords, Governor, load_words
from detente.language.syntax import MAX_CHAIN, child, is_finite, is_infinitive, is_verbal, marker, own_subject, phrases
from detente.record import Span, Status

_COMBINED: dict[str, dict[Status, Status]] = {
    "planned": {"happened": "planned", "planned": "planned", "possible": "possible", "denied": "denied"},
    "possible": {"happened": "possible", "planned": "possible", "possible": "possible", "denied": "possible"},
    "denied": {"happened": "denied", "planned": "denied", "possible": "denied", "denied": "happened"},
}
_COMPLEMENT_PREPOSITIONS = frozenset(
    ["of", "from", "to", "for", "on", "about", "against", "in", "with", "into", "toward", "towards", "at"]
)
_WHETHER = frozenset({"if", "whether"})
_MEANS = frozenset({"with", "by", "through", "via", "in"})
_COPULAS = frozenset({"be", "remain", "seem", "appear"})
_HEDGED_NEGATION = frozenset({"may", "might", "should", "must", "need"})


@dataclass(frozen=True, slots=True)
class Factuality:
    """A status with the words it rests on, in the order met."""

    status: Status
    reasons: tuple[Reason, ...] = ()


def factuality_of(trigger: Token, event_type: str = "", settled: bool = False) -> Factuality:
    """The status of the act that `trigger` names.

    `settled` says that the trigger's own
    modals and negation are part of its type (*will not recognise* is a refusal that happened).
    """
    climb = _Climb(event_type, load_words())
    if is_verbal(trigger):
        climb.from_verb(trigger, skip_own=settled)
    else:
        climb.from_noun(trigger, skip_own=settled)
    return Factuality(climb.status, tuple(climb.reasons))


@dataclass(slots=True)
class _Climb:
    event_type: str
    lexicon: ActWords
    status: Status = "happened"
    reasons: list[Reason] = field(default_factory=list)
    counted: set[int] = field(default_factory=set)
    steps: int = 0

    def meet(self, effect: str, *words: Token) -> None:
        """Let `words` with `effect` act on the status."""
        if effect in _COMBINED and words[0].i not in self.counted:
            self.counted.add(words[0].i)
            self.status = _COMBINED[effect][self.status]
            first, last = words[0], words[-1]
            self.reasons.append(Reason(Span(first.idx, last.idx + len(last)), self.status))

    def govern(self, word: Token, governor: Governor) -> None:
        """Let a governing word act, with its own negation."""
        if governor.name == "announces":
            if self.event_type in types_with("announced") and self.status == "happened":
                self.meet("planned", word)
        elif governor.climbs:
            self.meet(governor.plain, word)
        else:
            negation = negation_of(word, self.lexicon)
            self.meet(governor.negated if negation is not None else governor.plain, word)

    # -- verbs ---------------------------------------------------------------------------------------------------

    def from_verb(self, verb: Token, skip_own: bool = False) -> None:
        """Climb from a verb, its own auxiliaries first."""
        if not skip_own:
            self.own_state(verb)
        self.up_from_verb(verb)

    def own_state(self, verb: Token) -> None:
        """Modals, negation, adverbs and conditions that stand with the verb itself."""
        negation = negation_of(verb, self.lexicon)
        modal = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in self.lexicon.modals), None)
        if negation is not None and (modal is None or modal.lemma_ not in _HEDGED_NEGATION):
            self.meet("denied", negation)
        elif modal is not None:
            self.own_modal(verb, modal)
        for c in verb.children:
            if c.dep_ == "advmod" and (effect := self.lexicon.adverbs.get(c.lower_)):
                self.meet(effect, c)

    def own_modal(self, verb: Token, modal: Token) -> None:
        """A modal; a condition makes the planned possible, and *would* waits for the verb of saying above it."""
        effect: str = self.lexicon.modals[modal.lower_]
        perfect = any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)
        condition = next((c for c in verb.children if c.dep_ == "advcl" and marker(c) in ("if", "unless")), None)
        if condition is not None:
            self.meet("possible", modal)
        elif modal.lower_ in ("would", "'d", "’d") and not perfect and is_reported(verb):
            self.meet("planned", modal)
        else:
            self.meet(effect, modal)

    def up_from_verb(self, verb: Token) -> None:
        """What governs the clause of `verb`."""
        self.steps += 1
        head, dep = verb.head, verb.dep_
        if head.i == verb.i or self.steps > MAX_CHAIN:
            self.at_root(verb)
        elif dep == "conj":
            self.from_conjunct(verb, head)
        elif dep in ("xcomp", "ccomp", "csubj", "csubjpass", "acomp", "oprd", "dobj"):
            self.complement(verb, head)
        elif dep in ("acl", "relcl") and head.dep_ == "ROOT" and is_infinitive(verb):
            self.at_root(verb)
        elif dep == "acl":
            self.noun_complement(verb, head)
        elif dep == "advcl":
            self.adverbial(verb, head)
        elif dep == "pcomp":
            self.after_preposition(verb, head)
        elif dep in ("aux", "auxpass"):
            self.from_verb(head)

    def at_root(self, verb: Token) -> None:
        """A bare infinitive as the whole clause is the headline's future."""
        if is_infinitive(verb) and not any(c.dep_ == "aux" and c.tag_ != "TO" for c in verb.children):
            self.meet("planned", verb)
        elif is_question(verb):
            self.meet("possible", verb)

    def from_conjunct(self, verb: Token, head: Token) -> None:
        """A coordinated verb shares what governs the first, and its auxiliaries where it has none of its own."""
        if not is_verbal(head):
            if head.dep_ != "ROOT":
                self.up_from_noun(head)
            return
        if (
            verb.tag_ in ("VBD", "VBZ", "VBP")
            and head.tag_ in ("VB", "VBG")
            and head.dep_ in ("xcomp", "ccomp", "advcl")
        ):
            self.up_from_verb(head.head) if is_verbal(head.head) else None
            return
        bare = own_subject(verb) is None and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
        if bare and verb.tag_ == head.tag_:
            modal = next((c for c in head.children if c.dep_ == "aux" and c.lower_ in self.lexicon.modals), None)
            negation = negation_of(head, self.lexicon)
            either = any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in head.children)
            if negation is not None and either:
                self.meet("denied", negation)
            elif modal is not None and negation is None:
                self.own_modal(head, modal)
        self.up_from_verb(head)

    def complement(self, verb: Token, head: Token) -> None:
        """A clause that is the object of a verb, an adjective or *be*."""
        governor = self.governor(head)
        if head.lemma_ == "be" and is_infinitive(verb):
            self.meet("planned", head)
            self.from_verb(head)
        elif governor is None:
            if verb.dep_ == "xcomp":
                self.above(head)
        elif governor.name == "calls" and verb.dep_ == "ccomp" and is_finite(verb) and marker(verb) not in _WHETHER:
            return  # *told reporters that it met*: said, not asked for
        elif head.lemma_ == "go" and (head.tag_ != "VBG" or child(head, "prt") is not None):
            self.from_verb(head)
        else:
            self.govern(head, governor)
            if governor.climbs:
                self.above(head)

    def above(self, head: Token) -> None:
        """On with the governor's own clause."""
        if is_verbal(head):
            self.from_verb(head)
        elif is_verbal(head.head):
            self.from_verb(head.head)

    def noun_complement(self, verb: Token, noun: Token) -> None:
        """``plan to attack``: only an infinitive is governed by the noun; participles tell of themselves."""
        if not is_infinitive(verb):
            if self.is_disowned(verb, noun):
                self.meet("denied", noun.head)
            return
        governor = self.lexicon.nouns.get(noun.lemma_.lower())
        if governor is None:
            if noun.dep_ == "dobj" and is_verbal(noun.head):
                self.from_verb(noun.head)
            return
        self.govern(noun, governor)
        if governor.climbs:
            self.from_noun(noun)

    def is_disowned(self, verb: Token, noun: Token) -> bool:
        """``dismissed the allegation **that it had attacked**``."""
        claim = marker(verb) == "that" and noun.dep_ in ("dobj", "nsubjpass") and is_verbal(noun.head)
        return claim and noun.head.lemma_ in self.lexicon.having["disowns"]

    def adverbial(self, verb: Token, head: Token) -> None:
        """Conditions, purposes and accompanying participles."""
        opening = marker(verb)
        if effect := self.lexicon.markers.get(opening):
            self.meet(effect, verb)
        elif is_infinitive(verb):
            governor = self.governor(head)
            if governor is not None and governor.name in ("travels", "intends", "calls"):
                self.govern(head, governor)
            if is_verbal(head):
                self.from_verb(head)
        elif not opening and verb.tag_ == "VBG" and is_verbal(head):
            self.from_verb(head)

    def after_preposition(self, verb: Token, prep: Token) -> None:
        """``accused of bombing``, ``without firing``, ``by closing``."""
        name = name_of(prep)
        if effect := self.lexicon.prepositions.get(name):
            self.meet(effect, prep)
            return
        outer = prep.head
        if name == "by" and is_verbal(outer):
            self.from_verb(outer)
        elif name in _COMPLEMENT_PREPOSITIONS:
            self.prepositional(outer, name, gerund=True)

    def prepositional(self, outer: Token, name: str, gerund: bool) -> None:
        """A complement of `outer` behind the preposition `name`."""
        if not gerund and self.is_cause(outer):
            return
        governor = self.governor(outer)
        if governor is None:
            if outer.lemma_ == "be" and name == "in":
                self.from_verb(outer)
            elif is_verbal(outer) and name in _MEANS and not gerund:
                self.unless_given(outer)
            return
        adjunct = name in ("in", "with", "at", "into") or (gerund and name == "for")
        if is_verbal(outer) and adjunct and not governor.climbs:
            if name == "with" and governor.name == "calls":
                self.govern(outer, governor)
            return
        if governor.name == "says" or (name == "for" and governor.name == "fails"):
            return
        self.govern(outer, governor)
        if governor.climbs:
            self.above(outer) if is_verbal(outer) or outer.pos_ == "ADJ" else self.from_noun(outer)

    # -- nouns ---------------------------------------------------------------------------------------------------

    def from_noun(self, noun: Token, skip_own: bool = False) -> None:
        """Climb from a noun, its own attributes first."""
        if not skip_own:
            for c in noun.children:
                if c.dep_ in ("amod", "compound", "nmod", "acl") and (effect := self.lexicon.attributes.get(c.lower_)):
                    self.meet(effect, c)
                elif c.dep_ in ("det", "neg", "preconj") and c.lower_ in self.lexicon.small["none"]:
                    self.meet("denied", c)
        self.up_from_noun(noun)

    def up_from_noun(self, noun: Token) -> None:
        """What governs the phrase of `noun`."""
        self.steps += 1
        head, dep = noun.head, noun.dep_
        if head.i == noun.i or self.steps > MAX_CHAIN:
            return
        if dep == "conj":
            self.up_from_noun(head) if not is_verbal(head) else None
        elif dep in ("compound", "nmod", "amod"):
            governor = self.lexicon.nouns.get(head.lemma_.lower())
            if governor is not None and governor.name != "says":
                self.govern(head, governor)
                if governor.climbs:
                    self.up_from_noun(head)
            elif self.event_type not in types_with("violent"):
                self.up_from_noun(head)
        elif dep == "pobj":
            self.under_preposition(noun, head)
        elif dep in ("dobj", "nsubjpass", "attr", "oprd", "dative", "ccomp", "xcomp"):
            self.object_of(noun, head)
        elif dep == "nsubj":
            self.subject_of(noun, head)

    def under_preposition(self, noun: Token, prep: Token) -> None:
        """``threat of war``, ``ahead of the summit``, ``responded with air strikes``."""
        name = name_of(prep)
        outer = prep.head if name == prep.lower_ else outermost(prep).head
        if effect := self.lexicon.prepositions.get(name):
            self.meet(effect, prep)
        elif name == "before" and not is_definite(noun) and self.event_type in types_with("reciprocal"):
            self.meet("planned", prep)
        elif name in _COMPLEMENT_PREPOSITIONS:
            self.prepositional(outer, name, gerund=False)

    def object_of(self, noun: Token, verb: Token) -> None:
        """The act as what a verb does or is done to."""
        governor = self.governor(verb)
        if governor is None:
            if verb.lemma_ == "be":
                self.from_verb(verb)
            else:
                self.unless_given(verb, noun)
        elif governor.name in ("weighs", "calls", "travels") and is_definite(noun):
            return
        else:
            self.govern(verb, governor)
            if governor.climbs:
                self.above(verb)

    def subject_of(self, noun: Token, verb: Token) -> None:
        """``the talks will begin``, ``an attack is likely``."""
        governor = self.governor(verb)
        predicate = child(verb, "acomp", "attr", "xcomp")
        judged = self.lexicon.adjectives.get(predicate.lemma_.lower()) if predicate is not None else None
        if predicate is not None and self.is_cause(predicate):
            return
        if governor is not None and name_with_particle(verb) in self.lexicon.having["lapses"]:
            self.govern(verb, governor)
        elif verb.lemma_ in _COPULAS and judged is not None and predicate is not None:
            self.govern(predicate, judged)
            if judged.climbs:
                self.from_verb(verb)
        elif governor is not None and governor.name == "implies":
            self.from_verb(verb)
        elif governor is None or governor.name == "travels":
            self.unless_given(verb, noun)

    def unless_given(self, verb: Token, noun: Token | None = None) -> None:
        """A future or possible verb makes an act named without an article no more certain than itself."""
        if noun is not None and is_definite(noun):
            return
        modal = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in self.lexicon.modals), None)
        if modal is not None:
            self.own_modal(verb, modal)

    def is_cause(self, word: Token) -> bool:
        """``due **to** the attack`` says why, ``due **to** attack`` what is to come."""
        return word.lower_ in self.lexicon.small["causal"] and any(name == "to" for name, _ in phrases(word))

    def governor(self, word: Token) -> Governor | None:
        """The class of a governing word."""
        lemma = word.lemma_.lower()
        if is_verbal(word):
            return self.lexicon.verbs.get(name_with_particle(word)) or self.lexicon.verbs.get(lemma)
        if word.pos_ == "ADJ":
            return self.lexicon.adjectives.get(lemma)
        return self.lexicon.nouns.get(lemma)
