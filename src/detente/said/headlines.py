"""Headlines that name their source with a colon: *Russia: No talks planned*, *No talks planned: Kremlin*."""

from __future__ import annotations

from detente.record import Party, Span
from detente.said.layout import Layout
from detente.who import Cast

_LONGEST = 25
"""Words of a headline; a longer first line is a paragraph."""
_LONGEST_NAME = 6
"""Words of a source with its titles."""
_NAMING = frozenset({"person", "state", "group", "role"})


def headline_claim(layout: Layout, cast: Cast) -> tuple[Party, Span] | None:
    """The source that a headline sets off with a colon, and the words it is given; the first line alone is asked.

    Only a party of a known country is a source, named by the whole label: *Analysis: …* and *Live: …* are not.
    """
    line = _first_line(layout.text)
    words = line.of(layout.text)
    if words.count(":") != 1 or len(words.split()) > _LONGEST or words.rstrip()[-1:] in ".!?;:":
        return None
    colon = line.start + words.index(":")
    before, after = layout.trimmed(line.start, colon), layout.trimmed(colon + 1, line.end)
    for label, claim in ((before, after), (after, before)):
        party = _named(label, layout, cast)
        if party is not None and len(claim.of(layout.text).split()) > 1:
            return party, claim
    return None


def _first_line(text: str) -> Span:
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return Span(start, end if end >= 0 else len(text))


def _named(label: Span, layout: Layout, cast: Cast) -> Party | None:
    words = layout.doc.char_span(label.start, label.end)
    if words is None or not 0 < len(words) <= _LONGEST_NAME or any(t.is_lower for t in words):
        return None
    titled = [m for m in cast.within(words.start, words.end) if m.kind in _NAMING and m.end == words.end]
    whole = max(titled, key=lambda m: m.end - m.start, default=None)
    if whole is None or whole.parties[0].country is None:
        return None
    return whole.parties[0] if whole.start == words.start or whole.kind == "person" else None
