"""A dataset asked in SQL: DuckDB with views that hide where the files lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from detente.bulk.columns import TABLES
from detente.bulk.tables import connected, parquet, quoted
from detente.bulk.workplace import Workplace
from detente.errors import UsageError
from detente.relations.weights import STATUSES, weights
from detente.shipped import shipped_text

VIEWS = ("reports", "events", "parties", "statements", "checks", "failures", "acts", "pair_acts", "pair_weeks")


def open_dataset(folder: Path, threads: int | None = None) -> Any:
    """A DuckDB connection with the views of the dataset in `folder`, which it can read and nothing else.

    Raises `UsageError` where no dataset is, or one that is not whole yet.
    """
    if not Workplace(folder).package.exists():
        raise UsageError(
            f"There is no whole dataset in {str(folder)!r}: `detente bulk` makes one, and goes on with it."
        )
    db = connected(threads=threads)
    for table in TABLES:
        glob = folder / table / ("part-*.parquet" if table == "failures" else "month=*/part-*.parquet")
        months = {} if table == "failures" else {"hive_partitioning": True, "hive_types_autocast": False}
        db.execute(f"CREATE VIEW {table} AS SELECT * FROM {parquet(glob, **months)}")
    chosen = weights()
    statuses = ((status, chosen.status[status], place) for place, status in enumerate(STATUSES))
    _values(db, "status_weight", ("status", "weight", "place"), statuses)
    _values(db, "widest_date", ("step", "days"), chosen.widest_date.items())
    db.execute(shipped_text("bulk/data/views.sql"))
    db.execute(f"SET allowed_directories = [{quoted(folder.absolute())}, {quoted(folder)}]")
    db.execute("SET enable_external_access = false")
    db.execute("SET lock_configuration = true")
    return db


def ask(folder: Path, question: str) -> Any:
    """The answer to `question`, in SQL, as an Arrow table; raises `UsageError` where DuckDB does not understand it."""
    import duckdb

    db = open_dataset(folder)
    try:
        return db.sql(question).to_arrow_table()
    except duckdb.Error as error:
        raise UsageError(f"The question cannot be answered: {error}") from error
    finally:
        db.close()


def _values(db: Any, table: str, names: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    values = ", ".join(f"({quoted(key)}, {', '.join(map(str, more))})" for key, *more in rows)
    db.execute(f"CREATE TABLE {table} AS SELECT * FROM (VALUES {values}) t({', '.join(names)})")
