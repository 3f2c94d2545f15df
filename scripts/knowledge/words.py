"""Two statistics over the shared texts: how much a country is in the news, and which names are ordinary words."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from detente.knowledge.naming import key_of
from scripts.knowledge.tables import DATA, Row

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# A name whose lower-case twin is seen this often in the 109,000 reports is an ordinary word.
_ORDINARY = 4
# Feasts, which no text writes in lower case, and families of the same name.
_FEASTS = frozenset({"ramadan", "easter", "christmas", "noel"})


def write_prominence(shared: Path, states: list[Row]) -> None:
    """Weights from 0.05 to 1: the logarithm of the number of event reports that name the state or its adjective."""
    owner: dict[str, str] = {}
    for state in states:
        for name in f"{state['names']}|{state['adjectives']}".split("|"):
            if " " not in name and name:
                owner.setdefault(name, state["country"])
    longer = {n: s["country"] for s in states for n in s["names"].split("|") if " " in n}
    pattern = re.compile("|".join(re.escape(n) for n in sorted(longer, key=lambda n: (-len(n), n))))
    counts: Counter[str] = Counter()
    for text in _texts(shared):
        found = {owner[w] for w in _WORD.findall(text) if w in owner}
        found |= {longer[m] for m in pattern.findall(text)}
        counts.update(found)
    top = math.log(max(counts.values()))
    with (DATA / "prominence.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("country", "weight"))
        # Organisations together: between a head of government and those of the great powers.
        writer.writerow(("IGO", "0.6"))
        for state in states:
            weight = math.log(counts[state["country"]] or 1) / top
            # Squared, so that a state named a hundred times less weighs markedly less.
            writer.writerow((state["country"], f"{max(0.05, weight**2):.2f}"))


def write_common_words(shared: Path) -> None:
    """Keys of one-word names that the texts write in lower case too, or that are given names of many persons."""
    singles = set()
    given: Counter[str] = Counter()
    for path in sorted(DATA.glob("*.csv*")):
        if path.name.split(".")[0] not in {"states", "places", "persons", "organisations", "groups", "bodies"}:
            continue
        for cells in _cells(path):
            for name in f"{cells['name']}|{cells['aliases']}|{cells['family']}".split("|"):
                if name and " " not in key_of(name):
                    singles.add(key_of(name))
            if cells["kind"] == "person" and cells["country"] not in {"CHN", "KOR", "PRK", "TWN", "VNM"}:
                given[key_of(cells["name"].split()[0])] += 1
    lower: Counter[str] = Counter()
    for text in _texts(shared):
        lower.update(w for w in _WORD.findall(text) if w.islower())
    common = {name for name in singles if lower[name] >= _ORDINARY or given[name] >= 12 or name in _FEASTS}
    (DATA / "common_words.txt").write_text("\n".join(sorted(common)) + "\n", encoding="utf-8")


def _cells(path: Path) -> Iterator[Row]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    yield from csv.DictReader(io.StringIO(text))


def _texts(shared: Path) -> Iterator[str]:
    with gzip.open(shared / "data" / "wcep_events.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]
