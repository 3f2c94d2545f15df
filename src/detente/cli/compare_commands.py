"""The commands that compare codings, and bring others in. What they do is imported when they run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import ARCHIVE, AS_CSV, AS_JSON, LIMIT, PAIR, QUIET, SINCE, UNTIL
from detente.cli.relations_commands import Step
from detente.errors import UsageError

commands = typer.Typer()


class From(StrEnum):
    """Data sets that ``detente import`` reads."""

    acled = "acled"
    gdelt = "gdelt"
    icews = "icews"
    polecat = "polecat"
    ucdp = "ucdp"


@commands.command("import")
def import_(
    archive: Annotated[Path, ARCHIVE],
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Files of the data set, plain, .gz or .zip.", show_default=False),
    ],
    form: Annotated[From, typer.Option("--from", help="The data set.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What to call it. [default: as --from]")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Forget first what was kept under that name.")] = False,
    quiet: Annotated[bool, QUIET] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Bring events that others coded into an archive, beside its own, for `detente compare`.

    They are in no count, series, list or export of the archive. Acts between two states are kept, each once; the rest
    is counted. All of the files are taken or none; docs/compare.md tells which columns are read.

    Exit code 0: all rows read. 1: some refused, each with its reason on standard error. 2: wrong use.

    \b
    Examples:
      detente import news.db ngecEvents.DV.2021.txt --from polecat
      detente import news.db 20210610.export.CSV.zip 20210611.export.CSV.zip --from gdelt
    """
    from detente.cli.data_sets import import_files

    raise typer.Exit(import_files(archive, files, form.value, name, replace, as_json, quiet))


@commands.command()
def compare(
    one: Annotated[Path, typer.Argument(metavar="A", help="An archive, or records as JSON Lines.", show_default=False)],
    other: Annotated[
        Path | None,
        typer.Argument(
            metavar="B", help="Another coding of the same; without one, what was imported.", show_default=False
        ),
    ] = None,
    differences: Annotated[
        bool, typer.Option("--differences", "-d", help="Also print the events or days that differ, side by side.")
    ] = False,
    beside: Annotated[
        str | None, typer.Option("--with", metavar="NAME", help="The imported data set. [default: the only one]")
    ] = None,
    pair: Annotated[tuple[str, str] | None, PAIR] = None,
    by: Annotated[Step, typer.Option("--by", help="The length of a point.")] = Step.week,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw the pair into FILE, .svg or .png.")
    ] = None,
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """Compare two codings of the same reports; or an archive with a data set that `detente import` brought in.

    Two codings: how many events both have, and how far these agree, field by field. Reports are the same where their
    texts are. To judge what differs, event by event in the workbench: `detente serve A.db --beside B.db`, page Compare.

    An archive and a data set: acts by pair, week and quad class on either side, how these go together (r of Pearson,
    rho of Spearman), and days that only one has, with our sentences; see docs/compare.md.

    \b
    Examples:
      detente compare learned.jsonl llm.jsonl
      detente compare learned.db llm.db --differences
      detente compare news.db --with polecat
      detente compare news.db --pair RUS USA --differences --plot weeks.svg
    """
    if other is None:
        from detente.cli.data_sets import compare_with_set

        compare_with_set(one, beside, pair, by.value, since, until, plot, differences, limit, as_json, as_csv)
        return
    if beside or pair or since or until or plot or as_csv or limit is not None:
        raise UsageError("--with, --pair, --since, --until, --plot, --limit and --csv are for an imported data set.")
    from detente.cli.compare import run

    run(one, other, as_json, differences)
