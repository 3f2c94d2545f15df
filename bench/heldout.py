"""Sentences coded by docs/coding-guide.md before any output was looked at, for numbers that no rule was tuned on.

``data/heldout_sentences.jsonl`` keeps ids of ``wcep_events.jsonl.gz``, offsets and codes: 120 sentences at random
(seed 20261125) and 80 at random among those with two or more states (seed 77); none of them is in a dev set. Coded by a
language model reading under the guide, not cross-checked. Do not read its errors.
"""

from __future__ import annotations

import json
from pathlib import Path

from bench.shared import DATA, rows_of

CODES = Path(__file__).with_name("data") / "heldout_sentences.jsonl"
JOINED = Path(__file__).resolve().parent.parent / ".cache" / "heldout_sentences.jsonl"


def joined() -> Path:
    """The codes with the shared texts they belong to, as a file that score.py reads."""
    codes = {row["id"]: row["events"] for row in rows_of(CODES)}
    JOINED.parent.mkdir(parents=True, exist_ok=True)
    with JOINED.open("w", encoding="utf-8") as sink:
        for row in rows_of(DATA / "wcep_events.jsonl.gz"):
            if row["id"] in codes:
                coded = {"id": row["id"], "date": row["date"], "text": row["text"], "events": codes[row["id"]]}
                sink.write(json.dumps({**coded, "statements": []}, ensure_ascii=False) + "\n")
    return JOINED
