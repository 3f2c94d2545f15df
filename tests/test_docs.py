"""The documents keep up with the program: every command, option, key and link is described and leads somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from scripts.write_bulk_docs import tables
from scripts.write_cli_docs import commands, section
from scripts.write_codebook_docs import page as codebook_page
from typer.core import TyperOption

from detente.cli.app import click_command
from detente.record import json_schema

ROOT = Path(__file__).resolve().parent.parent
PAGES = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))


def test_every_command_and_option_is_on_the_page_of_commands() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    missing = [name for name, command in commands(click_command()) if section(name, command) not in page]
    assert not missing, "write docs/cli.md again: python -m scripts.write_cli_docs"


def test_the_page_of_the_codebook_shows_the_codebook() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert page == codebook_page(), "write docs/codebook.md again: python -m scripts.write_codebook_docs"


def test_every_column_of_a_bulk_dataset_is_described() -> None:
    page = (ROOT / "docs" / "bulk.md").read_text(encoding="utf-8")
    assert tables() in page, "write docs/bulk.md again: python -m scripts.write_bulk_docs"


def test_every_option_says_what_it_does() -> None:
    for name, command in commands(click_command()):
        for option in command.params:
            assert not isinstance(option, TyperOption) or option.help, f"detente {name} {option.name}"


def test_every_command_has_an_example_in_its_help() -> None:
    bare = [name for name, command in commands(click_command()) if f"detente {name}" not in (command.help or "")]
    assert not bare


def test_every_key_of_the_record_is_described() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    schema = json_schema()
    keys = {k for d in schema["$defs"].values() for k in d.get("properties", {})}
    assert not {key for key in keys if f"`{key}`" not in page}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} points to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_no_page_names_a_folder_of_one_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(work|root|tmp|home)/", page.read_text(encoding="utf-8"))


def test_every_file_that_the_architecture_names_is_there() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("### A check")[0]
    named = re.findall(r"`((?:\w+/)+[\w.]*)`", page)
    bases = (ROOT, ROOT / "src" / "detente", ROOT / "src" / "detente" / "codebook" / "data")
    assert named
    assert [name for name in named if not any((base / name).exists() for base in bases)] == []


def test_every_page_has_its_place_in_the_site() -> None:
    placed = re.findall(r"[\w-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("nav:")[1])
    assert sorted(placed) == sorted(page.name for page in (ROOT / "docs").glob("*.md"))


def test_the_site_is_built_with_nothing_to_complain_of(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path / "site")]
    given = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "who said and did what to whom" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
