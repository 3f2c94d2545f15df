"""Questions that cannot be meant: a type, mode, status, sector, state or party that there is not is refused by name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import get_args

from detente.archive.states import NONE, code_of, state_names
from detente.codebook import load_codebook
from detente.errors import UsageError
from detente.knowledge.tables import load_sectors
from detente.record import Status

MANY = 24
"""Choices that are listed whole; of more only the nearest are named."""


SHORT = 5
"""Letters of a name below which any other short name is near."""


def chosen(what: str, given: str, choices: Sequence[str], plural: str | None = None) -> str:
    """The one of `choices` that `given` is, in any case; raises `UsageError` with all of them or the nearest."""
    known = {choice.casefold(): choice for choice in choices}
    if (found := known.get(given.strip().casefold())) is not None:
        return found
    near = [known[name] for name in get_close_matches(given.strip().casefold(), known, n=3)]
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    listed = f" The {plural or what + 's'} are {', '.join(choices)}." if len(choices) <= MANY or not near else ""
    raise UsageError(f"There is no {what} {given!r}.{meant}{listed}")


def types_asked(given: Iterable[str]) -> list[str]:
    """The types meant."""
    return [chosen("type", name, tuple(load_codebook().types)) for name in given]


def statuses_asked(given: Iterable[str]) -> list[str]:
    """The statuses meant."""
    return [chosen("status", name, get_args(Status), "statuses") for name in given]


def mode_asked(given: str, types: Sequence[str]) -> str:
    """The mode meant, one of the types asked for, of any type without."""
    entries = load_codebook().types
    modes = sorted({mode for name in (types or entries) for mode in entries[name].modes})
    return chosen(f"mode of {' or '.join(types)}" if types else "mode", given, modes, "modes")


def sector_asked(given: str) -> str:
    """The sector meant."""
    return chosen("sector", given, tuple(load_sectors()))


def state_asked(given: str) -> str:
    """The code of a state by code or name; raises `UsageError` with the nearest names where none is known."""
    code = code_of(given)
    if code is not None and code != NONE:
        return code
    near = near_states(given)
    meant = f"did you mean {' or '.join(near)}?" if near else "give its name or its code like RUS."
    raise UsageError(f"{given!r} is no state that is known: {meant}")


def near_states(given: str) -> list[str]:
    """The names of states that are written nearly like `given`."""
    names = {name: usual for name, usual in state_names().items() if len(name) >= SHORT}
    words = given.strip().casefold().removeprefix("the ")
    return list(dict.fromkeys(names[found] for found in get_close_matches(words, names, n=3, cutoff=0.7)))


def refuse_unknown_report(db: sqlite3.Connection, given: str) -> None:
    """Raise `UsageError` where no report of the archive has that id, its own or the archive's."""
    if db.execute("SELECT 1 FROM report WHERE id = ?1 OR record_id = ?1 LIMIT 1", (given,)).fetchone() is None:
        raise UsageError(f"There is no report {given!r} in the archive: `detente search` finds reports by their words.")


def refuse_stranger(db: sqlite3.Connection, given: str, condition: str, values: Sequence[str]) -> None:
    """Raise `UsageError` with the nearest names where no party of the archive meets `condition`."""
    if db.execute(f"SELECT 1 FROM event_party WHERE {condition} LIMIT 1", values).fetchone() is None:
        near = near_states(given)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(
            f"Nobody in the archive is called {given!r}, and no state is.{meant}"
            " Give a state by name or code, or a part of a name or post."
        )
