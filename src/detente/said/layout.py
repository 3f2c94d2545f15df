"""A parsed report with its paragraphs and quotations: which token lies in which."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from detente.language import text_of
from detente.language.quotes import Quote, find_quotes, paragraphs_of
from detente.record import Span

_TRIMMED = frozenset(" \t\r\n\u00a0,;:–—-()[]“”\"„«»‹›‘’'`*•|")
_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("”\"’')»]")


class Layout:
    """Token look-ups for one Doc: all in constant time, built in one pass."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.quotes: tuple[Quote, ...] = find_quotes(self.text)
        self._quote_starts = [quote.outer.start for quote in self.quotes]
        self.paragraphs = paragraphs_of(self.text)
        offsets = [token.idx for token in doc]
        self.paragraph_of = _owners(offsets, self.paragraphs)
        self.quote_of = _innermost(offsets, self.quotes)
        self.parent_of = _parents(self.quotes)
        self.first, self.last = _edges(offsets, self.quotes)

    def reaches(self, cue: Token, i: int) -> bool:
        """Whether token `i` lies in every quotation that `cue` lies in: who is quoted reports nothing outside."""
        number = self.quote_of[cue.i]
        return number < 0 or self.first[number] <= i <= self.last[number]

    def ends_sentence(self, token: Token) -> bool:
        """Whether a sentence ends at `token`, by its punctuation alone."""
        return token.text in _STOPS or "\n\n" in token.text

    def trimmed(self, start: int, end: int) -> Span:
        """Characters ``start:end`` without white space, commas, dashes, stray marks and a final full stop."""
        text = self.text
        while start < end and text[start] in _TRIMMED and not self._keeps(start, end, opening=True):
            start += 1
        while end > start and (text[end - 1] in _TRIMMED or text[end - 1] == "."):
            if text[end - 1] == "." and end - 2 > start and text[end - 2].isupper() and not text[end - 3].isalpha():
                break  # the stop of an abbreviation: U.S.
            if self._keeps(start, end, opening=False):
                break
            end -= 1
        return Span(start, end)

    def _keeps(self, start: int, end: int, opening: bool) -> bool:
        """Whether the mark at this edge has its partner inside, so that it stays."""
        mark, rest = (self.text[start], (start + 1, end)) if opening else (self.text[end - 1], (start, end - 1))
        partner = _PARTNER.get(mark) if opening else _PARTNER_BACK.get(mark)
        if partner is None:
            return False
        # A quotation that is the whole content stands without its marks.
        inside = self.text.find(partner, *rest) if opening else self.text.rfind(partner, *rest)
        if inside < 0:
            return False
        return not (opening and inside == end - 1) and not (not opening and inside == start)

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The character spans of token indices: runs joined over white space and marks, edges trimmed."""
        runs: list[list[int]] = []
        for i in sorted(indices):
            if runs and all(self._is_filler(k) for k in range(runs[-1][1] + 1, i)):
                runs[-1][1] = i
            else:
                runs.append([i, i])
        found = []
        for first, last in runs:
            end = self.doc[last]
            span = self.trimmed(self.doc[first].idx, end.idx + len(end.text))
            if any(c.isalnum() for c in self.text[span.start : span.end]):
                found.append(span)
        return tuple(found)

    def _is_filler(self, i: int) -> bool:
        token = self.doc[i]
        return token.is_space or token.is_quote

    def quote_at(self, start: int) -> Quote | None:
        """The outermost quotation that opens at character `start`."""
        i = bisect_right(self._quote_starts, start) - 1
        return self.quotes[i] if i >= 0 and self._quote_starts[i] == start and not self.quotes[i].depth else None

    def quotes_overlapping(self, span: Span) -> list[Quote]:
        """The outermost quotations that share a character with `span`."""
        return [q for q in self.quotes if q.depth == 0 and q.outer.overlaps(span)]


_PARTNER = {"(": ")", "[": "]", "“": "”", '"': '"', "«": "»", "‘": "’", "'": "'", "„": "“"}
_PARTNER_BACK = {")": "(", "]": "[", "”": "“", '"': '"', "»": "«", "’": "‘", "'": "'"}


def _owners(offsets: Sequence[int], spans: Sequence[Span]) -> list[int]:
    starts = [span.start for span in spans]
    return [bisect_right(starts, offset) - 1 for offset in offsets]


def _innermost(offsets: Sequence[int], quotes: Sequence[Quote]) -> list[int]:
    owner = [-1] * len(offsets)
    for number, quote in enumerate(quotes):  # in text order, so an inner quotation overwrites its outer one
        for i in range(bisect_right(offsets, quote.outer.start - 1), bisect_right(offsets, quote.outer.end - 1)):
            owner[i] = number
    return owner


def _parents(quotes: Sequence[Quote]) -> list[int]:
    parents: list[int] = []
    stack: list[int] = []
    for number, quote in enumerate(quotes):
        while stack and quotes[stack[-1]].outer.end <= quote.outer.start:
            stack.pop()
        parents.append(stack[-1] if stack else -1)
        stack.append(number)
    return parents


def _edges(offsets: Sequence[int], quotes: Sequence[Quote]) -> tuple[list[int], list[int]]:
    first = [max(bisect_right(offsets, q.outer.start) - 1, 0) for q in quotes]
    last = [max(bisect_right(offsets, q.outer.end - 1) - 1, 0) for q in quotes]
    return first, last
