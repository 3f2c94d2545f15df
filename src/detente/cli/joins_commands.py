"""The commands over what is found between reports. What they do is imported when they run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from detente.cli.options import ARCHIVE, AS_CSV, AS_JSON, LIMIT, MIN_SCORE, PAIR, PARTY, SINCE, TYPE, UNTIL, WORDS

commands = typer.Typer()

FEWEST = typer.Option("--fewest", min=2, metavar="N", help="Only what at least N reports tell.")


class OutcomeChoice(StrEnum):
    """What came of a promise."""

    kept = "kept"
    moved = "moved"
    broken = "broken"
    nothing_found = "nothing-found"
    open = "open"


class DisputeChoice(StrEnum):
    """What two accounts disagree on."""

    denied = "denied"
    changed_word = "changed-word"
    date = "date"
    sides = "sides"
    numbers = "numbers"


class CopyChoice(StrEnum):
    """What two near texts are to each other."""

    same_text = "same-text"
    revision = "revision"
    rewrite = "rewrite"
    look_alike = "look-alike"


@commands.command()
def join(archive: Annotated[Path, ARCHIVE], as_json: Annotated[bool, AS_JSON] = False) -> None:
    """Compare the reports of an archive: near texts, acts told by several, promises, disputes and stories.

    Only what came since the last run is compared, so that it is quick to run after every `detente add`. The commands
    `acts`, `copies`, `disputes`, `promises` and `stories` show what was found.

    \b
    Example:
      detente join news.db
    """
    from detente.cli.joins import run

    run(archive, as_json)


@commands.command()
def acts(
    archive: Annotated[Path, ARCHIVE],
    pair: Annotated[tuple[str, str] | None, PAIR] = None,
    party: Annotated[str | None, PARTY] = None,
    type: Annotated[list[str] | None, TYPE] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    words: Annotated[str | None, WORDS] = None,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """List acts that several reports tell: who told it first, and how status and numbers differ.

    \b
    Example:
      detente acts news.db --pair USA RUS --since 2021
    """
    from detente.cli.joins import list_acts

    asked = {**_asked(pair, party, type, since, until, min_score), "words": words}
    list_acts(archive, asked, limit, as_json=as_json, as_csv=as_csv)


@commands.command()
def promises(
    archive: Annotated[Path, ARCHIVE],
    pair: Annotated[tuple[str, str] | None, PAIR] = None,
    party: Annotated[str | None, PARTY] = None,
    type: Annotated[list[str] | None, TYPE] = None,
    outcome: Annotated[
        OutcomeChoice | None,
        typer.Option(
            "--outcome", help="Only what was kept, moved or broken, is still to come, or of which nothing was found."
        ),
    ] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """List what was announced and what came of it, with both sentences.

    \b
    Examples:
      detente promises news.db --pair USA RUS
      detente promises news.db --outcome kept --csv > kept.csv
    """
    from detente.cli.joins import list_promises

    asked = _asked(pair, party, type, since, until, min_score)
    list_promises(archive, asked, outcome and outcome.value, limit, as_json=as_json, as_csv=as_csv)


@commands.command()
def disputes(
    archive: Annotated[Path, ARCHIVE],
    pair: Annotated[tuple[str, str] | None, PAIR] = None,
    party: Annotated[str | None, PARTY] = None,
    type: Annotated[list[str] | None, TYPE] = None,
    kind: Annotated[DisputeChoice | None, typer.Option("--kind", help="Only disputes of this kind.")] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    min_score: Annotated[float | None, MIN_SCORE] = None,
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """List accounts that cannot both hold: both sentences, with the day each was said.

    \b
    Example:
      detente disputes news.db --pair RUS UKR --kind denied
    """
    from detente.cli.joins import list_disputes

    asked = _asked(pair, party, type, since, until, min_score)
    list_disputes(archive, asked, kind and kind.value, limit, as_json=as_json, as_csv=as_csv)


@commands.command()
def stories(
    archive: Annotated[Path, ARCHIVE],
    words: Annotated[str | None, WORDS] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    fewest: Annotated[int, FEWEST] = 3,
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """List stories: reports that go on telling one thing, the most told first.

    \b
    Example:
      detente stories news.db --words Mariupol --since 2022
    """
    from detente.cli.joins import list_stories

    asked = {"words": words, "since": since, "until": until, "fewest": fewest}
    list_stories(archive, asked, limit, as_json=as_json, as_csv=as_csv)


@commands.command()
def copies(
    archive: Annotated[Path, ARCHIVE],
    kind: Annotated[CopyChoice | None, typer.Option("--kind", help="Only pairs of this kind.")] = None,
    report: Annotated[
        str | None, typer.Option("--report", "-r", metavar="ID", help="Only pairs with this report.")
    ] = None,
    limit: Annotated[int | None, LIMIT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    as_csv: Annotated[bool, AS_CSV] = False,
) -> None:
    """List reports with near texts: the same, revised, taken over, or only written to one form (left out unless asked).

    \b
    Examples:
      detente copies news.db
      detente copies news.db --kind look-alike
    """
    from detente.cli.joins import list_copies

    list_copies(archive, kind and kind.value, report, limit, as_json=as_json, as_csv=as_csv)


def _asked(
    pair: tuple[str, str] | None,
    party: str | None,
    type: list[str] | None,
    since: str | None,
    until: str | None,
    min_score: float | None,
) -> dict[str, Any]:
    """What acts, promises and disputes are asked for, as the fields of a question."""
    return {
        "pair": pair,
        "party": party,
        "type": type or (),
        "since": since,
        "until": until,
        "min_score": min_score,
    }
