"""The notebooks of the documentation run from their first cell to the last, and show what they speak of."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "notebooks"
CELL_S = 900
"""Seconds a cell may take on a machine that does much else: a second or two on one that does not."""


@cache
def shown(name: str) -> str:
    """All that a notebook prints and shows, as text and HTML; raises where a cell fails."""
    notebook = nbformat.read(FOLDER / name, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    client = NotebookClient(notebook, timeout=CELL_S, startup_timeout=CELL_S, resources={"metadata": {"path": FOLDER}})
    paths = [str(Path(path).resolve()) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    client.execute(env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)})  # the kernel runs in another folder
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "\n".join(str(output.get("text", "") or dict(output.get("data", {}))) for output in outputs)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "event-data.ipynb",
            [
                "8 read = 7 coded .* 1 failed",
                "photo.txt – looks like a PNG",
                "font-weight:bold[^>]*>expelled<",
                "datapackage.json",
            ],
        ),
        ("pair.ipynb", ["<svg", "2013-.* colder – tension", r"turned colder", "broken – .*squid", "kept – .*squid"]),
        (
            "checking.ipynb",
            ["dateline of the text says “June 9”", "foreign-quotes", "repeat: ", "Ledesma.*: We have attacked nobody"],
        ),
        ("polecat.ipynb", ["MATERIAL CONFLICT .*correlation", "only POLECAT: ", "https://news.example/"]),
    ],
)
def test_a_notebook_runs_and_shows_what_it_speaks_of(name: str, wanted: list[str]) -> None:
    text = shown(name)
    assert [pattern for pattern in wanted if not re.search(pattern, text)] == []


def test_every_notebook_has_its_place_in_the_site_and_is_run_here() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("nav:")[1]
    names = sorted(path.name for path in FOLDER.glob("*.ipynb"))
    assert sorted(re.findall(r"notebooks/([\w-]+\.ipynb)", nav)) == names
    run = re.findall(r'"([\w-]+\.ipynb)"', Path(__file__).read_text(encoding="utf-8"))
    assert sorted(set(run)) == names


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.name)
def test_a_notebook_is_kept_without_what_it_showed(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells  # type: ignore[no-untyped-call]
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)
