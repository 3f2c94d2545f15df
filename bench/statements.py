"""Score statements, with errors by kind: ``python -m bench.statements [SET…] --kind missed --report ID``.

Sets are ``dev_reports``, and two of other sources and years coded by the developers before any output was seen, of
which only ids and offsets are kept here: ``check``, which is read for errors, and ``heldout``, which is not.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.parses import parsed
from bench.shared import DATA, GOLD, module_at, rows_of
from detente.knowledge import load_knowledge
from detente.record import Statement, sha256_of
from detente.said import find_statements
from detente.who import find_parties

CODED_HERE = {
    name: Path(__file__).resolve().parent / "data" / f"{name}_statements.jsonl" for name in ("check", "heldout")
}
KINDS = ("missed", "spurious", "source", "cue", "edges")


def scorer() -> Any:
    """The shared scorer as a module."""
    return module_at(GOLD / "score.py")


def coded(name: str) -> list[dict[str, Any]]:
    """The rows of a coded set: ``id``, ``text``, ``date`` and ``statements``."""
    if name not in CODED_HERE:
        return list(rows_of(GOLD / f"{name}.jsonl"))
    codings = list(rows_of(CODED_HERE[name]))
    wanted = {row["id"] for row in codings}
    texts = {r["id"]: r for r in rows_of(DATA / "reports.jsonl.gz") if r["id"] in wanted}
    return [_with_text(row, texts[row["id"]]) for row in codings]


def _with_text(coding: dict[str, Any], report: dict[str, Any]) -> dict[str, Any]:
    text = report["text"]
    assert sha256_of(text).startswith(coding["text_sha256"]), f"{coding['id']}: the text is not the one that was coded"
    statements = [{**s, "source": s["source"] and _mention(text, s["source"])} for s in coding["statements"]]
    return {"id": coding["id"], "text": text, "date": report["date"], "statements": statements}


def _mention(text: str, span: list[int]) -> dict[str, Any]:
    words = text[slice(*span)]
    return {"span": span, "text": words, "name": words}


def predicted(name: str = "dev_reports") -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each coded report with the statements found in it, as plain dicts."""
    rows = coded(name)
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
    """Print counts by kind of error, the three scores, and the errors asked for, of each set."""
    args = argparse.ArgumentParser()
    args.add_argument("sets", nargs="*", default=["dev_reports", *CODED_HERE])
    args.add_argument("--kind", choices=KINDS, action="append", default=[])
    args.add_argument("--report")
    args.add_argument("--write", type=Path, help="write the statements found here, in the form that score.py reads")
    options = args.parse_args()
    for name in options.sets:
        print(name)
        _measure(name, options)


def _measure(name: str, options: argparse.Namespace) -> None:
    score, counts, lines = scorer(), Counter[str](), []
    for row, found in predicted(name):
        for kind, g, p in judged(score, row["text"], row["statements"], found):
            counts[kind] += 1
            if kind in options.kind and options.report in (None, row["id"]):
                print(f"{kind} {row['id']}\n   gold {shown(row['text'], g)}\n   ours {shown(row['text'], p)}")
        lines.append(json.dumps({"id": row["id"], "statements": found}))
    if options.write:
        options.write.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _print_scores(counts)


def _print_scores(counts: Counter[str]) -> None:
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
