"""What a spreadsheet or a terminal would obey is written so that it does not."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.cli.answering import write_csv
from detente.cli.progress import tell
from detente.exports import csv_events
from detente.exports.cells import FORMULA_STARTS, read_cell, safe_cell
from detente.reading.cleaning import for_terminal
from detente.record import Failure


@given(st.text(st.sampled_from([*FORMULA_STARTS, "'", "a", " "]), max_size=5))
def test_no_cell_is_a_formula_and_each_can_be_read_back(text: str) -> None:
    assert not safe_cell(text).startswith(FORMULA_STARTS)
    assert read_cell(safe_cell(text)) == text


def test_every_module_that_writes_tables_of_text_makes_their_cells_safe() -> None:
    source = Path(csv_events.__file__).parents[1]
    writers = {
        path.relative_to(source).as_posix(): text
        for path in source.rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)\(", text := path.read_text(encoding="utf-8"))
    }
    assert {"exports/csv_events.py", "exports/package.py", "cli/answering.py", "web/pages.py"} <= set(writers)
    assert [name for name, text in writers.items() if not re.search(r"safe_(row|cell)\(|safe_row,", text)] == []


def test_numbers_stay_numbers() -> None:
    assert [safe_cell(value) for value in (-1, -1.5, None, True)] == [-1, -1.5, None, True]


@pytest.mark.parametrize("start", [start for start in FORMULA_STARTS if start != "\r"])
def test_every_writer_of_tables_keeps_formulas_out(start: str) -> None:
    bad = f"{start}cmd|' /C calc'!A0"
    answers, events = io.StringIO(), io.StringIO()
    write_csv([{"title": bad}], answers)
    csv_events.write([Failure(bad, bad, "unreadable", bad)], events)
    for out in (answers, events):
        out.seek(0)
        cells = [cell for row in list(csv.reader(out))[1:] for cell in row if cell]
        assert any("cmd" in cell for cell in cells)
        assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)


@given(st.text(max_size=30))
def test_a_terminal_is_told_nothing_it_obeys(text: str) -> None:
    shown = for_terminal(text)
    assert not any((ord(c) < 32 and c != "\t") or 127 <= ord(c) < 160 for c in shown)


def test_what_is_told_of_a_run_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    tell("detente: \x1b]0;owned\x07\x9b31m.txt: empty")
    assert capsys.readouterr().err == "detente: \\x1b]0;owned\\x07\\x9b31m.txt: empty\n"
