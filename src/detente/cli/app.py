"""The commands and their options. What they do is imported when they run, so that ``--help`` is instant."""

from __future__ import annotations

import logging
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from detente import __version__
from detente.cli import (
    ask_commands,
    bulk_commands,
    compare_commands,
    joins_commands,
    keep_commands,
    relations_commands,
    serve_commands,
    watch_commands,
)
from detente.cli.coders import Choice
from detente.cli.logs import listen
from detente.cli.options import AS_JSON, CODER, DATE, EXCEL, KNOWLEDGE, LLM, MEMORY, MIN_SCORE, MODEL, SECONDS
from detente.cli.settings_file import default_map, settings_path, tell_of

app = typer.Typer(
    name="detente",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


_log = logging.getLogger(__name__)


class Format(StrEnum):
    """Output formats of ``detente code``."""

    pretty = "pretty"
    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def detente(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="Tell what is done as JSON Lines; -vv every step of it.")
    ] = 0,
) -> None:
    """Turn news reports into a record you can check: who said and did what to whom, when and where.

    \b
    Examples:
      detente demo
      detente code report.html
      detente code reports.jsonl.gz -o records.jsonl
      detente -v add news.db https://example.org/feed.xml
    """
    listen(verbose)
    _log.info("started", extra={"told": {"version": __version__, "command": context.invoked_subcommand}})
    if (found := settings_path()) is not None:
        context.default_map = default_map(found, context.command)
        tell_of(found)


@app.command()
def code(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.", show_default=False),
    ],
    form: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Output format. [default: by the ending of -o, else pretty]"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all.")
    ] = None,
    date: Annotated[str | None, DATE] = None,
    coder: Annotated[str | None, CODER] = None,
    model: Annotated[str | None, MODEL] = None,
    knowledge: Annotated[Path | None, KNOWLEDGE] = None,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=1, max=256, metavar="N", help="Processes that share the work.")
    ] = 1,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress bar and no closing line; reasons are still told.")
    ] = False,
    llm: Annotated[Path | None, LLM] = None,
    server: Annotated[
        str | None, typer.Option("--server", metavar="URL", help="llm, both: an OpenAI-compatible server, up to /v1.")
    ] = None,
    cache: Annotated[
        Path | None, typer.Option("--cache", metavar="FILE", help="llm, both: keep answers, and ask for none twice.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="llm, both: answer from the cache only.")] = False,
    budget: Annotated[
        str | None, typer.Option("--budget", metavar="MOST", help="llm, both: spend no more: 200k, 2M, or 5 USD.")
    ] = None,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="llm, both: tell what it would cost, and ask nothing.")
    ] = False,
    ask: Annotated[
        str | None,
        typer.Option(
            "--ask", metavar="WHICH", help="both: reports to ask about: unsure, all, score<0.5, type=…, pair=RUS-USA."
        ),
    ] = None,
    excel: Annotated[bool, EXCEL] = False,
    first: Annotated[
        str | None, typer.Option("--first", metavar="NAME", help="both: the coder of all reports. [default: learned]")
    ] = None,
    seconds: Annotated[float | None, SECONDS] = None,
    memory: Annotated[int | None, MEMORY] = None,
) -> None:
    """Code reports: text, HTML, JSON Lines, JSON, CSV, Parquet, WARC, RSS, Atom, folders, standard input; also .gz.

    JSON Lines, JSON, CSV and Parquet hold a report in the keys or columns id, text, title, url, publisher (or
    source) and published (or date); only text is needed.

    Exit code 0: all coded. 1: some reports failed, each with its reason on standard error and a row in the output.
    2: wrong use.

    \b
    Examples:
      detente code report.txt --date 2021-06-11
      detente code page.html --format json
      detente code reports/ -o records.jsonl --workers 2
      detente code reports/ -o events.xlsx
      detente code reports/ -o events.csv --excel
      curl -s https://example.org/report.html | detente code -
      detente code reports/ --coder llm --server http://localhost:11434/v1 --model qwen3 --cache answers.db
    """
    from detente.cli.code import run

    choice = Choice(
        coder, model, knowledge, llm, server, cache, offline, budget, ask, first, min_score, seconds, memory
    )
    raise typer.Exit(run(paths, form.value if form else None, out, date, choice, workers, quiet, estimate, excel))


@app.command()
def explain(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A file with the report, or - for standard input.")],
    event: Annotated[str, typer.Option("--event", "-e", metavar="ID", help="The event, as `detente code` names it.")],
    report: Annotated[
        str | None, typer.Option("--report", "-r", metavar="ID", help="Which report of the file. [default: the first]")
    ] = None,
    date: Annotated[str | None, DATE] = None,
    coder: Annotated[str | None, CODER] = None,
    model: Annotated[str | None, MODEL] = None,
    knowledge: Annotated[Path | None, KNOWLEDGE] = None,
    llm: Annotated[Path | None, LLM] = None,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Show how an event came about: its sentence, its trigger, its sides and the words behind its status.

    \b
    Examples:
      detente explain report.txt --event e3
      detente explain reports.jsonl --report wire-17 --event e1
    """
    from detente.cli.explain import run

    run(path, report, event, date, Choice(coder, model, knowledge, llm, min_score=min_score), as_json)


@app.command()
def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as a report writes it.")],
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="The day to know it for. [default: any day]"),
    ] = None,
    knowledge: Annotated[Path | None, KNOWLEDGE] = None,
    as_json: Annotated[bool, typer.Option("--json", help="All candidates as JSON.")] = False,
) -> None:
    """Tell what is known of a name on a day, and why.

    \b
    Examples:
      detente who Peskov --date 2021-06-11
      detente who "the Taliban" --date 2021-08-16
      detente who "un human rights chief" --date 2021-06-11
      detente who Kremlin --json
    """
    from detente.cli.who import run

    run(name, date, knowledge, as_json)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    \b
    Example:
      detente schema > record.schema.json
    """
    import json

    from detente.record import json_schema

    typer.echo(json.dumps(json_schema(), indent=2))


@app.command()
def demo() -> None:
    """Code the sample report that comes with detente, and name what to try next.

    \b
    Example:
      detente demo
    """
    from detente.cli.demo import run

    run()


app.add_typer(keep_commands.commands)
app.add_typer(ask_commands.commands)
app.add_typer(joins_commands.commands)
app.add_typer(relations_commands.commands)
app.add_typer(watch_commands.commands)
app.add_typer(relations_commands.bench, name="bench")
app.add_typer(compare_commands.commands)
app.add_typer(bulk_commands.commands)
app.add_typer(serve_commands.commands)


def click_command() -> Any:
    """The commands as the tree of objects that docs/cli.md is written from."""
    return typer.main.get_command(app)
