"""Output formats, held by golden files: ``python -m tests.golden`` writes them again for a look at the difference."""

from __future__ import annotations

import io

import pytest

from detente.exports import BINARY, FORMATS, write
from tests.golden import GOLDEN, example


@pytest.mark.parametrize("form", sorted(set(FORMATS) - BINARY))
def test_a_format_is_written_as_its_golden_file_shows(form: str) -> None:
    out = io.StringIO()
    write(example(), out, form)
    assert out.getvalue() == (GOLDEN / f"example.{form}").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "pretty"])
def test_nothing_to_write_is_still_a_whole_file(form: str) -> None:
    out = io.StringIO()
    write([], out, form)
    assert "Traceback" not in out.getvalue()


def test_a_csv_for_excel_begins_with_the_mark_of_utf_8() -> None:
    plain, marked = io.StringIO(), io.StringIO()
    write(example(), plain, "csv")
    write(example(), marked, "csv", excel=True)
    assert marked.getvalue() == "\ufeff" + plain.getvalue()
