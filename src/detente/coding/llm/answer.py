"""What a model wrote, read as an answer: whole, half, or none; codes outside the ontology are left out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from detente.codebook import load_codebook
from detente.coding.llm.form import STATUSES, ToldEvent, ToldParty, ToldStatement
from detente.errors import AnswerError
from detente.knowledge.tables import load_sectors
from detente.record import Status

_SHOWN = 80
_Told = TypeVar("_Told")
_DECODER = json.JSONDecoder()
_GAP = re.compile(r"[\s,]*")


class Malformed(Exception):
    """A part of an answer that has not the form asked for; its text is the reason it is counted under."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model tells of a text; `faults` counts what was left out, by reason; half an answer is not `whole`."""

    events: tuple[ToldEvent, ...]
    statements: tuple[ToldStatement, ...]
    faults: tuple[tuple[str, int], ...] = ()
    whole: bool = True


def read_answer(raw: str) -> Answer:
    """The answer in what a model wrote; raises `AnswerError` where there is none.

    Words around the JSON are passed over. Of an answer that was cut off, the whole events and statements count.
    """
    found = _object_in(raw)
    whole = found is not None
    if found is None:
        found = {key: list(_whole_items(raw, key)) for key in ("events", "statements")}
        if not any(found.values()):
            raise AnswerError(f"the model gave no coding but {_shown(raw)}")
    faults: Counter[str] = Counter()
    events = tuple(_each(found.get("events"), partial(_event, faults=faults), faults))
    statements = tuple(_each(found.get("statements"), partial(_statement, faults=faults), faults))
    return Answer(events, statements, tuple(sorted(faults.items())), whole)


def _object_in(raw: str) -> dict[str, Any] | None:
    """The first JSON object with events or statements."""
    for match in re.finditer(r"\{", raw):
        try:
            found, _ = _DECODER.raw_decode(raw, match.start())
        except (ValueError, RecursionError):
            if re.match(r'\{\s*"(events|statements)"', raw[match.start() :]):
                return None
            continue
        if isinstance(found, dict) and ("events" in found or "statements" in found):
            return found
    return None


def _whole_items(raw: str, key: str) -> Iterator[Any]:
    """The whole items of the list under `key` in JSON that is cut off."""
    opening = re.search(rf'"{key}"\s*:\s*\[', raw)
    at = opening.end() if opening else len(raw)
    while at < len(raw):
        gap = _GAP.match(raw, at)
        at = gap.end() if gap else at
        try:
            item, at = _DECODER.raw_decode(raw, at)
        except (ValueError, RecursionError):
            return
        yield item


def _shown(raw: str) -> str:
    words = " ".join(raw.split())
    return "nothing" if not words else repr(words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…")


def _each(items: Any, read: Callable[[Any], _Told], faults: Counter[str]) -> Iterator[_Told]:
    if items is not None and not isinstance(items, list):
        faults["malformed"] += 1
        items = None
    for item in items or ():
        try:
            yield read(item)
        except Malformed as fault:
            faults[str(fault)] += 1


def _event(item: Any, faults: Counter[str]) -> ToldEvent:
    row = _mapping(item)
    entry = load_codebook().types.get(str(row.get("type")))
    if entry is None:
        raise Malformed("unknown-type")
    if row.get("status") not in STATUSES:
        raise Malformed("unknown-status")
    mode = _words(row.get("mode"))
    if mode is not None and mode not in entry.modes:
        faults["unknown-mode"] += 1
        mode = None
    return ToldEvent(
        type=entry.name,
        mode=mode,
        status=cast(Status, row["status"]),
        trigger=_needed(row.get("trigger")),
        actors=tuple(_parties(row.get("actors"), faults)),
        recipients=tuple(_parties(row.get("recipients"), faults)),
        when=_words(row.get("when")),
        where=_words(row.get("where")),
        said_by=_party_or_none(row.get("said_by"), faults),
    )


def _statement(item: Any, faults: Counter[str]) -> ToldStatement:
    row = _mapping(item)
    content = row.get("content")
    parts = [content] if isinstance(content, str) else content
    if not isinstance(parts, list) or not parts:
        raise Malformed("malformed")
    return ToldStatement(
        source=_party_or_none(row.get("source"), faults),
        cue=_words(row.get("cue")),
        content=tuple(_needed(part) for part in parts),
        addressee=_words(row.get("addressee")),
    )


def _parties(items: Any, faults: Counter[str]) -> Iterable[ToldParty]:
    for item in [items] if isinstance(items, str | dict) else _listed(items):
        try:
            yield _party(item, faults)
        except Malformed as fault:
            faults[str(fault)] += 1


def _party_or_none(item: Any, faults: Counter[str]) -> ToldParty | None:
    return next(iter(_parties([item], faults)), None) if item not in (None, "") else None


def _party(item: Any, faults: Counter[str]) -> ToldParty:
    if isinstance(item, str):
        return ToldParty(_needed(item))
    row = _mapping(item)
    sector = _words(row.get("sector"))
    if sector is not None and sector not in load_sectors():
        faults["unknown-sector"] += 1
        sector = None
    return ToldParty(_needed(row.get("mention")), _words(row.get("name")), _words(row.get("state")), sector)


def _listed(items: Any) -> list[Any]:
    if items is None:
        return []
    if not isinstance(items, list):
        raise Malformed("malformed")
    return items


def _mapping(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise Malformed("malformed")
    return item


def _needed(value: Any) -> str:
    words = _words(value)
    if words is None:
        raise Malformed("malformed")
    return words


def _words(value: Any) -> str | None:
    """A string with something in it; null for null; `Malformed` for anything else."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise Malformed("malformed")
    return value.strip() or None
