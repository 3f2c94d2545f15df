"""The command that compares two codings. What it does is imported when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import AS_JSON

commands = typer.Typer()


@commands.command()
def compare(
    one: Annotated[Path, typer.Argument(metavar="A", help="An archive, or records as JSON Lines.", show_default=False)],
    other: Annotated[Path, typer.Argument(metavar="B", help="Another coding of the same.", show_default=False)],
    differences: Annotated[
        bool, typer.Option("--differences", "-d", help="Also print the events that differ, side by side.")
    ] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Compare two codings of the same reports: how many events both have, and how far these agree, field by field.

    Reports are the same where their texts are. To judge what differs, event by event in the workbench:
    `detente serve A.db --beside B.db`, page Compare.

    \b
    Examples:
      detente compare learned.jsonl llm.jsonl
      detente compare learned.db llm.db --differences
    """
    from detente.cli.compare import run

    run(one, other, as_json, differences)
