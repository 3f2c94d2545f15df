"""A run from input to dataset: planned, coded shard by shard, compared over the whole set, written by month.

Each step is kept before the next begins, so that a run that was killed anywhere goes on where it was and ends with the
same files.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from shutil import rmtree
from typing import Any, Self

from detente import __version__
from detente.bulk.columns import TABLES, columns
from detente.bulk.cutting import Limits
from detente.bulk.dataset import FILE, write_dataset
from detente.bulk.durable import sweep
from detente.bulk.joining import lay_out, links_of, name_acts
from detente.bulk.manifest import Account, Manifest, held, open_manifest
from detente.bulk.near_copies import copies_among, find_repeated, mark_copies, near_pairs, tasks_of
from detente.bulk.plan import Coding, Plan, Shard, plan_of
from detente.bulk.pools import Pool, Task
from detente.bulk.scheduling import code_shards
from detente.bulk.sources import Source, find_sources, is_unchanged
from detente.bulk.tables import connected, parquet
from detente.bulk.working import Coded, Cut, cut_file
from detente.bulk.workplace import Workplace
from detente.errors import DetenteError, UsageError

SHARD, WHOLE = "shard", "whole"
"""Kinds of lines of the manifest: a shard that is coded; what was found over the whole set."""

HOUR = 3600.0

FEW = 2
"""Tasks that are done here: starting workers for them takes longer."""

MOST_CUT_HERE = 8
"""Files that are cut into parts here rather than by workers."""

MakePool = Callable[[], Pool]
Tell = Callable[[str, int, int], None]
"""Hears of a step: what is done, how much of it, out of how much."""


def _silent(step: str, done: int, total: int) -> None:
    """Hear nothing."""


def run_bulk(
    folder: Path,
    inputs: Sequence[str],
    coding: Coding,
    local: MakePool,
    engine: MakePool | None = None,
    limits: Limits | None = None,
    tell: Tell = _silent,
) -> Account:
    """Make the dataset in `folder` from `inputs`, or go on making it; none stands for those it was begun with.

    The workers of `engine` code, or else those of `local`; these also compare what is compared over the whole set, in
    `folder`. Raises `UsageError` where the folder was begun with other input or another coder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = Workplace(folder)
    with held(folder), _Once(local) as near, _Once(engine) if engine else nullcontext(near) as far:
        sweep(folder)
        manifest = open_manifest(folder)
        if not _is_whole(place, inputs, coding):
            plan = _planned(place, inputs, coding, limits, near)
            _code(place, plan, manifest, far, tell)
            if engine:
                far.close()
            _compare_and_write(place, plan, manifest, near, tell)
        for work in (place.shards, place.stage):
            rmtree(work, ignore_errors=True)
        return account_of(folder)


class _Once:
    """A pool that is started when it is first asked for, and kept."""

    def __init__(self, make: MakePool) -> None:
        self._make = make
        self._pool: Pool | None = None

    def __call__(self) -> Pool:
        if self._pool is None:
            self._pool = self._make()
        return self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        self.close()


def account_of(folder: Path) -> Account:
    """The account of a whole dataset."""
    told = json.loads(Workplace(folder).package.read_bytes())["account"]
    return Account(**told)


def _is_whole(place: Workplace, inputs: Sequence[str], coding: Coding) -> bool:
    if not place.package.exists():
        return False
    if inputs:
        plan = _kept(place, coding)
        _refuse_other(plan, find_sources(inputs), None)
        _refuse_changed(plan)
    return True


def _planned(place: Workplace, inputs: Sequence[str], coding: Coding, limits: Limits | None, local: MakePool) -> Plan:
    """The plan that was kept, where the run goes on; else a new one."""
    if place.plan.exists():
        plan = _kept(place, coding)
        if inputs:
            _refuse_other(plan, find_sources(inputs), limits)
        _refuse_changed(plan)
        return plan
    if not inputs:
        raise UsageError(f"There is nothing in {str(place.folder)!r} to go on with: name what is to be read.")
    sources = find_sources(inputs)
    chosen = limits or Limits()
    cuts = _cut(sources, chosen, local)
    parts = (part for cut in cuts for part in cut.parts)
    plan = plan_of(coding, chosen, [cut.source for cut in cuts], parts)
    place.write_json(place.plan, {"key": plan.key, **plan.to_dict()})
    return plan


def _cut(sources: Sequence[Source], limits: Limits, local: MakePool) -> Sequence[Cut]:
    """All files cut into parts, in their order: a few here, many by workers."""
    if len(sources) <= MOST_CUT_HERE:
        return [cut_file(source, limits) for source in sources]
    return _all(local, [Task(cut_file, (source, limits), 24 * HOUR) for source in sources])


def _kept(place: Workplace, coding: Coding) -> Plan:
    told = json.loads(place.plan.read_bytes())
    plan = Plan.from_dict(told, coding)
    if plan.key != told["key"]:
        coder, version = told["coder"]["name"], told["coder"]["version"]
        raise UsageError(
            f"{str(place.folder)!r} was begun with coder {coder} {version} and other settings: choose another folder,"
            " or give the same again."
        )
    return plan


def _refuse_other(plan: Plan, sources: Sequence[Source], limits: Limits | None) -> None:
    same = [(s.name, s.size) for s in plan.sources] == [(s.name, s.size) for s in sources]
    if not same or (limits is not None and limits != plan.limits):
        raise UsageError("The folder was begun with other input, or other shards: choose another folder.")


def _refuse_changed(plan: Plan) -> None:
    if changed := next((source.name for source in plan.sources if not is_unchanged(source)), None):
        raise UsageError(f"{changed!r} has changed since the folder was begun: put it back, or choose another folder.")


def _code(place: Workplace, plan: Plan, manifest: Manifest, engine: MakePool, tell: Tell) -> None:
    """Have the shards coded that are not."""
    place.shards.mkdir(exist_ok=True)
    for folder in place.shards.iterdir():
        sweep(folder)
    for number, counts in place.committed():
        if not manifest.has(SHARD, _name(number)):
            manifest.add(SHARD, _name(number), read=plan.shards[number].count, **counts)
    missing = [shard for shard in plan.shards if not manifest.has(SHARD, _name(shard.number))]
    done = plan.count - sum(shard.count for shard in missing)
    if not missing:
        return

    def commit(shard: Shard, coded: Coded) -> None:
        nonlocal done
        place.commit(shard, coded)
        manifest.add(SHARD, _name(shard.number), read=shard.count, **coded.counts)
        done += shard.count
        tell("coded", done, plan.count)

    tell("coded", done, plan.count)
    code_shards(engine(), plan.coding, missing, commit)


def _compare_and_write(place: Workplace, plan: Plan, manifest: Manifest, local: MakePool, tell: Tell) -> None:
    """What is found over the whole set, then the dataset, then its description: with that it is whole."""
    place.stage.mkdir(exist_ok=True)
    db = connected(place.stage / "spill")
    reports, events, parties = (parquet(place.files(table)) for table in ("reports", "events", "parties"))
    repeated = find_repeated(db, reports)
    tell("copies", 0, 0)
    firsts = [shard.first for shard in plan.shards]
    pairs = [Task(copies_among, (place.folder, firsts, batch), HOUR) for batch in tasks_of(near_pairs(db, reports))]
    mark_copies(db, reports, [found for part in _all(local, pairs) for found in part])
    tell("acts", 0, 0)
    blocks = [Task(links_of, laid, HOUR) for laid in lay_out(db, events, parties, place.stage / "told")]
    name_acts(db, events, [link for part in _all(local, blocks) for link in part])
    tell("written", 0, 0)
    write_dataset(db, place, manifest)
    db.close()
    manifest.settle()
    place.write_json(place.package, _package(plan, manifest, repeated))


def _all(local: MakePool, tasks: Sequence[Task]) -> list[Any]:
    """What comes of all tasks, in their order; raises where one cannot be done in two tries."""
    results: dict[int, Any] = {}
    tries: Counter[int] = Counter()
    waiting = list(range(len(tasks)))[::-1]
    if len(tasks) <= FEW:
        return [task.do(*task.args) for task in tasks]
    pool = local()
    while len(results) < len(tasks):
        while waiting and pool.room() > 0:
            number = waiting.pop()
            pool.give(number, tasks[number])
        for ended in pool.ended():
            if ended.error is not None:
                raise ended.error
            if ended.crash is None:
                results[ended.ticket] = ended.result
                continue
            tries[ended.ticket] += 1
            if tries[ended.ticket] > 1:
                raise DetenteError(f"A step over the whole set cannot be done: {ended.crash}. Start the run again.")
            waiting.append(ended.ticket)
    return [results[number] for number in range(len(tasks))]


def _package(plan: Plan, manifest: Manifest, repeated: int) -> dict[str, Any]:
    shards = manifest.of(SHARD)
    counts = {name: sum(line.get(name, 0) for line in shards) for name in ("read", "coded", "skipped", "failed")}
    counts["coded"] -= repeated
    counts["skipped"] += repeated
    return {
        "name": "detente-bulk",
        "title": "Events coded from news reports",
        "version": __version__,
        "coder": {"name": plan.coding.coder.name, "version": plan.coding.coder.version},
        "account": counts,
        "resources": [_resource(table, manifest) for table in TABLES],
    }


def _resource(table: str, manifest: Manifest) -> dict[str, Any]:
    files = [line for line in manifest.of(FILE) if line["table"] == table]
    return {
        "name": table,
        "path": [line["name"] for line in files],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rows": sum(line["rows"] for line in files),
        "bytes": sum(line["bytes"] for line in files),
        "schema": {
            "fields": [
                {"name": c.name, "type": _TYPES.get(c.type, c.type), "description": c.description}
                for c in columns()[table]
            ]
        },
        "files": [{"path": line["name"], "rows": line["rows"], "hash": line["hash"]} for line in files],
    }


_TYPES = {"strings": "array", "spans": "array"}


def _name(number: int) -> str:
    return f"{number:07d}"
