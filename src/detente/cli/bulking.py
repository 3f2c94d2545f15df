"""What ``detente bulk`` and ``detente sql`` do."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from detente.archive import Archive
from detente.bulk.asking import ask
from detente.bulk.cutting import Limits
from detente.bulk.manifest import Account
from detente.bulk.plan import Coding
from detente.bulk.pools import LocalPool, Pool
from detente.bulk.running import run_bulk
from detente.bulk.slices import Slice, bring_into
from detente.cli.answering import limit_of, write_csv
from detente.cli.coders import Choice
from detente.cli.output import opened
from detente.cli.progress import tell
from detente.errors import UsageError
from detente.reading.cleaning import for_terminal
from detente.reading.fields import day_in
from detente.record import CoderId
from detente.relations.dates import first_day, last_day

SOME_FAILED = 1
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be brought into which archive."""

    into: Path | None
    pair: tuple[str, str] | None
    since: str | None
    until: str | None
    sample: int | None


def run(
    out: Path,
    inputs: Sequence[str],
    engine: str,
    address: str | None,
    workers: int | None,
    limits: Limits | None,
    chosen: Chosen,
    date: str | None,
    choice: Choice,
    quiet: bool,
) -> int:
    """Make the dataset, or go on making it, bring a slice of it into an archive, and return the exit code."""
    wanted = _slice(chosen)
    coding = Coding(CoderId(choice.name(), choice.make().version), choice.settings(), day_in(date))
    processes = workers or os.cpu_count() or 1

    def local() -> Pool:
        return LocalPool(processes)

    def ray() -> Pool:
        from detente.bulk.ray_pool import RayPool

        return RayPool(address, workers)

    meter = _Meter(quiet)
    try:
        account = run_bulk(out, inputs, coding, local, ray if engine == "ray" else None, limits, meter.hear)
    except KeyboardInterrupt:
        tell("detente: stopped; the same command goes on")
        return INTERRUPTED
    if not quiet:
        tell(f"detente: {account}")
    if chosen.into is not None:
        with Archive.open(chosen.into, create=True) as archive:
            count = bring_into(out, archive, wanted)
        if not quiet:
            tell(f"detente: {count:,} reports in {chosen.into}: `detente join {chosen.into}` compares them")
    return _code(account)


def tell_answer(folder: Path, question: str, limit: int | None, *, as_json: bool, as_csv: bool) -> None:
    """Print the answer to a question in SQL."""
    wanted = limit_of(limit, as_json, as_csv)
    table = ask(folder, question)
    rows = (table if wanted is None else table.slice(0, wanted)).to_pylist()
    with opened(None, machine=as_json or as_csv) as sink:
        if as_json:
            sink.write(json.dumps(rows, ensure_ascii=False, default=_plain, indent=1) + "\n")
        elif as_csv:
            plain = [{name: _cell(value) for name, value in row.items()} for row in rows]
            write_csv(plain, sink, table.column_names)
        else:
            _print_table(table.column_names, rows, table.num_rows, sink)


def _print_table(names: Sequence[str], rows: Sequence[dict[str, Any]], total: int, sink: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*(for_terminal(name) for name in names))
    for row in rows:
        drawn.add_row(*(Text(for_terminal(str(_cell(value)))) for value in row.values()))
    console = Console(file=sink)
    console.print(drawn)
    more = f" of {total:,}: --limit {total} shows all" if total > len(rows) else ""
    console.print(f"{len(rows):,} rows{more}", highlight=False)


def _plain(value: Any) -> Any:
    """A value that JSON does not have: sums of DuckDB are decimals, and numbers all the same."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else value


def _slice(chosen: Chosen) -> Slice:
    asked = (chosen.pair, chosen.since, chosen.until, chosen.sample)
    if chosen.into is None and any(value is not None for value in asked):
        raise UsageError("--pair, --since, --until and --sample say what --into ARCHIVE is to get: name an archive.")
    return Slice(chosen.pair or (), first_day(chosen.since), last_day(chosen.until), chosen.sample)


def _code(account: Account) -> int:
    return SOME_FAILED if account.failed else 0


class _Meter:
    """Tells each step once, and every tenth of the coding."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._told = -1

    def hear(self, step: str, done: int, total: int) -> None:
        tenth = 10 * done // total if total else 0
        if self._quiet or (step == "coded" and tenth == self._told):
            return
        self._told = tenth
        tell(f"detente: {done:,} of {total:,} coded" if total else f"detente: {_STEPS[step]}")


_STEPS = {
    "coded": "nothing to code",
    "copies": "looking for near-copies",
    "acts": "joining acts",
    "written": "writing the dataset",
}
