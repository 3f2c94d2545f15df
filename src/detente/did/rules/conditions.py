"""Whether the sentence around a word meets the conditions of one of its senses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.codebook.senses import NO_ACT, Condition, Sense, TriggerLexicon
from detente.did.polarity import is_negated
from detente.did.rules.members import members_of, mention_at
from detente.did.rules.roles import beneficiary_of, doer_of, holder_of, outer_phrases, undergoer_of
from detente.did.words import load_words
from detente.language.syntax import conjuncts, is_infinitive, is_passive, is_verbal, phrases
from detente.who import Cast

_DEPTH = 4

_NAME, _REST, _WORD, _NO_ACT, _TEST, _ANY, _ABSENT = 2.5, 1.5, 2.0, 1.1, 1.0, 0.5, 0.25
"""What a met condition weighs: a word of a compound noun, a word that follows a verb, a listed word, a party,
anything at all, an absence.

Set by hand on the dev sets with ``python -m bench.triggers``. Type F1 hangs on none of them alone: halved or raised by
half, a listed word changes it by .012 there (.733), every other by nothing; on 600 training sentences (.641) by .004 at
most (2026-11-30).

A sense that names no act wins where it asks for as much. A party as subject weighs as little as an absence: every act
has one.
"""

_PERSONAL = frozenset({"person", "role", "pronoun"})
_LOOSE = frozenset({"ANY", "NONE"})
_SHARED = frozenset({"subject", "before", "owner", "sentence", "under", "aux", "that-aux"})
"""Slots whose words stay triggers of their own."""

_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_REST_REACH = 7
_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp"})


@dataclass(frozen=True, slots=True)
class SenseMatch:
    """A sense whose conditions hold: the words that follow the trigger, and the words that its conditions used up."""

    sense: Sense
    rest: tuple[int, ...] = ()
    used: tuple[int, ...] = ()
    weight: float = 0.0


@dataclass(slots=True)
class Surroundings:
    """The words around one trigger by slot, looked up once each."""

    root: Token
    part: str
    cast: Cast
    lexicon: TriggerLexicon
    _slots: dict[str, tuple[Token, ...]] = field(default_factory=dict)

    def match(self, senses: Iterable[Sense]) -> SenseMatch | None:
        """The sense whose conditions hold and weigh most; the first of equals."""
        best: SenseMatch | None = None
        for sense in senses:
            rest = self._rest(sense)
            if rest is None:
                continue
            met = self._weighed(sense)
            if met is not None:
                weight = (
                    met[0] + _NO_ACT * (sense.type == NO_ACT) + (_NAME if self.part == "nouns" else _REST) * len(rest)
                )
                if best is None or weight > best.weight:
                    best = SenseMatch(sense, rest, met[1], weight)
        return best

    def _rest(self, sense: Sense) -> tuple[int, ...] | None:
        """The tokens of the words that belong to the trigger; null where one is missing."""
        if not sense.rest:
            return ()
        return self._words_before(sense.rest) if self.part == "nouns" else self._words_after(sense.rest)

    def _words_before(self, words: tuple[str, ...]) -> tuple[int, ...] | None:
        found: list[int] = []
        i = self.root.i - 1
        for word in reversed(words):
            while i >= 0 and self.root.doc[i].lower_ == "-":
                i -= 1
            if i < 0 or word not in (self.root.doc[i].lower_, self.root.doc[i].lemma_.lower()):
                return None
            found.append(i)
            i -= 1
        return tuple(found)

    def _words_after(self, words: tuple[str, ...]) -> tuple[int, ...] | None:
        found: list[int] = []
        doc, i = self.root.doc, self.root.i
        last = min(i + _REST_REACH + 2 * len(words), len(doc) - 1)
        for word in words:
            i += 1
            while i <= last and not (word in (doc[i].lower_, doc[i].lemma_.lower()) and self._belongs(doc[i])):
                i += 1
            if i > last:
                return None
            found.append(i)
        return tuple(found)

    def _belongs(self, token: Token) -> bool:
        """Whether `token` hangs on the trigger within its own clause."""
        if token.lower_ in self.lexicon.classes["particles"]:
            return token.head.i == self.root.i and (token.dep_ in ("prt", "advmod") or token.i == self.root.i + 1)
        for _ in range(_DEPTH):
            if token.dep_ in _CLAUSAL:
                return False
            if token.head.i in (self.root.i, token.i):
                return token.head.i == self.root.i
            token = token.head
        return False

    def _weighed(self, sense: Sense) -> tuple[float, tuple[int, ...]] | None:
        """How much the met conditions of a sense weigh, and the words they use up; null where one fails."""
        weight = 0.0
        used: list[int] = []
        for condition in sense.conditions:
            met = self._met(condition)
            if (met is None) != condition.negated:
                return None
            if met is None:
                weight += _ABSENT
                continue
            weight += _weight(condition, bool(met))
            if condition.slot not in _SHARED:
                used.extend(met)
        return weight, tuple(used)

    def _met(self, condition: Condition) -> tuple[int, ...] | None:
        """Indices of words that satisfy the condition, empty where a test does; null where nothing does."""
        if condition.slot == "voice":
            return () if self._voice(condition.tests) else None
        if condition.slot == "role":
            return () if self.root.dep_ in condition.words else None
        tokens = self.tokens(condition.slot)
        if condition.words:
            found = tuple(t.i for t in tokens if not condition.words.isdisjoint(self.names_of(t)))
            if found:
                return found
        return () if any(self._passes(test, tokens) for test in sorted(condition.tests)) else None

    def _voice(self, tests: frozenset[str]) -> bool:
        if "NEGATED" in tests:
            verb = self.root.head if self.root.dep_ in ("acomp", "attr") else self.root
            return is_negated(verb)
        return is_passive(self.root) == ("PASSIVE" in tests)

    def _passes(self, test: str, tokens: tuple[Token, ...]) -> bool:
        if test == "ANY":
            return bool(tokens)
        if test == "NONE":
            return not tokens
        if test == "NUMBER":
            return any(t.like_num or t.ent_type_ in ("CARDINAL", "MONEY", "PERCENT", "QUANTITY") for t in tokens)
        return any(self._is(test, t) for t in tokens)

    def _is(self, test: str, token: Token) -> bool:
        if test == "ACTOR":
            return mention_at(token, self.cast) is not None
        if test == "PERSON":
            mention = self.cast.headed_by(token) or self.cast.covering(token)
            return token.ent_type_ == "PERSON" or (mention is not None and mention.kind in _PERSONAL)
        if test == "PLACE" and token.ent_type_ in ("GPE", "LOC", "FAC"):
            return True
        if test in ("STATE", "PLACE"):
            mention = self.cast.headed_by(token) or self.cast.covering(token)
            return mention is not None and mention.kind == "state"
        return is_party(token, self.cast) or token.lower_ in load_words().small["first_person"]

    def tokens(self, slot: str) -> tuple[Token, ...]:
        """The heads that fill `slot`, coordinated ones each."""
        found = self._slots.get(slot)
        if found is None:
            found = self._slots[slot] = tuple(self._fill(slot))
        return found

    def _fill(self, slot: str) -> Iterator[Token]:
        fill = _SLOTS.get(slot)
        return fill(self) if fill is not None else self._behind(slot)

    def _subject(self) -> Iterator[Token]:
        root = self.root
        if self.part == "verbs":
            yield from _heads(doer_of(root))
        elif root.dep_ in ("attr", "acomp", "oprd") and is_verbal(root.head):
            yield from _heads(doer_of(root.head))

    def _object(self) -> Iterator[Token]:
        if self.part != "verbs":
            return
        undergoer = undergoer_of(self.root)
        yield from _heads(undergoer)
        if undergoer is None:
            yield from _behind_particle(self.root, self.lexicon)

    def _indirect(self) -> Iterator[Token]:
        return _heads(beneficiary_of(self.root) if self.part == "verbs" else None)

    def _owner(self) -> Iterator[Token]:
        return _heads(holder_of(self.root))

    def _before(self) -> Iterator[Token]:
        yield from _modifiers(self.root)
        if _is_hyphenated(self.root):
            yield self.root.nbor(-2)

    def _under(self) -> Iterator[Token]:
        return _governors(self.root)

    def _to_do(self) -> Iterator[Token]:
        return _clauses(self.root, "to-do")

    def _doing(self) -> Iterator[Token]:
        return _clauses(self.root, "doing")

    def _that(self) -> Iterator[Token]:
        return _clauses(self.root, "that")

    def _aux(self) -> Iterator[Token]:
        return (c for c in self.root.children if c.dep_ == "aux")

    def _that_aux(self) -> Iterator[Token]:
        return (c for clause in self._that() for c in clause.children if c.dep_ == "aux")

    def _sentence(self) -> Iterator[Token]:
        return iter(self.root.sent)

    def _behind(self, preposition: str) -> Iterator[Token]:
        for name, obj in outer_phrases(self.root) if self.part == "verbs" else phrases(self.root):
            if name == preposition or name.endswith(f" {preposition}"):
                yield from conjuncts(obj)

    def names_of(self, token: Token, depth: int = 0) -> Iterator[str]:
        """What a lexicon may call the thing at `token`: lemma, form, both with the word before, what it holds."""
        lemma = token.lemma_.lower()
        yield from _forms(token, lemma)
        if _is_hyphenated(token):
            yield f"{token.nbor(-2).lower_}-{lemma}"
            yield f"{token.nbor(-2).lower_}{lemma}"
        for c in _modifiers(token):
            yield f"{c.lemma_.lower()} {lemma}"
        if depth < _DEPTH and (token.like_num or lemma in self.lexicon.classes["transparent"]):
            held = (other for name, obj in phrases(token) if name == "of" for other in conjuncts(obj))
            for other in held:
                yield from self.names_of(other, depth + 1)


_SLOTS: Mapping[str, Callable[[Surroundings], Iterator[Token]]] = {
    "subject": Surroundings._subject,
    "object": Surroundings._object,
    "indirect": Surroundings._indirect,
    "owner": Surroundings._owner,
    "before": Surroundings._before,
    "under": Surroundings._under,
    "to-do": Surroundings._to_do,
    "doing": Surroundings._doing,
    "that": Surroundings._that,
    "aux": Surroundings._aux,
    "that-aux": Surroundings._that_aux,
    "sentence": Surroundings._sentence,
}
"""What fills a slot; the others are prepositions, filled by what stands behind them."""


def _forms(token: Token, lemma: str) -> Iterator[str]:
    yield lemma
    if token.lower_ != lemma:
        yield token.lower_
    elif token.pos_ == "PROPN" and lemma.endswith("s"):
        yield lemma[:-1]
    if token.pos_ == "PROPN":
        yield from (c.lower_ for c in token.children if c.dep_ == "compound")


def _modifiers(token: Token) -> Iterator[Token]:
    return (c for c in token.children if c.dep_ in _MODIFIERS and c.i < token.i)


def _is_hyphenated(token: Token) -> bool:
    return token.i > 1 and bool(token.nbor(-1).text == "-")


def _weight(condition: Condition, by_word: bool) -> float:
    if by_word:
        return _WORD
    if condition.slot == "subject":
        return _ABSENT
    return _ANY if condition.tests <= _LOOSE else _TEST


def is_party(token: Token, cast: Cast) -> bool:
    """Whether the phrase headed by `token` names a party, or a thing of one."""
    return token.pos_ != "VERB" and bool(members_of(token, cast))


def _heads(argument: object) -> Iterator[Token]:
    token = getattr(argument, "token", None)
    if token is not None:
        yield from conjuncts(token)


def _behind_particle(verb: Token, lexicon: TriggerLexicon) -> Iterator[Token]:
    """The object that the parser hung on a particle: ``voted down **the bill**``."""
    for name, obj in phrases(verb):
        if name in lexicon.classes["adverbs"] and obj.head.i == verb.i + 1:
            yield from conjuncts(obj)


def _governors(root: Token) -> Iterator[Token]:
    """The words that take the noun as object, subject or complement, through coordination and *of*."""
    token = root
    for _ in range(_DEPTH):
        while token.dep_ in ("conj", "compound", "appos") and token.head.i != token.i:
            token = token.head
        head = token.head
        if head.i == token.i:
            return
        if head.dep_ in ("prep", "agent", "dative") and token.dep_ in ("pobj", "pcomp"):
            head = head.head
        if is_verbal(head):
            yield head
            return
        yield head
        token = head


def _clauses(root: Token, slot: str) -> Iterator[Token]:
    for c in root.children:
        if slot == "that":
            if c.dep_ == "ccomp" and not is_infinitive(c):
                yield c
        elif slot == "to-do":
            if c.dep_ in ("xcomp", "ccomp", "advcl", "acl") and is_infinitive(c):
                yield c
        elif c.tag_ == "VBG" and c.dep_ in ("xcomp", "ccomp", "pcomp", "dobj"):
            yield c
    if slot == "doing":
        yield from (obj for _, obj in phrases(root) if obj.tag_ == "VBG")
