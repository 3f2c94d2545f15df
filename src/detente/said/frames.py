"""What a verb attributes: its content, read off the frame it stands in.

A verb is a cue by lemma, frame and complement together: *announced a ceasefire* and *announced that …* are, *accepted
the invitation* is not, *accepted responsibility* is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from detente.codebook.cues import CueLexicon
from detente.language.syntax import FINITE, child, is_finite, is_infinitive, is_passive, own_subject
from detente.said.attribution import Attribution, subtree, that_marks
from detente.said.clauses import addressee_of, clausal_attribution

_CONTENT_PREPOSITIONS = {
    "for": frozenset({"for"}),
    "about": frozenset({"of", "about", "against", "over"}),
    "on": frozenset({"on", "upon", "to"}),
    "against": frozenset({"against"}),
    "for-what": frozenset({"for", "with", "to", "on", "over"}),
    "of-what": frozenset({"of", "about"}),
    "as": frozenset({"as"}),
}
_OF_THE_NOUN = frozenset({"into", "of", "over", "against"})
"""Prepositions that go with the noun before them, though the parser hang them on the verb."""
_EMPTY = frozenset(
    {"it", "this", "that", "so", "him", "her", "them", "me", "us", "you", "itself", "himself", "herself"}
)


def frames_of(verb: Token, lexicon: CueLexicon) -> frozenset[str]:
    """The frames in which `verb` attributes; those of a phrasal verb (*speak out*) before those of its verb."""
    lemma = verb.lemma_.lower()
    for c in verb.children:
        if c.dep_ == "prt" and (phrasal := lexicon.verbs.get(f"{lemma} {c.lower_}")):
            return phrasal
    if lemma in lexicon.mental:
        return frozenset()
    return lexicon.verbs.get(lemma, frozenset())


def attributions_of(verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """The reading of `verb` as a cue with content of its own; none where it is no cue here."""
    frames = frames_of(verb, lexicon)
    if not frames:
        return
    active = _is_really_active(verb)
    if _gives(verb):
        return
    if is_passive(verb) and not active:
        yield from _passive(verb, frames)
        return
    for reading in (_named, _for_to, _object_to, clausal_attribution, _infinitive, _prepositional, _noun, _answered):
        found = reading(verb, frames, lexicon)
        if found is not None and not _is_empty(found):
            yield replace(found, speaker=verb.head) if active else found
            return


def _gives(verb: Token) -> bool:
    """``were denied **asylum**``, ``denied **Kyiv** a visa``: what gives or refuses says nothing."""
    if is_passive(verb):
        return child(verb, "dobj") is not None and child(verb, "nsubjpass") is not None
    return verb.lemma_ == "deny" and child(verb, "dative") is not None and child(verb, "dobj") is not None


def _is_really_active(verb: Token) -> bool:
    """``Conley, a judge, **ordered** last week that …``: a past tense tagged as a participle after its subject."""
    if verb.dep_ != "acl" or any(c.dep_ in ("auxpass", "agent") for c in verb.children) or verb.i == 0:
        return False
    clause = child(verb, "ccomp")
    return verb.doc[verb.i - 1].text == "," and clause is not None and clause.i > verb.i


def _object_to(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    """``urged Kyiv to withdraw``, ``claiming them to be mercenaries``."""
    if not frames & {"object-to", "being"}:
        return None
    for c in verb.rights:
        subject = own_subject(c) if c.dep_ == "ccomp" and is_infinitive(c) and not that_marks(c) else None
        if subject is not None:
            target = subject if "object-to" in frames else None
            return Attribution(verb, (verb.i,), "object-to", tuple(subtree(c)), target)
    if "object-to" not in frames:
        return None
    target, words = _asked(verb)
    act = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl") and _is_asked(c)), None)
    if target is not None and act is None:
        act = next((c for c in target.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)), None)
    if act is None or target is None:
        return None
    content = sorted({*subtree(target), *_infinitive_of(act)})
    content = [i for i in content if i > verb.i and i not in words]
    return Attribution(verb, words, "object-to", tuple(content), target)


def _asked(verb: Token) -> tuple[Token | None, tuple[int, ...]]:
    """Who is asked to act: the object, or the object of *on*, *to*, *from*; and the words of the cue."""
    target = child(verb, "dobj")
    if target is not None:
        return target, (verb.i,)
    for prep in verb.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("on", "upon", "to", "from") and (obj := child(prep, "pobj")):
            return obj, (verb.i, prep.i) if prep.lower_ in ("on", "upon") else (verb.i,)
    return None, (verb.i,)


def _is_asked(verb: Token) -> bool:
    return is_infinitive(verb) or (verb.dep_ == "xcomp" and verb.tag_ == "VB")


def _infinitive(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    if "to" not in frames:
        return None
    act = next((c for c in verb.children if c.dep_ == "xcomp" and is_infinitive(c)), None)
    if act is None or act.i < verb.i or _is_silence(verb, act, lexicon):
        return None
    return Attribution(verb, (verb.i,), "to", tuple(_infinitive_of(act)), None)


def _is_silence(verb: Token, act: Token, lexicon: CueLexicon) -> bool:
    """``declined to comment``, ``refused to say whether …``: what was not said."""
    return verb.lemma_.lower() in lexicon.unsaid and "clause" in lexicon.verbs.get(act.lemma_.lower(), ())


def _infinitive_of(act: Token) -> list[int]:
    """An infinitive and all below it, without a finite verb that the parser joined to it: ``to stay **and left**``."""
    finite = [c for c in act.children if c.dep_ == "conj" and c.tag_ in ("VBD", "VBZ")]
    joint = [c for c in act.children if finite and c.dep_ == "cc" and act.i < c.i < finite[0].i]
    return subtree(act, (*finite, *joint))


def _named(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    if "name" not in frames:
        return None
    thing = child(verb, "dobj")
    judgement = next((c for c in verb.rights if c.dep_ in ("oprd", "ccomp", "xcomp") and not _is_clausal(c)), None)
    if judgement is None and thing is not None:
        judgement = _second_object(verb, thing) or _adjective_after(thing) or _noun_within(thing)
    if judgement is None or (thing is None and own_subject(judgement) is None and not _what(verb)):
        return None
    content = {*subtree(judgement), *(subtree(thing) if thing is not None else ())}
    return Attribution(verb, (verb.i,), "name", tuple(sorted(i for i in content if i > verb.i)), None)


def _is_clausal(token: Token) -> bool:
    return is_finite(token) or is_infinitive(token)


def _second_object(verb: Token, thing: Token) -> Token | None:
    return next((c for c in verb.rights if c.dep_ == "dobj" and c.i > thing.i), None)


def _noun_within(thing: Token) -> Token | None:
    """The noun of ``ruled the **ban** unlawful`` where the parser takes the judgement for the head of the object."""
    nouns = [c for c in thing.lefts if c.dep_ in ("compound", "nmod") and c.pos_ in ("NOUN", "PROPN")]
    return nouns[-1] if thing.pos_ == "ADJ" and nouns else None


def _adjective_after(thing: Token) -> Token | None:
    return next((c for c in thing.rights if c.dep_ in ("acl", "amod") and c.pos_ == "ADJ"), None)


def _what(verb: Token) -> bool:
    """``what he named the crisis of the decade``."""
    return any(c.lower_ == "what" and c.i < verb.i for c in verb.children)


def _for_to(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    """``called for the killers to be brought to justice``."""
    if "for" not in frames:
        return None
    for c in verb.rights:
        mark = next((m for m in c.children if m.dep_ == "mark" and m.lower_ == "for"), None)
        if mark is not None and is_infinitive(c) and own_subject(c) is not None:
            return Attribution(verb, (verb.i, mark.i), "for", tuple(subtree(c, (mark,))), None)
    return None


def _prepositional(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    thing = child(verb, "dobj")
    for prep in _prepositions(verb, thing, frames):
        inside = child(prep, "pobj", "pcomp") or next((c for c in prep.rights if c.pos_ == "ADJ"), None)
        if inside is None:
            continue
        if thing is None:
            found = _bare_phrase(verb, prep, inside, frames)
        else:
            found = _phrase_of_object(verb, prep, inside, thing, frames)
        if found is not None:
            return found
    return None


def _prepositions(verb: Token, thing: Token | None, frames: frozenset[str]) -> Iterator[Token]:
    """The prepositions behind `verb`, and those with *for* that the parser hung on its object."""
    yield from (c for c in verb.rights if c.dep_ in ("prep", "dative"))
    if thing is not None and "for-what" in frames:
        yield from (t for t in thing.subtree if t.dep_ == "prep" and t.lower_ == "for" and t.i > verb.i)


def _phrase_of_object(
    verb: Token, prep: Token, inside: Token, thing: Token, frames: frozenset[str]
) -> Attribution | None:
    """``thanked Oslo for its help``, ``accused Moscow of lying``, ``described the vote as a farce``."""
    for frame in ("for-what", "of-what", "as"):
        if frame in frames and prep.lower_ in _CONTENT_PREPOSITIONS[frame]:
            if frame == "of-what" and "clause" in frames:  # told her of the plan
                return Attribution(verb, (verb.i,), frame, tuple(subtree(inside)), thing)
            blamed = sorted({*subtree(thing), *subtree(prep)})
            return Attribution(verb, (verb.i,), frame, tuple(blamed), thing if frame == "of-what" else None)
    # not: called the election for Lima
    if "for" in frames and prep.lower_ in _CONTENT_PREPOSITIONS["for"] and prep.i > thing.i and "name" not in frames:
        return Attribution(verb, (verb.i,), "for", tuple(subtree(prep)), thing)
    return None


def _bare_phrase(verb: Token, prep: Token, inside: Token, frames: frozenset[str]) -> Attribution | None:
    """``called for a ceasefire``, ``warned of a war``, ``ruled against the extension``."""
    particle = tuple(c.i for c in verb.children if c.dep_ == "prt")
    for frame in ("for", "about", "on", "against"):
        if frame not in frames or prep.lower_ not in _CONTENT_PREPOSITIONS[frame]:
            continue
        if frame == "against":
            return Attribution(verb, (verb.i, *particle), frame, tuple(subtree(prep)), None)
        # `called for`, and the whole of what is called for: also an infinitive hung on the verb
        rest = [i for c in verb.rights if c.i > prep.i and _belongs(c) for i in subtree(c)]
        content = sorted({*subtree(inside), *rest})
        return Attribution(verb, (verb.i, *particle, prep.i), frame, tuple(content), None)
    return None


def _belongs(token: Token) -> bool:
    if token.dep_ == "prep" and token.lower_ in _OF_THE_NOUN:
        return True
    return token.dep_ in ("advcl", "xcomp") and is_infinitive(token)


def _noun(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    thing = child(verb, "dobj")
    if thing is None or thing.i < verb.i:
        return None
    lemma = thing.lemma_.lower()
    if (
        "noun" in frames
        or ("plan" in frames and lemma not in lexicon.rules)
        or ("claimed" in frames and lemma in lexicon.claimable)
        or ("uttered" in frames and lemma in lexicon.utterances)
    ):
        rest = [i for c in verb.rights if c.dep_ in ("dative", "prep") and _completes(c, thing) for i in subtree(c)]
        venue = {i for c in thing.rights if _is_venue(c, lexicon) for i in subtree(c)}
        content = sorted({*subtree(thing), *rest} - venue)
        told = addressee_of(verb)
        return Attribution(verb, (verb.i,), "noun", tuple(content), told if told != thing else None)
    return None


def _answered(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    """``X thinks Y is rearming, but Y denies **it**``: the clause told before in the sentence is what is denied."""
    thing = child(verb, "dobj")
    if "noun" not in frames or thing is None or thing.lower_ not in ("it", "this", "that"):
        return None
    told = child(verb.head, "ccomp") if verb.dep_ == "conj" else None
    if told is None or told.i > verb.i or not is_finite(told):
        return None
    return Attribution(verb, (verb.i,), "clause", tuple(subtree(told, that_marks(told))))


def _completes(phrase: Token, thing: Token) -> bool:
    """``offered his gratitude **to her for her efforts**``."""
    return phrase.i > thing.i and phrase.lower_ in ("to", "for", "over", "about") and phrase.dep_ == "dative"


def _is_venue(phrase: Token, lexicon: CueLexicon) -> bool:
    """``announced the measure **at a briefing**``: where it was said, no part of it."""
    if phrase.dep_ != "prep" or phrase.lower_ not in ("at", "during", "in", "on"):
        return False
    place = child(phrase, "pobj")
    if place is None:
        return False
    dated = place.ent_type_ in ("DATE", "TIME") and phrase.lower_ in ("on", "at")
    return dated or place.lemma_.lower() in lexicon.venues


def _passive(verb: Token, frames: frozenset[str]) -> Iterator[Attribution]:
    subject = child(verb, "nsubjpass")
    agent = child(verb, "agent")
    speaker = child(agent, "pobj") if agent is not None else None
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and is_finite(c)), None)
    if clause is not None and "clause" in frames:
        content = [i for i in subtree(clause, that_marks(clause)) if i > verb.i]
        addressee = subject if subject is not None and subject.lower_ != "it" else None
        if content:
            yield Attribution(verb, (verb.i,), "passive", tuple(content), addressee, speaker, speaker is not None)
        return
    act = next((c for c in verb.children if c.dep_ == "xcomp" and is_infinitive(c)), None)
    if act is not None and subject is not None and "being" in frames:
        yield _passive_to(verb, act, subject, speaker)
        return
    if subject is None:
        return
    if "of-what" in frames and ("clause" not in frames or speaker is not None) and (accused := _accused_of(verb)):
        yield Attribution(verb, (verb.i,), "of-what", accused, None, speaker, speaker is not None)
    elif speaker is None:
        return
    elif act is not None and "object-to" in frames:
        yield Attribution(verb, (verb.i,), "object-to", tuple(_infinitive_of(act)), subject, speaker)
    elif frames & {"noun", "claimed"}:
        yield Attribution(verb, (verb.i,), "noun", tuple(subtree(subject)), None, speaker)


def _passive_to(verb: Token, act: Token, subject: Token, speaker: Token | None) -> Attribution:
    """``was reported to have left``."""
    to = next((c for c in act.children if c.tag_ == "TO"), None)
    helper = next((c for c in verb.children if c.dep_ == "auxpass"), None)
    words = (verb.i,) if speaker is not None else tuple(t.i for t in (helper, verb, to) if t is not None)
    content = [*subtree(subject), *subtree(act, (to,) if to is not None else ())]
    return Attribution(verb, words, "passive-to", tuple(sorted(content)), None, speaker, speaker is not None)


def _accused_of(verb: Token) -> tuple[int, ...]:
    """The charge in ``is accused of shooting two people``, said of the subject of a finite clause."""
    if not any(c.dep_ == "auxpass" and c.tag_ in FINITE for c in verb.children):
        return ()
    for prep in verb.rights:
        if prep.dep_ == "prep" and prep.lower_ == "of" and (inside := child(prep, "pcomp", "pobj")) is not None:
            return tuple(subtree(inside))
    return ()


def _is_empty(found: Attribution) -> bool:
    doc = found.cue.doc
    words = [doc[i] for i in found.content if doc[i].is_alpha]
    return not words or (len(words) == 1 and words[0].lower_ in _EMPTY)
