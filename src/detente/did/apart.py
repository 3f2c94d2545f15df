"""Acts told by how long they lie from another: ``closed the border **two days after** shells hit a clinic``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from detente.did.candidate import Candidate
from detente.language.syntax import chain, is_verbal
from detente.record import Time

_SIGNS = {"after": -1, "before": 1}
_LENGTH = re.compile(r"P(\d+)([DWMY])")


def dated_apart(doc: Doc, candidates: Sequence[Candidate], times: Sequence[Time]) -> list[Candidate]:
    """Candidates with the days of acts told by their distance from another; none where the other's is unknown."""
    lengths = {time.span.end: match for time in times if (match := _LENGTH.fullmatch(time.value))}
    if not lengths:
        return list(candidates)
    by_root = {c.root: c for c in candidates}
    return [_dated(doc, c, by_root, lengths) for c in candidates]


def _dated(
    doc: Doc, candidate: Candidate, by_root: Mapping[int, Candidate], lengths: Mapping[int, re.Match[str]]
) -> Candidate:
    opening = _opening(doc[candidate.root])
    if opening is None or opening.i == 0:
        return candidate
    before = doc[opening.i - 1]
    length = lengths.get(before.idx + len(before))
    if length is None:
        return candidate
    upper = next((by_root[t.i] for t in chain(opening) if t.i != candidate.root and t.i in by_root), None)
    if upper is None or (candidate.date not in (None, upper.date) and not candidate.date_is_report):
        return candidate
    return replace(candidate, date=_away(upper.date, length, _SIGNS[opening.lower_]), date_is_report=False)


def _opening(act: Token) -> Token | None:
    """The *after* or *before* that opens the clause or phrase of an act."""
    if is_verbal(act):
        return next(
            (c for c in act.children if c.dep_ in ("mark", "prep") and c.lower_ in _SIGNS and c.i < act.i), None
        )
    return act.head if act.dep_ == "pobj" and act.head.lower_ in _SIGNS else None


def _away(told: str | None, length: re.Match[str], sign: int) -> str | None:
    """The date so far from a day, as exact as the length is told."""
    if told is None or len(told) != len("2021-06-17"):
        return None
    day, number = date.fromisoformat(told), sign * int(length[1])
    if length[2] in "DW":
        return (day + timedelta(number * (7 if length[2] == "W" else 1))).isoformat()
    if length[2] == "Y":
        return f"{day.year + number:04d}"
    months = day.year * 12 + day.month - 1 + number
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
