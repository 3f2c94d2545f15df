"""Cues that are no verbs: nouns of speech, adverbs, and phrases such as *according to*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from detente.codebook.cues import CueLexicon
from detente.language.syntax import FINITE, child, clause_of, is_infinitive, is_verbal
from detente.said.attribution import Attribution, subtree, that_marks
from detente.said.frames import attributions_of
from detente.said.layout import Layout
from detente.said.sources import maker_of, owner_of, utterer_of


def noun_attribution(noun: Token, lexicon: CueLexicon) -> Attribution | None:
    """What a noun of speech tells: ``his claim that …``, ``demands for …``, ``the accusation is that …``."""
    frames = lexicon.nouns.get(noun.lemma_.lower())
    if frames is None or noun.pos_ != "NOUN" or _is_said_by_verb(noun, lexicon):
        return None
    speaker = owner_of(noun) or utterer_of(noun, lexicon)
    for c in noun.rights:
        found = _behind_noun(noun, c, frames, speaker)
        if found is not None:
            return found
    head = noun.head
    if noun.dep_ == "nsubj" and head.lemma_ == "be" and "that" in frames:
        clause = child(head, "ccomp")
        if clause is not None and _is_clause(clause):
            return _that_clause(noun, clause, speaker)
    return None


def _behind_noun(noun: Token, c: Token, frames: frozenset[str], speaker: Token | None) -> Attribution | None:
    """``claim **that …**``, ``pledge **to …**``, ``demands **for …**``, ``accusations **of …**``."""
    if "that" in frames and c.dep_ in ("acl", "ccomp", "relcl") and _is_clause(c):
        return _that_clause(noun, c, speaker)
    if "for" in frames and c.dep_ == "prep" and c.lower_ == "for" and (speaker is not None or noun.tag_ == "NNS"):
        return Attribution(noun, (noun.i,), "noun-for", tuple(subtree(c)), None, speaker, speaker is not None)
    if speaker is None:
        return None
    if "to" in frames and c.dep_ in ("acl", "relcl", "xcomp") and is_infinitive(c):
        return Attribution(noun, (noun.i,), "noun-to", tuple(subtree(c)), None, speaker)
    if "of" in frames and c.dep_ == "prep" and c.lower_ == "of":
        inside = child(c, "pobj", "pcomp")
        if inside is not None and speaker not in c.subtree:
            return Attribution(noun, (noun.i,), "noun-of", tuple(subtree(inside)), None, speaker)
    return None


def _that_clause(noun: Token, clause: Token, speaker: Token | None) -> Attribution:
    content = tuple(subtree(clause, that_marks(clause)))
    return Attribution(noun, (noun.i,), "noun-that", content, None, speaker, speaker is not None)


def _is_said_by_verb(noun: Token, lexicon: CueLexicon) -> bool:
    """``reiterated their calls for …``: the verb reports the noun, and with it all that the noun would."""
    verb = noun.head.lemma_.lower()
    return noun.dep_ == "dobj" and verb in lexicon.light and "noun" in lexicon.verbs.get(verb, ())


def mistagged_attribution(noun: Token, lexicon: CueLexicon) -> Attribution | None:
    """``President Lima **states** that …``: a present tense that the tagger takes for a plural noun."""
    frames = lexicon.verbs.get(lexicon.verb_of(noun.text) or "", frozenset())
    if "clause" not in frames or noun.i == 0 or noun.i + 2 >= noun.sent.end or not noun.is_lower:
        return None
    name, that, rest = noun.nbor(-1), noun.nbor(), noun.doc[noun.i + 2 : noun.sent.end]
    if name.tag_ not in ("NNP", "NNPS") or that.lower_ != "that" or not any(t.tag_ in FINITE for t in rest):
        return None
    return Attribution(noun, (noun.i,), "clause", tuple(t.i for t in rest if not t.is_space), None, name)


def adjective_attribution(adjective: Token, lexicon: CueLexicon) -> Attribution | None:
    """``has been clear that …``: a state of a speaker that tells what he said."""
    if adjective.lower_ not in lexicon.adjectives or adjective.dep_ not in ("acomp", "oprd"):
        return None
    subject = child(adjective.head, "nsubj")
    if subject is None or subject.lower_ in ("it", "this", "that", "what"):
        return None
    for clause in (child(adjective, "ccomp"), child(adjective.head, "ccomp")):
        if clause is not None and clause.i > adjective.i and _is_clause(clause):
            content = tuple(subtree(clause, that_marks(clause)))
            return Attribution(adjective, (adjective.i,), "adjective", content, None, subject)
    return None


def witness_attribution(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``Reuters, citing **two officials**, reported …``: the source behind the source, for the same content."""
    if "witness" not in lexicon.verbs.get(verb.lemma_.lower(), ()) or verb.dep_ not in ("advcl", "acl", "conj"):
        return None
    witness = child(verb, "dobj")
    if witness is None or not is_witness(witness, lexicon):
        return None
    head = verb.head if verb.head.pos_ in ("VERB", "AUX") else verb.head.head
    if verb.i == head.i or head.pos_ not in ("VERB", "AUX"):
        return None
    told = next(attributions_of(head, lexicon), None)
    content = told.content if told is not None else tuple(subtree(head, (verb,)))
    return Attribution(verb, (verb.i,), "witness", content, None, witness)


def is_witness(noun: Token, lexicon: CueLexicon) -> bool:
    """Whether a noun names somebody who can be cited, or a document that can."""
    return noun.lemma_.lower() in lexicon.witnesses or noun.ent_type_ in ("PERSON", "ORG", "GPE")


def _is_clause(verb: Token) -> bool:
    if (
        not is_verbal(verb)
        or is_infinitive(verb)
        or (verb.tag_ in ("VBG", "VBN") and not any(c.dep_ in ("aux", "auxpass") for c in verb.children))
    ):
        return False
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)
    gap = any(
        c.lower_ in ("that", "which", "who", "whom") and c.dep_ in ("nsubj", "nsubjpass", "dobj") for c in verb.children
    )
    return marked or (
        not gap and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children) and verb.dep_ != "relcl"
    )


def phrase_attributions(doc: Doc, layout: Layout, lexicon: CueLexicon) -> Iterator[Attribution]:
    """``according to X`` and its like: the content is the sentence around the phrase."""
    starts: dict[str, list[tuple[str, ...]]] = {}
    for phrase in lexicon.phrases:
        starts.setdefault(phrase[0], []).append(phrase)
    for token in doc:
        for phrase in starts.get(token.lower_, ()):
            words = doc[token.i : token.i + len(phrase)]
            if tuple(t.lower_ for t in words) != phrase:
                continue
            found = _phrase(words[0], words[len(phrase) - 1], layout)
            if found is not None:
                yield found


def _phrase(first: Token, last: Token, layout: Layout) -> Attribution | None:
    obj = child(last, "pobj")
    if obj is None:
        return _phrase_before_comma(first, last)
    if obj.ent_type_ in ("PERCENT", "MONEY", "CARDINAL", "DATE", "TIME"):
        return None
    if first.i == last.i and (obj.ent_type_ not in ("ORG", "PERSON") or first.dep_ != "prep"):
        return None
    top = first
    while top.head != top and top.head.pos_ in ("ADP", "ADV", "SCONJ") and top.dep_ in ("prep", "pcomp", "advmod"):
        top = top.head
    phrase = {*(t.i for t in top.subtree if t.i >= first.i), *range(first.i, last.i + 1)}
    phrase = _to_comma(phrase, obj)
    content = _around(top, phrase, layout)
    maker = maker_of(obj) or obj
    if not any(layout.doc[i].is_alpha for i in content):
        return None
    return Attribution(first, tuple(range(first.i, last.i + 1)), "phrase", tuple(content), None, maker, True)


def _phrase_before_comma(first: Token, last: Token) -> Attribution | None:
    """``According to the agency, …`` where the parser makes the agency the subject: all up to the comma speaks."""
    doc, sent = first.doc, first.sent
    comma = next((t.i for t in doc[last.i + 1 : sent.end] if t.text == ","), None)
    if any(t.is_alpha for t in doc[sent.start : first.i]) or comma is None or comma == last.i + 1:
        return None
    speaker = doc[comma - 1]
    while speaker.head.i in range(last.i + 1, comma) and speaker.head.i != speaker.i:
        speaker = speaker.head
    content = tuple(t.i for t in doc[comma + 1 : sent.end] if not t.is_space)
    return Attribution(first, tuple(range(first.i, last.i + 1)), "phrase", content, None, speaker)


def _to_comma(phrase: set[int], obj: Token) -> set[int]:
    """The phrase up to the comma behind its object, where what the parser hung on the object runs on without one."""
    doc, last = obj.doc, max(phrase)
    if (name_end := _name_behind(obj, last)) is not None:
        return phrase | set(range(last + 1, name_end + 1))
    comma = next((i for i in range(obj.i + 1, last) if doc[i].text == ","), None)
    if comma is None or last + 1 >= len(doc) or doc[last + 1].is_punct or doc[last + 1].is_space:
        return phrase
    return {i for i in phrase if i <= comma}


def _name_behind(obj: Token, last: int) -> int | None:
    """Index of the last token of a name between commas behind a description: ``the mayor, **Ana Lima**, …``."""
    doc = obj.doc
    if obj.pos_ != "NOUN" or last + 2 >= len(doc) or doc[last + 1].text != "," or doc[last + 2].ent_type_ != "PERSON":
        return None
    end = last + 2
    while end + 1 < len(doc) and doc[end + 1].ent_type_ == "PERSON":
        end += 1
    return end if end + 1 < len(doc) and doc[end + 1].text == "," else None


def _around(top: Token, phrase: set[int], layout: Layout) -> list[int]:
    """The sentence around a phrase at its edge, or the clause that the phrase stands in."""
    first, last = min(phrase), max(phrase)
    begin = max((t.i + 1 for t in top.sent if t.i < first and t.text == ";"), default=top.sent.start)
    end = min((t.i for t in top.sent if t.i > last and t.text == ";"), default=top.sent.end)
    sentence = [t for t in top.doc[begin:end] if not t.is_space]
    outside = [t.i for t in sentence if t.i not in phrase]
    words = [i for i in outside if layout.doc[i].is_alpha]
    if not words:
        return []
    at_edge = words[0] > last or words[-1] < first
    head = top.head
    if at_edge or head == top:
        return outside
    for _ in range(20):
        if is_verbal(head) or head.head == head:
            break
        head = head.head
    return [t.i for t in head.subtree if t.i not in phrase]


def adverb_attribution(adverb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``reportedly``: a claim without a source; the content is the clause without the adverb."""
    if adverb.lower_ not in lexicon.adverbs:
        return None
    head = adverb.head
    if head == adverb:
        return None
    if head.dep_ in ("amod", "acl") and head.head.pos_ in ("NOUN", "PROPN"):
        return _unvoiced(adverb, subtree(head.head if head.dep_ == "amod" else head, (adverb,)))
    if not is_verbal(head):
        head = clause_of(head)
    content = subtree(head, (adverb,))
    if head.dep_ == "conj":
        subject = child(head, "nsubj", "nsubjpass")
        if subject is None:
            content = [i for i in content if i >= min(adverb.i, head.left_edge.i)]
    return _unvoiced(adverb, content)


def _unvoiced(adverb: Token, content: list[int]) -> Attribution:
    return Attribution(adverb, (adverb.i,), "adverb", tuple(content), None, None, False)
