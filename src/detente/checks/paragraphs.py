"""Paragraphs told twice within a report, and texts that break off."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from detente.checks.lexicon import load_residue
from detente.checks.lines import Line, quoted
from detente.record import Check, Span

FEWEST_WORDS = 12
"""Words of a paragraph below which a repeat is a habit of speech ("Thank you very much.") or a heading."""

NEARLY_ALL = 0.8
"""Share of the shorter paragraph's four-word runs that must stand in the longer one."""

MOST_LINES = 2_000
"""Lines compared in one text: transcripts of a day's hearing stay below it."""

COMMON_RUN = 8
"""Paragraphs that share a run of words: above it the run is a formula and joins nothing."""

BROKEN_SENTENCE = 12
_RUN = 4
MOST_REPEATS = 20
_STOPS = (".", "!", "?", "…", '"', "”", "’", "»", "“")
_ENDS = frozenset(".!?…:;\"'”’“»)]*#|_%")
_MARKED = re.compile(r"\b(?:[A-Z]\w+|\d[\d.,]*\d|\d)")


def paragraph_checks(text: str, lines: Sequence[Line]) -> Iterable[Check]:
    """The checks ``repeat`` (one for each repeated paragraph) and ``cut-off``."""
    yield from _repeats(text, lines[:MOST_LINES])
    yield from _cut_off(text, lines)


def _repeats(text: str, lines: Sequence[Line]) -> Iterable[Check]:
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    runs_of: dict[int, int] = {}
    found = 0
    for number, line in enumerate(lines):
        if len(line.words) < FEWEST_WORDS or not line.text.endswith(_STOPS):
            continue
        runs = dict.fromkeys(zip(*(line.words[i:] for i in range(_RUN)), strict=False))
        shared: Counter[int] = Counter()
        for run in runs:
            earlier = seen[run]
            if len(earlier) <= COMMON_RUN:
                shared.update(earlier)
                earlier.append(number)
        runs_of[number] = len(runs)
        for told, count in shared.most_common(3):
            if count >= NEARLY_ALL * min(len(runs), runs_of[told]) and _same_facts(lines[told], line):
                found += 1
                yield _repeat(text, lines[told], line)
                break
        if found == MOST_REPEATS:
            return


def _same_facts(one: Line, other: Line) -> bool:
    """Whether the shorter line has no name or number of its own: lists of appointments differ in nothing else."""
    shorter, longer = sorted((one, other), key=lambda line: len(line.words))
    own = set(_MARKED.findall(shorter.text)) - set(_MARKED.findall(longer.text))
    return not own - {shorter.text.split()[0].strip('“"‘«„-– ')}


def _repeat(text: str, earlier: Line, later: Line) -> Check:
    same = "the same words" if earlier.words == later.words else "nearly the same words"
    return Check(
        "repeat",
        f"A paragraph stands twice in {same}: “{quoted(text, later.span)}”; acts told in both are one act.",
        (earlier.span, later.span),
    )


def _cut_off(text: str, lines: Sequence[Line]) -> Iterable[Check]:
    if not lines:
        return
    lexicon = load_residue()
    last = lines[-1]
    lowered = last.text.lower()
    mark = next((m for m in lexicon.cut_marks if lowered.endswith(m)), None)
    if mark:
        span = Span(last.span.end - len(mark), last.span.end)
        yield Check("cut-off", f"The text was cut by the page: it ends on “{span.of(text)}”.", (span,))
    elif _is_broken(last, lines, lexicon.open_ends):
        span = Span(max(last.span.start, last.span.end - 60), last.span.end)
        yield Check("cut-off", f"The text breaks off in the middle of a sentence: “… {quoted(text, span)}”.", (span,))


def _is_broken(last: Line, lines: Sequence[Line], open_ends: frozenset[str]) -> bool:
    if last.text[-1] in _ENDS or not last.words or not any(c.islower() for c in last.text):
        return False
    if last.words[-1] in open_ends and len(last.words) >= 4 and last.text.split()[-1].islower():
        return True
    end = last.text.split()[-1].rstrip(",-–—")
    if len(last.words) < BROKEN_SENTENCE or not (end.isalpha() and end.islower()):
        return False
    # Where whole paragraphs end without a stop anyway (lists, verse), the last one tells nothing.
    long_ones = [line for line in lines[:-1] if len(line.words) >= BROKEN_SENTENCE]
    stopped = sum(line.text[-1] in _ENDS for line in long_ones)
    return len(long_ones) >= 2 and stopped >= 0.9 * len(long_ones)
