"""The image by its file: what it copies is there and sent, who runs it, what looks after it, what it starts."""

from __future__ import annotations

import io
import json
import tomllib
from pathlib import Path

import pytest
from dockerfile_parse import DockerfileParser

from detente.cli.app import click_command
from detente.web.guard import HEALTH

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, str]]:
    """The instructions of the last stage and of those before, in order."""
    parser = DockerfileParser(fileobj=io.BytesIO((ROOT / "Dockerfile").read_bytes()))
    return [(step["instruction"], step["value"]) for step in parser.structure]


def last_stage(steps: list[tuple[str, str]]) -> dict[str, str]:
    start = max(at for at, (name, _) in enumerate(steps) if name == "FROM")
    return dict(steps[start:])


def test_it_runs_as_a_user_without_rights(steps: list[tuple[str, str]]) -> None:
    user = last_stage(steps)["USER"]
    assert int(user.partition(":")[0]) >= 1000
    assert [name for name, _ in steps].index("USER") > [name for name, _ in steps].index("RUN")


def test_what_it_copies_is_there_and_is_sent(steps: list[tuple[str, str]]) -> None:
    sent = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    copied = {part for name, value in steps if name == "COPY" and "--from" not in value for part in value.split()[:-1]}
    assert copied == sent
    assert all((ROOT / part).exists() for part in copied)


def test_what_looks_after_it_asks_the_address_that_answers_without_a_password(steps: list[tuple[str, str]]) -> None:
    asked = last_stage(steps)["HEALTHCHECK"]
    assert f"http://127.0.0.1:8321{HEALTH}" in asked
    compile(json.loads(asked[asked.index("[") :])[-1], "HEALTHCHECK", "exec")


def test_it_starts_a_command_that_there_is_with_options_it_has(steps: list[tuple[str, str]]) -> None:
    stage = last_stage(steps)
    assert json.loads(stage["ENTRYPOINT"]) == ["detente"]
    command, _, *given = json.loads(stage["CMD"])
    options = {option for param in click_command().commands[command].params for option in param.opts}
    assert {option for option in given if option.startswith("--")} <= options
    assert "8321" in stage["EXPOSE"]


def test_it_installs_extras_that_there_are_on_a_python_that_is_supported(steps: list[tuple[str, str]]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = next(value for name, value in steps if name == "RUN" and "pip install" in value)
    extras = run[run.index("'.[") + 3 : run.index("]'")].split(",")
    assert set(extras) <= set(project["optional-dependencies"])
    version = next(value.partition("=")[2] for name, value in steps if name == "ARG")
    assert f"Programming Language :: Python :: {version}" in project["classifiers"]
