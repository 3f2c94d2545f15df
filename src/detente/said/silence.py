"""Cues that report nothing said: words refused, conditional, asked about, performed by the quotation itself."""

from __future__ import annotations

from spacy.tokens import Token

from detente.codebook.cues import CueLexicon
from detente.language.syntax import chain, first_conjunct, is_infinitive, marker
from detente.said.attribution import Attribution

_IN_QUOTES = frozenset({"clause", "gerund", "to", "object-to", "noun-that", "passive-to", "parenthetical"})
"""Frames that report somebody's words even inside a quotation; praise and thanks there are the quotation itself."""
_FIRST_PERSON = frozenset({"i", "we", "me", "us"})
_CONDITIONS = frozenset({"if", "unless"})
_NEAR = 4
"""Governors to look at for a condition: farther ones govern what the report is about, not the report."""


def is_unsaid(cue: Token, lexicon: CueLexicon) -> bool:
    """Whether a cue tells of words not said, or only possible: *did not say*, *would say*, *refused to say*."""
    if cue.pos_ not in ("VERB", "AUX"):
        return False
    first = first_conjunct(cue)
    for verb in (cue, first) if cue.tag_ == "VB" else (cue,):
        if any(c.dep_ == "neg" or (c.dep_ in ("aux", "auxpass") and c.tag_ == "MD") for c in verb.children):
            return True
    if _is_subjunctive(cue) or _is_thing_done(cue):
        return True
    if cue.tag_ == "VB" and any(c.dep_ in ("nsubj", "expl") and c.lower_ == "it" for c in cue.head.children):
        return True  # it is hard to say …
    return _is_only_meant(first, lexicon) or _is_asked(cue) or _is_conditional(cue)


def _is_subjunctive(cue: Token) -> bool:
    """``demanded that the minister **apologise**``."""
    return cue.tag_ == "VB" and cue.dep_ == "ccomp" and not any(c.dep_ == "aux" for c in cue.children)


def _is_thing_done(cue: Token) -> bool:
    """``rules for **reporting** abuse``: an activity spoken of, not somebody's words."""
    if cue.tag_ != "VBG":
        return False
    if cue.dep_ in ("pobj", "dobj", "nsubj", "csubj"):
        return True
    return cue.dep_ == "pcomp" and cue.head.lower_ in ("for", "without", "from", "against")


def _is_only_meant(verb: Token, lexicon: CueLexicon) -> bool:
    """Whether the cue is the infinitive of a wish, a duty, a right: ``has a right **to criticize** the court``."""
    if not is_infinitive(verb) or verb.dep_ not in ("xcomp", "ccomp", "acl", "relcl"):
        return False
    head = verb.head
    return head.lemma_.lower() in lexicon.unsaid or head.pos_ in ("NOUN", "ADJ") or head.lemma_ == "be"


def _is_asked(cue: Token) -> bool:
    """``Why did they decide …?``"""
    if not any(c.dep_ == "aux" and c.lemma_ == "do" for c in cue.children):
        return False
    return any(t.text == "?" for t in cue.doc[cue.right_edge.i : cue.right_edge.i + 2])


def _is_conditional(cue: Token) -> bool:
    return any(marker(verb) in _CONDITIONS for _, verb in zip(range(_NEAR), chain(cue), strict=False))


def is_no_speaker(head: Token, frame: str, lexicon: CueLexicon) -> bool:
    """Whether nobody speaks: a law, a deed that only shows something, a subject denied (*no one said*)."""
    if frame == "noun" and head.lemma_.lower() in lexicon.mute:
        return True
    if head.lemma_.lower() in lexicon.rules or head.lower_ in ("nobody", "none"):
        return True
    return any(c.dep_ == "neg" or c.lower_ in ("no", "not", "neither") for c in head.lefts)


def is_performed(found: Attribution, speaker: Token | None) -> bool:
    """Whether a quoted speaker does the act by the words, so that the quotation itself is the statement.

    *We urge them to leave*, *I welcome the vote*; but *he promised to leave* and *I told them so* report other words.
    """
    if speaker is None:
        return found.voiced and found.frame not in _IN_QUOTES
    if found.addressee is not None and found.addressee.lower_ == "you" and found.cue.tag_ in ("VB", "VBP"):
        return True
    if speaker.lower_ not in _FIRST_PERSON:
        return False
    return found.cue.tag_ == "VB" or (found.frame != "clause" and found.cue.tag_ in ("VBP", "VBG"))
