"""Where: place mentions with country and coordinates, and the place of an act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from detente.record import Place
from detente.who import Cast


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place at tokens ``start:end`` of the Doc, with head `root`."""

    start: int
    end: int
    root: int
    place: Place


def find_places(doc: Doc, cast: Cast) -> tuple[PlaceMention, ...]:
    return ()


def place_of(trigger: Token, places: Sequence[PlaceMention]) -> Place | None:
    return None
