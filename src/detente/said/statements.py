"""From cues and quotations to statements: candidates are gathered, weighed against each other and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from detente.codebook.cues import CueLexicon, load_cues
from detente.language.syntax import FINITE, child
from detente.record import Kind, Party, Span, Statement
from detente.said.attribution import Attribution
from detente.said.edges import without_joints
from detente.said.frames import attributions_of, frames_of
from detente.said.headlines import headline_claim
from detente.said.layout import Layout
from detente.said.nominals import (
    adjective_attribution,
    adverb_attribution,
    mistagged_attribution,
    noun_attribution,
    phrase_attributions,
    witness_attribution,
)
from detente.said.quotations import Quoted, attribute_quotes, is_full
from detente.said.silence import is_no_speaker, is_performed, is_unsaid
from detente.said.sources import inverted_subject, noun_phrase, owner_of, party_for, speaker_of
from detente.said.transcripts import Turn, find_turns
from detente.who import Cast

_NEAR = 12
"""Words to look on either side of a cue for its speaker."""
_HEARD = frozenset({"object-to", "of-what"})
"""Frames of verbs whose object is whom they address."""
_NOBODY = frozenset({"PART", "PUNCT", "ADV", "ADP", "SPACE", "SYM", "X"})
"""Parts of speech that a misparse may put in a subject's place."""


@dataclass(frozen=True, slots=True)
class _Found:
    source: Party | None
    cue: Span | None
    content: tuple[Span, ...]
    addressee: Span | None = None

    @property
    def order(self) -> tuple[int, int]:
        """Text order, the wider of two that begin together first; a stable sort leaves equals as they were found."""
        return min(span.start for span in self.content), -max(span.end for span in self.content)


def find_statements(doc: Doc, cast: Cast) -> tuple[Statement, ...]:
    """The statements of a parsed report in text order, with ids ``s1``, ``s2`` …; `cast` holds its parties."""
    if not len(doc):
        return ()
    layout, lexicon = Layout(doc), load_cues()
    turns = find_turns(layout.text, lexicon)
    quoted = [q for q in attribute_quotes(layout, lexicon) if not _is_part(q, layout, lexicon)]
    drafts = [
        *_from_headline(cast, layout),
        *_from_turns(turns, cast, layout),
        *_from_quotes(quoted, cast, layout, lexicon),
        *_from_words(quoted, turns, cast, layout, lexicon),
    ]
    return _numbered(_distinct(drafts), layout)


def statement_holding(span: Span, statements: Sequence[Statement]) -> Statement | None:
    """The innermost statement whose content holds `span`."""
    best: Statement | None = None
    size = 0
    for statement in statements:
        if any(part.contains(span) for part in statement.content):
            length = sum(part.end - part.start for part in statement.content)
            if best is None or length < size:
                best, size = statement, length
    return best


def _is_part(group: Quoted, layout: Layout, lexicon: CueLexicon) -> bool:
    """Whether a quotation is only words of a clause that its cue reports: ``said that "baseless claims" hurt it``."""
    if group.cue is None or group.cue.pos_ != "VERB" or any(is_full(layout, n) for n in group.numbers):
        return False
    found = next(attributions_of(group.cue, lexicon), None)
    if found is None or found.frame != "clause":
        return False
    quoted = {i for n in group.numbers for i in range(layout.first[n], layout.last[n] + 1)}
    verbs = [i for i in found.content if i not in quoted and layout.doc[i].tag_ in FINITE]
    return bool(verbs) and bool(quoted.intersection(found.content))


def _from_headline(cast: Cast, layout: Layout) -> Iterator[_Found]:
    claim = headline_claim(layout, cast)
    if claim is not None:
        yield _Found(claim[0], None, (claim[1],))


def _from_turns(turns: Iterable[Turn], cast: Cast, layout: Layout) -> Iterator[_Found]:
    for turn in turns:
        yield _Found(_labelled(turn, cast, layout), turn.cue, (turn.words,))


def _labelled(turn: Turn, cast: Cast, layout: Layout) -> Party:
    doc = layout.doc.char_span(turn.speaker.start, turn.speaker.end, alignment_mode="expand")
    if doc is not None and not turn.asks:
        named = [m for m in cast.within(doc.start, doc.end) if m.kind in ("person", "role", "group")]
        if named:
            return named[-1].parties[0]
    text = turn.speaker.of(layout.text)
    return Party(turn.speaker, text, " ".join(text.split()), sector="JRN" if turn.asks else None)


def _from_quotes(quoted: Iterable[Quoted], cast: Cast, layout: Layout, lexicon: CueLexicon) -> Iterator[_Found]:
    sources: dict[int, Party | None] = {}
    for group in quoted:
        content = tuple(layout.quotes[n].inner for n in group.numbers)
        cue, source, addressee = None, None, None
        if group.cue is not None:
            cue = _span_of((group.cue.i,), layout)
            source = _source_of_cue(group.cue, cast, layout, lexicon)
            addressee = _addressee_of(group.cue, lexicon, layout)
        elif group.label is not None:
            source = party_for(group.label, cast, layout)
        elif group.narrator is not None:
            head = speaker_of(group.narrator, lexicon)
            source = party_for(head, cast, layout) if head is not None else None
        elif group.carried_from is not None:
            source = sources.get(id(group.carried_from))
        sources[id(group)] = source
        yield _Found(source, cue, content, addressee)


def _source_of_cue(cue: Token, cast: Cast, layout: Layout, lexicon: CueLexicon) -> Party | None:
    if cue.pos_ == "NOUN":
        maker = owner_of(cue)
        return party_for(maker, cast, layout) if maker is not None else None
    head = speaker_of(cue, lexicon) if cue.tag_ else None
    if head is None or layout.quote_of[head.i] != layout.quote_of[cue.i]:
        head = inverted_subject(cue) or _nearest_speaker(cue, cast, layout)
    return party_for(head, cast, layout) if head is not None else None


def _nearest_speaker(cue: Token, cast: Cast, layout: Layout) -> Token | None:
    """The party closest to a cue within its sentence: what is left where the parse gives no subject."""
    for step in range(1, _NEAR):
        for i in (cue.i - step, cue.i + step):
            if not 0 <= i < len(layout.doc):
                continue
            token = layout.doc[i]
            if layout.quote_of[i] != layout.quote_of[cue.i] or layout.paragraph_of[i] != layout.paragraph_of[cue.i]:
                continue
            if cast.headed_by(token) is not None or token.dep_ in ("nsubj", "nsubjpass") or _ends_name(token):
                return token
    return None


def _ends_name(token: Token) -> bool:
    return token.ent_type_ == "PERSON" and (token.i + 1 == len(token.doc) or token.nbor(1).ent_type_ != "PERSON")


def _addressee_of(cue: Token, lexicon: CueLexicon, layout: Layout) -> Span | None:
    """The object of a verb that takes its hearer for an object: *told*, *warned*, *asked*."""
    if not frames_of(cue, lexicon) & _HEARD:
        return None
    told = next((c for c in cue.rights if c.dep_ in ("dobj", "dative") and c.pos_ in ("NOUN", "PROPN", "PRON")), None)
    return noun_phrase(told, layout) if told is not None else None


def _from_words(
    quoted: Sequence[Quoted], turns: Sequence[Turn], cast: Cast, layout: Layout, lexicon: CueLexicon
) -> Iterator[_Found]:
    taken = {group.cue.i for group in quoted if group.cue is not None}
    claimed = frozenset(layout.quotes[n].outer.start for group in quoted for n in group.numbers)
    for found in _attributions(layout, lexicon):
        cue = found.cue
        if cue.i in taken or is_unsaid(cue, lexicon):
            continue
        content = _contents(found, layout, claimed)
        if not content or _is_handled(found, cast, lexicon):
            continue
        inside = layout.quote_of[cue.i] >= 0 or any(
            turn.words.start <= cue.idx < turn.words.end for turn in turns if turn.cue is None
        )
        head = _head_of_source(found, inside, layout, lexicon)
        if inside and is_performed(found, head):
            continue
        if head is not None and (is_no_speaker(head, found.frame, lexicon) or _speaks_of_itself(head, found)):
            continue
        source = party_for(head, cast, layout) if head is not None else None
        if source is None and found.voiced and found.frame not in ("clause", "noun-that"):
            continue
        told = found.addressee
        is_other = told is not None and (head is None or told.i != head.i)  # ``…, stressed **X**``: X speaks
        addressee = noun_phrase(told, layout) if told is not None and is_other else None
        yield _Found(source, _span_of(found.cue_words, layout), content, addressee)


def _is_handled(found: Attribution, cast: Cast, lexicon: CueLexicon) -> bool:
    """``dismissed the minister``: what is done to a person is not said of him."""
    thing = child(found.cue, "dobj") if found.frame == "noun" and found.cue.lemma_ in lexicon.handled else None
    mention = cast.headed_by(thing) if thing is not None else None
    return mention is not None and mention.kind in ("person", "role", "noun")


def _head_of_source(found: Attribution, inside: bool, layout: Layout, lexicon: CueLexicon) -> Token | None:
    """The head of the phrase that speaks; a quoted cue has no speaker outside its quotation."""
    head = found.speaker
    if head is None and found.voiced:
        head = speaker_of(found.cue, lexicon)
    if head is None or head.pos_ in _NOBODY:
        return None
    return None if inside and layout.quote_of[head.i] != layout.quote_of[found.cue.i] else head


def _speaks_of_itself(head: Token, found: Attribution) -> bool:
    """Whether the speaker stands in the content, which only the phrase of a source may: a misparse elsewhere."""
    return head.i in found.content and found.frame != "phrase"


def _attributions(layout: Layout, lexicon: CueLexicon) -> Iterator[Attribution]:
    """Every reading of every cue; those of witnesses last, since they repeat the content of another."""
    witnesses: list[Attribution] = []
    for token in layout.doc:
        if token.pos_ in ("VERB", "AUX"):
            if token.dep_ in ("amod", "compound") or (token.dep_ == "conj" and token.head.dep_ == "amod"):
                continue
            witness = witness_attribution(token, lexicon)
            if witness is not None:
                witnesses.append(witness)
            else:
                yield from attributions_of(token, lexicon)
        elif token.pos_ in ("NOUN", "PROPN"):
            found = mistagged_attribution(token, lexicon) or noun_attribution(token, lexicon)
            if found is not None:
                yield found
        elif token.pos_ in ("ADV", "ADJ"):
            found = adverb_attribution(token, lexicon) or adjective_attribution(token, lexicon)
            if found is not None:
                yield found
    yield from phrase_attributions(layout.doc, layout, lexicon)
    yield from witnesses


def _contents(found: Attribution, layout: Layout, claimed: frozenset[int]) -> tuple[Span, ...]:
    """The spans of a content: a quotation it opens, or that goes on with it, is taken to its end.

    `claimed` holds the offsets of the quotations that have a cue of their own.
    """
    said = [i for i in found.content if layout.reaches(found.cue, i)]
    spans = list(layout.spans(without_joints(said, found.frame, layout.doc)))
    cue_end = found.cue.idx + len(found.cue.text)
    widened: list[Span] = []
    for span in spans:
        for quote in layout.quotes_overlapping(span):
            if quote.outer.contains(span) or quote.outer.contains(Span(found.cue.idx, cue_end)):
                continue
            if quote.outer.start < span.end < quote.outer.end:
                span = layout.trimmed(span.start, quote.outer.end)
        if (follows := layout.quote_at(span.end + 1)) is not None and follows.outer.start not in claimed:
            span = layout.trimmed(span.start, follows.outer.end)
        if widened and widened[-1].overlaps(span):
            before = widened.pop()
            span = Span(before.start, max(before.end, span.end))
        widened.append(span)
    return tuple(widened)


def _span_of(words: Sequence[int], layout: Layout) -> Span:
    last = layout.doc[words[-1]]
    return Span(layout.doc[words[0]].idx, last.idx + len(last.text))


def _distinct(drafts: Iterable[_Found]) -> list[_Found]:
    seen: set[tuple[object, ...]] = set()
    found = []
    for draft in drafts:
        key = (draft.cue, draft.content)
        if key not in seen:
            seen.add(key)
            found.append(draft)
    return found


def _numbered(drafts: Iterable[_Found], layout: Layout) -> tuple[Statement, ...]:
    ordered = sorted(drafts, key=lambda d: d.order)
    return tuple(
        Statement(f"s{n}", d.source, d.cue, d.content, _kind(d.content, layout), d.addressee)
        for n, d in enumerate(ordered, 1)
    )


def _kind(content: Sequence[Span], layout: Layout) -> Kind:
    touching = [layout.quotes_overlapping(span) for span in content]
    if all(any(q.outer.contains(span) for q in quotes) for span, quotes in zip(content, touching, strict=True)):
        return "direct"
    return "mixed" if any(touching) else "indirect"
