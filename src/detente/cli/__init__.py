"""The command line: `main` is what ``detente`` runs. Exit codes: 0 done, 1 some reports failed, 2 wrong use."""

from __future__ import annotations

import sys

WRONG_USE = 2


def main() -> None:
    """Run the command line; what went wrong is one line on standard error, never a traceback."""
    from detente.cli.app import app
    from detente.errors import DetenteError

    try:
        app()
    except DetenteError as error:
        from detente.reading.cleaning import for_terminal

        told = for_terminal(str(error)).encode("utf-8", "replace").decode("utf-8")
        print(f"detente: {told}", file=sys.stderr)  # noqa: T201  where errors reach a person
        sys.exit(WRONG_USE)
