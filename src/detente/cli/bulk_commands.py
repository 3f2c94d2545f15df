"""``detente bulk`` and ``detente sql``. What they do is imported when they run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.coders import Choice
from detente.cli.options import (
    AS_CSV,
    AS_JSON,
    CODER,
    DATE,
    KNOWLEDGE,
    LIMIT,
    LLM,
    MEMORY,
    MIN_SCORE,
    MODEL,
    QUIET,
    SECONDS,
    SINCE,
    UNTIL,
)

commands = typer.Typer()


class EngineName(StrEnum):
    """What ``detente bulk`` runs on."""

    local = "local"
    ray = "ray"


@commands.command()
def bulk(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="The folder of the dataset.", show_default=False)
    ],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INPUT]...",
            help="Files, folders, globs, object stores (s3://…); without any, the run goes on with its own.",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[EngineName, typer.Option("--engine", help="Processes of this machine, or a Ray cluster.")] = (
        EngineName.local
    ),
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="ADDRESS", help="The Ray cluster. [default: one that is started here]"),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", "-w", min=1, metavar="N", help="Workers. [default: one a processor]"),
    ] = None,
    shard: Annotated[
        int | None,
        typer.Option("--shard", min=32, metavar="N", help="Reports of a shard, at most. [default: 1024]"),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="ARCHIVE", help="Bring the reports asked for into this archive."),
    ] = None,
    pair: Annotated[
        tuple[str, str] | None, typer.Option("--pair", metavar="A B", help="Only reports of acts that have both.")
    ] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, metavar="N", help="Only so many reports, drawn by chance.")
    ] = None,
    date: Annotated[str | None, DATE] = None,
    coder: Annotated[str | None, CODER] = None,
    model: Annotated[str | None, MODEL] = None,
    knowledge: Annotated[Path | None, KNOWLEDGE] = None,
    llm: Annotated[Path | None, LLM] = None,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    seconds: Annotated[float | None, SECONDS] = None,
    memory: Annotated[int | None, MEMORY] = None,
    quiet: Annotated[bool, QUIET] = False,
) -> None:
    """Code any number of reports into a dataset of Parquet files by month, on this machine or on a Ray cluster.

    Reads WARC, JSON Lines, Parquet, CSV and what `detente code` reads. A run that was killed, however hard, goes on
    where it was when it is started again; the same input gives the same files, whatever the engine and the number of
    workers. Near-copies are marked and acts joined over the whole set. --pair, --since, --until and --sample choose
    what --into brings into an archive.

    Exit code 0: all coded, or left out on purpose. 1: some failed; the table failures tells why. 2: wrong use.

    \b
    Examples:
      detente bulk crawl/*.warc.gz --out news/
      detente bulk s3://bucket/2025/*.jsonl.gz --out news/ --engine ray --address auto
      detente bulk --out news/ --into news.db --pair USA RUS --since 2021
    """
    from detente.bulk.cutting import Limits
    from detente.cli.bulking import Chosen, run

    limits = Limits(reports=shard) if shard else None
    chosen = Chosen(into, pair, since, until, sample)
    choice = Choice(coder, model, knowledge, llm, min_score=min_score, seconds=seconds, memory=memory)
    raise typer.Exit(run(out, inputs or [], engine.value, address, workers, limits, chosen, date, choice, quiet))


@commands.command()
def sql(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a dataset.", show_default=False)],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question in SQL.", show_default=False)],
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """Ask a dataset in SQL (DuckDB): the tables reports, events, parties, statements, checks, failures, and the views
    acts, pair_acts and pair_weeks.

    \b
    Examples:
      detente sql news/ "select type, count(*) from events group by 1 order by 2 desc"
      detente sql news/ "select * from pair_weeks where one = 'RUS' and other = 'USA' order by week" --csv
    """
    from detente.cli.bulking import tell_answer

    tell_answer(folder, question, limit, as_json=as_json, as_csv=as_csv)
