"""Page dates against the days of acts: a report whose news others date to another time.

A report tells an act as its own news; two reports or more of another time, weeks or months away, tell the same act by
the same word, of the same parties, in nearly the same words, within a few days. Either the page has a false date, or
the act came again in the very same words: the doubt names both days and a report.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from detente.archive.doubts import Doubt, names_of
from detente.archive.linked import acts_told_between, numbered
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

NEARLY_ALL = 0.75
"""Nearness from which the words speak for one act though no party is known to be the same."""


def act_day_doubts(db: sqlite3.Connection, fresh: Iterable[int], tellings: Mapping[int, Telling]) -> list[Doubt]:
    """The checks ``page-date-act`` on the reports of `fresh` events, which are told in no act with others near them.

    A report is judged once, when it comes, by the acts that are known then. `tellings` are those loaded already.
    """
    news = {number: tellings[number] for number in fresh if number in tellings and _is_news(tellings[number])}
    said = [telling.said for telling in news.values() if telling.said]
    if not said:
        return []
    reach = timedelta(FARTHEST)
    acts = acts_told_between(db, (min(said) - reach).isoformat(), (max(said) + reach).isoformat())
    known = {number: tellings[number] for number in acts.keys() & tellings.keys()}
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
        best = max(others, key=lambda other: (nearness(telling.stems, other.stems), -other.event))
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
    return Doubt(telling.report, "page-date-act", message, best.report)
