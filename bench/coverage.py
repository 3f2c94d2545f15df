"""How many names of uncoded text the knowledge has: ``python -m bench.coverage [--unknown N] [--labels PERSON,ORG]``.

Entities that spaCy names (PERSON, NORP, GPE, ORG) in 3,000 event reports chosen by a fixed seed. An entity is known
where a name that the knowledge or its gazetteer holds lies within it. Only what spaCy finds is counted, mistakes of
its own too.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from datetime import date

from bench.shared import DATA, rows_of
from detente.knowledge import Knowledge, load_knowledge
from detente.language import load_pipeline

LABELS = ("PERSON", "NORP", "GPE", "ORG")
_SEED = 11


def entities(reports: int) -> list[tuple[str, tuple[str, ...], str]]:
    """Label, words and day of every entity of the sample."""
    rows = random.Random(_SEED).sample(list(rows_of(DATA / "wcep_events.jsonl.gz")), reports)
    nlp = load_pipeline()
    docs = nlp.pipe((row["text"] for row in rows), batch_size=32, disable=["parser", "lemmatizer"])
    return [
        (ent.label_, tuple(token.text for token in ent if token.text.casefold() != "the"), row["date"])
        for row, doc in zip(rows, docs, strict=True)
        for ent in doc.ents
        if ent.label_ in LABELS
    ]


def is_known(knowledge: Knowledge, words: tuple[str, ...], day: str) -> bool:
    """Whether a part of the words is a name the knowledge finds and has an answer for on that day."""
    for start in range(len(words)):
        end = knowledge.longest_at(words, start)
        if end > start and knowledge.named(" ".join(words[start:end]), date.fromisoformat(day)):
            return True
    return False


def main() -> None:
    """Print the share known by label, and the most frequent unknown names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=3000)
    parser.add_argument("--unknown", type=int, default=0, help="print the N most frequent unknown names")
    parser.add_argument("--labels", default=",".join(LABELS))
    given = parser.parse_args()
    knowledge = load_knowledge()
    found, known = Counter[str](), Counter[str]()
    unknown: Counter[str] = Counter()
    for label, words, day in entities(given.reports):
        found[label] += 1
        if is_known(knowledge, words, day):
            known[label] += 1
        elif label in given.labels.split(","):
            unknown[f"{label} {' '.join(words)}"] += 1
    for label in LABELS:
        print(f"{label:<7} {known[label] / found[label]:.3f}  {known[label]}/{found[label]}")
    print(f"{'all':<7} {known.total() / found.total():.3f}  {known.total()}/{found.total()}")
    for name, count in unknown.most_common(given.unknown):
        print(f"{count:>4} {name}")


if __name__ == "__main__":
    main()
