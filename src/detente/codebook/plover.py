"""The event types: quad classes, modes, intensities and tie-breaks, read once and checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from detente.errors import DataError
from detente.shipped import parsed, shipped_text

_FILE = "codebook/data/plover.yaml"
_STRONGEST = 10.0


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One event type: quad class (1 to 4), the act, intensity (-10 to 10), and the intensities of its modes."""

    name: str
    quad: int
    act: str
    intensity: float
    modes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TieBreak:
    """The type and mode of an act that two types could claim."""

    act: str
    type: str
    mode: str | None


@dataclass(frozen=True, slots=True)
class Codebook:
    """All event types by name, in PLOVER's order, and the tie-breaks between them."""

    types: Mapping[str, TypeEntry]
    tie_breaks: tuple[TieBreak, ...]

    def require(self, event_type: str, mode: str | None, where: str) -> None:
        """Raise `DataError` naming `where` unless the type exists and has the mode."""
        entry = self.types.get(event_type)
        if entry is None:
            raise DataError(f"{where}: {event_type!r} is no event type")
        if mode is not None and mode not in entry.modes:
            raise DataError(f"{where}: {event_type} has no mode {mode!r}; it has {', '.join(entry.modes) or 'none'}")


def intensity_of(event_type: str, mode: str | None = None) -> float:
    """The intensity of an act, from -10 (war) to 10; the type's own where the mode has none."""
    entry = load_codebook().types[event_type]
    return entry.modes.get(mode, entry.intensity) if mode is not None else entry.intensity


def quad_of(event_type: str) -> int:
    """The quad class of a type: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""
    return load_codebook().types[event_type].quad


@cache
def load_codebook() -> Codebook:
    """The codebook that ships with the package, read once; raises `DataError` where it is not valid."""
    return read_codebook(shipped_text(_FILE))


def read_codebook(text: str) -> Codebook:
    """The codebook in `text`, YAML in the form of ``plover.yaml``; raises `DataError` naming what is wrong."""
    raw = parsed(text, _FILE)
    if not isinstance(raw, dict) or set(raw) != {"types", "tie_breaks"} or not isinstance(raw["types"], dict):
        raise DataError(f"{_FILE}: expected the keys types and tie_breaks")
    types = {str(name): _entry(str(name), body) for name, body in raw["types"].items()}
    codebook = Codebook(types, tuple(_tie_break(row) for row in raw["tie_breaks"] or ()))
    for rule in codebook.tie_breaks:
        codebook.require(rule.type, rule.mode, f"{_FILE}: tie_breaks: {rule.act}")
    return codebook


def _entry(name: str, body: Any) -> TypeEntry:
    where = f"{_FILE}: {name}"
    if not isinstance(body, dict) or set(body) != {"quad", "act", "intensity", "modes"}:
        raise DataError(f"{where}: expected quad, act, intensity and modes")
    if body["quad"] not in (1, 2, 3, 4):
        raise DataError(f"{where}: quad must be 1 to 4")
    if not isinstance(body["modes"], dict) or not all(isinstance(mode, str) for mode in body["modes"]):
        raise DataError(f"{where}: modes: expected a mapping from mode to intensity (quote words such as yield)")
    modes = {mode: _score(score, f"{where}: {mode}") for mode, score in body["modes"].items()}
    return TypeEntry(name, body["quad"], str(body["act"]), _score(body["intensity"], where), modes)


def _score(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _STRONGEST:
        raise DataError(f"{where}: intensity must be a number from -10 to 10")
    return float(value)


def _tie_break(row: Any) -> TieBreak:
    if not isinstance(row, dict) or not {"act", "type"} <= set(row) <= {"act", "type", "mode"}:
        raise DataError(f"{_FILE}: tie_breaks: {row!r}: expected act, type and perhaps mode")
    return TieBreak(str(row["act"]), str(row["type"]), row.get("mode"))
