"""What a verb of speech reports as a clause: after it, before it, around it, and where the small parser goes wrong."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from detente.codebook.cues import CueLexicon
from detente.language.syntax import FINITE, MAX_CHAIN, child, finite_tag, is_finite, is_infinitive, own_subject
from detente.said.attribution import Attribution, subtree, that_marks

_RELATIVE = frozenset({"which", "that", "who", "whom"})
_ADDRESSED = frozenset({"to", "with"})
_BREAKS = frozenset({";", ":"})
_TO_THAT = 9
"""Words between a verb and its *that*: an addressee, a day, an adverb. Farther ones belong to something else."""


def clausal_attribution(verb: Token, frames: frozenset[str], lexicon: CueLexicon) -> Attribution | None:
    """The clause that `verb` reports, if it stands in a frame that reports one."""
    if "clause" in frames:
        for reading in _READINGS:
            found = reading(verb, lexicon)
            if found is not None:
                return found
    return _gerund(verb) if "gerund" in frames else None


def addressee_of(verb: Token) -> Token | None:
    """To whom the verb speaks: an object, or a phrase with *to* or *with*."""
    told = child(verb, "dative") or child(verb, "dobj")
    if told is not None and told.pos_ in ("NOUN", "PROPN", "PRON"):
        return told
    for prep in verb.children:
        if prep.dep_ in ("prep", "dative") and prep.lower_ in _ADDRESSED:
            return child(prep, "pobj")
    return None


def _told(verb: Token, frame: str, content: Iterable[int]) -> Attribution:
    said = set(content)
    told = addressee_of(verb)
    return Attribution(verb, (verb.i,), frame, tuple(sorted(said)), None if told is None or told.i in said else told)


def _complement(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``said (that) talks had failed``, ``talks had failed, he said``."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and (is_finite(c) or not is_infinitive(c))]
    names = "name" in lexicon.verbs.get(verb.lemma_.lower(), ())
    for clause in sorted(clauses, key=lambda c: (c.i < verb.i, c.i)):
        if names and not is_finite(clause) and clause.pos_ not in ("VERB", "AUX"):
            continue
        if clause.i < verb.i and _broken_off(clause, verb):
            continue
        content = [*_stray_subject(verb, clause), *subtree(clause, that_marks(clause))]
        if verb.i in content:  # a cue in the middle of what it reports
            own = {t.i for t in verb.subtree}
            content = [i for i in content if i not in own]
        if clause.i > verb.i:
            content = _with_strays(verb, clause, content)
            lost = _handed_back(clause, lexicon)
            content = [i for i in content if i not in lost]
            content += _reason_behind(verb, content)
        return _told(verb, "clause", content)
    return None


def _stray_subject(verb: Token, clause: Token) -> Iterable[int]:
    """The subject of the clause where the parser hung it on the verb: ``reported **three malls** were damaged``."""
    thing = child(verb, "dobj")
    if thing is None or own_subject(clause) is not None or not verb.i < thing.i < clause.i or not is_finite(clause):
        return ()
    return range(thing.left_edge.i, clause.left_edge.i)


def _broken_off(clause: Token, verb: Token) -> bool:
    return any(c.text in _BREAKS for c in verb.children if clause.i < c.i < verb.i)


def _with_strays(verb: Token, clause: Token, content: list[int]) -> list[int]:
    """The content with what the parser hung on the verb instead: a fronted phrase, a further *that*, a bare modal."""
    found = list(content)
    that = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    for c in verb.rights:
        if c.i == clause.i or c.dep_ not in ("conj", "prep", "advmod", "npadvmod", "ccomp", "advcl"):
            continue
        if c.i < clause.i:
            if that is not None and c.i > that.i:
                found += subtree(c)
        elif c.dep_ in ("conj", "ccomp") and (that_marks(c) or _is_bare_modal(c)):
            found += subtree(c, that_marks(c))
    return found


def _reason_behind(verb: Token, content: list[int]) -> list[int]:
    """A clause that goes on without a comma, hung on a verb above: ``went on to say he left **because he had to**``."""
    last = max(content, default=verb.i)
    if last + 1 >= len(verb.doc):
        return []
    follower = verb.doc[last + 1]
    reason = follower.head
    hung = follower.dep_ == "mark" and reason.dep_ == "advcl" and reason.head.i <= verb.i
    return subtree(reason) if hung else []


def _is_bare_modal(verb: Token) -> bool:
    """``said he was sorry but **would not resign**``: only the reported clause can have the modal."""
    return own_subject(verb) is None and any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def lender_behind(verb: Token, lexicon: CueLexicon) -> Token | None:
    """The verb of speech whose speaker goes on with `verb`, though the parser joined it to what was said.

    ``said he knew of the plan **but denied that** he had agreed``: a verb of speech with a clause of its own, in the
    same tense and without a subject. ``said they would leave, **adding** that …``: a participle of speech behind a
    comma.
    """
    clause = verb.head
    if own_subject(verb) is not None or clause.dep_ != "ccomp" or verb.i < clause.i:
        return None
    cue = clause.head
    if cue.i > clause.i or "clause" not in lexicon.verbs.get(cue.lemma_.lower(), frozenset()):
        return None
    told = child(verb, "ccomp")
    if verb.dep_ == "conj":
        if verb.tag_ != cue.tag_ or verb.tag_ not in ("VBD", "VBZ", "VBP"):
            return None
        if told is not None and that_marks(told):
            return cue
        subject = own_subject(clause)
        mute = subject is not None and (subject.lower_ == "it" or subject.lemma_.lower() in lexicon.mute)
        return cue if mute or finite_tag(clause) not in ("", verb.tag_) else None
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or "clause" not in lexicon.verbs.get(verb.lemma_.lower(), ()):
        return None
    return cue if told is not None and verb.doc[verb.left_edge.i - 1].text in (",", '"', "”", "—", "–") else None


def _is_new_statement(verb: Token, lexicon: CueLexicon) -> bool:
    """``said they would stay **and others said** they would go``: a statement of its own joined to the clause."""
    if verb.dep_ != "conj" or own_subject(verb) is None or verb.tag_ not in FINITE:
        return False
    return "clause" in lexicon.verbs.get(verb.lemma_.lower(), ()) and child(verb, "ccomp") is not None


def rejoined(verb: Token) -> Token | None:
    """The verb above that a joined verb without a subject goes on with, where tenses tell that the parser went wrong.

    ``thanked them for the work they are doing **and reiterated** his support``: a past tense joined to a present goes
    with the past tense above.
    """
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or own_subject(verb) is not None or _is_past(verb.head):
        return None
    above = verb.head
    for _ in range(MAX_CHAIN):
        if above.head == above:
            return None
        above = above.head
        if above.pos_ in ("VERB", "AUX"):
            if above.tag_ == "VBD":
                return above
            if _is_past(above):
                return None
    return None


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in verb.children)


def _handed_back(clause: Token, lexicon: CueLexicon) -> set[int]:
    """Tokens of the verbs of speech in `clause` that go on with its speaker, and of the words that join them."""
    lost: set[int] = set()
    for c in clause.children:
        if lender_behind(c, lexicon) is not None or _is_new_statement(c, lexicon):
            lost |= {t.i for t in c.subtree}
            joint = [k.i for k in clause.children if k.dep_ in ("cc", "punct") and clause.i < k.i < c.i]
            lost |= {i for i in joint if i >= c.left_edge.i - 2}
    return lost


def _after_that(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """A *that* close behind the verb opens the clause, and the clause goes on to the end of all the verb governs.

    The marks of the parser are not asked for the left edge: it is certain, and small parsers go wrong in long clauses.
    """
    doc, end = verb.doc, verb.right_edge.i + 1
    that = _that_behind(verb, end, lexicon)
    if that is None or that.i + 1 >= end:
        return None
    rest = doc[that.i + 1 : end]
    if not any(t.tag_ in FINITE for t in rest) or rest[0].pos_ in ("PUNCT", "CCONJ", "SPACE"):
        return None
    own = [c.left_edge.i for c in verb.children if c.i > that.i and _continues_narration(c)]
    spliced = [t.i for t in rest if t.lower_ == "however" and doc[t.i - 1].text in (",", ";")]
    lost = {i for c in verb.rights if c.dep_ == "ccomp" for i in _handed_back(c, lexicon)}
    cut = min([*own, *spliced], default=end)
    return _told(verb, "clause", [i for i in range(that.i + 1, cut) if i not in lost])


def _that_behind(verb: Token, end: int, lexicon: CueLexicon) -> Token | None:
    takes_noun = "noun" in lexicon.verbs.get(verb.lemma_.lower(), ())
    for token in verb.doc[verb.i + 1 : min(verb.i + 1 + _TO_THAT, end)]:
        if token.lower_ == "that":
            return token if token.head.i != token.i and not _is_pronoun_that(token) else None
        if token.lemma_.lower() in lexicon.nouns or (takes_noun and token.dep_ == "dobj"):
            return None  # the noun has the clause: denied all claims that …, expressed confidence that …
        if token.is_punct or token.tag_ in FINITE or token.tag_ in ("VBG", "VBN", "TO", "WDT", "WP"):
            return None
    return None


def _is_pronoun_that(that: Token) -> bool:
    if that.dep_ == "dobj":
        return that.i + 1 == len(that.doc) or that.nbor().is_punct
    return that.dep_ in ("nsubj", "nsubjpass") and that.head.dep_ == "relcl"


def _continues_narration(child_: Token) -> bool:
    if child_.dep_ == "advcl":
        return child_.tag_ == "VBG"
    return child_.dep_ == "conj" and child_.tag_ == "VBD" and child_.head.tag_ == "VBD"


def _gerund(verb: Token) -> Attribution | None:
    """``denied taking bribes``, ``suggested leaving``."""
    gerund = child(verb, "xcomp")
    if gerund is None or gerund.tag_ != "VBG" or gerund.i < verb.i:
        return None
    return _told(verb, "gerund", subtree(gerund))


def _relative_gap(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``fires, which officials said were out``: the noun before is part of what was said."""
    if verb.dep_ != "relcl":
        return None
    clause = child(verb, "ccomp")
    opening = verb.left_edge
    if clause is None or opening.lower_ not in _RELATIVE or opening == own_subject(verb):
        return None
    return _told(verb, "relative", list({*subtree(verb.head, (verb,)), *subtree(clause)} - {opening.i}))


def _as_told(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``talks, as the minister noted, had failed``: the clause around is what was said."""
    marks = [c for c in verb.children if c.dep_ in ("mark", "advmod", "prep") and c.lower_ == "as" and c.i < verb.i]
    if verb.dep_ != "advcl" or not marks or own_subject(verb) is None:
        return None
    if child(verb, "ccomp", "dobj", "xcomp") is not None:
        return None
    head = verb.head
    if head.dep_ == "relcl" and head.left_edge.lower_ in _RELATIVE:
        head = head.head
    around = [t.i for t in head.subtree if t.lower_ not in _RELATIVE or t.dep_ not in ("nsubj", "dobj")]
    stray = {t.i for c in verb.children if c.dep_ == "acomp" for t in c.subtree}
    phrase = {t.i for t in verb.subtree} - stray
    return _told(verb, "as", [i for i in around if i not in phrase])


def _parenthetical(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``the talks, he said, had failed``."""
    if verb.dep_ not in ("parataxis", "ccomp") or own_subject(verb) is None:
        return None
    head = verb.head
    if head == verb or head.pos_ not in ("VERB", "AUX"):
        return None
    before = verb.doc[verb.left_edge.i - 1] if verb.left_edge.i > 0 else None
    if before is None or before.text not in (",", "-", "–", "—", "("):
        return None
    if head.dep_ == "relcl" and (opening := head.left_edge).lower_ in _RELATIVE:
        phrase = {t.i for t in verb.subtree} | {opening.i}
        return _told(verb, "relative", [t.i for t in head.head.subtree if t.i not in phrase])
    return _told(verb, "parenthetical", subtree(head, (verb,)))


def _bare_clause(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``ruled the practice is unlawful``: a subject that the parser took for the object of the cue."""
    thing = child(verb, "dobj")
    if thing is None or thing.i < verb.i:
        return None
    tagged = next((c for c in thing.rights if c.dep_ == "acl" and c.tag_ == "VBD"), None)
    if tagged is not None and "noun" not in lexicon.verbs.get(verb.lemma_.lower(), ()):
        return _told(verb, "clause", range(thing.left_edge.i, tagged.right_edge.i + 1))
    for c in verb.rights:
        if c.i < thing.i or c.tag_ not in FINITE or c.dep_ not in ("conj", "advcl", "dep"):
            continue
        between = [k for k in verb.children if thing.i < k.i < c.i and k.dep_ == "cc"]
        marked = any(k.dep_ == "mark" for k in c.children)
        if between or marked or own_subject(c) is not None or c.left_edge.i <= thing.i:
            continue
        return _told(verb, "clause", range(thing.left_edge.i, c.right_edge.i + 1))
    return None


def _lost_clause(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``said a law allowing it marked a sad day``: a clause where the parser gives the verb an object."""
    thing = child(verb, "dobj")
    if thing is None or thing.i < verb.i or "noun" in lexicon.verbs.get(verb.lemma_.lower(), ()):
        return None
    own = [c.left_edge.i for c in verb.rights if c.dep_ in ("conj", "advcl") and c.i > thing.i]
    rest = range(thing.left_edge.i, min(own, default=verb.right_edge.i + 1))
    finite = [t for t in (verb.doc[i] for i in rest) if t.tag_ in FINITE]
    if not finite or all(t.dep_ == "relcl" or t.dep_ in ("aux", "auxpass") for t in finite):
        return None
    return _told(verb, "clause", rest)


def _inserted(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``Many cultures, the complaint pointed out, have …``: subject and cue between commas, however they are hung."""
    subject, doc, sent = own_subject(verb), verb.doc, verb.sent
    if subject is None or subject.i > verb.i:
        return None
    if any(c.dep_ in ("dobj", "ccomp") or (c.dep_ == "xcomp" and not is_infinitive(c)) for c in verb.rights):
        return None
    first = subject.left_edge.i
    last = max([verb.i, *(c.i for c in verb.children if c.dep_ == "prt")])
    if verb.i - first > _TO_THAT or first <= sent.start or doc[first - 1].text != ",":
        return None
    if last + 1 >= sent.end or doc[last + 1].text not in (",", "."):
        return None
    begin = max((t.i + 1 for t in sent if t.i < first and t.text == ";"), default=sent.start)
    content = [t.i for t in sent if t.i >= begin and not first <= t.i <= last and not t.is_space]
    return _told(verb, "parenthetical", content) if len(content) > 3 else None


def _swallowed(verb: Token, lexicon: CueLexicon) -> Attribution | None:
    """``The spokesman added on Monday, they would not leave``: a parse that makes the report govern its cue."""
    head = verb.head
    if verb.dep_ != "ccomp" or head.i < verb.i or own_subject(verb) is None or not is_finite(verb):
        return None
    if not is_finite(head) or child(verb, "dobj") is not None:
        return None
    after = verb.right_edge.i
    subject = own_subject(head)
    if subject is None or subject.i < after:
        return None
    if any(t.text in _BREAKS or t.is_quote for t in verb.doc[after + 1 : subject.i]):
        return None
    content = [t.i for t in head.subtree if t.i > after]
    own = [c for c in head.children if c.dep_ == "ccomp" and c.i != verb.i and c.i < verb.i]
    return _told(verb, "clause", content) if content and not own else None


_READINGS = (
    *(_relative_gap, _as_told, _after_that, _complement, _bare_clause),
    *(_parenthetical, _inserted, _swallowed, _lost_clause),
)
"""The surest first."""
