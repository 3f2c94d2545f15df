"""The plan of the house, held by tests: which room may import which, and how big a file may grow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "detente"
FLOORS = (
    ("errors",),
    ("extras",),
    ("shipped", "whole"),
    ("record", "marking"),
    ("codebook",),
    ("knowledge",),
    ("reading",),
    ("language",),
    ("when",),
    ("who",),
    ("where",),
    ("said",),
    ("did",),
    ("checks",),
    ("coding", "components"),
    ("archive",),
    ("intake", "linking", "published"),
    ("relations",),
    ("exports",),
    ("charts",),
    ("alerts",),
    ("bulk",),
    ("web", "cli", "mcp", "notebook"),
)
FACES = {"__init__", "__main__"}
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
LONGEST_FILE = 400
CACHE_OF_ANSWERS = SOURCE / "coding" / "llm" / "kept.py"
"""A file of its own with one table; no archive is asked there."""


def modules() -> Iterator[Path]:
    yield from sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{a.name}" if node.module == "detente" else node.module for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        for name in names:
            if match := re.match(r"detente\.(\w+)", name):
                yield match[1]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_room_imports_only_rooms_below_it(path: Path) -> None:
    room = room_of(path)
    if room in FACES:
        return
    above = {other for other in imported_rooms(path) if other in LEVEL and LEVEL[other] > LEVEL[room]}
    lazy_faces = {"components", "coding"} if room in {"components", "coding"} else set()
    assert not above - lazy_faces, f"{path.relative_to(ROOT)} imports {sorted(above)}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_only_the_archive_and_the_bulk_dataset_ask_in_sql(path: Path) -> None:
    if room_of(path) in {"archive", "bulk"} or path == CACHE_OF_ANSWERS:
        return
    asking = {"execute", "executemany", "executescript"}
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    lines = [call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in asking]
    assert not lines, f"{path.relative_to(ROOT)} asks the database itself in lines {lines}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_file_has_one_subject_and_stays_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    assert not re.search(r"utils?|helpers?|manager|misc|data2", path.stem)


def test_every_room_is_on_the_plan() -> None:
    rooms = {room_of(path) for path in modules()} - FACES - {"samples"}
    assert rooms <= set(LEVEL)


def test_every_room_stands_in_the_architecture() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {room_of(path) for path in modules()} - FACES - {"samples"}
    assert {room for room in rooms if f"`{room}/`" not in page and f"`{room}.py`" not in page} == set()
