"""Coded texts: those of the shared folder, and our own codings, which keep no text of others.

    python -m bench.codings OUT.jsonl.gz CODED…

A row of our own is a coded text as everywhere, but for texts that may not lie here: of those it keeps the id, the part
coded and the offsets, and the text comes from the shared data. Packs rows in that form.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bench.shared import DATA, rows_of

OWN = tuple(sorted(Path(__file__).resolve().parent.parent.joinpath("train", "data").glob("*.jsonl.gz")))
"""The files of our own codings that the learned coder is fitted to."""

SOURCES = ("reports.jsonl.gz", "wcep_events.jsonl.gz")
"""The shared files whose texts are coded here."""

INVENTED = "made-"
"""What the ids of texts begin with that were written for training: those lie here whole."""

_PART = "."
"""Before the number of the part of a text, behind its id, where several parts are coded."""

_KEPT = ("id", "date", "window", "events")


def coded_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a coded file, each with its text; texts that the shared data lack are left out."""
    for row in rows_of(path):
        if "text" in row:
            yield row
        elif (told := _shared().get(whole_id(row["id"]))) is not None:
            start, end = row.get("window") or (0, len(told["text"]))
            text = told["text"][start:end]
            page = {key: told.get(key) for key in ("date", "title", "url")}
            yield {**page, **row, "text": text, "events": _named(row, text)}


def whole_id(text_id: str) -> str:
    """The id of the text of which this is a part."""
    whole, _, part = text_id.rpartition(_PART)
    return whole if part.isdigit() else text_id


def drawn(rows: Iterable[dict[str, Any]], without: Iterable[Path], count: int, seed: int) -> list[dict[str, Any]]:
    """So many of `rows`, drawn with a seed, of texts that no coded file in `without` has a part of."""
    known = {whole_id(row["id"]) for file in without for row in rows_of(file)}
    left = [row for row in rows if row["id"] not in known]
    random.Random(seed).shuffle(left)
    return left[:count]


@cache
def _shared() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for name in SOURCES if (DATA / name).exists() for row in rows_of(DATA / name)}


def _named(row: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """The events with the words of their parties, which the file does not hold."""
    for event in row["events"]:
        for party in (*event["actors"], *event["recipients"]):
            party["text"] = text[slice(*party["span"])]
            party.setdefault("name", party["text"])
    return list(row["events"])


def packed(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what the text gives; that of an invented text as it is."""
    if row["id"].startswith(INVENTED):
        return row
    small = {key: row.get(key) for key in _KEPT}
    small["events"] = [_small(event) for event in row["events"]]
    return small


def _small(event: dict[str, Any]) -> dict[str, Any]:
    voice = event["said_by"]
    sides = {side: [_plain(party) for party in event[side]] for side in ("actors", "recipients")}
    return {**event, **sides, "said_by": voice and {"span": voice["span"]}}


def _plain(party: dict[str, Any]) -> dict[str, Any]:
    told = {"text"} | ({"name"} if party["name"] == party["text"] else set())
    return {key: value for key, value in party.items() if key not in told}


def write(rows: Iterable[dict[str, Any]], out: Path) -> int:
    """Write rows in their small form, equal bytes for equal rows; how many."""
    lines = [json.dumps(packed(row), ensure_ascii=False, separators=(",", ":")) for row in rows]
    with out.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as sink:
        sink.write("".join(f"{line}\n" for line in lines).encode())
    return len(lines)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("out", type=Path)
    args.add_argument("coded", type=Path, nargs="+")
    options = args.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    print(write((row for path in options.coded for row in rows_of(path)), options.out), "texts")


if __name__ == "__main__":
    main()
