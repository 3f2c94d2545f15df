"""The commands that ask an archive. What they do is imported when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import (
    ACTOR,
    ARCHIVE,
    AS_CSV,
    AS_JSON,
    LIMIT,
    MIN_SCORE,
    MODE,
    OLDEST,
    ONCE,
    PAIR,
    PARTY,
    PLACE,
    PUBLISHER,
    RECIPIENT,
    REPORT,
    SAID_BY,
    SINCE,
    STATUS,
    TYPE,
    UNTIL,
    WORDS,
    WRONG,
)

commands = typer.Typer()


@commands.command()
def events(
    archive: Annotated[Path, ARCHIVE],
    actor: Annotated[str | None, ACTOR] = None,
    recipient: Annotated[str | None, RECIPIENT] = None,
    party: Annotated[str | None, PARTY] = None,
    pair: Annotated[tuple[str, str] | None, PAIR] = None,
    type: Annotated[list[str] | None, TYPE] = None,
    mode: Annotated[str | None, MODE] = None,
    status: Annotated[list[str] | None, STATUS] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    place: Annotated[str | None, PLACE] = None,
    said_by: Annotated[str | None, SAID_BY] = None,
    publisher: Annotated[str | None, PUBLISHER] = None,
    report: Annotated[str | None, REPORT] = None,
    words: Annotated[str | None, WORDS] = None,
    wrong: Annotated[bool, WRONG] = False,
    once: Annotated[bool, ONCE] = False,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    oldest: Annotated[bool, OLDEST] = False,
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """List events: who did what to whom, each with its words and its source, the newest first.

    \b
    Examples:
      detente events news.db --actor RUS --recipient USA --type SANCTION --status happened --since 2021-01
      detente events news.db --pair USA RUS --csv > usa-rus.csv
    """
    from detente.cli.asking import list_events

    asked = {
        "actor": actor,
        "recipient": recipient,
        "party": party,
        "pair": pair,
        "type": type or (),
        "mode": mode,
        "status": status or (),
        "since": since,
        "until": until,
        "place": place,
        "said_by": said_by,
        "publisher": publisher,
        "report": report,
        "words": words,
        "wrong": wrong,
        "once": once,
        "min_score": min_score,
    }
    list_events(archive, asked, limit, newest=not oldest, as_json=as_json, as_csv=as_csv)


@commands.command()
def statements(
    archive: Annotated[Path, ARCHIVE],
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="WHO", help="Who speaks: RUS, Russia, or part of a name or post.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="direct, indirect or mixed.")] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    publisher: Annotated[str | None, PUBLISHER] = None,
    report: Annotated[str | None, REPORT] = None,
    words: Annotated[str | None, WORDS] = None,
    oldest: Annotated[bool, OLDEST] = False,
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """List statements: who says what, in the words of the report, the newest first.

    \b
    Example:
      detente statements news.db --speaker Peskov --since 2021-06
    """
    from detente.cli.asking import list_statements

    asked = {
        "speaker": speaker,
        "kind": kind,
        "since": since,
        "until": until,
        "publisher": publisher,
        "report": report,
        "words": words,
    }
    list_statements(archive, asked, limit, newest=not oldest, as_json=as_json, as_csv=as_csv)


@commands.command()
def search(
    archive: Annotated[Path, ARCHIVE],
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="All must stand in the report.", show_default=False)
    ],
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    publisher: Annotated[str | None, PUBLISHER] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, metavar="N", help="How many reports, 0 for all.")] = 20,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """Find reports by their words, shown in context, the best first.

    Words inside "…" must follow each other. Nothing else is an operator.

    \b
    Examples:
      detente search news.db ceasefire Idlib
      detente search news.db '"ballistic missile" test' --since 2017 --until 2017
    """
    from detente.cli.asking import find_words

    options = {"since": since, "until": until, "publisher": publisher, "limit": limit or None}
    find_words(archive, " ".join(words), options, as_json=as_json, as_csv=as_csv)


@commands.command()
def show(
    archive: Annotated[Path, ARCHIVE],
    id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of an event, a statement or a report.", show_default=False)
    ],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Show an event, a statement or a report, with everything that is known of it.

    \b
    Example:
      detente show news.db ev1f2e3d4c5b6a7980
    """
    from detente.cli.asking import show_one

    show_one(archive, id, as_json=as_json)


@commands.command()
def timeline(
    archive: Annotated[Path, ARCHIVE],
    pair: Annotated[tuple[str, str] | None, PAIR] = None,
    party: Annotated[str | None, PARTY] = None,
    type: Annotated[list[str] | None, TYPE] = None,
    status: Annotated[list[str] | None, STATUS] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """Tell in order of time what passed between two states, or what one party did and had done to it.

    Each act stands once, however many reports tell it, on its own day; a plan on the day it was told.

    \b
    Example:
      detente timeline news.db --pair USA RUS --since 2021
    """
    from detente.cli.asking import tell_timeline

    asked = {
        "pair": pair,
        "party": party,
        "type": type or (),
        "status": status or (),
        "since": since,
        "until": until,
        "min_score": min_score,
    }
    tell_timeline(archive, asked, limit, as_json=as_json, as_csv=as_csv)
