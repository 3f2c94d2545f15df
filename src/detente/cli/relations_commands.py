"""The commands about how states stand to each other. What they do is imported when they run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import (
    ARCHIVE,
    AS_CSV,
    AS_JSON,
    MIN_SCORE,
    PAIR,
    PARTY,
    PLACE,
    SINCE,
    STATUS,
    TYPE,
    UNTIL,
)

commands = typer.Typer()
bench = typer.Typer(help="Measure what can be measured against what is known.", no_args_is_help=True)


class Step(StrEnum):
    """Length of a point of a series."""

    day = "day"
    week = "week"
    month = "month"


@commands.command()
def relations(
    archive: Annotated[Path, ARCHIVE],
    states: Annotated[
        list[str],
        typer.Argument(
            metavar="STATE STATE...",
            help="Two parties, or more: states by code or name, bodies and groups by name.",
            show_default=False,
        ),
    ],
    by: Annotated[Step, typer.Option("--by", help="The length of a point.")] = Step.week,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    directed: Annotated[
        bool, typer.Option("--directed", help="Only acts of the first state towards the second.")
    ] = False,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw the tension into FILE, .svg or .png.")
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """Show how two parties stand: tension by day, week or month, what was expected, surprises, turns, promises due.

    Parties are states by name or code, and bodies and groups by name (NATO, Houthis).
    Tension is the sum of -intensity / 10 × the weight of the status over all acts, each counted once however often it
    is told; docs/relations.md has the formulas. A time of which no report was read has no tension.

    \b
    Examples:
      detente relations news.db USA RUS --since 2021-01
      detente relations news.db Turkey Russia --by month --plot tension.svg
      detente relations news.db ARM AZE --csv > weeks.csv
      detente relations news.db NATO RUS
    """
    from detente.cli.relating import show_relation

    show_relation(archive, states, by.value, since, until, directed, plot, as_json, as_csv, min_score)


@commands.command("map")
def map_acts(
    archive: Annotated[Path, ARCHIVE],
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to draw: .svg or .png; .geojson for the acts.")
    ] = Path("map.svg"),
    party: Annotated[str | None, PARTY] = None,
    pair: Annotated[tuple[str, str] | None, PAIR] = None,
    type: Annotated[list[str] | None, TYPE] = None,
    status: Annotated[list[str] | None, STATUS] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    place: Annotated[str | None, PLACE] = None,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Draw acts on a map, each once, with how precisely their places are known.

    A mark is as large as there are acts, red where they sum to cold and green where to warm; a dashed ring says that
    only the district, region, area or state is told. Shores and borders are those of Natural Earth.

    \b
    Examples:
      detente map news.db -o map.svg --since 2021
      detente map news.db --pair RUS UKR --status happened -o acts.geojson
    """
    from detente.cli.drawing import draw_map

    asked = {
        "party": party,
        "pair": pair,
        "type": type or (),
        "status": status or (),
        "since": since,
        "until": until,
        "place": place,
        "min_score": min_score,
    }
    draw_map(archive, asked, out, as_json)


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
