"""The calendar of gatherings and the observances: names to days, the user's own among them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.errors import DataError
from detente.knowledge import load_knowledge
from detente.knowledge.gatherings import load_calendar
from detente.knowledge.observances import load_observances


def found(text: str) -> list[tuple[str, list[str]]]:
    return [
        (text[named.first : named.last], [g.name for g in named.meant()[0]]) for named in load_calendar().find(text)
    ]


def test_a_gathering_is_found_by_what_texts_call_it_in_any_case() -> None:
    assert date(2021, 6, 14) in {g.start for g in load_calendar().named("NATO Summit")}
    assert load_calendar().named("NATO Summit") == load_calendar().named("nato summit")


def test_the_town_or_the_year_beside_the_name_tells_which_of_a_yearly_gathering_is_meant() -> None:
    [(name, in_rome)] = found("They spoke at the G20 summit in Rome before dinner.")
    assert (name, len(in_rome)) == ("G20 summit", 1)
    [(_, of_year)] = found("They spoke at the 2021 G20 summit before dinner.")
    assert in_rome[0] in of_year
    assert all("2021" in name for name in of_year)


def test_a_common_noun_in_lower_case_names_no_gathering() -> None:
    assert found("the two sides held a debate after the election in the village") == []


def test_a_gathering_lies_ahead_is_held_or_is_over() -> None:
    [gathering] = [g for g in load_calendar().named("g20 summit") if g.place == "Rome"]
    assert gathering.days_from(date(2021, 10, 1)) > 0
    assert gathering.days_from(gathering.start) == 0
    assert gathering.days_from(date(2021, 12, 1)) < 0


def test_the_users_own_gatherings_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    columns = "name,aliases,kind,start,end,country,role"
    own.write_text(f"{columns}\nLake Forum 2031,Lake Forum,gathering,2031-05-02,2031-05-04,CHE,Lausanne\n")
    calendar = load_knowledge(own).calendar
    [forum] = calendar.named("the lake forum".removeprefix("the "))
    assert (forum.start, forum.end, forum.place, forum.country) == (
        date(2031, 5, 2),
        date(2031, 5, 4),
        "Lausanne",
        "CHE",
    )
    assert calendar.named("G20 summit") == load_calendar().named("G20 summit")
    assert load_knowledge(own).named("Lake Forum") == ()


def test_a_gathering_without_a_day_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,kind\nLake Forum,gathering\n")
    with pytest.raises(DataError, match="needs its first day"):
        load_knowledge(own)


def test_two_leaders_meetings_are_found_by_their_names() -> None:
    assert any(g.start == date(2021, 6, 16) for g in load_calendar().meetings({"biden", "putin", "geneva"}))
    assert load_calendar().meetings({"biden"}) == ()


def test_observances_count_days_over_the_turn_of_the_year() -> None:
    [day] = load_observances().by_name["human rights day"]
    assert day.days_from(date(2021, 12, 8)) == 2
    assert day.days_from(date(2022, 1, 9)) == -30
    [month] = load_observances().by_name["pride month"]
    assert (month.days_from(date(2021, 6, 17)), month.days_from(date(2021, 7, 10))) == (0, -10)


def test_words_beside_may_leave_all_of_a_name() -> None:
    [named] = load_calendar().find("The G20 summit ended.")
    assert named.meant() == (load_calendar().named("g20 summit"), False)
