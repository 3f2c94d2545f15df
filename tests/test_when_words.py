"""The tables of time words and holidays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DataError
from detente.when.holidays import days_of, holidays
from detente.when.lexicon import WORDS, lexicon


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("christmas", 2020, date(2020, 12, 25)),
        ("easter", 2024, date(2024, 3, 31)),
        ("orthodox easter", 2021, date(2021, 5, 2)),
        ("good friday", 1998, date(1998, 4, 10)),
        ("thanksgiving", 2021, date(2021, 11, 25)),
        ("memorial day", 2022, date(2022, 5, 30)),
        ("nowruz", 2021, date(2021, 3, 21)),
        ("ramadan", 2021, date(2021, 4, 13)),
        ("yom kippur", 1973, date(1973, 10, 6)),
    ],
)
def test_a_holiday_falls_on_its_day(name: str, year: int, expected: date) -> None:
    assert expected in days_of(name, year)


@given(st.sampled_from(sorted(holidays())), st.integers(1, 9999))
def test_the_days_of_a_holiday_lie_in_its_year(name: str, year: int) -> None:
    assert all(day.year == year for day in days_of(name, year))


def _with(tmp_path: Path, **changes: object) -> Path:
    table = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    path = tmp_path / "words.yaml"
    path.write_text(yaml.safe_dump({**table, **changes}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "changes",
    [
        {"months": None},
        {"months": {1: ["january"], 2: ["january"]}},
        {"weekdays": {"one": ["monday"]}},
        {"vague": ["Several"]},
        {"numbering": [True]},
    ],
)
def test_a_broken_table_of_words_is_named(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(DataError, match=r"words\.yaml"):
        lexicon(_with(tmp_path, **changes))


def test_a_broken_table_of_holidays_is_named(tmp_path: Path) -> None:
    path = tmp_path / "holidays.yaml"
    path.write_text("- {names: [harvest home], fixed: 'September'}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"holidays\.yaml: entry 1"):
        holidays(path)
