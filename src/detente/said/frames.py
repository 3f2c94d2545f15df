"""What a verb attributes: its content, read off the frame it stands in.

A verb is a cue by lemma, frame and complement together: *announced a ceasefire* and *announced that …* are, *accepted
the invitation* is not, *accepted responsibility* is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebook.cues import CueLexicon
from detente.language.syntax import child, is_infinitive, is_passive, own_subject

_RELATIVE = frozenset({"which", "that", "who", "whom"})
_CONTENT_PREPOSITIONS = {
    "for": frozenset({"for"}),
    "about": frozenset({"of", "about", "against", "over"}),
    "for-what": frozenset({"for", "with", "to", "on", "over"}),
    "of-what": frozenset({"of"}),
    "as": frozenset({"as"}),
}
_EMPTY = frozenset(
    {"it", "this", "that", "so", "him", "her", "them", "me", "us", "you", "itself", "himself", "herself"}
)
_ADDRESSED = frozenset({"to", "with"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue and the token indices of its content. `speaker` is set only where the frame itself names it."""

    cue: Token
    cue_words: tuple[int, ...]
    frame: str
    content: tuple[int, ...]
    addressee: Token | None = None
    speaker: Token | None = None
    voiced: bool = True


def attributions_of(verb: Token, lemma: str, lexicon: CueLexicon) -> Iterator[Attribution]:
    """The readings of `verb` as a cue with content of its own; the first is the best."""
    frames = lexicon.verbs.get(lemma, frozenset())
    if not frames or lemma in lexicon.mental:
        return
    if is_passive(verb):
        yield from _passive(verb, frames)
        return
    for reading in (_relative_gap, _clause, _object_to, _infinitive, _named, _prepositional, _noun, _parenthetical):
        found = reading(verb, frames, lexicon)
        if found is not None and not _is_empty(found):
            yield found
            return


def subtree(head: Token, without: tuple[Token, ...] = ()) -> list[int]:
    """Token indices of the subtree of `head`, less the subtrees of `without`."""
    cut = {t.i for w in without for t in w.subtree}
    return [t.i for t in head.subtree if t.i not in cut]


def _clause(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    if "clause" not in frames:
        return None
    for c in verb.children:
        if c.dep_ != "ccomp" or (is_infinitive(c) and not _is_finite(c)):
            continue
        if "name" in frames and not _is_finite(c) and c.pos_ not in ("VERB", "AUX"):
            continue
        without = [m for m in c.children if m.dep_ == "mark" and m.lower_ == "that"]
        content = subtree(c, tuple(without))
        if verb.i in content:  # a cue in the middle of what it reports
            content = [i for i in content if i not in {t.i for t in verb.subtree}]
        return Attribution(verb, (verb.i,), "clause", tuple(content), _addressee(verb))
    gerund = child(verb, "xcomp")
    if gerund is not None and gerund.tag_ == "VBG":
        return Attribution(verb, (verb.i,), "gerund", tuple(subtree(gerund)), _addressee(verb))
    return None


def _relative_gap(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    """``fires, which officials said were out``: the noun before is part of what was said."""
    if "clause" not in frames or verb.dep_ != "relcl":
        return None
    clause = child(verb, "ccomp")
    opening = verb.left_edge
    if clause is None or opening.lower_ not in _RELATIVE or opening is own_subject(verb):
        return None
    content = {*subtree(verb.head, (verb,)), *subtree(clause)} - {opening.i}
    return Attribution(verb, (verb.i,), "relative", tuple(sorted(content)), _addressee(verb))


def _object_to(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    if "object-to" not in frames:
        return None
    for c in verb.children:
        if c.dep_ == "ccomp" and is_infinitive(c) and (subject := own_subject(c)) is not None:
            return Attribution(verb, (verb.i,), "object-to", tuple(subtree(c)), subject)
    target = child(verb, "dobj")
    words: tuple[int, ...] = (verb.i,)
    if target is None:
        for prep in verb.children:
            if prep.dep_ == "prep" and prep.lower_ in ("on", "upon", "to") and (obj := child(prep, "pobj")):
                target, words = obj, (verb.i, prep.i)
                break
    act = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl") and is_infinitive(c)), None)
    if target is not None and act is None:
        act = next((c for c in target.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)), None)
    if act is None:
        return None
    content = sorted({*(subtree(target) if target is not None else ()), *subtree(act)})
    content = [i for i in content if i > verb.i and i not in words]
    return Attribution(verb, words, "object-to", tuple(content), target)


def _infinitive(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    if "to" not in frames:
        return None
    act = next((c for c in verb.children if c.dep_ == "xcomp" and is_infinitive(c)), None)
    if act is None or act.i < verb.i:
        return None
    return Attribution(verb, (verb.i,), "to", tuple(subtree(act)), None)


def _named(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    if "name" not in frames:
        return None
    judgement = next((c for c in verb.children if c.dep_ in ("oprd", "ccomp", "xcomp") and c.i > verb.i), None)
    thing = child(verb, "dobj")
    if judgement is None or (thing is None and own_subject(judgement) is None):
        return None
    content = {*subtree(judgement), *(subtree(thing) if thing is not None else ())}
    return Attribution(verb, (verb.i,), "name", tuple(sorted(i for i in content if i > verb.i)), None)


def _prepositional(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    thing = child(verb, "dobj")
    for prep in verb.children:
        if prep.dep_ != "prep" or prep.i < verb.i:
            continue
        inside = child(prep, "pobj", "pcomp")
        if inside is None:
            continue
        word = prep.lower_
        for frame in ("for-what", "of-what", "as"):
            if frame in frames and word in _CONTENT_PREPOSITIONS[frame] and thing is not None:
                content = sorted({*subtree(thing), *subtree(prep)})
                return Attribution(verb, (verb.i,), frame, tuple(content), thing if frame == "of-what" else None)
        for frame in ("for", "about"):
            if frame in frames and word in _CONTENT_PREPOSITIONS[frame] and thing is None:
                return Attribution(verb, (verb.i, prep.i), frame, tuple(subtree(inside)), None)
            if frame == "for" and frame in frames and word == "for" and thing is not None and prep.i > thing.i:
                return Attribution(verb, (verb.i,), frame, tuple(subtree(prep)), thing)
    return None


def _noun(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    thing = child(verb, "dobj")
    if thing is None or thing.i < verb.i:
        return None
    if "noun" in frames or ("claimed" in frames and thing.lemma_.lower() in lexicon.claimable):
        return Attribution(verb, (verb.i,), "noun", tuple(subtree(thing)), _addressee(verb))
    return None


def _parenthetical(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    if "clause" not in frames or verb.dep_ not in ("parataxis", "ccomp") or own_subject(verb) is None:
        return None
    head = verb.head
    if head is verb or head.pos_ not in ("VERB", "AUX"):
        return None
    before = verb.doc[verb.left_edge.i - 1] if verb.left_edge.i > 0 else None
    if before is None or before.text not in (",", "-", "–", "—", "("):
        return None
    return Attribution(verb, (verb.i,), "parenthetical", tuple(subtree(head, (verb,))), _addressee(verb))


def _passive(verb: Token, frames: frozenset[str]) -> Iterator[Attribution]:
    subject = child(verb, "nsubjpass")
    agent = child(verb, "agent")
    speaker = child(agent, "pobj") if agent is not None else None
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and _is_finite(c)), None)
    if clause is not None and "clause" in frames:
        without = [m for m in clause.children if m.dep_ == "mark" and m.lower_ == "that"]
        content = [i for i in subtree(clause, tuple(without)) if i > verb.i]
        addressee = subject if subject is not None and subject.lower_ != "it" else None
        if content:
            yield Attribution(verb, (verb.i,), "passive", tuple(content), addressee, speaker, speaker is not None)
        return
    act = next((c for c in verb.children if c.dep_ == "xcomp" and is_infinitive(c)), None)
    if act is not None and subject is not None and "clause" in frames and "object-to" not in frames:
        to = next((c for c in act.children if c.tag_ == "TO"), None)
        helper = next((c for c in verb.children if c.dep_ == "auxpass"), None)
        words = tuple(t.i for t in (helper, verb, to) if t is not None)
        content = [*subtree(subject), *subtree(act, (to,) if to is not None else ())]
        yield Attribution(verb, words, "passive-to", tuple(sorted(content)), None, speaker, speaker is not None)
        return
    if speaker is None or subject is None:
        return
    if act is not None and "object-to" in frames:
        yield Attribution(verb, (verb.i,), "object-to", tuple(subtree(act)), subject, speaker)
    elif frames & {"noun", "claimed"}:
        yield Attribution(verb, (verb.i,), "noun", tuple(subtree(subject)), None, speaker)


def _addressee(verb: Token) -> Token | None:
    told = child(verb, "dative") or child(verb, "dobj")
    if told is not None and told.pos_ in ("NOUN", "PROPN", "PRON"):
        return told
    for prep in verb.children:
        if prep.dep_ in ("prep", "dative") and prep.lower_ in _ADDRESSED:
            return child(prep, "pobj")
    return None


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children)


def _is_empty(found: Attribution) -> bool:
    doc = found.cue.doc
    words = [doc[i] for i in found.content if doc[i].is_alpha]
    return not words or (len(words) == 1 and words[0].lower_ in _EMPTY)
