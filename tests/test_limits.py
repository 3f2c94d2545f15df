"""The page of limits says what the code does."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "limits.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| [^|]+ \| ([\d,]+) \| [^|]*\| `([\w.]+)\.(\w+)` \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("number", "module", "name"), ROWS)
def test_a_limit_is_the_one_that_is_documented(number: str, module: str, name: str) -> None:
    assert getattr(import_module(f"detente.{module}"), name) == int(number.replace(",", ""))


def test_every_limit_is_read_from_the_page() -> None:
    assert len(ROWS) == sum("` |" in line and "detente" not in line for line in PAGE.splitlines())


def test_the_tests_of_the_page_on_security_are_there() -> None:
    named = re.findall(r"`(tests/\w+\.py)`", (DOCS / "security.md").read_text(encoding="utf-8"))
    assert named
    assert all((DOCS.parent / name).exists() for name in named)
