"""The commands that fill and mend an archive. What they do is imported when they run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.coders import Choice
from detente.cli.options import (
    ARCHIVE,
    AS_JSON,
    CODER,
    DATE,
    EXCEL,
    KNOWLEDGE,
    LLM,
    MEMORY,
    MIN_SCORE,
    MODEL,
    QUIET,
    SECONDS,
    WORKERS,
)

commands = typer.Typer()

BY = typer.Option("--by", metavar="NAME", help="Who judges.", show_default=False)
DEEP = "Also read every original, apply corrections anew, and recount what is kept ready."
REPAIR = "Make anew what is kept ready and full-text indexes, where they do not fit their source."
EVENT = typer.Argument(metavar="EVENT", help="The id of an event, as `detente events` shows it.", show_default=False)


class Target(StrEnum):
    """Forms of ``detente export``."""

    acled = "acled"
    annotations = "annotations"
    csv = "csv"
    ftm = "ftm"
    geojson = "geojson"
    jsonl = "jsonl"
    jsonld = "jsonld"
    parquet = "parquet"
    polecat = "polecat"
    statements = "statements"
    ucdp = "ucdp"


@commands.command()
def add(
    archive: Annotated[Path, ARCHIVE],
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files, folders, web addresses, feeds, or -.", show_default=False),
    ],
    date: Annotated[str | None, DATE] = None,
    workers: Annotated[int, WORKERS] = 1,
    coder: Annotated[str | None, CODER] = None,
    model: Annotated[str | None, MODEL] = None,
    knowledge: Annotated[Path | None, KNOWLEDGE] = None,
    llm: Annotated[Path | None, LLM] = None,
    seconds: Annotated[float | None, SECONDS] = None,
    memory: Annotated[int | None, MEMORY] = None,
    quiet: Annotated[bool, QUIET] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Code reports and keep them in an archive, which is made where there is none.

    Reads what `detente code` reads, WARC files, RSS and Atom files, and the addresses of pages and feeds; the pages
    that a feed leads to are fetched. What is kept already is not coded again: a run that was cut off, however hard,
    goes on where it was when it is started again. The originals are saved beside the archive.

    Exit code 0: all coded, known or left out on purpose. 1: some failed, each with its reason on standard error; see
    `detente retry`. 2: wrong use.

    \b
    Examples:
      detente add news.db reports/ --workers 2
      detente add news.db crawl.warc.gz
      detente add news.db https://example.org/feed.xml
    """
    from detente.cli.keeping import add_sources

    choice = Choice(coder, model, knowledge, llm, seconds=seconds, memory=memory)
    raise typer.Exit(add_sources(archive, sources, date, workers, choice, quiet, as_json))


@commands.command()
def retry(
    archive: Annotated[Path, ARCHIVE],
    workers: Annotated[int, WORKERS] = 1,
    coder: Annotated[str | None, CODER] = None,
    model: Annotated[str | None, MODEL] = None,
    knowledge: Annotated[Path | None, KNOWLEDGE] = None,
    llm: Annotated[Path | None, LLM] = None,
    seconds: Annotated[float | None, SECONDS] = None,
    memory: Annotated[int | None, MEMORY] = None,
    quiet: Annotated[bool, QUIET] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Read again what failed: pages that did not come, broke or took too long, reports that could not be coded.

    \b
    Example:
      detente retry news.db
    """
    from detente.cli.keeping import retry_failed

    choice = Choice(coder, model, knowledge, llm, seconds=seconds, memory=memory)
    raise typer.Exit(retry_failed(archive, workers, choice, quiet, as_json))


@commands.command()
def recode(
    archive: Annotated[Path, ARCHIVE],
    workers: Annotated[int, WORKERS] = 1,
    coder: Annotated[str | None, CODER] = None,
    model: Annotated[str | None, MODEL] = None,
    knowledge: Annotated[Path | None, KNOWLEDGE] = None,
    llm: Annotated[Path | None, LLM] = None,
    seconds: Annotated[float | None, SECONDS] = None,
    memory: Annotated[int | None, MEMORY] = None,
    quiet: Annotated[bool, QUIET] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Code every report of an archive anew, with this version of detente or with another coder; corrections stay.

    They hold for the events that are found at the same words. Those that find none wait, and are told on standard
    error; `detente history ARCHIVE` lists them.

    \b
    Examples:
      detente recode news.db --workers 2
      detente recode news.db --coder rules
    """
    from detente.cli.keeping import recode_all

    choice = Choice(coder, model, knowledge, llm, seconds=seconds, memory=memory)
    raise typer.Exit(recode_all(archive, workers, choice, quiet, as_json))


@commands.command()
def doctor(
    archive: Annotated[Path, ARCHIVE],
    deep: Annotated[bool, typer.Option("--deep", help=DEEP)] = False,
    clean: Annotated[bool, typer.Option("--clean", help="Remove originals that no report has.")] = False,
    repair: Annotated[bool, typer.Option("--repair", help=REPAIR)] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Look an archive over: whether the file is whole, the account balances, indexes and originals fit.

    Exit code 0: all is well. 1: something is not, told line by line.

    \b
    Example:
      detente doctor news.db
    """
    from detente.cli.keeping import look_over

    raise typer.Exit(look_over(archive, deep, clean, repair, as_json))


@commands.command()
def correct(
    archive: Annotated[Path, ARCHIVE],
    event: Annotated[str, EVENT],
    by: Annotated[str, BY],
    right: Annotated[bool, typer.Option("--right", help="The event is coded right.")] = False,
    wrong: Annotated[bool, typer.Option("--wrong", help="There is no such event.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last correction of the event back.")] = False,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Another value; empty for unknown. May be given again."),
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Judge an event. The judgement is kept for good, survives coding anew, and shows in every answer.

    Fields: type, mode, status, date, actors, recipients, place, place_country, said_by. Parties are written RUS,
    RUS:MIL or RUS:MIL:name, with ; between them.

    \b
    Examples:
      detente correct news.db ev1f2e3d4c5b6a7980 --right --by Mia
      detente correct news.db ev1f2e3d4c5b6a7980 --set status=planned --set "actors=RUS; USA" --by Mia
    """
    from detente.cli.keeping import correct_event

    correct_event(archive, event, by, right=right, wrong=wrong, undo=undo, changes=changes or [], as_json=as_json)


@commands.command()
def history(
    archive: Annotated[Path, ARCHIVE],
    event: Annotated[
        str | None,
        typer.Argument(metavar="[EVENT]", help="The id of an event; without one, corrections that wait for an event."),
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Show who corrected what in an event, and when; or which corrections hold for no event since a new coding.

    \b
    Examples:
      detente history news.db ev1f2e3d4c5b6a7980
      detente history news.db
    """
    from detente.cli.keeping import show_history

    show_history(archive, event, as_json)


@commands.command()
def export(
    archive: Annotated[Path, ARCHIVE],
    to: Annotated[Target, typer.Option("--to", help="The form.")],
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files go.")],
    excel: Annotated[bool, EXCEL] = False,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Write the events of an archive for other programs, with a datapackage.json that describes the columns.

    csv: one row an event, every field. statements: one row a statement. jsonl: one record a line, as coded. parquet:
    one row an event with lists of parties. polecat, acled, ucdp: the columns of those data sets, as far as they are
    known. geojson: events on a map. jsonld: reports and events in the words of schema.org. annotations: events and
    statements as W3C Web Annotations. ftm: entities of FollowTheMoney.

    \b
    Examples:
      detente export news.db --to csv -o out/
      detente export news.db --to polecat -o out/
      detente export news.db --to csv --excel -o out/
    """
    from detente.cli.keeping import export_to

    export_to(archive, to.value, out, excel=excel, min_score=min_score, as_json=as_json)
