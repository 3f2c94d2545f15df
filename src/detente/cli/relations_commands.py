"""The commands about how states stand to each other. What they do is imported when they run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.coders import Choice
from detente.cli.options import ARCHIVE, AS_CSV, AS_JSON, CODER, KNOWLEDGE, MODEL, QUIET, SINCE, UNTIL

commands = typer.Typer()
bench = typer.Typer(help="Measure what can be measured against what is known.", no_args_is_help=True)


class Step(StrEnum):
    """Length of a point of a series."""

    day = "day"
    week = "week"
    month = "month"


class Alert(StrEnum):
    """What ``detente watch`` tells of."""

    surprise = "surprise"
    none = "none"


@commands.command()
def relations(
    archive: Annotated[Path, ARCHIVE],
    states: Annotated[
        list[str],
        typer.Argument(metavar="STATE STATE...", help="Two states, or a group: codes or names.", show_default=False),
    ],
    by: Annotated[Step, typer.Option("--by", help="The length of a point.")] = Step.week,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    directed: Annotated[
        bool, typer.Option("--directed", help="Only acts of the first state towards the second.")
    ] = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw the tension into FILE, .svg or .png.")
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """Show how two states stand: tension by day, week or month, what was expected, surprises, turns, promises due.

    Tension is the sum of -intensity / 10 × the weight of the status over all acts, each counted once however often it
    is told; docs/relations.md has the formulas. A time of which no report was read has no tension.

    \b
    Examples:
      detente relations news.db USA RUS --since 2021-01
      detente relations news.db Turkey Russia --by month --plot tension.svg
      detente relations news.db ARM AZE --csv > weeks.csv
    """
    from detente.cli.relating import show_relation

    show_relation(archive, states, by.value, since, until, directed, plot, as_json, as_csv)


@commands.command()
def watch(
    archive: Annotated[Path, ARCHIVE],
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEED...", help="Addresses or files of feeds.", show_default=False)
    ],
    alert: Annotated[Alert, typer.Option("--alert", help="What to tell of.")] = Alert.surprise,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Append what is told to FILE, as JSON Lines.")
    ] = None,
    every: Annotated[
        int, typer.Option("--every", min=0, metavar="MINUTES", help="Read the feeds again and again. 0: once.")
    ] = 0,
    coder: Annotated[str | None, CODER] = None,
    model: Annotated[str | None, MODEL] = None,
    knowledge: Annotated[Path | None, KNOWLEDGE] = None,
    quiet: Annotated[bool, QUIET] = False,
) -> None:
    """Read feeds, add what is new to an archive, and tell of the surprises that came with it.

    A surprise is told once: where its week lay within the expected band before the feeds were read, and outside after.

    \b
    Examples:
      detente watch news.db https://example.org/feed.xml --alert surprise
      detente watch news.db feed.xml --every 30 -o surprises.jsonl
    """
    from detente.cli.relating import watch_feeds

    raise typer.Exit(watch_feeds(archive, feeds, alert.value, out, every, Choice(coder, model, knowledge), quiet))


@bench.command("relations")
def bench_relations(
    archive: Annotated[Path, ARCHIVE],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Look for well-known turns between states in an archive, beside two plain baselines.

    \b
    Example:
      detente bench relations events.db
    """
    from detente.cli.relating import measure_relations

    measure_relations(archive, as_json)
