"""Step one of training: code the texts with every room but the last, and keep what the heads need.

python -m train.prepare OUT [--gold FOLDER] [FILE…]
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.codings import OWN, coded_rows
from bench.shared import GOLD, module_at
from tokenizers import Tokenizer

from detente.coding.pipeline import Pipeline
from detente.did.model.scene import Scene
from detente.record import Report
from train.examples import Example, example_of, mark

BATCH = 32


def examples_of(path: Path, coder: Pipeline, tokenizer: Tokenizer) -> Iterator[tuple[dict[str, Any], Example]]:
    """The examples of a coded file, in order."""
    day_range = module_at(GOLD / "score.py").day_range
    rows = list(coded_rows(path))
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        for row, doc in zip(batch, coder.parsed([r["text"] for r in batch]), strict=True):
            report = Report(row["id"], row["text"], title=row.get("title"), url=row.get("url"), published=row["date"])
            _, (times, cast, places, statements, day) = coder.stages(report, doc)
            day = day or date.fromisoformat(row["date"])
            scene = Scene.of(doc, times, cast, places, statements, day)
            yield row, example_of(row, scene, tokenizer, day_range)


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("out", type=Path)
    args.add_argument("files", nargs="*", type=Path)
    args.add_argument("--tokenizer", type=Path, required=True)
    options = args.parse_args()
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    coder = Pipeline()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in options.files:
        name = path.name.partition(".")[0]
        made = []
        for n, (_, example) in enumerate(examples_of(path, coder, tokenizer)):
            if path.resolve() in OWN:
                mark(example)
            made.append(example)
            if n % 500 == 0:
                print(name, n, file=sys.stderr, flush=True)
        with (options.out / f"{name}.pickle").open("wb") as sink:
            pickle.dump(made, sink)


if __name__ == "__main__":
    main()
