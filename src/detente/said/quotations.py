"""Whose quotation it is: the cue before, after or inside a quotation, or the speaker carried over.

The marks decide what is quoted; syntax is asked only for the subject of a verb close by, so that a quotation is found
in text that was never parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.codebook.cues import CueLexicon
from detente.language.syntax import MAX_CHAIN, child, own_subject
from detente.said.layout import Layout
from detente.said.quote_labels import label_of, signature_of

_REACH = 45
"""Words a cue may lie from its quotation; longer stretches are narration."""
_FAR_ADDRESSEE = 8
"""Words of an addressee and a day between a verb and its quotation without a comma."""
_COMMAS = frozenset({",", "–", "—", "-", "--"})
_JOINING_MARKS = (",", "?", "!", "-", "—", "–", "…")
_FULL_STOPS = (".", "!", "?", "…")
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_BELOW = frozenset({"ccomp", "relcl", "advcl", "acl", "xcomp", "pcomp"})
_RELATIVE = frozenset({"who", "which", "whom", "whose", "where"})


@dataclass(slots=True)
class Quoted:
    """Quotations with one cue: numbers into `Layout.quotes`. `cue` and `subject` are null where they are carried."""

    cue: Token | None
    numbers: list[int] = field(default_factory=list)
    carried_from: Quoted | None = None
    narrator: Token | None = None
    label: Token | None = None


def attribute_quotes(layout: Layout, lexicon: CueLexicon) -> list[Quoted]:
    """Every quotation that somebody is heard to say, grouped by cue; words in scare quotes are left out."""
    groups = _Groups(layout, lexicon)
    for number in range(len(layout.quotes)):
        groups.take(number)
    return groups.found


class _Groups:
    """Quotations gathered by cue while a text is read from its beginning."""

    def __init__(self, layout: Layout, lexicon: CueLexicon) -> None:
        self.found: list[Quoted] = []
        self._layout, self._lexicon = layout, lexicon
        self._by_cue: dict[int, Quoted] = {}
        self._last: Quoted | None = None

    def take(self, number: int) -> None:
        """Give quotation `number` to the group it belongs to, or to none."""
        if self._continues(number):
            return
        group = self._labelled(number) or self._cued(number) or self._uncued(number)
        if group is None:
            return
        if len(group.numbers) == 1:
            self.found.append(group)
        if self._layout.quotes[number].depth == 0:
            self._last = group

    def _continues(self, number: int) -> bool:
        """Whether the quotation takes up the open one of the paragraph before; it may bring the cue for both."""
        layout, last = self._layout, self._last
        quote = layout.quotes[number]
        if not quote.continues or last is None or layout.quotes[last.numbers[-1]].depth != quote.depth:
            return False
        last.numbers.append(number)
        if last.cue is None and last.label is None:
            last.cue = _cue_after(layout, self._lexicon, number)
        return True

    def _labelled(self, number: int) -> Quoted | None:
        label = label_of(self._layout, number) or signature_of(self._layout, number)
        return None if label is None else Quoted(None, [number], label=label)

    def _cued(self, number: int) -> Quoted | None:
        cue = _cue_after(self._layout, self._lexicon, number)
        if cue is None or cue.tag_ == "VBG":  # "…", recalling …: the finite verb before has the better claim
            cue = _cue_before(self._layout, self._lexicon, number) or cue
        if cue is None:
            return None
        group = self._by_cue.setdefault(cue.i, Quoted(cue))
        group.numbers.append(number)
        return group

    def _uncued(self, number: int) -> Quoted | None:
        """A quotation without a cue of its own: a second part, or a sentence whose speaker is carried over."""
        layout, last = self._layout, self._last
        if layout.quotes[number].depth:
            return None
        if last is not None and _goes_on(layout, number, last):
            last.numbers.append(number)
            return last
        return _carried(layout, number, last) or _run_ahead(layout, number) if is_full(layout, number) else None


def is_full(layout: Layout, number: int) -> bool:
    """Whether a quotation is a sentence or more by its looks: a capital first, an end mark last, and not one word."""
    quote = layout.quotes[number]
    words = quote.inner.of(layout.text)
    opening = words.lstrip("[(….- \"'“‘")[:1]
    return (
        bool(opening.isupper() or opening.isdigit())
        and len(words.split()) >= 3
        and words.rstrip("]”\"’') ")[-1:]
        in (
            *_FULL_STOPS,
            ",",
        )
    ) or (opening.isupper() and len(words.split()) >= 8)


def _goes_on(layout: Layout, number: int, last: Quoted) -> bool:
    """``tweeted "We stand ready" on Friday "to give whatever help we can"``: a second part in the same clause."""
    before = last.numbers[-1]
    if last.cue is None or layout.quotes[before].paragraph != layout.quotes[number].paragraph:
        return False
    if not layout.quotes[number].inner.of(layout.text)[:1].islower() or last.cue.i > layout.first[before]:
        return False
    between = layout.doc[layout.last[before] + 1 : layout.first[number]]
    return 0 < len(between) <= _REACH and not any(layout.ends_sentence(t) or t.tag_ in _FINITE for t in between)


def _opens_sentence(layout: Layout, number: int) -> bool:
    first = layout.first[number]
    if first == 0:
        return True
    before = layout.doc[first - 1]
    return (
        before.is_space
        or layout.ends_sentence(before)
        or layout.paragraph_of[before.i] != layout.paragraph_of[first]
        or (before.is_quote and layout.parent_of[number] >= 0)
        or before.text in (":", ",")
        or (before.text in "”\"’'»" and layout.quote_of[before.i] >= 0)
    )


def _cue_after(layout: Layout, lexicon: CueLexicon, number: int) -> Token | None:
    """The verb of speech behind a quotation: ``"…," he said``, ``"…." Lima told reporters.``"""
    quote, doc = layout.quotes[number], layout.doc
    if not quote.closed or not _opens_sentence(layout, number):
        return None
    words = quote.inner.of(layout.text)
    i = layout.last[number] + 1
    joined = words[-1:] in _JOINING_MARKS or words.endswith(("...", "[.]"))
    while i < len(doc) and doc[i].text in _COMMAS:
        joined, i = True, i + 1
    verb = _verb_behind(layout, lexicon, number, i, joined)
    if verb is None:
        return None
    if joined:
        return verb
    stopped = words[-1:] == "."
    if stopped and not (doc[i].is_lower or verb.i == i):  # a sentence of its own
        far = verb.i > i + 3 or not _is_plain_cue(verb, lexicon)
        if far or _introduces_next(layout, verb):
            return None
    elif not stopped and (verb.i - i > 3 or _length(layout, number) < 3):
        return None
    return verb if _speaks(verb, layout, number) else None


def _verb_behind(layout: Layout, lexicon: CueLexicon, number: int, start: int, joined: bool) -> Token | None:
    """The first verb that may introduce the quotation among the words from `start` on, within its sentence."""
    parent, subject_seen = layout.parent_of[number], False
    for token in layout.doc[start : start + _REACH]:
        if _leaves(layout, token, number, parent) or layout.ends_sentence(token):
            return None
        if token.i > start + 1 and not joined and not subject_seen:
            return None
        if _quoting(token, lexicon) and not _is_relative(token):
            return token
        subject_seen = subject_seen or token.pos_ in ("PROPN", "PRON", "NOUN")
        if not joined and token.tag_ in _FINITE:
            return None
    return None


@dataclass(slots=True)
class _Lead:
    """What stands right before a quotation: the last word, and the marks and *that* between it and the quotation."""

    last: int
    colon: bool
    comma: bool
    that: bool = False


def _lead_of(layout: Layout, number: int) -> _Lead | None:
    """The lead of a quotation; null where its paragraph opens with it."""
    doc, first = layout.doc, layout.first[number]
    glued = layout.text[doc[first].idx : layout.quotes[number].outer.start]
    lead = _Lead(first - 1, glued.endswith(":"), glued.endswith(","))  # part:"You are …" is one token to the tokenizer
    while lead.last >= 0:
        token = doc[lead.last]
        if not (token.is_space or token.text in _COMMAS or token.text == ":" or token.lower_ == "that"):
            break
        lead.colon = lead.colon or token.text == ":"
        lead.comma = lead.comma or token.text in _COMMAS
        lead.that = lead.that or token.lower_ == "that"
        lead.last -= 1
    if lead.last < 0 or (not lead.colon and layout.paragraph_of[lead.last] != layout.paragraph_of[first]):
        return None
    return lead


def _cue_before(layout: Layout, lexicon: CueLexicon, number: int) -> Token | None:
    """The verb or noun of speech before a quotation: ``told reporters "…"``, ``in a statement: "…"``."""
    lead = _lead_of(layout, number)
    if lead is None:
        return None
    main: Token | None = None
    for token in _words_before(layout, number, lead):
        if (main is None or lead.colon) and _introduces(token, lead, layout, lexicon, number):
            return _read_out(token, lexicon) or token
        if token.tag_ in _FINITE or (token.tag_ == "VBN" and token.dep_ in ("ROOT", "conj")):
            main = main or token
    if not (lead.colon or lead.comma) or not is_full(layout, number):
        return None
    noun = _speech_noun(layout, lexicon, lead.last) if lead.colon else None
    if noun is not None and (main is None or main.lemma_ in ("be", "read", "go")):
        return noun
    if main is not None and _speaks(main, layout, number):
        return _main_of(main)
    return noun


def _words_before(layout: Layout, number: int, lead: _Lead) -> Iterator[Token]:
    """The words before a quotation in its sentence, the nearest first."""
    paragraph = layout.paragraph_of[layout.first[number]]
    for k in range(lead.last, max(lead.last - _REACH, -1), -1):
        token = layout.doc[k]
        if _leaves(layout, token, number, layout.parent_of[number]) or layout.ends_sentence(token):
            return
        if not lead.colon and layout.paragraph_of[k] != paragraph:
            return
        yield token


def _introduces(token: Token, lead: _Lead, layout: Layout, lexicon: CueLexicon, number: int) -> bool:
    """Whether `token` is the verb that the quotation belongs to."""
    close = lead.colon or lead.comma or token.i == lead.last
    if not _quoting(token, lexicon) or not (close or lead.that or _only_addressee(token, lead.last)):
        return False
    if not (close or is_full(layout, number)) or (lead.colon and _has_told(token, lead.last)):
        return False
    return _speaks(token, layout, number)


def _main_of(verb: Token) -> Token:
    """The verb of the main clause over `verb`."""
    for _ in range(MAX_CHAIN):
        if verb.dep_ not in _BELOW or verb.head.pos_ not in ("VERB", "AUX"):
            break
        verb = verb.head
    return verb


def _has_told(verb: Token, last: int) -> bool:
    """``addressed the guests, noting that the day was theirs: "…"``: a participle with a clause of its own is done."""
    clause = child(verb, "ccomp")
    return verb.tag_ == "VBG" and clause is not None and verb.i < clause.i <= last


def _read_out(verb: Token, lexicon: CueLexicon) -> Token | None:
    """The message of ``the following message was read``: it speaks, whoever read it out."""
    subject = child(verb, "nsubjpass")
    return subject if subject is not None and subject.lemma_.lower() in lexicon.documents else None


def _quoting(token: Token, lexicon: CueLexicon) -> str:
    """The lemma of a token that may introduce a quotation, or the empty string."""
    if token.tag_:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("amod", "compound"):
            return ""
        lemma = token.lemma_.lower()
    else:
        lemma = lexicon.verb_of(token.text) or ""
    return lemma if lexicon.verbs.get(lemma, frozenset()) & {"clause", "quote"} else ""


def _is_plain_cue(verb: Token, lexicon: CueLexicon) -> bool:
    """Whether a verb in a sentence of its own behind a quotation can only speak of it: ``"…." Lima told reporters.``"""
    return "clause" in lexicon.verbs.get(verb.lemma_.lower(), ()) and child(verb, "ccomp", "xcomp") is None


def _leaves(layout: Layout, token: Token, number: int, parent: int) -> bool:
    owner = layout.quote_of[token.i]
    return owner != parent and owner != number


def _is_relative(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(c.lower_ in _RELATIVE for c in verb.children)


def _speaks(verb: Token, layout: Layout, number: int) -> bool:
    if any(c.dep_ == "neg" for c in verb.children):
        return False
    if not verb.tag_ or verb.tag_ in ("VBG", "VBN", "VB"):
        return True
    subject = own_subject(verb)
    return subject is None or layout.quote_of[subject.i] != number


def _introduces_next(layout: Layout, verb: Token) -> bool:
    doc = layout.doc
    for token in doc[verb.i + 1 : verb.i + 12]:
        if token.is_quote:
            return True
        if layout.ends_sentence(token):
            return False
    return False


def _only_addressee(verb: Token, last: int) -> bool:
    return 0 < last - verb.i <= _FAR_ADDRESSEE and all(
        t.pos_ in ("DET", "PROPN", "NOUN", "PRON", "ADP", "ADJ", "NUM") for t in verb.doc[verb.i + 1 : last + 1]
    )


def _length(layout: Layout, number: int) -> int:
    return len(layout.quotes[number].inner.of(layout.text).split())


def _speech_noun(layout: Layout, lexicon: CueLexicon, last: int) -> Token | None:
    doc = layout.doc
    for k in range(last, max(last - _REACH, -1), -1):
        token = doc[k]
        if layout.ends_sentence(token):
            return None
        if token.lemma_.lower() in lexicon.nouns or token.lemma_.lower() in lexicon.documents:
            return token
    return None


def _carried(layout: Layout, number: int, last: Quoted | None) -> Quoted | None:
    """A quotation without a cue of its own: it goes on with the last one, or with the last sentence's subject."""
    quote, doc = layout.quotes[number], layout.doc
    if not _opens_sentence(layout, number):
        return None
    narration = _sentence_before(layout, number)
    if last is not None:
        before = layout.quotes[last.numbers[-1]]
        if before.paragraph == quote.paragraph:
            between = doc[layout.last[last.numbers[-1]] + 1 : layout.first[number]]
            stops = sum(layout.ends_sentence(t) for t in between)
            holds_cue = last.cue is not None and (not len(between) or last.cue.i >= between.start)
            if stops <= 1 and (holds_cue or not any(t.tag_ in _FINITE for t in between)):
                last.numbers.append(number)
                return last
    if narration is not None:
        return Quoted(None, [number], last, narration)
    return Quoted(None, [number], last) if last is not None else None


def _run_ahead(layout: Layout, number: int) -> Quoted | None:
    """A quotation left open: whose it is, the paragraph that goes on with it may tell."""
    following = number + 1
    runs_on = following < len(layout.quotes) and layout.quotes[following].continues
    return Quoted(None, [number]) if runs_on and not layout.quotes[number].closed else None


def _sentence_before(layout: Layout, number: int) -> Token | None:
    """The main verb of the narrating sentence just before a quotation in the same paragraph."""
    doc, first = layout.doc, layout.first[number]
    k = first - 1
    while k >= 0 and (doc[k].is_space or layout.ends_sentence(doc[k])):
        k -= 1
    if k < 0 or layout.paragraph_of[k] != layout.paragraph_of[first] or layout.quote_of[k] >= 0:
        return None
    root = doc[k]
    for _ in range(60):
        if root.head == root:
            break
        root = root.head
    return root if root.pos_ in ("VERB", "AUX") and own_subject(root) is not None else None
