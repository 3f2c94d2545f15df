"""Acts told by several reports, over the whole set: the rule of `linking`, block by block of days.

Two tellings of one act are never more than `REACH` days apart. A block has the tellings of some days and, to compare
them with, those of `REACH` days before: all blocks together find exactly what one comparison of everything would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from detente.bulk.rows import MOST_PARTS
from detente.bulk.tables import connected, parquet
from detente.linking.same_act import REACH, acts_of, candidates, compare
from detente.linking.tellings import Telling, side_of, telling_of

MOST_TOLD = 20_000
"""Tellings of a block, those of its last day beyond that: some hundred megabytes in a worker."""

_PARTY = "struct_pack(country := country, entity := entity, name := name, role := role)"
_TOLD = f"""
SELECT e.n, e.id, e.type, e.mode, e.status, e.report_date, e.date_start, e.date_end, e.date_is_report, e.place,
       e.place_country, e.said_by, e.published, e.trigger_start, e.trigger_end, e.evidence_start, e.evidence_end,
       e."window", e.window_start, actor.parties AS actors, recipient.parties AS recipients
FROM {{events}} e
LEFT JOIN (SELECT n, list({_PARTY} ORDER BY position) AS parties FROM {{parties}} WHERE side = 'actor' GROUP BY n) actor
     ON actor.n = e.n
LEFT JOIN (SELECT n, list({_PARTY} ORDER BY position) AS parties FROM {{parties}} WHERE side = 'recipient' GROUP BY n)
     recipient ON recipient.n = e.n
WHERE e.same_as IS NULL AND e.report_date IS NOT NULL AND e.n // {MOST_PARTS} NOT IN (SELECT n FROM repeated)
"""


@dataclass(frozen=True, slots=True)
class Block:
    """Tellings of the days from `first` to `last`, both included."""

    first: date
    last: date


def blocks_of(counts: Iterable[tuple[date, int]], most: int = MOST_TOLD) -> list[Block]:
    """Days with their tellings, in order, put together to blocks of about `most`."""
    blocks: list[Block] = []
    first, held = None, 0
    last = date.min
    for day, count in counts:
        if first is not None and held + count > most:
            blocks.append(Block(first, last))
            first, held = None, 0
        first, last, held = first or day, day, held + count
    return [*blocks, Block(first, last)] if first is not None else blocks


def lay_out(db: Any, events: str, parties: str, folder: Path) -> list[tuple[Path, Block]]:
    """Write the tellings of each block, and those before it, to a file in `folder`; the files with their blocks."""
    db.execute(f"CREATE OR REPLACE TEMP TABLE told AS {_TOLD.format(events=events, parties=parties)}")
    counts = db.execute("SELECT report_date, count(*) FROM told GROUP BY 1 ORDER BY 1").fetchall()
    laid = []
    folder.mkdir(parents=True, exist_ok=True)
    for number, block in enumerate(blocks_of(counts)):
        path = folder / f"{number:06d}.parquet"
        since = block.first - timedelta(REACH)
        db.execute(
            f"COPY (SELECT * FROM told WHERE report_date BETWEEN DATE '{since}' AND DATE '{block.last}' ORDER BY n) "
            f"TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
        )
        laid.append((path, block))
    db.execute("DROP TABLE told")
    return laid


def links_of(path: Path, block: Block) -> list[tuple[int, int]]:
    """The pairs of events that tell one act, the later of them in the block: a worker's task."""
    told = load_tellings(path)
    fresh = [number for number, telling in told.items() if telling.said is not None and telling.said >= block.first]
    return [(one, other) for one, other in candidates(told, fresh) if compare(told[one], told[other]).joined]


def load_tellings(path: Path) -> dict[int, Telling]:
    """The tellings of a file, by the number of their event."""
    db = connected(threads=1)
    cursor = db.execute(f"SELECT * FROM {parquet(path)} ORDER BY n")
    names = [column[0] for column in cursor.description]
    told: dict[int, Telling] = {}
    while rows := cursor.fetchmany(1_000):
        for values in rows:
            row = dict(zip(names, values, strict=True))
            told[row["n"]] = _telling(row)
    db.close()
    return told


def name_acts(db: Any, events: str, links: Sequence[tuple[int, int]]) -> None:
    """Make the table ``joined``: the act of each event that shares one, named after the telling that came first."""
    import pyarrow as pa

    top = acts_of(links)
    grouped = pa.table({"n": pa.array(top, pa.int64()), "top": pa.array(top.values(), pa.int64())})
    db.register("grouped", grouped)
    db.execute(
        "CREATE OR REPLACE TEMP TABLE joined AS SELECT e.id, 'ac' || substr(first_value(e.id) OVER (PARTITION BY top"
        " ORDER BY e.report_date, coalesce(e.published, ''), e.id), 3) AS act"
        f" FROM {events} e JOIN grouped ON grouped.n = e.n"
    )
    db.unregister("grouped")


def _telling(row: dict[str, Any]) -> Telling:
    """A telling by the words around it, which are all of the text that is looked at."""
    shift = row["window_start"]
    for name in ("trigger_start", "trigger_end", "evidence_start", "evidence_end"):
        row[name] -= shift
    for name in ("report_date", "date_start", "date_end"):
        row[name] = row[name].isoformat() if row[name] else None
    row["text"] = row["window"]
    row["report"] = row["n"] // MOST_PARTS
    return telling_of(row, side_of(row["actors"] or ()), side_of(row["recipients"] or ()))
