"""The folder of a dataset while it is made: what lies where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.bulk.durable import replacing, write_folder
from detente.bulk.plan import Shard
from detente.bulk.working import Coded

PLAN, PACKAGE, SHARDS, STAGE = "plan.json", "datapackage.json", "shards", "stage"


@dataclass(frozen=True, slots=True)
class Workplace:
    """`folder` holds the plan and manifest, shards until the dataset is whole, and the dataset."""

    folder: Path

    @property
    def plan(self) -> Path:
        return self.folder / PLAN

    @property
    def package(self) -> Path:
        return self.folder / PACKAGE

    @property
    def shards(self) -> Path:
        return self.folder / SHARDS

    @property
    def stage(self) -> Path:
        return self.folder / STAGE

    def shard(self, number: int) -> Path:
        """The folder of a shard: a thousand of them in one."""
        return self.shards / f"{number // 1000:04d}" / f"{number:07d}"

    def files(self, table: str) -> str:
        """The glob of a table's files in all shards."""
        return str(self.shards / "*" / "*" / f"{table}.parquet")

    def commit(self, shard: Shard, coded: Coded) -> None:
        """Keep what came of a shard."""
        folder = self.shard(shard.number)
        folder.parent.mkdir(parents=True, exist_ok=True)
        files = {f"{table}.parquet": data for table, data in coded.tables.items()}
        write_folder(folder, {**files, "counts.json": json.dumps(coded.counts, sort_keys=True).encode()})

    def committed(self) -> Iterator[tuple[int, dict[str, int]]]:
        """The shards that are on the disk, with their counts."""
        for path in sorted(self.shards.glob("*/[0-9]*/counts.json")):
            yield int(path.parent.name), json.loads(path.read_bytes())

    def write_json(self, path: Path, told: dict[str, Any]) -> None:
        """Write plain values, whole or not at all."""
        with replacing(path) as out:
            out.write(json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
