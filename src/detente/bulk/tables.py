"""DuckDB over Parquet: one connection to ask, with what it may use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

MEMORY = "4GB"
"""What DuckDB may hold; what is more goes to the disk."""


def connected(scratch: Path | None = None, threads: int | None = None) -> Any:
    """A connection to an empty database in memory; `scratch` is where it puts what does not fit."""
    import duckdb

    db = duckdb.connect()
    db.execute(f"SET memory_limit = '{MEMORY}'")
    db.execute("SET enable_progress_bar = false")
    if threads is not None:
        db.execute(f"SET threads = {threads}")
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
        db.execute(f"SET temp_directory = {quoted(scratch)}")
    return db


def quoted(value: object) -> str:
    """`value` as a string in SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def parquet(glob: object, **options: object) -> str:
    """The Parquet files at `glob` as a table in SQL."""
    more = "".join(f", {name} = {str(value).lower()}" for name, value in options.items())
    return f"read_parquet({quoted(glob)}{more})"
