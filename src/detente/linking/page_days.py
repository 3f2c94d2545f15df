"""Page dates against the days of acts: a report whose news others date to another time.

A report tells an act as its own news; two reports or more of another time, weeks or months away, tell the same act by
the same word, of the same parties, in nearly the same words, within a few days. Either the page has a false date, or
the act came again in the very same words: the doubt names both days and a report.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from detente.archive.doubts import Doubt, keep_doubts_anew, names_of
from detente.archive.linked import acts_told_between, events_beside, events_of_reports, numbered, reports_with_word
from detente.checks.days import in_words
from detente.linking.same_act import (
    REACH,
    Agreement,
    agreement,
    far_apart,
    has_day,
    is_repeated,
    meet_alike,
    rare_shared,
    same_name,
)
from detente.linking.tellings import Telling, load_tellings
from detente.linking.words import nearness, rarest

WEEKS = 21
"""Days between the report and the act from which its page date is in doubt."""

FARTHEST = 800
"""Days between the two within which they are compared."""

FEWEST_REPORTS = 2
"""Other reports that must give the act to one time: to days `REACH` apart at most, their own where they name none."""

NEAR, FEWEST_RARE = 0.6, 4
"""Nearness of words and rare stems shared with one of their tellings; half of each with the others."""

CODE = "page-date-act"

SHORT = 4
"""Letters of a stem from which its last may change with the ending."""

NEARLY_ALL = 0.75
"""Nearness from which the words speak for one act though no party is known to be the same."""


def doubt_days_of_acts(
    db: sqlite3.Connection,
    fresh: Collection[int],
    regrouped: Mapping[int, str | None],
    tellings: Mapping[int, Telling],
    every: bool = False,
) -> None:
    """Keep the checks ``page-date-act`` on reports whose news is told in no act with others near them.

    What the archive says of a report does not depend on which came first: judged are the reports of `fresh` events,
    those whose acts changed (the `regrouped` events, each with its act), those in doubt because of them, and those that
    may tell an act that changed; with `every`, all. `tellings` are those loaded already.
    """
    touched = {*fresh, *regrouped}
    loaded = dict(tellings) | load_tellings(db, numbered(sorted(touched - tellings.keys())))
    if every:
        asked = touched | loaded.keys()
    else:
        changed: dict[str, list[Telling]] = defaultdict(list)
        for number, act in regrouped.items():
            if act is not None and number in loaded:
                changed[act].append(loaded[number])
        asked = touched | events_beside(db, CODE, touched) | _alike(db, changed.values())
    asked = events_of_reports(db, asked)
    loaded |= load_tellings(db, numbered(sorted(asked - loaded.keys())))
    keep_doubts_anew(db, CODE, asked, _doubts(db, {n: loaded[n] for n in asked if n in loaded}, loaded))


def _alike(db: sqlite3.Connection, changed: Iterable[Sequence[Telling]]) -> set[int]:
    """Events of reports within `FARTHEST` days that hold words enough of an act: all that may tell it, and others.

    `changed` are the acts, each as its tellings.
    """
    reach = timedelta(FARTHEST + REACH)
    found: set[int] = set()
    for tellings in changed:
        days = [day for telling in tellings for day in (telling.said, telling.first) if day is not None]
        if not days:
            continue
        since, until = (min(days) - reach).isoformat(), (max(days) + reach).isoformat()
        stems = sorted({stem for telling in tellings for stem in rarest(telling.stems)})
        held = Counter(report for stem in stems for report in reports_with_word(db, _beginning(stem), since, until))
        found |= {report for report, count in held.items() if count >= FEWEST_RARE // 2}
    return events_of_reports(db, reports=found)


def _beginning(stem: str) -> str:
    """What all words of a stem begin with: *capabl* is that of *capability* too."""
    return stem[:-1] if len(stem) > SHORT else stem


def _doubts(db: sqlite3.Connection, asked: Mapping[int, Telling], loaded: Mapping[int, Telling]) -> list[Doubt]:
    """The doubts of the reports that tell `asked`, each by the first of its events that others tell of another time."""
    news = {number: telling for number, telling in asked.items() if _is_news(telling)}
    said = [telling.said for telling in news.values() if telling.said]
    if not said:
        return []
    reach = timedelta(FARTHEST)
    acts = acts_told_between(db, (min(said) - reach).isoformat(), (max(said) + reach).isoformat())
    known = {number: loaded[number] for number in acts.keys() & loaded.keys()}
    by_act, of_stem = _known(known | load_tellings(db, numbered(sorted(acts.keys() - known.keys()))), acts)
    doubts = {}
    for number in sorted(news.keys() - acts.keys()):
        telling = news[number]
        if telling.report not in doubts and (found := _told_elsewhen(telling, by_act, of_stem)):
            doubts[telling.report] = _doubt(db, telling, *found)
    return list(doubts.values())


def _known(
    tellings: Mapping[int, Telling], acts: Mapping[int, str]
) -> tuple[dict[str, list[Telling]], dict[str, set[str]]]:
    """The tellings of each act, and the acts by the rarest stems of their tellings."""
    by_act: dict[str, list[Telling]] = defaultdict(list)
    of_stem: dict[str, set[str]] = defaultdict(set)
    for number, telling in sorted(tellings.items()):
        by_act[acts[number]].append(telling)
        for stem in rarest(telling.stems):
            of_stem[stem].add(acts[number])
    return by_act, of_stem


def _is_news(telling: Telling) -> bool:
    """Whether the report tells the act as what happened on its own day."""
    return telling.status == "happened" and not telling.dated and has_day(telling) and not is_repeated(telling)


def _told_elsewhen(
    telling: Telling, by_act: Mapping[str, Sequence[Telling]], of_stem: Mapping[str, set[str]]
) -> tuple[date, int, Telling] | None:
    """The day that others give the act, how many reports do, and the telling nearest in words; null where none do."""
    shared = Counter(act for stem in rarest(telling.stems) for act in of_stem.get(stem, ()))
    for act, count in sorted(shared.items()):
        if count < FEWEST_RARE // 2:
            continue
        others = [other for other in by_act[act] if other.report != telling.report and _is_same(telling, other)]
        day, reports = _agreed_day(others)
        if day is None or telling.said is None or not WEEKS < abs((telling.said - day).days) <= FARTHEST:
            continue
        best = max(others, key=lambda other: (nearness(telling.stems, other.stems), other.id))
        if nearness(telling.stems, best.stems) >= NEAR and rare_shared(telling, best) >= FEWEST_RARE:
            return day, reports, best
    return None


def _agreed_day(tellings: Sequence[Telling]) -> tuple[date | None, int]:
    """The first day of the time to which reports enough give the act, and how many do."""
    days: dict[int, date] = {}
    for telling in tellings:
        day = telling.first if has_day(telling) else telling.said
        if day is not None:
            days[telling.report] = min(day, days.get(telling.report, day))
    for first in sorted(days.values()):
        agreeing = sum(timedelta(0) <= day - first <= timedelta(REACH) for day in days.values())
        if agreeing >= FEWEST_REPORTS:
            return first, agreeing
    return None, 0


def _is_same(one: Telling, other: Telling) -> bool:
    """Whether all but the days speaks for one act."""
    if one.type != other.type or other.status != "happened" or not same_name(one, other) or far_apart(one, other):
        return False
    sides = (agreement(one.actors, other.actors), agreement(one.recipients, other.recipients))
    near = nearness(one.stems, other.stems)
    if not meet_alike(one, other) and min(sides) < Agreement.UNKNOWN:
        return False
    if max(sides) < Agreement.EQUAL and near < NEARLY_ALL:
        return False
    if one.place_country and other.place_country and one.place_country != other.place_country:
        return False
    return rare_shared(one, other) >= FEWEST_RARE // 2 and near >= NEAR / 2


def _doubt(db: sqlite3.Connection, telling: Telling, day: date, reports: int, best: Telling) -> Doubt:
    report, _ = names_of(db, best.report)
    assert telling.said is not None
    message = (
        f"The report is dated {in_words(telling.said)}; {reports} others, as report {report}, tell what it tells "
        f"from {in_words(day)} on."
    )
    return Doubt(telling.report, CODE, message, best.report)
