"""The check against turns that everybody knows: hits, lead and false alarms are counted as they are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from detente.archive import Archive
from detente.relations.known_turns import BASELINES, KnownTurn, compare, known_turns
from tests.made_archive import CRISIS, make_archive

QUARREL = KnownTurn("ARG", "FIN", CRISIS[0], "colder", "the quarrel over the trawlers")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(make_archive(tmp_path_factory.mktemp("made") / "a.db")) as archive:
        yield archive


def test_the_list_holds_at_least_forty_turns_between_pairs_in_both_directions() -> None:
    turns = known_turns()
    assert len({(turn.one, turn.other, turn.day) for turn in turns}) == len(turns) >= 40
    assert {turn.direction for turn in turns} == {"colder", "warmer"}
    assert sum(not turn.tuned for turn in turns) >= 40
    assert all(len(turn.one) == len(turn.other) == 3 and turn.one != turn.other for turn in turns)
    assert all(date(2002, 7, 1) <= turn.day <= date(2025, 7, 1) for turn in turns)


def test_a_turn_is_found_with_the_weeks_it_took(made: Archive) -> None:
    surprise = compare(made, [QUARREL])[0]
    assert (surprise.method, surprise.hits, surprise.found[0].weeks) == ("surprise", 1, 1)
    assert surprise.median_weeks == 1
    assert surprise.pair_years == pytest.approx(2.5, abs=0.1)


def test_a_turn_in_the_other_direction_is_not_found_by_the_same_week(made: Archive) -> None:
    warmer, either, *_ = compare(made, [replace(QUARREL, direction="warmer")])
    assert (warmer.hits, either.hits) == (0, 1)


def test_weeks_outside_all_windows_are_false_alarms(made: Archive) -> None:
    elsewhere = compare(made, [replace(QUARREL, day=CRISIS[0] - timedelta(weeks=30))])[0]
    assert (elsewhere.hits, elsewhere.false_alarms) == (0, 1)
    assert elsewhere.rate == pytest.approx(1 / elsewhere.pair_years)


def test_baselines_stand_beside_at_their_threshold_and_at_no_more_false_alarms(made: Archive) -> None:
    own, either, *others = compare(made, [QUARREL])
    assert (either.hits, either.false_alarms) == (own.hits, own.false_alarms)
    assert [result.method for result in others] == [name for name in BASELINES for _ in range(2)]
    assert all(held.rate <= own.rate for held in others[1::2])


def test_turns_outside_what_was_read_are_left_out(made: Archive) -> None:
    assert compare(made, [replace(QUARREL, day=date(2010, 1, 1))])[0].found == ()
