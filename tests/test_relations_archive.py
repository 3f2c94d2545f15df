"""Relations taken from an archive: a pair, a direction, a group, all pairs, promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.errors import UsageError
from detente.relations.due import coming
from detente.relations.gathering import acts_among, mentioning_by_day, read_by_day
from detente.relations.matrix import cells_in
from detente.relations.pair import relate
from tests.made_archive import CRISIS, make_archive
from tests.made_records import expulsion, summit, told


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = make_archive(tmp_path_factory.mktemp("made") / "a.db")
    with Archive.open(path) as archive:
        yield archive


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion())
        archive.add_record(summit())
        yield archive


def number(archive: Archive, trigger: str) -> int:
    return next(
        int(archive.db.execute("SELECT n FROM event WHERE id = ?", (row.id,)).fetchone()["n"])
        for row in archive.events()
        if row.trigger == trigger
    )


def test_a_pair_brings_its_acts_with_their_days(small: Archive) -> None:
    acts = acts_among(small, ("USA", "RUS"))
    assert [(act.type, act.start) for act in acts] == [
        ("SANCTION", date(2021, 6, 10)),
        ("CONSULT", date(2021, 6, 16)),
        ("CONSULT", date(2021, 7, 1)),
    ]


def test_tellings_joined_in_the_archive_count_once(small: Archive) -> None:
    for trigger in ("met", "talks"):
        small.db.execute("INSERT INTO telling VALUES (?, 'act1')", (number(small, trigger),))
    assert [(act.type, act.tellings) for act in acts_among(small, ("USA", "RUS"))] == [("SANCTION", 1), ("CONSULT", 2)]


def test_an_event_judged_wrong_is_in_no_series(small: Archive) -> None:
    small.db.execute("UPDATE event SET verdict = 'wrong' WHERE type = 'SANCTION'")
    assert [act.type for act in acts_among(small, ("USA", "RUS"))] == ["CONSULT", "CONSULT"]


def test_acts_less_likely_than_asked_for_are_in_no_series_and_those_without_a_score_stay(small: Archive) -> None:
    small.db.execute("UPDATE event SET score = 0.4 WHERE type = 'SANCTION'")
    assert [act.type for act in acts_among(small, ("USA", "RUS"), min_score=0.5)] == ["CONSULT", "CONSULT"]
    assert len(relate(small, ("USA", "RUS"), min_score=0.5).acts) == 2
    assert len(relate(small, ("RUS", "USA"), min_score=0.4, is_directed=True).acts) == 3


def test_reports_are_counted_by_day_read_and_naming_both(small: Archive) -> None:
    assert read_by_day(small) == {date(2021, 6, 11): 1, date(2021, 6, 17): 1}
    assert mentioning_by_day(small, ("RUS", "EST")) == {date(2021, 6, 11): 1}


def test_the_invented_crisis_surprises_turns_and_ends(made: Archive) -> None:
    relation = relate(made, ("ARG", "FIN"))
    first = next(surprise for surprise in relation.surprises if surprise.direction == "colder")
    assert CRISIS[0] <= first.start <= CRISIS[1]
    assert first.acts
    [colder, warmer] = relation.turns
    assert (colder.direction, warmer.direction) == ("colder", "warmer")
    assert abs((colder.start - CRISIS[0]).days) <= 14
    assert abs((warmer.start - CRISIS[1]).days) <= 14


def test_what_is_expected_does_not_hang_on_what_is_shown(made: Archive) -> None:
    whole = relate(made, ("ARG", "FIN"))
    part = relate(made, ("ARG", "FIN"), since=date(2024, 9, 1))
    assert part.bands[-1] == whole.bands[-1]
    assert len(part.points) < len(whole.points)


def test_a_direction_holds_fewer_acts_than_both(made: Archive) -> None:
    one = relate(made, ("ARG", "FIN"), is_directed=True)
    other = relate(made, ("FIN", "ARG"), is_directed=True)
    both = relate(made, ("ARG", "FIN"))
    assert 0 < len(one.acts) < len(both.acts)
    assert len(one.acts) + len(other.acts) == len(both.acts)


def test_a_group_holds_the_acts_of_its_pairs(made: Archive) -> None:
    group = relate(made, ("ARG", "FIN", "NOR"), by="month")
    pairs = [relate(made, pair, by="month") for pair in (("ARG", "FIN"), ("FIN", "NOR"), ("ARG", "NOR"))]
    assert len(group.acts) == sum(len(pair.acts) for pair in pairs)


@pytest.mark.parametrize("codes", [["USA"], ["USA", "USA"]])
def test_one_state_has_no_relation(made: Archive, codes: list[str]) -> None:
    with pytest.raises(UsageError):
        relate(made, codes)


def test_a_group_has_no_direction(made: Archive) -> None:
    with pytest.raises(UsageError):
        relate(made, ("ARG", "FIN", "NOR"), is_directed=True)


def test_the_matrix_counts_each_pair_once(made: Archive) -> None:
    cells = {(cell.one, cell.other): cell for cell in cells_in(made)}
    assert all(one < other for one, other in cells)
    cell = cells["ARG", "FIN"]
    assert cell.acts == len(relate(made, ("ARG", "FIN")).acts)
    assert cell.tension == pytest.approx(cell.cold - cell.warm)


def test_what_is_open_or_unanswered_is_due_and_what_was_kept_is_not(small: Archive) -> None:
    talks, met = number(small, "talks"), number(small, "met")
    small.db.execute(
        "INSERT INTO promise VALUES (?, '2021-07-01', '2021-07-31', 'nothing-found', NULL, '2021-09-14')", (talks,)
    )
    small.db.execute("INSERT INTO promise VALUES (?, '2021-06-16', '2021-06-16', 'kept', NULL, '2021-07-31')", (met,))
    [promise] = coming(small, ("USA", "RUS"))
    assert (promise.made.trigger, promise.outcome, promise.due[1]) == ("talks", "nothing-found", "2021-07-31")
    assert [promise.made.id for promise in coming(small)] == [promise.made.id]
    assert coming(small, ("RUS", "EST")) == []


def test_what_is_due_soonest_comes_first_and_what_is_past_after_it(tmp_path: Path) -> None:
    dues = {"open": ("2040-12-31", "2021-07-01", None), "nothing-found": ("2021-05-01", "2021-06-01")}
    given = [(outcome, due) for outcome, days in dues.items() for due in days]
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        for i, (outcome, due) in enumerate(given):
            text = f"Rome will meet Bern in hall {i}."
            archive.add_record(told(f"r{i}", text, "meet", "2021-04-01", "Rome=ITA", "Bern=CHE", status="planned"))
            row = (archive.events(report=f"r{i}")[0].id, due, due, outcome)
            archive.db.execute("INSERT INTO promise SELECT n, ?2, ?3, ?4, NULL, NULL FROM event WHERE id = ?1", row)
        found = [promise.due[1] for promise in coming(archive)]
    assert found == ["2021-07-01", "2040-12-31", "2021-06-01", "2021-05-01", None]
