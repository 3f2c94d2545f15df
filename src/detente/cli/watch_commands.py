"""``detente watch``. What it does is imported when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.coders import Choice
from detente.cli.options import ARCHIVE, CODER, KNOWLEDGE, MEMORY, MODEL, QUIET, SECONDS

commands = typer.Typer()


class ToldOf(StrEnum):
    """What ``detente watch`` tells of."""

    surprise = "surprise"
    kept = "kept"
    moved = "moved"
    broken = "broken"
    none = "none"


@commands.command()
def watch(
    archive: Annotated[Path, ARCHIVE],
    feeds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FEED]...",
            help="Addresses or files of feeds; without any, what others add is watched.",
            show_default=False,
        ),
    ] = None,
    pair: Annotated[
        list[str] | None,
        typer.Option(
            "--pair", metavar="ONE,OTHER", help="Tell of these two states, by code or name. May be given again."
        ),
    ] = None,
    alert: Annotated[
        list[ToldOf] | None,
        typer.Option(
            "--alert",
            help="What to tell of: surprises, promises. May be given again. [default: surprise, kept, broken]",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Tell of all from this day on that was not told yet."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Append alerts to FILE, as JSON Lines.")
    ] = None,
    publish: Annotated[
        list[Path] | None,
        typer.Option(
            "--publish", metavar="FILE", help="A feed of alerts: .atom, .rss, or .json (JSON Feed). May be given again."
        ),
    ] = None,
    site: Annotated[
        str | None, typer.Option("--site", metavar="URL", help="Where the workbench is served: alerts link there.")
    ] = None,
    webhook: Annotated[
        list[str] | None,
        typer.Option("--webhook", metavar="URL", help="Post each alert there, signed. May be given again."),
    ] = None,
    webhook_secret_file: Annotated[
        Path | None,
        typer.Option(
            "--webhook-secret-file",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="First line: the secret that webhooks are signed with.",
        ),
    ] = None,
    local_webhooks: Annotated[
        bool, typer.Option("--local-webhooks", help="Webhooks may lie on this machine or in private networks.")
    ] = False,
    mail_to: Annotated[
        list[str] | None,
        typer.Option("--mail-to", metavar="ADDRESS", help="Mail alerts there. May be given again."),
    ] = None,
    mail_from: Annotated[
        str | None, typer.Option("--mail-from", metavar="ADDRESS", help="The sender of that mail.")
    ] = None,
    smtp: Annotated[
        str | None,
        typer.Option("--smtp", metavar="URL", help="Its server: smtp://host:port, or smtps://user@host for TLS."),
    ] = None,
    smtp_password_file: Annotated[
        Path | None,
        typer.Option(
            "--smtp-password-file", metavar="FILE", exists=True, dir_okay=False, help="First line: the password there."
        ),
    ] = None,
    every: Annotated[
        int, typer.Option("--every", min=0, metavar="MINUTES", help="Read the feeds again and again. 0: once.")
    ] = 0,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show what would go where; add nothing, send nothing, write nothing."),
    ] = False,
    coder: Annotated[str | None, CODER] = None,
    model: Annotated[str | None, MODEL] = None,
    knowledge: Annotated[Path | None, KNOWLEDGE] = None,
    seconds: Annotated[float | None, SECONDS] = None,
    memory: Annotated[int | None, MEMORY] = None,
    quiet: Annotated[bool, QUIET] = False,
) -> None:
    """Read feeds, add and join what is new, and tell of surprises and of promises kept or broken.

    Each is told once, also after a new start; to each place it goes to, once. What a server did not take is sent again
    the next time. docs/alerts.md describes feeds, webhooks and mail.

    Exit code 0: all well. 1: a report could not be coded or an alert not be sent, each with its reason.

    \b
    Examples:
      detente watch news.db https://example.org/feed.xml --pair USA,RUS --publish alerts.atom
      detente watch news.db feed.xml --every 30 -o alerts.jsonl
      detente watch news.db --pair Armenia,Azerbaijan --since 2024-01 --dry-run
    """
    from detente.cli.alerting import Places, interest_in, watch_feeds

    places = Places(
        out=out,
        publish=tuple(publish or ()),
        site=site,
        webhooks=tuple(webhook or ()),
        secret_file=webhook_secret_file,
        are_local=local_webhooks,
        mail_to=tuple(mail_to or ()),
        mail_from=mail_from,
        smtp=smtp,
        password_file=smtp_password_file,
    )
    interest = interest_in([told.value for told in alert or ()], pair or (), since)
    choice = Choice(coder, model, knowledge, seconds=seconds, memory=memory)
    raise typer.Exit(watch_feeds(archive, feeds or (), interest, places, every, choice, quiet, dry_run))
