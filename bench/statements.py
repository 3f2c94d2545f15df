"""Score statements on dev_reports, with errors by kind: ``python -m bench.statements --kind missed --report ID``."""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.parses import parsed
from bench.shared import GOLD, rows_of
from detente.knowledge import load_knowledge
from detente.record import Statement
from detente.said import find_statements
from detente.who import find_parties

KINDS = ("missed", "spurious", "source", "cue", "edges")


def scorer() -> Any:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(name: str = "dev_reports") -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each coded report with the statements found in it, as plain dicts."""
    rows = list(rows_of(GOLD / f"{name}.jsonl"))
    knowledge = load_knowledge()
    spent = 0.0
    for row, doc in zip(rows, parsed(name, (r["text"] for r in rows)), strict=True):
        cast = find_parties(doc, date.fromisoformat(row["date"][:10]), knowledge)
        start = time.perf_counter()
        statements = find_statements(doc, cast)
        spent += time.perf_counter() - start
        yield row, [_plain(s) for s in statements]
    print(f"said: {spent:.2f} s")


def _plain(statement: Statement) -> dict[str, Any]:
    source = statement.source
    return {
        "id": statement.id,
        "source": source and {"span": source.span, "text": source.text, "name": source.name},
        "cue": statement.cue,
        "content": statement.content,
        "kind": statement.kind,
    }


def judged(score: Any, text: str, gold: list[Any], found: list[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each statement with its kind of error, or ``right``; an aligned one with words wrong at an edge is ``edges``."""

    def weight(g: Any, p: Any) -> float:
        dice = score.dice(score.tokens(text, g["content"]), score.tokens(text, p["content"]))
        return float(dice) if dice >= 0.5 else 0.0

    pairs = score.align(gold, found, weight)
    for g, p in pairs:
        source = (not g["source"] and not p["source"]) or (
            g["source"]
            and p["source"]
            and (score.overlap(g["source"]["span"], p["source"]["span"]) or g["source"]["name"] == p["source"]["name"])
        )
        cue = (not g["cue"] and not p["cue"]) or (g["cue"] and p["cue"] and score.overlap(g["cue"], p["cue"]))
        kind = "source" if not source else "cue" if not cue else "right" if weight(g, p) > 0.98 else "edges"
        yield kind, g, p
    yield from (("missed", g, None) for g in gold if not any(g is a for a, _ in pairs))
    yield from (("spurious", None, p) for p in found if not any(p is b for _, b in pairs))


def shown(text: str, statement: Any) -> str:
    """A statement in one line."""
    if statement is None:
        return "-"
    cue = statement["cue"] and text[slice(*statement["cue"])]
    content = " ## ".join(" ".join(text[a:b].split()) for a, b in statement["content"])
    content = content if len(content) < 240 else f"{content[:150]} … {content[-80:]}"
    return f"[{statement['source'] and statement['source']['text']}] <{cue}> {content}"


def main() -> None:
    """Print counts by kind of error, the three scores, and the errors asked for."""
    args = argparse.ArgumentParser()
    args.add_argument("--kind", choices=KINDS, action="append", default=[])
    args.add_argument("--report")
    args.add_argument("--set", default="dev_reports")
    args.add_argument("--write", type=Path)
    options = args.parse_args()
    score, counts, lines = scorer(), Counter[str](), []
    for row, found in predicted(options.set):
        for kind, g, p in judged(score, row["text"], row["statements"], found):
            counts[kind] += 1
            if kind in options.kind and options.report in (None, row["id"]):
                print(f"{kind} {row['id']}\n   gold {shown(row['text'], g)}\n   ours {shown(row['text'], p)}")
        lines.append(json.dumps({"id": row["id"], "statements": found}))
    if options.write:
        options.write.write_text("\n".join(lines) + "\n", encoding="utf-8")
    right = {"said": counts["right"] + counts["edges"]}
    right["source"] = right["said"] + counts["cue"]
    right["content"] = right["source"] + counts["source"]
    gold, ours = right["content"] + counts["missed"], right["content"] + counts["spurious"]
    print(dict(counts))
    for name in ("content", "source", "said"):
        n = right[name]
        p, r, f1 = n / max(ours, 1), n / max(gold, 1), 2 * n / max(gold + ours, 1)
        print(f"{name:8s} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}  {n}/{ours}, {gold} gold")


if __name__ == "__main__":
    main()
