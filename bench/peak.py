"""The most memory that coding takes, in megabytes: ``python -m bench.peak [--coder learned] [--with-torch]``.

Without PyTorch, which detente neither needs nor installs: where it is there, as it is for training, spaCy imports it
though nothing asks it for anything, and that takes some 470 MB. ``--with-torch`` counts these.
"""

from __future__ import annotations

import argparse
import sys
from collections import deque
from pathlib import Path


def megabytes() -> float:
    """The most memory this process had. `getrusage` would count what its parent had when it started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Code the sample of `bench.speed`, and print the peak."""
    args = argparse.ArgumentParser(prog="python -m bench.peak")
    args.add_argument("--coder", default="learned")
    args.add_argument("--with-torch", action="store_true")
    options = args.parse_args()
    if not options.with_torch:
        sys.modules["torch"] = None  # type: ignore[assignment]  # to import it fails, as where it is not installed
    from bench.speed import sample
    from detente.coding.registry import pipeline_of

    deque(pipeline_of(options.coder).stream(sample()), maxlen=0)
    print(megabytes())


if __name__ == "__main__":
    main()
