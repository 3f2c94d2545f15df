"""Names set beside a quotation without a verb: before a colon, or behind a dash."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from detente.language.syntax import FINITE
from detente.said.layout import Layout

_REACH = 45
"""Words that are looked through before a quotation."""
_LABEL_WORDS = 14
_DASHES = ("—", "–", "-", "―")


def label_of(layout: Layout, number: int) -> Token | None:
    """The name that opens a line and stands before a colon and the quotation: ``- Minister Ana Lima: "…"``.

    The quotation may open the paragraph after it.
    """
    doc, first = layout.doc, layout.first[number]
    here = layout.paragraph_of[first]
    apart = here > 0 and layout.quotes[number].outer.start == layout.paragraphs[here].start
    paragraph = layout.paragraphs[here - 1 if apart else here]
    words = [t for t in doc[max(first - _REACH, 0) : first] if t.idx >= paragraph.start and not t.is_space]
    if len(words) < 2 or words[-1].text != ":" or layout.quotes[number].depth:
        return None
    if apart and words[0].pos_ != "PROPN":
        return None  # ``In a letter to Minister Ana Lima:``
    name = [t for t in words[:-1] if t.is_alpha]
    if not _is_name(name):
        return None
    return words[-2] if words[-2].tag_ in ("NNP", "NNPS") or words[-2].ent_type_ else None


def signature_of(layout: Layout, number: int) -> Token | None:
    """The name behind a dash at the end of the line of a quotation, or below it: ``"…" — Ana Lima, minister``."""
    quote, doc = layout.quotes[number], layout.doc
    if quote.depth or not quote.closed:
        return None
    i = layout.last[number] + 1
    while i < len(doc) and doc[i].is_space and doc[i].text.count("\n") < 2:
        i += 1
    if i >= len(doc) or not doc[i].text.startswith(_DASHES):
        return None
    line: list[Token] = []
    for token in doc[i : i + _LABEL_WORDS + 2]:
        if "\n" in token.text:
            break
        line.append(token)
    name: list[Token] = []
    for token in line[0 if len(line[0].text) > 1 and line[0].text.strip("-—–―") else 1 :]:
        if not (token.is_alpha or token.text.startswith(_DASHES) or "." in token.text or "’" in token.text):
            break
        name.append(token)
    ends = line[-1].i + 1 == len(doc) or "\n" in doc[line[-1].i + 1].text
    if not ends or not _is_name(line) or not name or name[-1].tag_ not in ("NNP", "NNPS"):
        return None
    return name[-1]


def _is_name(words: Sequence[Token]) -> bool:
    if not words or len(words) > _LABEL_WORDS:
        return False
    return not any(t.tag_ in FINITE or t.pos_ == "VERB" for t in words)
