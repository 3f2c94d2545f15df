"""Acts with several tellings: comparing the events of an archive, and grouping those that tell one act."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from detente.archive.acts import ToldAct
from detente.archive.linked import (
    acts_told,
    count_events,
    days_told,
    forget_comparisons,
    keep_comparisons,
    links,
    orders_told,
    told_between,
    uncompared,
    write_acts,
)
from detente.linking.disputes import contradictions
from detente.linking.page_days import doubt_days_of_acts
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
    # Loading all of them is quicker than loading the days around the new ones where these are many.
    every = len(fresh) > MOST_SHARE * count_events(db)
    tellings = load_tellings(db) if every else _around(db, fresh)
    pairs: list[tuple[int, int]] = []
    disputes: list[tuple[int, int, str, str]] = []
    for one, other in candidates(tellings, fresh):
        likeness = compare(tellings[one], tellings[other])
        if likeness.joined:
            pairs.append((one, other))
        first, second = sorted((tellings[one], tellings[other]), key=lambda t: (str(t.said), t.event))
        disputes += [(first.event, second.event, *found) for found in contradictions(first, second, likeness)]
    keep_comparisons(db, fresh, pairs, disputes)
    doubt_days_of_acts(db, fresh, _group(db), tellings, every)
    return len(fresh), len(pairs), len(disputes)


def numbers_of(act: ToldAct) -> dict[str, tuple[int, ...]]:
    """What is counted in the tellings of an act, and the numbers told, each once: ``killed: 54, 56``."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for telling in act.tellings:
        for kind, number in counted_in(telling.evidence).items():
            found[kind][number] = None
    return {kind: tuple(numbers) for kind, numbers in sorted(found.items())}


def _around(db: sqlite3.Connection, fresh: Sequence[int]) -> dict[int, Telling]:
    """The events that may be compared with `fresh`."""
    days = days_told(db, fresh)
    if not days:
        return {}
    first = date.fromisoformat(min(days)) - timedelta(REACH)
    last = date.fromisoformat(max(days)) + timedelta(REACH)
    return load_tellings(db, told_between(first.isoformat(), last.isoformat()))


def _group(db: sqlite3.Connection) -> dict[int, str | None]:
    """Group linked events into acts, named after the telling that came first. Returns whose act is new, and that act.

    Groups whose tellings are those of an act already stay as they are: nearly all, where a day's news is added.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for number, top in acts_of(links(db)).items():
        groups[top].append(number)
    known = acts_told(db)
    sizes = Counter(known.values())
    changed = [group for group in groups.values() if not _is_act(group, known, sizes)]
    order = orders_told(db, sorted(number for group in changed for number in group))
    named = {number: f"ac{min(order[n] for n in group)[2].removeprefix('ev')}" for group in changed for number in group}
    linked = {number for group in groups.values() for number in group}
    gone = known.keys() - linked
    write_acts(db, gone | named.keys(), sorted(named.items()))
    return dict.fromkeys(sorted(gone)) | named


def _is_act(group: Sequence[int], known: Mapping[int, str], sizes: Mapping[str, int]) -> bool:
    act = known.get(group[0])
    return act is not None and sizes[act] == len(group) and all(known.get(number) == act for number in group)
