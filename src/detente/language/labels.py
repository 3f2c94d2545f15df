"""Labels that name the speaker before his words: ``MR. PRICE:``, ``Q:``, ``Minister Ana Lima: "…"``.

Found on the characters of the text alone: labels are no sentences, and a parser makes nothing of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from detente.record import Span

LabelKind = Literal["capitals", "letter", "name"]

NAME = r"[A-Z](?:[\w’'\-]*|(?:[\w’'\-]{0,4}\.){1,4})"
"""A word of a name; one that ends in a full stop is a title or an initial, hence short."""
NAME_WORD = rf"(?:{NAME}|of|the|and|for|de|la|al|el|von|van|bin)"
_CAPITALS = r"(?:[A-Z][A-Z’'.\-]+|[A-Z]\.|OF|THE|AND|Mc[A-Z]+|Mac[A-Z]+)"
_ASIDE = r"(?: \([^()\n]{1,60}\))?"
_PAD = r"[ \t*_]*"
_LINE_LABEL = re.compile(
    rf"(?m)^{_PAD}(?P<capitals>{_CAPITALS}(?:[ ,]+{_CAPITALS}){{0,9}}{_ASIDE}){_PAD}:{_PAD}\n?(?=\S)"
    rf"|^{_PAD}(?P<letter>Q|QUESTION|Question|\(\([A-Z]{{1,6}}\)\)){_PAD}(?:[.:][ \t*_]+|[ \t]+(?=[A-Z“\"(]))"
    rf"|^{_PAD}(?P<answer>A|ANSWER|Answer){_PAD}[.:][ \t*_]+"
    rf"|^{_PAD}(?P<name>{NAME}(?:[ \n]{NAME_WORD}){{1,14}}){_ASIDE}{_PAD}:{_PAD}\n?(?=[A-Z“\"\[(])"
)
_INNER_LABEL = re.compile(
    rf"(?<=[.!?…)”\"*]) ?(?P<name>{NAME}(?: {NAME_WORD}){{1,14}}): (?=[A-Z“\"])"
    r"|(?<=[\w’'] )(?P<titled>(?:Prime )?(?:President|Minister) of (?:the )?"
    rf"{NAME}(?: {NAME_WORD}){{1,8}}): (?=[A-Z“\"])"
)
_KINDS: dict[str, LabelKind] = {
    "capitals": "capitals", "letter": "letter", "answer": "letter", "name": "name", "titled": "name",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A label at `span`, how it is written, and where it begins and ends with its marks."""

    kind: LabelKind
    span: Span
    outer: Span


def speaker_labels(text: str) -> list[Label]:
    """The labels of `text` in order; those within a line count where there are labels of lines, or several."""
    labels = [_label(match) for match in _LINE_LABEL.finditer(text)]
    inner = [_label(match) for match in _INNER_LABEL.finditer(text)]
    if not labels and len(inner) < 2 and not any(text[label.outer.start - 1] == "*" for label in inner):
        return []
    inner = [label for label in inner if not any(label.outer.overlaps(other.outer) for other in labels)]
    return sorted([*labels, *inner], key=lambda label: label.outer.start)


def _label(match: re.Match[str]) -> Label:
    group = match.lastgroup
    assert group is not None
    return Label(_KINDS[group], Span(*match.span(group)), Span(*match.span()))
