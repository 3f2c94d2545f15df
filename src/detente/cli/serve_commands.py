"""The commands that serve: the workbench to people, tools to language models. What they do is imported then."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import ARCHIVE
from detente.errors import UsageError

commands = typer.Typer()


@commands.command()
def serve(
    archive: Annotated[Path, ARCHIVE],
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; anything but loopback needs a password.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 for any that is free.")
    ] = 8321,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further name to answer to. May be given again."),
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="FILE", exists=True, dir_okay=False, help="First line: the password."),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=1, max=64, metavar="N", help="Processes that answer.")
    ] = 2,
    beside: Annotated[
        Path | None,
        typer.Option(
            "--beside",
            metavar="ARCHIVE",
            exists=True,
            dir_okay=False,
            help="Another coding, to compare with: page Compare.",
        ),
    ] = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar="NAME", help="Who judges in Review. [default: you, by login]")
    ] = None,
) -> None:
    """Open the workbench on an archive: Reader, Search, Pairs, Timeline, Map, Promises, Disputes, Stories, Review.

    Only this machine can reach it unless told otherwise, and then only with a password. Adding to the archive may go
    on while it is served.

    \b
    Examples:
      detente serve news.db
      detente serve learned.db --beside llm.db
      detente serve news.db --host 0.0.0.0 --allow-host desk.example --password-file secret.txt
    """
    from detente.cli.serving import run

    run(archive, host, port, allow_host or [], password_file, workers, user, beside)


@commands.command()
def mcp(
    archive: Annotated[
        Path | None,
        typer.Argument(metavar="[ARCHIVE]", help="The file of the archive; without one, texts can be coded only."),
    ] = None,
    http: Annotated[
        bool, typer.Option("--http", help="Listen on loopback (address /mcp) instead of standard input and output.")
    ] = False,
    port: Annotated[int, typer.Option("--port", "-p", min=1, max=65535, help="The port for --http.")] = 8322,
    write: Annotated[
        bool, typer.Option("--write", help="Also tools that add texts to the archive and judge events.")
    ] = False,
    user: Annotated[
        str, typer.Option("--user", metavar="NAME", help="The name that judgements of a model stand under.")
    ] = "a language model",
) -> None:
    """Serve language models: tools that code a text and ask an archive, over the Model Context Protocol.

    It only reads unless told to --write.

    Every answer carries the words it rests on and the address of the report. Needs `pip install 'detente[mcp]'`.

    \b
    Examples:
      detente mcp news.db
      detente mcp news.db --http --port 8322
      detente mcp news.db --write --user assistant
    """
    from detente.mcp import make_server

    if write and archive is None:
        raise UsageError("--write needs an archive to write to: name one, detente mcp news.db --write.")
    server = make_server(archive, user if write else None)
    if http:
        server.run("streamable-http", host="127.0.0.1", port=port)
    else:
        server.run("stdio")
