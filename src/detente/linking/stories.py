"""Stories: reports that go on telling one thing, by words and time.

Reports are taken in order of their day. Each joins the story whose words of late are nearest to its own, or begins a
new one; a story that nobody has told for `SILENCE` days is over. Words are weighed by how rare they are, and fade in a
story as days go by, so that a long war becomes the sequence of its stories rather than one heap.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from detente.archive.ids import digest
from detente.archive.stories import (
    FEWEST,
    Head,
    count_stories,
    first_untold,
    heads_before,
    heads_since,
    write_stories,
)
from detente.checks.fingerprints import words_of
from detente.linking.words import RARE, stem, stems_of, weight

SILENCE = 14
"""Days without a report after which a story is over."""

FADING = 0.9
"""What is left of a story's words each day."""

FADED = 0.05
"""Weight at which a word has left a story."""

NEAR = 0.2
"""Cosine of a report to a story from which it goes on with it. Chosen with `python -m bench.stories`, since 2022: .88
of a story's reports stand under one heading; at .12 it is .78 for little more recall."""

WEIGHED = 1.5
"""Weight below which a stem says nothing of what a report is about."""

HEAD = 400
"""Characters of a report that say what it is about."""

NAMING = 6
"""Words that name a story."""


@dataclass(slots=True)
class _Thread:
    """A story while it is being told: `words` are its faded weights as of day `at`, `length` that of their vector.

    Days that go by fade all words alike, which no cosine sees: both change only when a report is added.
    """

    number: int
    at: date
    words: dict[str, float] = field(default_factory=dict)
    length: float = 1.0

    def add(self, vector: dict[str, float], day: date) -> None:
        faded = FADING ** (day - self.at).days
        kept = {s: value * faded for s, value in self.words.items() if value * faded > FADED}
        for s, value in vector.items():
            kept[s] = kept.get(s, 0.0) + value
        self.words, self.at = kept, day
        self.length = math.sqrt(math.fsum(value * value for value in kept.values())) or 1.0

    def likeness(self, vector: dict[str, float]) -> float:
        """The cosine of a report's words, a vector of length 1, to those of the story."""
        return math.fsum(value * self.words.get(s, 0.0) for s, value in vector.items()) / self.length


def tell_stories(db: sqlite3.Connection) -> int:
    """Thread the reports from the first day on of which one came since the last time; how many stories there are.

    The order of reports is that of their days and ids, so that it does not matter which were added first: what came
    before that day stands, and the stories that were not over by then are taken up where they were.
    """
    since = first_untold(db)
    if since is not None:
        alive = (date.fromisoformat(since) - timedelta(SILENCE)).isoformat() if since else ""
        before = heads_before(db, alive, since, HEAD)
        heads = heads_since(db, since, HEAD)
        told = [(story, date.fromisoformat(head.day), head.words) for story, head in before]
        threaded = thread(((head.number, date.fromisoformat(head.day), head.words) for head in heads), told=told)
        places = dict(threaded)
        names: dict[str, int] = {}
        members: dict[int, list[Head]] = defaultdict(list)
        for story, head in before:
            members[names.setdefault(story, len(names))].append(head)
        for head in heads:
            members[places[head.number]].append(head)
        _write(db, alive, members.values())
    return count_stories(db)


def thread(
    reports: Iterable[tuple[int, date, str]], near: float = NEAR, told: Iterable[tuple[str, date, str]] = ()
) -> Iterator[tuple[int, int]]:
    """Report number → number of its story, for (number, day, text) in order of day.

    `told` are the reports before them, by day, each with the name of its story: these are numbered from 0, in order of
    their first reports.
    """
    threads: dict[int, _Thread] = {}
    by_stem: dict[str, set[int]] = defaultdict(set)

    def add(found: _Thread, vector: dict[str, float], day: date) -> None:
        found.add(vector, day)
        for s in vector:
            if weight(s) >= RARE:
                by_stem[s].add(found.number)

    names: dict[str, int] = {}
    for story, day, text in told:
        number = names.setdefault(story, len(names))
        add(threads.setdefault(number, _Thread(number, day)), vector_of(text), day)
    for count, (report, day, text) in enumerate(reports, len(names)):
        vector = vector_of(text)
        found = _nearest(vector, day, threads, by_stem, near)
        if found is None:
            found = threads[count] = _Thread(count, day)
        add(found, vector, day)
        yield report, found.number


def vector_of(text: str) -> dict[str, float]:
    """The telling stems at the head of `text` with their weights, as a vector of length 1."""
    weights = {s: weight(s) for s in sorted(stems_of(text[:HEAD])) if not s[0].isdigit() and weight(s) >= WEIGHED}
    length = math.sqrt(math.fsum(value * value for value in weights.values())) or 1.0
    return {s: value / length for s, value in weights.items()}


def _write(db: sqlite3.Connection, since: str, members: Iterable[Sequence[Head]]) -> None:
    """Write stories, each of its reports in order, in place of those told from `since` on."""
    stories, places = [], []
    for told in members:
        id_ = f"so{digest(told[0].id)}"
        words = " ".join(naming([head.words for head in told])) if len(told) >= FEWEST else ""
        stories.append((id_, told[0].day, told[-1].day, words))
        places += [(head.number, id_) for head in told]
    write_stories(db, since, stories, places)


def naming(heads: Sequence[str]) -> list[str]:
    """The words that tell a story from others, as they are written most: the weightiest that most reports share."""
    told: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for head in heads:
        words = {word: stem(word) for word in words_of(head)}
        told.update(sorted(set(words.values())))
        for word, stem_ in words.items():
            written[stem_][word] += 1
    scores = {s: n * weight(s) for s, n in told.items() if n > 1 and weight(s) >= WEIGHED and not s[0].isdigit()}
    best = sorted(scores, key=lambda s: (-scores[s], s))[:NAMING]
    return [min(written[s], key=lambda word: (-written[s][word], word)) for s in best]


def _nearest(
    vector: dict[str, float], day: date, threads: dict[int, _Thread], by_stem: dict[str, set[int]], near: float
) -> _Thread | None:
    candidates: set[int] = set()
    for s in vector:
        alive = {number for number in by_stem.get(s, ()) if (day - threads[number].at).days <= SILENCE}
        if s in by_stem:
            by_stem[s] = alive
        candidates |= alive
    best, best_score = None, near
    for number in sorted(candidates):
        score = threads[number].likeness(vector)
        if score > best_score:
            best, best_score = threads[number], score
    return best
