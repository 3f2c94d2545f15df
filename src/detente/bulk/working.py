"""What a worker does with a piece of a shard: read, code, and give the rows back as Parquet."""

from __future__ import annotations

import atexit
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq

from detente.bulk.columns import TABLES, packed, write
from detente.bulk.cutting import Limits, Part, parts_of
from detente.bulk.entering import Item, items_of
from detente.bulk.plan import Coding, Shard
from detente.bulk.rows import ONLY_IN_SHARDS, Rows
from detente.bulk.sources import Source, digested
from detente.coding import Coder, Settings, make_coder
from detente.errors import MissingFile
from detente.intake.taking import SKIPPED
from detente.reading.confined import ConfinedParser
from detente.record import Failure, Report


@dataclass(frozen=True, slots=True)
class Piece:
    """The items of a shard from `start` up to `stop`: all of it, unless it broke a worker."""

    shard: Shard
    start: int
    stop: int

    @property
    def count(self) -> int:
        """How many items it has."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Coded:
    """What came of a piece: a Parquet file a table, and how many items were coded, skipped and failed."""

    tables: dict[str, bytes]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """A file as the plan has it, and its parts."""

    source: Source
    parts: list[Part]


def code_piece(coding: Coding, piece: Piece) -> Coded:
    """Code the items of a piece. The coder is made once a process, and stays."""
    coder = _coder(coding.coder.name, coding.settings)
    with closing(items_of(piece.shard.parts, coding.day, _parser())) as items:
        given: list[Item] = list(islice(items, piece.start, piece.stop))
    rows, counts = Rows(), Counter[str]()
    first = piece.shard.first + piece.start
    for number, (item, result) in enumerate(zip(given, coder.stream(given), strict=True), first):
        if isinstance(result, Failure):
            outcome = "skipped" if result.code in SKIPPED else "failed"
            rows.refuse(number, result, outcome)
        else:
            outcome = "coded"
            rows.add(number, result, item if isinstance(item, Report) else None)
        counts[outcome] += 1
    return _coded(rows, counts)


def set_aside(piece: Piece, code: str, reason: str) -> Coded:
    """What stands for a piece of one item that breaks whatever codes it."""
    rows = Rows()
    for number in range(piece.start, piece.stop):
        rows.refuse(piece.shard.first + number, Failure(None, _origin(piece.shard, number), code, reason), "failed")
    return _coded(rows, Counter(failed=piece.count))


def merged(pieces: Sequence[Coded]) -> Coded:
    """The pieces of a shard, in order, as one."""
    if len(pieces) == 1:
        return pieces[0]
    tables = {}
    for table in TABLES:
        out = BytesIO()
        write(pa.concat_tables([pq.read_table(BytesIO(piece.tables[table])) for piece in pieces]), out)
        tables[table] = out.getvalue()
    counts: Counter[str] = Counter()
    for piece in pieces:
        counts.update(piece.counts)
    return Coded(tables, dict(counts))


def cut_file(source: Source, limits: Limits) -> Cut:
    """The parts of a file, as a worker's task. One that cannot be read is one item, which fails with the reason."""
    if source.code is None:
        try:
            known = digested(source)
            return Cut(known, parts_of(known, limits, _parser()))
        except OSError as error:
            source = source.refused(MissingFile.code, f"cannot be opened: {error.strerror or error}")
    return Cut(source, [Part(source, 0, 1, source.size)])


def halves(piece: Piece, batch: int) -> Iterator[Piece]:
    """`piece` in two, cut between batches where it has more than one, so that these stay the same."""
    middle = piece.count // 2
    if piece.count > batch:
        middle = max(batch, middle // batch * batch)
    yield Piece(piece.shard, piece.start, piece.start + middle)
    yield Piece(piece.shard, piece.start + middle, piece.stop)


def _coded(rows: Rows, counts: Counter[str]) -> Coded:
    tables = {table: packed(table, rows.tables[table], ONLY_IN_SHARDS.get(table)) for table in TABLES}
    return Coded(tables, dict(counts))


def _origin(shard: Shard, number: int) -> str:
    for part in shard.parts:
        if number < part.count:
            return f"{part.source.name}#{part.first + number + 1}"
        number -= part.count
    raise IndexError(number)


@cache
def _coder(name: str, settings: Settings) -> Coder:
    return make_coder(name, settings)


@cache
def _parser() -> ConfinedParser:
    parser = ConfinedParser()
    atexit.register(parser.close)
    return parser
