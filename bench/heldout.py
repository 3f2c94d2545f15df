"""Texts coded by docs/coding-guide.md before any output was looked at, for numbers that no rule was tuned on.

``data/heldout_sentences.jsonl`` keeps ids of ``wcep_events.jsonl.gz``, offsets and codes: 120 sentences at random
(seed 20261125) and 80 at random among those with two or more states (seed 77). ``heldout_windows.jsonl.gz`` keeps
those of paragraphs of reports (150 of 197 are of reports of which another part is fitted to), and
``heldout_press.jsonl.gz`` and ``heldout_long.jsonl.gz`` invented press reports, whole, the latter twice as long. None
of them is in a dev set or among the texts that the learned coder is fitted to. Coded by language models reading under
the guide, windows and press reports read a second time by the same reader. Do not read their errors.
"""

from __future__ import annotations

import json
from pathlib import Path

from bench.codings import coded_rows

FILES = {
    "heldout": "heldout_sentences.jsonl",
    "windows": "heldout_windows.jsonl.gz",
    "press": "heldout_press.jsonl.gz",
    "long": "heldout_long.jsonl.gz",
}
"""The held-out sets by name."""

CODES = {name: Path(__file__).with_name("data") / file for name, file in FILES.items()}


def joined(name: str) -> Path:
    """The codes of a set with the texts they belong to, as a file that score.py reads."""
    path = Path(__file__).resolve().parent.parent / ".cache" / FILES[name].removesuffix(".gz")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as sink:
        for row in coded_rows(CODES[name]):
            sink.write(json.dumps({**row, "statements": []}, ensure_ascii=False) + "\n")
    return path
