"""Giving pieces to workers until every shard is done, whatever becomes of single workers.

A piece whose worker died is given to another. When that dies too, the piece is cut in two, down to the item that does
it; this one is set aside with its reason, and the run goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from detente.bulk.plan import Coding, Shard
from detente.bulk.pools import Ended, Pool, Task
from detente.bulk.working import Coded, Piece, code_piece, halves, merged, set_aside
from detente.language.pipeline import BATCH_SIZE

TRIES = 2
"""Workers a piece may break before it is cut: the first may have died of something else."""

SECONDS, SECONDS_AN_ITEM = 300.0, 10.0
"""How long a piece may take: loading the models, then each item. The longest text there may be, a million characters,
is read in a minute or two; a batch of such is cut up, and each passes alone."""

BROKEN = "broke-worker"
"""Code of an item that no worker comes through."""

Commit = Callable[[Shard, Coded], None]


@dataclass(slots=True)
class _Waiting:
    piece: Piece
    tries: int = 0


@dataclass(slots=True)
class _Open:
    """A shard of which pieces are out: what came of them by where they start."""

    shard: Shard
    done: dict[int, Coded] = field(default_factory=dict)
    items: int = 0

    def add(self, piece: Piece, coded: Coded) -> bool:
        """Keep what came of a piece; whether the shard is whole now."""
        self.done[piece.start] = coded
        self.items += piece.count
        return self.items == self.shard.count

    def result(self) -> Coded:
        return merged([coded for _, coded in sorted(self.done.items())])


def code_shards(pool: Pool, coding: Coding, shards: Iterable[Shard], commit: Commit) -> None:
    """Have all `shards` coded, and each committed once; raises what makes going on senseless, as a missing model.

    Never more pieces are out than there are workers, so that memory does not grow with the input.
    """
    desk = _Desk(pool, coding, iter(shards))
    desk.hand_out()
    while desk.is_busy():
        whole = [shard for ended in pool.ended() if (shard := desk.take(ended)) is not None]
        desk.hand_out()  # before the commits: workers need not wait until what they brought is on the disk
        for shard in whole:
            commit(shard.shard, shard.result())


@dataclass(slots=True)
class _Desk:
    """Which pieces wait, and which are out."""

    pool: Pool
    coding: Coding
    source: Iterator[Shard]
    again: deque[_Waiting] = field(default_factory=deque)
    out: dict[int, _Waiting] = field(default_factory=dict)
    open: dict[int, _Open] = field(default_factory=dict)
    tickets: int = 0
    is_read: bool = False

    def is_busy(self) -> bool:
        """Whether anything is out or waits for a worker, be it for the first of them to come up."""
        return bool(self.out or self.again or not self.is_read)

    def hand_out(self) -> None:
        """Give pieces to the workers that have none."""
        while self.pool.room() > 0 and (waiting := self._next()) is not None:
            self.tickets += 1
            self.out[self.tickets] = waiting
            seconds = SECONDS + SECONDS_AN_ITEM * waiting.piece.count
            self.pool.give(self.tickets, Task(code_piece, (self.coding, waiting.piece), seconds))

    def take(self, ended: Ended) -> _Open | None:
        """Take what came of a piece; the shard where it is whole now."""
        waiting = self.out.pop(ended.ticket)
        if ended.error is not None:
            raise ended.error
        if ended.crash is None:
            return self._done(waiting.piece, ended.result)
        waiting.tries += 1
        if waiting.tries < TRIES:
            self.again.append(waiting)
        elif waiting.piece.count > 1:
            self.again.extend(_Waiting(half) for half in halves(waiting.piece, BATCH_SIZE))
        else:
            return self._done(waiting.piece, set_aside(waiting.piece, BROKEN, ended.crash))
        return None

    def _done(self, piece: Piece, coded: Coded) -> _Open | None:
        shard = self.open[piece.shard.number]
        return self.open.pop(piece.shard.number) if shard.add(piece, coded) else None

    def _next(self) -> _Waiting | None:
        if self.again:
            return self.again.popleft()
        shard = next(self.source, None)
        if shard is None:
            self.is_read = True
            return None
        self.open[shard.number] = _Open(shard)
        return _Waiting(Piece(shard, 0, shard.count))
