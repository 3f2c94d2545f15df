"""Questions as a person at a keyboard puts them: fields by name, days as dates; what is no field is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from detente.archive.asked import chosen

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Question = TypeVar("Question", bound="DataclassInstance")
Day = str | date
"""A day, or a month or year as a string."""


class EventAsked(TypedDict, total=False):
    """The fields of `EventQuestion`, for editors and type checkers."""

    actor: str | None
    recipient: str | None
    party: str | None
    pair: Sequence[str] | None
    type: Sequence[str] | str
    mode: str | None
    status: Sequence[str] | str
    quad: int | None
    since: Day | None
    until: Day | None
    place: str | None
    said_by: str | None
    publisher: str | None
    report: str | None
    words: str | None
    wrong: bool
    once: bool
    min_score: float | None
    undated: bool | None
    located: bool | None


class StatementAsked(TypedDict, total=False):
    """The fields of `StatementQuestion`, for editors and type checkers."""

    speaker: str | None
    kind: str | None
    since: Day | None
    until: Day | None
    publisher: str | None
    report: str | None
    words: str | None


def question_of(kind: type[Question], asked: Mapping[str, Any]) -> Question:
    """The question with these fields; raises `UsageError` with the nearest names for what is none."""
    known = [field.name for field in fields(kind)]
    return kind(**{chosen("field", name, known): in_words(value) for name, value in asked.items()})


def in_words(value: Any) -> Any:
    """A date as the archive writes it; anything else as it is."""
    return value.isoformat()[:10] if isinstance(value, date) else value
