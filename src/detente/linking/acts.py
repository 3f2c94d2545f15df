"""Acts with several tellings: comparing the events of an archive, and grouping those that tell one act."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from detente.archive.acts import ToldAct
from detente.archive.linked import (
    count_events,
    days_told,
    forget_comparisons,
    keep_comparisons,
    links,
    orders_told,
    uncompared,
    write_acts,
)
from detente.linking.disputes import contradictions
from detente.linking.same_act import REACH, acts_of, candidates, compare
from detente.linking.tellings import Telling, counted_in, load_tellings

MOST_SHARE = 0.2
"""Share of all events from which loading all of them is quicker than loading the days around the new ones."""


def join_acts(db: sqlite3.Connection) -> tuple[int, int, int]:
    """Compare the events that were not compared yet, and group all into acts.

    Returns how many were new, how many pairs tell one act, and how many pairs contradict each other.
    """
    fresh = uncompared(db)
    if not fresh:
        return 0, 0, 0
    forget_comparisons(db, fresh)
    tellings = _around(db, fresh)
    pairs: list[tuple[int, int]] = []
    disputes: list[tuple[int, int, str, str]] = []
    for one, other in candidates(tellings, fresh):
        likeness = compare(tellings[one], tellings[other])
        if likeness.joined:
            pairs.append((one, other))
        first, second = sorted((tellings[one], tellings[other]), key=lambda t: (str(t.said), t.event))
        disputes += [(first.event, second.event, *found) for found in contradictions(first, second, likeness)]
    keep_comparisons(db, fresh, pairs, disputes)
    _group(db)
    return len(fresh), len(pairs), len(disputes)


def numbers_of(act: ToldAct) -> dict[str, tuple[int, ...]]:
    """What is counted in the tellings of an act, and the numbers told, each once: ``killed: 54, 56``."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for telling in act.tellings:
        for kind, number in counted_in(telling.evidence).items():
            found[kind][number] = None
    return {kind: tuple(numbers) for kind, numbers in sorted(found.items())}


def _around(db: sqlite3.Connection, fresh: Sequence[int]) -> dict[int, Telling]:
    """The events that may be compared with `fresh`; all where that is nearly all of them."""
    if len(fresh) > MOST_SHARE * count_events(db):
        return load_tellings(db)
    days = days_told(db, fresh)
    if not days:
        return {}
    first = date.fromisoformat(min(days)) - timedelta(REACH)
    last = date.fromisoformat(max(days)) + timedelta(REACH)
    return load_tellings(db, first.isoformat(), last.isoformat())


def _group(db: sqlite3.Connection) -> None:
    """Group linked events anew; an act is named after the telling that came first."""
    top = acts_of(links(db))
    order = orders_told(db, sorted(top))
    first: dict[int, tuple[str, str, str]] = {}
    for number, group in top.items():
        first[group] = min(first.get(group, order[number]), order[number])
    write_acts(db, ((number, f"ac{first[group][2].removeprefix('ev')}") for number, group in sorted(top.items())))
