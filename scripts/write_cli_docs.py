"""Write docs/cli.md from the commands themselves: ``python -m scripts.write_cli_docs``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

from typer.core import TyperCommand, TyperGroup, TyperOption

from detente.cli.app import click_command

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"


def commands(command: TyperCommand | TyperGroup, name: str = "") -> Iterator[tuple[str, TyperCommand]]:
    """Every command with its full name, in the order of the program."""
    if isinstance(command, TyperGroup):
        for sub, inner in command.commands.items():
            assert isinstance(inner, TyperCommand | TyperGroup)
            yield from commands(inner, f"{name} {sub}".strip())
    else:
        yield name, command


def section(name: str, command: TyperCommand) -> str:
    """What the page says of one command."""
    context = command.make_context(f"detente {name}", [], resilient_parsing=True)
    usage = command.get_usage(context).removeprefix("Usage: ")
    return f"## detente {name}\n\n    {usage}\n\n{_described(command)}\n{_options(command)}"


def _described(command: TyperCommand) -> str:
    prose, code = [], False
    for line in inspect.cleandoc(command.help or "").splitlines():
        if line.strip() == "\b":
            continue
        if line.startswith("  ") and not code:
            prose.append("")
        code = line.startswith("  ")
        prose.append(f"  {line}" if code else line)
    return "\n".join(prose).strip("\n") + "\n"


def _options(command: TyperCommand) -> str:
    rows = []
    for param in command.params:
        if isinstance(param, TyperOption) and "--help" not in param.opts:
            names = " ".join(f"`{opt}`" for opt in (*param.opts, *param.secondary_opts))
            rows.append(f"| {names} | {(param.help or '').replace('|', '/')} |")
    return "\n".join(["| option | what it does |", "|---|---|", *rows, ""]) if rows else ""


def main() -> None:
    """Write the page."""
    head = "# Commands\n\nWritten by `scripts/write_cli_docs.py` from the program's own help.\n"
    PAGE.write_text("\n".join([head, *(section(*row) for row in commands(click_command()))]), encoding="utf-8")


if __name__ == "__main__":
    main()
