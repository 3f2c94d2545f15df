"""Whose words they are: the speaker of a cue, found by syntax, and the party that speaker is."""

from __future__ import annotations

from spacy.tokens import Token

from detente.codebook.cues import CueLexicon
from detente.language.syntax import MAX_CHAIN, child, is_passive, object_of, own_subject
from detente.record import Party, Span
from detente.said.clauses import lender_behind, rejoined
from detente.said.layout import Layout
from detente.who import Cast

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_UNNAMED = frozenset({"there", "what", "this", "that", "which"})
_MAKERS = ("by", "from", "of")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_BLOCKING = frozenset({"ADP", "CCONJ", "PART", "VERB", "AUX"})
_MAX_NAME = 8
"""Words of a name with its titles; longer runs of capitals are headings."""


def speaker_of(cue: Token, lexicon: CueLexicon) -> Token | None:
    """The head of the noun phrase that speaks through the verb `cue`: its subject, agent or controller."""
    verb = cue
    for _ in range(MAX_CHAIN):
        if (named := _name_before(verb)) is not None:
            return named
        if is_passive(verb) and (verb == cue or own_subject(verb) is None):
            if (agent := child(verb, "agent")) is not None:
                return child(agent, "pobj")
            return None
        subject = _nearest_subject(verb)
        if subject is not None:
            return _antecedent(subject, verb)
        if verb == cue and (after := inverted_subject(cue)) is not None:
            return after
        above = lender_behind(verb, lexicon) or rejoined(verb) or _subject_lender(verb, lexicon)
        if above is None or above == verb:
            return None
        if above.pos_ not in ("VERB", "AUX"):
            lender = above if above.pos_ in _NOMINAL else _verb_over(above)
            if lender is None or lender.pos_ in _NOMINAL:
                return lender
            above = lender
        verb = above
    return None


def _name_before(cue: Token) -> Token | None:
    """The person named just before a cue whose subject is a description: ``a member of parliament, **Samir Dilou**,
    said``, ``Niger's president **Mahamadou Issoufou** said``.

    The small parser hangs such names on whatever stands near; the words before the name tell whether it is governed.
    """
    doc, i = cue.doc, cue.i - 1
    while i >= 0 and (doc[i].text == "," or doc[i].pos_ in ("ADV", "AUX")) and i > cue.i - 5:
        i -= 1
    if i < 0 or doc[i].ent_type_ != "PERSON" or doc[i].tag_ not in _NAME_TAGS or cue.tag_ in ("VBG", "VB"):
        return None
    last = doc[i]
    while i > 0 and doc[i - 1].tag_ in _NAME_TAGS and last.i - i < _MAX_NAME:
        i -= 1
    name = i
    while i > 0 and doc[i - 1].pos_ in ("NOUN", "ADJ") and name - i < _MAX_NAME:
        i -= 1
    before = doc[i - 1] if i > cue.sent.start else None
    described = before is not None and before.tag_ == "POS" and i < name  # Niger's president …
    if before is None or before.is_quote or (before.pos_ in _BLOCKING and not described):
        return None
    clause = own_subject(cue)
    return last if clause is None or clause.i <= last.i else None


def _nearest_subject(verb: Token) -> Token | None:
    """The subject of a verb; of several that the parser gives, the last before it."""
    before = [c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")]
    return before[-1] if len(before) > 1 else own_subject(verb)


def inverted_subject(cue: Token) -> Token | None:
    """Who speaks behind the cue: ``"…", said **a protester**``."""
    if cue.i == 0 or cue.tag_ not in ("VBD", "VBZ") or not (cue.nbor(-1).is_quote or cue.nbor(-1).text == ","):
        return None
    after = child(cue, "dobj", "attr", "oprd", "npadvmod")
    if after is None or after.left_edge.i != cue.i + 1 or after.pos_ not in ("PROPN", "NOUN", "PRON"):
        return None
    return after


def _subject_lender(verb: Token, lexicon: CueLexicon) -> Token | None:
    """Where a verb without a subject takes it from: the verb it hangs on, or the noun it describes."""
    head = verb.head
    if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "parataxis", "dep"):
        return head
    if verb.dep_ == "acl":
        if head.lemma_.lower() in lexicon.documents or head.lemma_.lower() in lexicon.nouns or head.ent_type_ == "":
            lender = _verb_over(head)
            return lender if lender is not None and not _names_speaker(head) else head
        return head
    if verb.dep_ == "pcomp":
        above = _verb_over(head)
        blamed = child(above, "dobj") if above is not None and head.head == above else None
        if blamed is not None and head.lower_ in ("of", "for", "from") and blamed.i < head.i:
            return blamed  # accused her **of lying**: she is the one who lies
        return above
    return None


def _names_speaker(noun: Token) -> bool:
    return noun.dep_ in ("nsubj", "nsubjpass", "pobj") and noun.tag_ in ("NNP", "NNPS", "NNS")


def _verb_over(token: Token) -> Token | None:
    for _ in range(MAX_CHAIN):
        if token.head == token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def _antecedent(subject: Token, verb: Token) -> Token | None:
    if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    if subject.lower_ in ("who", "which") and subject.tag_ in ("WP", "WDT"):
        return _noun_before(subject)
    if subject.dep_ in ("csubj", "expl"):
        return None
    speaker = next((c for c in subject.children if c.dep_ == "appos" and c.tag_ == "PRP"), subject)
    return _without_suffix(speaker)


def _noun_before(relative: Token) -> Token | None:
    """The noun just before a relative pronoun whose clause the parser hung elsewhere."""
    i = relative.i - 1
    while i >= 0 and relative.doc[i].text in (",", '"', "”"):
        i -= 1
    return relative.doc[i] if i >= 0 and relative.doc[i].pos_ in ("NOUN", "PROPN") else None


def _without_suffix(name: Token) -> Token:
    """``Joseph R. **Biden**, Jr.``: the name that a suffix behind a comma belongs to."""
    if name.i < 2 or name.text.rstrip(".") not in ("Jr", "Sr") or name.nbor(-1).text != ",":
        return name
    return name.nbor(-2)


def owner_of(noun: Token) -> Token | None:
    """Who made a claim told by a noun: the possessor, or the agent."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    maker = object_of(noun, *_MAKERS)
    if maker is not None and maker.pos_ in ("PROPN", "NOUN", "PRON"):
        return maker
    return None


def utterer_of(noun: Token, lexicon: CueLexicon) -> Token | None:
    """Who utters a noun of speech that is the object of a light verb: **she** made a request for help."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in lexicon.light:
        return None
    return speaker_of(verb, lexicon)


def maker_of(document: Token) -> Token | None:
    """Who wrote a document: ``a statement released by **the office**``, ``a letter from **the minister**``."""
    for c in document.children:
        if c.dep_ in ("acl", "relcl") and (agent := child(c, "agent")) is not None:
            return child(agent, "pobj")
    return object_of(document, "by", "from")


def party_for(head: Token, cast: Cast, layout: Layout) -> Party | None:
    """The party that the noun phrase of `head` names; one of unknown country where the cast has none."""
    if head.lower_ in _UNNAMED and cast.headed_by(head) is None:
        return None
    head = _named_by_apposition(head)
    mention = cast.headed_by(head) or cast.covering(head)
    if mention is not None:
        return mention.parties[0]
    span = noun_phrase(head, layout)
    if span is None:
        return None
    text = span.of(layout.text)
    return Party(span=span, text=text, name=" ".join(text.split()))


def _named_by_apposition(head: Token) -> Token:
    if head.pos_ == "PROPN" or head.tag_ == "NNPS":
        return head
    named = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    return named if named is not None else head


def noun_phrase(head: Token, layout: Layout) -> Span | None:
    """The characters of the noun phrase of `head`, without relative clauses and appositions; null where no word is."""
    first, last = head.i, head.i
    for c in head.lefts:
        if c.dep_ not in ("punct", "cc", "preconj", "relcl", "advcl"):
            first = min(first, c.left_edge.i)
    for c in head.rights:
        if (c.dep_ == "prep" and c.lower_ in ("of", "in", "for", "at")) or c.dep_ in ("flat", "nummod"):
            last = max(last, c.right_edge.i)
        elif c.dep_ in ("punct", "case", "cc", "relcl", "appos", "acl", "advcl"):
            break
    end = layout.doc[last]
    span = layout.trimmed(layout.doc[first].idx, end.idx + len(end.text))
    return span if any(c.isalnum() for c in span.of(layout.text)) else None
