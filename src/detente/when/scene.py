"""Acts told without a time of their own, in a story whose time was told before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from spacy.tokens import Token

from detente.language.syntax import chain, clause_of, is_verbal, own_subject
from detente.record import Status
from detente.when.attachment import Told, is_beside
from detente.when.direction import tense_of
from detente.when.form import form_of
from detente.when.lexicon import lexicon
from detente.when.story import SCENE

_NEWS_DAYS = 31
"""Days before the report within which a dated act is the story's scene and not its background."""

_SHARED_LETTERS = 5

SCENE_TIMES = 100
"""Times before an act among which its own earlier date is looked for: more than a report of 12,000 characters holds."""

_KNOWN = frozenset({"the", "this", "that", "these", "those"})


def date_of_scene(trigger: Token, before: Sequence[Told], report: date | None, status: Status | None) -> str | None:
    """The date that the story reached before `trigger`, where the same party goes on, or the act is named again.

    `before` are the times told before its sentence.
    """
    earlier = [t for t in before if t.time.start is not None and not is_beside(t)]
    if not earlier:
        return None
    if not is_verbal(trigger) and is_known(trigger):
        return _of_the_same_act(trigger, earlier)
    verb = _telling(trigger, status)
    return None if report is None or verb is None else _of_the_same_party(verb, earlier, report)


def is_known(noun: Token) -> bool:
    """Whether an act named by a noun is told as known already, and not as what its sentence tells.

    *His* and *their* do not count where the owner is the subject: *reiterated their commitment* tells a commitment.
    """
    return any(c.lower_ in _KNOWN or (c.dep_ == "poss" and not _is_of_the_subject(c, noun)) for c in noun.children)


def _is_of_the_subject(owner: Token, noun: Token) -> bool:
    """Whether *his*, *her*, *its* or *their* before the object may mean the subject."""
    subject = own_subject(noun.head) if noun.dep_ == "dobj" else None
    if subject is None or owner.tag_ != "PRP$":
        return False
    if owner.lower_ in ("his", "her", "my"):
        return subject.pos_ in ("PROPN", "PRON")
    return owner.lower_ == "their" or subject.tag_ not in ("NNS", "NNPS", "PRP")


def is_perfect(verb: Token) -> bool:
    """Whether `verb` stands in a perfect: *has signed*, *had left*."""
    return any(c.dep_ == "aux" and c.lower_ in ("has", "have", "had", "'ve", "’ve") for c in verb.children)


def _telling(trigger: Token, status: Status | None) -> Token | None:
    """The past verb that tells the act: its clause's, or the verb of saying above what was said and done at once."""
    clause = clause_of(trigger)
    for verb in islice(chain(clause), 4):
        if not is_verbal(verb):
            continue
        if tense_of(verb, lexicon()) < 0:
            return None if is_perfect(verb) else verb
        if verb.dep_ != "ccomp" or status != "happened":
            return None
    return None


def _of_the_same_act(noun: Token, earlier: Sequence[Told]) -> str | None:
    """``the attack``: the date with which the attack was told before."""
    for t in reversed(earlier):
        near = [t.host, *t.host.children] if t.link == "free" else [t.host]
        if any(_is_same_act(word, noun) for word in near):
            return form_of(t.time)
    return None


def _is_same_act(word: Token, noun: Token) -> bool:
    """Whether both name one act: *attacks* and *attack*, *announced* and *announcement*, *murdered* and *killing*."""
    if word.pos_ not in ("NOUN", "VERB"):
        return False
    a, b = word.lemma_.lower(), noun.lemma_.lower()
    if a == b or lexicon().same_acts.get(a, a) == lexicon().same_acts.get(b, b):
        return True
    if min(len(a), len(b)) < _SHARED_LETTERS:
        return False
    return a.startswith(b[:6]) or b.startswith(a[:6])


def _of_the_same_party(verb: Token, earlier: Sequence[Told], report: date) -> str | None:
    """The day of the last dated clause whose subject goes on as the subject of `verb`.

    A pronoun goes on with the last dated clause, or with the subject before it; a name may reach over a background.
    """
    subject = _subject_of(verb)
    if subject is None:
        return None
    pronoun = subject.pos_ == "PRON"
    named = _antecedent(verb) if pronoun else subject
    first = (report - timedelta(_NEWS_DAYS)).isoformat()
    nearest = True
    for t in reversed(earlier):
        if verb.idx - t.time.span.start > SCENE:
            return None
        if not _moves_the_story(t):
            continue
        before = _subject_of(t.host)
        same = before is not None and named is not None and _is_one_party(named, before)
        news = first <= (t.time.start or "") <= report.isoformat() and t.time.granularity in ("day", "time")
        if news and before is not None and (same or (pronoun and nearest)):
            return form_of(t.time)
        nearest = False
    return None


def _moves_the_story(told: Told) -> bool:
    """Whether the time is told of a past clause, not of a noun or as the beginning of what goes on."""
    if told.link != "free" or told.time.type == "DURATION" or told.preposition == "since":
        return False
    return is_verbal(told.host) and tense_of(told.host, lexicon()) < 0


def _antecedent(verb: Token) -> Token | None:
    """The noun that is the subject of the sentence before."""
    first = verb.sent.start
    if first == 0:
        return None
    before = _subject_of(verb.doc[first - 1].sent.root)
    return None if before is None or before.pos_ == "PRON" else before


def _subject_of(verb: Token) -> Token | None:
    """The subject of the clause, that of the first conjunct where the verb has none of its own."""
    clause = clause_of(verb)
    for _ in range(4):
        found = own_subject(clause)
        if found is not None or clause.dep_ not in ("conj", "xcomp", "advcl"):
            return found
        clause = clause_of(clause.head)
    return None


def _is_one_party(a: Token, b: Token) -> bool:
    """Whether two subjects have one head, or the name at the head of one stands in the other."""
    if a.lemma_.lower() == b.lemma_.lower():
        return True
    return _stands_in(a, b) or _stands_in(b, a)


def _stands_in(name: Token, phrase: Token) -> bool:
    return name.pos_ == "PROPN" and any(t.lower_ == name.lower_ for t in phrase.subtree)
