"""TIMEX3 values and the days they name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.when.values import interval_of, shifted, value_of

DAYS = st.dates(date(100, 1, 1), date(9900, 12, 31))
UNITS = st.sampled_from(["D", "W", "WE", "M", "Q", "Y", "DE", "CE"])


@pytest.mark.parametrize(
    ("value", "start", "end", "granularity"),
    [
        ("2021-06-16", "2021-06-16", "2021-06-16", "day"),
        ("2021-06-16TNI", "2021-06-16", "2021-06-16", "time"),
        ("2021-02", "2021-02-01", "2021-02-28", "month"),
        ("2020-W53", "2020-12-28", "2021-01-03", "week"),
        ("2010-W03-WE", "2010-01-23", "2010-01-24", "weekend"),
        ("2006-Q4", "2006-10-01", "2006-12-31", "quarter"),
        ("2012-H1", "2012-01-01", "2012-06-30", "half"),
        ("1775-WI", "1775-12-01", "1776-02-29", "season"),
        ("199", "1990-01-01", "1999-12-31", "decade"),
        ("19", "1900-01-01", "1999-12-31", "century"),
        ("2021-04-13/2021-05-12", "2021-04-13", "2021-05-12", "day"),
    ],
)
def test_a_calendar_value_names_its_first_and_last_day(value: str, start: str, end: str, granularity: str) -> None:
    interval = interval_of(value)
    assert interval is not None
    assert (interval.start.isoformat(), interval.end.isoformat(), interval.granularity) == (start, end, granularity)


@pytest.mark.parametrize(
    "value", ["P3D", "PXY", "PAST_REF", "XXXX-06-18", "2021-XX-XX", "BC0480", "2021-02-30", "2021-W60", "", "FY2006"]
)
def test_what_is_no_calendar_time_has_no_days(value: str) -> None:
    assert interval_of(value) is None


@given(DAYS, UNITS)
def test_a_value_written_from_a_day_names_days_around_it(day: date, unit: str) -> None:
    interval = interval_of(value_of(unit, day))
    assert interval is not None
    assert interval.start <= interval.end
    if unit == "WE":
        assert interval.end - timedelta(6) <= day <= interval.end
    else:
        assert interval.start <= day <= interval.end
    assert value_of(unit, interval.start) == value_of(unit, interval.end)


@given(DAYS, UNITS, st.integers(-40, 40))
def test_counting_there_and_back_stays_in_the_unit(day: date, unit: str, count: int) -> None:
    first = interval_of(value_of(unit, day))
    assert first is not None
    there = shifted(first.start, unit, count)
    if there is not None:
        back = shifted(there, unit, -count)
        assert back is not None
        assert value_of(unit, back) == value_of(unit, first.start)
