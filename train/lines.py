"""Codings written as lines, by a reader: read, checked, and turned into rows with offsets.

    python -m train.lines TEXTS CODED OUT

TEXTS holds numbered sentences, CODED a line for each event (docs/training.md tells the form). Prints every line that
cannot be read, with the reason; OUT gets a row for each text, in the form of the coded texts.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.codebook import load_codebook
from detente.record import Span

_HEAD = re.compile(r"# (\S+)\s+report day (\S+)(?:\s+title: (.*))?")
_SENTENCE = re.compile(r"\[\d+\]\s*(.*)")
_PARAGRAPH = "[p]"
_MENTION = re.compile(r"(.*?)(?:\^(\d+))?(?:~(\d+))?")
_CODE = re.compile(r"([A-Z]{3}|---)(?:[. ]([A-Z]{3}))?")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")
_STATUSES = ("happened", "planned", "possible", "denied")
_NONE = ("", "-")
_COLUMNS = 8


class LineError(ValueError):
    """A line that cannot be read, with what is wrong."""


@dataclass(slots=True)
class Text:
    """A text in numbered sentences."""

    id: str
    date: str
    title: str | None
    text: str = ""
    sentences: list[Span] = field(default_factory=list)

    def add(self, sentence: str, gap: str) -> None:
        """Put a sentence to the end, `gap` before it."""
        start = len(self.text) + len(gap if self.text else "")
        self.text += (gap if self.text else "") + sentence
        self.sentences.append(Span(start, start + len(sentence)))

    def find(self, number: int, told: str, near: int | None = None) -> Span:
        """Where the words `told` stand in a sentence; ``^3`` names another one, ``~2`` the second time there."""
        found = _MENTION.fullmatch(told.strip())
        words, other, time = found.groups() if found else (told, None, None)
        number = int(other or number)
        if not 1 <= number <= len(self.sentences):
            raise LineError(f"there is no sentence {number}")
        sentence = self.sentences[number - 1]
        pattern = r"\s+".join(map(re.escape, words.split()))
        within = self.text[sentence.start : sentence.end]
        places: list[re.Match[str]] = []
        for form, flags in ((rf"(?<!\w){pattern}(?!\w)", 0), (pattern, 0), (pattern, re.IGNORECASE)):
            places = places or list(re.finditer(form, within, flags))
        if not pattern or len(places) < int(time or 1):
            raise LineError(f'"{words}" stands {len(places)} times in sentence {number}')
        spans = [Span(sentence.start + m.start(), sentence.start + m.end()) for m in places]
        if time or near is None:
            return spans[int(time or 1) - 1]
        return min(spans, key=lambda span: abs(span.start - near))


def texts_of(path: Path) -> dict[str, Text]:
    """The texts of a file of numbered sentences, by id."""
    found: dict[str, Text] = {}
    current, gap = None, " "
    for line in path.read_text(encoding="utf-8").splitlines():
        if head := _HEAD.match(line):
            current = found[head[1]] = Text(head[1], head[2][:10], head[3])
        elif current and line.startswith(_PARAGRAPH):
            gap = "\n\n"
        elif current and (sentence := _SENTENCE.match(line)):
            current.add(sentence[1].strip(), gap)
            gap = " "
    return found


def event_of(text: Text, line: str) -> dict[str, Any]:
    """The event that a line tells; raises `LineError`."""
    cells = [cell.strip() for cell in line.split("|")]
    cells += [""] * (_COLUMNS - len(cells))
    if not cells[0].strip("[]").isdigit():
        raise LineError("the first cell is the number of a sentence")
    number = int(cells[0].strip("[]"))
    kind, _, mode = (part.strip() for part in cells[1].partition("/"))
    _check_codes(kind, mode, cells[2], cells[6])
    trigger = text.find(number, cells[3])
    sides = {
        side: [party_of(text, number, raw, trigger.start) for raw in cell.split(";") if raw.strip() not in _NONE]
        for side, cell in (("actors", cells[4]), ("recipients", cells[5]))
    }
    is_report = cells[6] == "report"
    date = text.date if is_report else None if cells[6] in _NONE else cells[6]
    voice = None if cells[7] in _NONE else text.find(number, cells[7].partition("=")[0])
    said_by = voice and {"span": list(voice), "text": text.text[voice.start : voice.end]}
    made = {"type": kind, "mode": mode or None, "status": cells[2], "trigger": list(trigger), **sides}
    return {**made, "date": date, "date_is_report": is_report, "place": None, "said_by": said_by}


def _check_codes(kind: str, mode: str, status: str, date: str) -> None:
    types = load_codebook().types
    if kind not in types:
        raise LineError(f"unknown type {kind}")
    if mode and mode not in types[kind].modes:
        raise LineError(f"{kind} has no mode {mode}")
    if status not in _STATUSES:
        raise LineError(f"unknown status {status!r}; there are {', '.join(_STATUSES)}")
    if date not in (*_NONE, "report") and not _DATE.fullmatch(date):
        raise LineError(f"{date!r} is no date")


def party_of(text: Text, number: int, raw: str, near: int) -> dict[str, Any]:
    """A party told as ``words=CCC.SEC=Full name``."""
    words, code, *name = (part.strip() for part in raw.split("="))
    found = _CODE.fullmatch(code)
    if found is None:
        raise LineError(f"{code!r} is no country with a sector")
    span = text.find(number, words, near)
    own = text.text[span.start : span.end]
    country = None if found[1] == "---" else found[1]
    sector = found[2] or ("IGO" if country == "IGO" else "GOV")
    return {"span": list(span), "text": own, "name": name[0] if name else own, "country": country, "sector": sector}


def read(texts: dict[str, Text], lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any] | None, str]]:
    """Each line's text id with its event (None: the text has none), or the reason why it cannot be read."""
    current = None
    for line in map(str.strip, lines):
        if line.startswith("#"):
            current = texts.get(line[1:].split()[0])
            yield (current.id, None, "") if current else ("", None, f"unknown text: {line}")
        elif current and line and line != "- none":
            try:
                yield current.id, event_of(current, line), ""
            except (LineError, ValueError) as error:
                yield current.id, None, f"{error}: {line}"


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("texts", type=Path)
    args.add_argument("coded", type=Path)
    args.add_argument("out", type=Path)
    options = args.parse_args()
    texts = texts_of(options.texts)
    rows: dict[str, list[dict[str, Any]]] = {}
    unread = 0
    for text_id, event, fault in read(texts, iter(options.coded.read_text(encoding="utf-8").splitlines())):
        events = rows.setdefault(text_id, [])
        if event:
            events.append({"id": f"e{len(events) + 1}", **event})
        elif fault:
            unread += 1
            print(fault, file=sys.stderr)
    with options.out.open("w", encoding="utf-8") as sink:
        for text_id, text in texts.items():
            if text_id in rows:
                row = {"id": text_id, "date": text.date, "title": text.title, "text": text.text}
                sink.write(json.dumps({**row, "events": rows[text_id], "statements": []}, ensure_ascii=False) + "\n")
    missing = [text_id for text_id in texts if text_id not in rows]
    print(len(rows), "texts,", sum(map(len, rows.values())), "events;", unread, "lines not read; not coded:", *missing)


if __name__ == "__main__":
    main()
