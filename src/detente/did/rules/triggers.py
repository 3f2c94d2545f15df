"""Triggers: the words that name codable acts, with type and mode by sense in context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Stretch

from detente.codebook import tie_broken, types_with
from detente.codebook.senses import NO_ACT, Sense, TriggerLexicon, load_triggers
from detente.did.polarity import is_refusal
from detente.did.rules.conditions import SenseMatch, Surroundings
from detente.language.syntax import is_verbal
from detente.record import Status
from detente.who import Cast

_NAMES = frozenset({"DATE", "TIME", "ORG", "PERSON", "LAW", "WORK_OF_ART", "FAC", "PRODUCT"})
"""Entities whose words name no act, however they read."""

_REACH = 2
"""Sentences after the last one with a party in which an act may still be told without one."""

_LABEL = 12
"""Tokens within which a label before a colon ends (*War in Afghanistan: …*)."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Tokens ``start:end`` with head `root` name an act of `type` in `sense`; `status` is one the words imply."""

    root: int
    start: int
    end: int
    type: str
    mode: str | None
    status: Status | None
    sense: Sense

    @property
    def words(self) -> tuple[int, ...]:
        """The indices of its tokens."""
        return tuple(range(self.start, self.end))


def find_triggers(doc: Doc, cast: Cast) -> tuple[Trigger, ...]:
    """The triggers of `doc` in text order; a word used up by the sense of another is none of its own."""
    lexicon = load_triggers()
    lemmas = lexicon.lemmas
    found: list[tuple[Token, SenseMatch]] = []
    reached = -_REACH - 1
    for number, sentence in enumerate(doc.sents):
        if cast.within(sentence.start, sentence.end):
            reached = number
        if number - reached > _REACH:
            continue
        if candidates := [t for t in sentence if t.lemma_.lower() in lemmas or t.lower_ in lemmas]:
            label = _label_end(sentence)
            found.extend(_matches([t for t in candidates if t.i >= label], cast, lexicon))
    used = _used(found)
    return tuple(_trigger(token, match, lexicon) for token, match in found if token.i not in used and _acts(match))


def _used(found: Sequence[tuple[Token, SenseMatch]]) -> set[int]:
    """Words that a sense has used up. What is rejected, blamed, praised or asked about may be an act all the same."""
    types = {token.i: match.sense.type for token, match in found}
    used: set[int] = set()
    for _, match in found:
        spares = match.sense.type in types_with("answering")
        used.update(i for i in match.used if not (spares and types.get(i) in types_with("given")))
        used.update(match.rest)
    return used


def _acts(match: SenseMatch) -> bool:
    return match.sense.type != NO_ACT


def _matches(candidates: Sequence[Token], cast: Cast, lexicon: TriggerLexicon) -> Iterator[tuple[Token, SenseMatch]]:
    for token in candidates:
        for part, senses in _readings(token, cast, lexicon):
            match = Surroundings(token, part, cast, lexicon).match(senses)
            if match is not None:
                yield token, match
                break


def sense_at(token: Token, cast: Cast) -> SenseMatch | None:
    """The sense of the lexicon that fits a word best, one that names no act among them; null where none fits."""
    return next((match for _, match in _matches([token], cast, load_triggers())), None)


def _is_nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") or token.tag_ == "VBG"


def _readings(token: Token, cast: Cast, lexicon: TriggerLexicon) -> Iterator[tuple[str, Sequence[Sense]]]:
    """The senses of a word in the parts of speech it may have here."""
    lemma, form = token.lemma_.lower(), token.lower_
    if is_verbal(token) or (token.tag_.startswith("VB") and token.dep_ == "amod"):
        senses = lexicon.verbs.get(lemma, ())
        if token.dep_ in ("amod", "compound", "nmod"):
            senses = tuple(s for s in senses if s.attributive)
        if senses:
            yield "verbs", senses
    if _is_nominal(token) and not _is_name(token, cast, lexicon) and not _is_attribute(token, lexicon):
        joined = _hyphenated(token, lemma)
        plain = lexicon.nouns.get(form, ()) or (lexicon.nouns.get(lemma, ()) if token.tag_ != "VBG" else ())
        if senses := (*lexicon.nouns.get(joined, ()), *plain):
            yield "nouns", senses
    if token.pos_ in ("ADJ", "VERB", "ADV") and (senses := lexicon.adjectives.get(form, ())):
        yield "adjectives", senses


def _is_name(token: Token, cast: Cast, lexicon: TriggerLexicon) -> bool:
    """Whether a noun only belongs to a name or a date (the *Attack* of a committee, *March*)."""
    if token.lower_ in lexicon.classes["titled"]:
        return False
    mention = cast.covering(token)
    inside = mention is not None and mention.kind in ("group", "state", "person")
    return token.ent_type_ == "DATE" or (token.pos_ == "PROPN" and (inside or token.ent_type_ in _NAMES))


def _is_attribute(token: Token, lexicon: TriggerLexicon) -> bool:
    """Whether a noun only says of what kind another thing is: a *detention* centre, but not a *kidnapping* plot."""
    return token.dep_ == "compound" and token.head.lemma_.lower() not in lexicon.classes["compoundable"]


def _label_end(sentence: Stretch) -> int:
    """Where the text begins behind a label that opens the sentence: nouns and a colon, no verb."""
    for token in sentence[:_LABEL]:
        if token.text == ":":
            return token.i + 1
        if token.pos_ in ("VERB", "AUX"):
            break
    return sentence.start


def _hyphenated(token: Token, lemma: str) -> str:
    """``cease-fire`` is three tokens; the lexicon has one word."""
    if token.i > 1 and token.nbor(-1).text == "-":
        return f"{token.nbor(-2).lower_}{lemma}"
    return ""


def _trigger(token: Token, match: SenseMatch, lexicon: TriggerLexicon) -> Trigger:
    sense = match.sense
    start, end = token.i, token.i + 1
    doc, compounding = token.doc, lexicon.classes["compounding"]
    rest = set(match.rest)
    while end in rest:
        end += 1
    while start > 0 and (start - 1 in rest or (sense.part == "nouns" and _joins(doc[start - 1], compounding))):
        start -= 2 if doc[start - 1].text == "-" and start > 1 else 1
    refused = tie_broken(sense.type, "refused", token.lemma_.lower()) if sense.part == "verbs" else None
    if refused is not None and is_refusal(token):
        return Trigger(token.i, start, end, refused.type, refused.mode, "happened", sense)
    return Trigger(token.i, start, end, sense.type, sense.mode, sense.frame.status, sense)


def _joins(token: Token, compounding: frozenset[str]) -> bool:
    """Whether the word before a noun belongs to its name: *air* strike, *prisoner* swap, cease*-*fire."""
    return token.text == "-" or (token.dep_ == "compound" and token.lemma_.lower() in compounding)
