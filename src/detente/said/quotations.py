"""Whose quotation it is: the cue before, after or inside a quotation, or the speaker carried over.

The marks decide what is quoted; syntax is asked only for the subject of a verb close by, so that a quotation is found
in text that was never parsed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.codebook.cues import CueLexicon
from detente.language.syntax import MAX_CHAIN, child, own_subject
from detente.said.layout import Layout

_REACH = 45
"""Words a cue may lie from its quotation; longer stretches are narration."""
_FAR_ADDRESSEE = 8
"""Words of an addressee and a day between a verb and its quotation without a comma."""
_LABEL_WORDS = 14
_COMMAS = frozenset({",", "–", "—", "-", "--"})
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
    found: list[Quoted] = []
    by_cue: dict[int, Quoted] = {}
    last: Quoted | None = None
    for number, quote in enumerate(layout.quotes):
        if quote.continues and last is not None and layout.quotes[last.numbers[-1]].depth == quote.depth:
            last.numbers.append(number)
            if last.cue is None and last.label is None:
                last.cue = _cue_after(layout, lexicon, number)
            continue
        if (label := _label_of(layout, number)) is not None:
            last = Quoted(None, [number], label=label)
            found.append(last)
            continue
        cue = _cue_after(layout, lexicon, number)
        if cue is None or cue.tag_ == "VBG":  # "…", recalling …: the finite verb before has the better claim
            cue = _cue_before(layout, lexicon, number) or cue
        if cue is not None:
            group = by_cue.get(cue.i)
            if group is None:
                group = by_cue[cue.i] = Quoted(cue)
                found.append(group)
            group.numbers.append(number)
        elif last is not None and quote.depth == 0 and _goes_on(layout, number, last):
            group = last
            group.numbers.append(number)
        elif quote.depth == 0 and is_full(layout, number):
            group = _carried(layout, number, last) or _run_ahead(layout, number)
            if group is None:
                continue
            if group is not last:
                found.append(group)
        else:
            continue
        if quote.depth == 0:
            last = group
    return found


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


def _label_of(layout: Layout, number: int) -> Token | None:
    """The name that opens a line and stands before a colon and the quotation: ``- Minister Ana Lima: "…"``."""
    doc, first = layout.doc, layout.first[number]
    paragraph = layout.paragraphs[layout.paragraph_of[first]]
    words = [t for t in doc[max(first - _REACH, 0) : first] if t.idx >= paragraph.start and not t.is_space]
    if len(words) < 2 or words[-1].text != ":" or layout.quotes[number].depth:
        return None
    name = [t for t in words[:-1] if t.is_alpha]
    if not name or len(name) > _LABEL_WORDS or any(t.tag_ in _FINITE or t.pos_ == "VERB" for t in name):
        return None
    return words[-2] if words[-2].tag_ in ("NNP", "NNPS") or words[-2].ent_type_ else None


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
    quote, doc, parent = layout.quotes[number], layout.doc, layout.parent_of[number]
    if not quote.closed or not _opens_sentence(layout, number):
        return None
    i = layout.last[number] + 1
    last_char = quote.inner.of(layout.text)[-1:]
    joined = last_char in (",", "?", "!", "-", "—", "–", "…") or quote.inner.of(layout.text).endswith(("...", "[.]"))
    while i < len(doc) and doc[i].text in _COMMAS:
        joined, i = True, i + 1
    verb = None
    subject_seen = False
    for token in doc[i : i + _REACH]:
        if _leaves(layout, token, number, parent) or layout.ends_sentence(token):
            break
        if token.i > i + 1 and not joined and not subject_seen:
            break
        if (lemma := _quoting(token, lexicon)) and not _is_relative(token) and lemma:
            verb = token
            break
        subject_seen = subject_seen or token.pos_ in ("PROPN", "PRON", "NOUN")
        if not joined and token.tag_ in _FINITE:
            break
    if verb is None:
        return None
    begins_anew = last_char == "." and not joined and not (doc[i].is_lower or verb.i == i)
    if begins_anew and (_introduces_next(layout, verb) or verb.i > i + 3 or not _is_plain_cue(verb, lexicon)):
        return None
    if not joined and last_char != "." and not (verb.i - i <= 3 and _length(layout, number) >= 3):
        return None
    return verb if joined or _speaks(verb, layout, number) else None


def _cue_before(layout: Layout, lexicon: CueLexicon, number: int) -> Token | None:
    doc, parent = layout.doc, layout.parent_of[number]
    j = layout.first[number] - 1
    glued = layout.text[doc[layout.first[number]].idx : layout.quotes[number].outer.start]
    colon, comma = glued.endswith(":"), glued.endswith(",")  # in part:"You are …" is one token to the tokenizer
    that = False
    while j >= 0 and (doc[j].is_space or doc[j].text in _COMMAS or doc[j].text == ":" or doc[j].lower_ == "that"):
        colon = colon or doc[j].text == ":"
        comma = comma or doc[j].text in _COMMAS
        that = that or doc[j].lower_ == "that"
        j -= 1
    if j < 0 or (not colon and layout.paragraph_of[j] != layout.paragraph_of[layout.first[number]]):
        return None
    crossed_finite = False
    main: Token | None = None
    for k in range(j, max(j - _REACH, -1), -1):
        token = doc[k]
        if _leaves(layout, token, number, parent) or layout.ends_sentence(token):
            break
        if not colon and layout.paragraph_of[k] != layout.paragraph_of[layout.first[number]]:
            break
        lemma = _quoting(token, lexicon)
        close = colon or comma or k == j
        if (
            lemma
            and not crossed_finite
            and (close or that or _only_addressee(token, j))
            and (close or is_full(layout, number))
            and _speaks(token, layout, number)
            and not (colon and _has_told(token, j))
        ):
            return _read_out(token, lexicon) or token
        if token.tag_ in _FINITE or (token.tag_ == "VBN" and token.dep_ in ("ROOT", "conj")):
            main = main or token
            crossed_finite = crossed_finite or not colon
    if (colon or comma) and is_full(layout, number):
        if (
            colon
            and (noun := _speech_noun(layout, lexicon, j)) is not None
            and (main is None or main.lemma_ in ("be", "read", "go"))
        ):
            return noun
        if main is not None and _speaks(main, layout, number):
            return _main_of(main, layout.first[number])
        if colon:
            return _speech_noun(layout, lexicon, j)
    return None


def _main_of(verb: Token, before: int) -> Token:
    """The verb of the main clause over `verb`, among the tokens before index `before`."""
    for _ in range(MAX_CHAIN):
        if verb.dep_ not in ("ccomp", "relcl", "advcl", "acl", "xcomp", "pcomp") or verb.head.pos_ not in (
            "VERB",
            "AUX",
        ):
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
