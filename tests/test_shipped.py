"""Lists and tables that ship: each can be read, and a fault names its file and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.errors import DataError
from detente.shipped import mapping_of, parsed, shipped_table, words_of

PACKAGE = Path(detente.__file__).parent
TABLES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.yaml"))


@pytest.mark.parametrize("path", TABLES)
def test_every_table_of_the_package_is_yaml(path: str) -> None:
    assert shipped_table(path)


def test_broken_yaml_is_told_by_its_file() -> None:
    with pytest.raises(DataError, match=r"a\.yaml: not valid YAML"):
        parsed("words: [", "a.yaml")


@pytest.mark.parametrize("value", [{"a": 1}, {"a": 1, "b": 2, "c": 3}, ["a", "b"], None])
def test_other_keys_are_told(value: object) -> None:
    with pytest.raises(DataError, match="the keys must be a, b"):
        mapping_of(value, {"a", "b"}, "a.yaml")


@pytest.mark.parametrize("value", ["word", ["Word"], [" word"], [""], [True], None])
def test_what_is_no_list_of_words_is_told(value: object) -> None:
    with pytest.raises(DataError, match=r"a\.yaml: list"):
        words_of(value, "a.yaml: list")


def test_words_may_have_capitals_where_that_is_asked_for() -> None:
    assert words_of(["AGREE"], "a.yaml", lower=False) == ("AGREE",)


def test_a_list_with_a_word_twice_is_refused() -> None:
    with pytest.raises(DataError, match="verbs: 'meet' stands twice"):
        words_of(["meet", "visit", "meet"], "verbs")
