"""From the fields of a line, row or page to a report, or to the reason why there is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from detente.errors import BrokenLine, NotText, ReadError, TooLong, UsageError
from detente.reading.addresses import without_password
from detente.reading.cleaning import clean, clean_line
from detente.reading.wrapped import unwrapped
from detente.record import Check, Failure, Report

LONGEST_TEXT = 100_000
"""Code points a report may have. The longest of 5,758 real reports has 12,000, and the parse of 1,000,000 was seen to
take 10 GB; books and dumps belong cut up."""

LONGEST_WORD = 2_000
"""Code points without white space: beyond it a text is data, not language (a web address rarely has more)."""

READING_CHECKS = frozenset({"cleaned", "archive-length", "partial-page"})
"""Codes of the checks that are made while a report is read: they stay when it is coded anew."""

BUG = "bug"
"""Code of what this program did wrong: the row stands for what was read, and the run goes on."""

KEYS: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "text": ("text",),
    "title": ("title",),
    "url": ("url",),
    "publisher": ("publisher", "source"),
    "published": ("published", "date"),
}
"""Field of `Report` → the keys or columns it is read from: the first that is given, in any case."""

YEARS = range(1000, 3000)
"""Years that a report may be of: days at the edges of the calendar are fillings, and nothing can be reckoned there."""

LISTS = ("topics", "cited")
"""Fields of `Report` that hold several strings: a list, or one string with ``; `` between them."""

_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1}}}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN = (str, int, float, date, datetime)


def report_of(fields: Mapping[str, Any], origin: str | None = None, day: str | None = None) -> Report | Failure:
    """The report in `fields`, or why it cannot be coded; `day` is a report date given by the user."""
    try:
        return _of_fields(fields, origin, day)
    except Exception as error:  # noqa: BLE001  one row must not end the run, whatever is wrong with it
        return bug(error, origin)


def bug(error: Exception, origin: str | None) -> Failure:
    """The row for what a mistake of this program, or want of memory, keeps from being read."""
    if isinstance(error, MemoryError):
        return Failure(None, origin, "memory", "reading it needs more memory than there is")
    what = clean_line(f"{type(error).__name__}: {error}")
    return Failure(None, origin, BUG, f"a mistake of detente ({what}): please report it, with what was read")


def _of_fields(fields: Mapping[str, Any], origin: str | None, day: str | None) -> Report | Failure:
    given = {str(key).strip().lower(): value for key, value in fields.items() if value is not None}
    found: dict[str, str] = {}
    for field, names in KEYS.items():
        key = next((name for name in names if name in given), None)
        if key is None:
            continue
        value = given[key]
        if not isinstance(value, str if field == "text" else _PLAIN):
            return _failed(given, origin, "broken-line", f"{key!r} holds {type(value).__name__}, not a string")
        found[field] = _written(value)
    if "text" not in found:
        has = ", ".join(sorted(map(clean_line, given))) or "nothing"
        return _failed(given, origin, "broken-line", f"there is no 'text' (there is: {has})")
    return _report(found, {name: _several(given.get(name)) for name in LISTS}, origin, day)


def _report(
    found: Mapping[str, str], lists: Mapping[str, tuple[str, ...]], origin: str | None, day: str | None
) -> Report | Failure:
    cleaned = clean(found["text"])
    text = unwrapped(cleaned.text)
    lines = {field: clean_line(value) or None for field, value in found.items() if field != "text"}
    if url := lines.get("url"):
        lines["url"] = without_password(url)
    report = Report(
        id=lines.get("id") or content_id(text, lines.get("title"), lines.get("url")),
        text=text,
        title=lines.get("title"),
        url=lines.get("url"),
        publisher=lines.get("publisher"),
        published=lines.get("published"),
        date=day,
        origin=origin,
        checks=_checks(cleaned.changes),
        topics=lists["topics"],
        cited=lists["cited"],
    )
    if refusal := _refusal(report.text):
        return Failure(report.id, origin, *refusal)
    return report


def with_original(item: Report | Failure, data: bytes) -> Report | Failure:
    """`item` with the bytes it was read from."""
    return replace(item, original=data) if isinstance(item, Report) else item


def content_id(text: str, title: str | None = None, url: str | None = None) -> str:
    """Sixteen hex digits of a digest of what a report holds: the same report has the same id wherever it is read."""
    whole = "\x1f".join((url or "", title or "", text))
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()[:16]


def day_in(given: str | None) -> str | None:
    """`given` where it is a day like ``2021-06-11`` or nothing; raises `UsageError` for anything else."""
    if given is None:
        return None
    if _DAY.fullmatch(given):
        with suppress(ValueError):
            day = date.fromisoformat(given)
            if day.year in YEARS:
                return day.isoformat()
    raise UsageError(f"{clean_line(given)!r} is no date: give a day of the calendar as YYYY-MM-DD, like 2021-06-11.")


def error_of(failure: Failure) -> ReadError:
    """The error that says what `failure` says, for a face that raises."""
    kind = next((k for k in (BrokenLine, NotText, TooLong) if k.code == failure.code), ReadError)
    return kind(f"The report cannot be read ({failure.code}): {failure.reason}.")


def _refusal(text: str) -> tuple[str, str] | None:
    if not text.strip():
        return "empty", "the text is empty"
    if (reason := beyond(text)) is not None:
        return reason
    if _LONG_WORD.search(text):
        return "not-text", f"the text has a word of more than {LONGEST_WORD:,} characters: it is data, not language"
    return None


def beyond(text: str) -> tuple[str, str] | None:
    """Code and reason where a text is longer than one that is read; null for all others."""
    if len(text) <= LONGEST_TEXT:
        return None
    return "too-long", f"the text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read: cut it up"


def _checks(changes: tuple[str, ...]) -> tuple[Check, ...]:
    if not changes:
        return ()
    return (Check("cleaned", f"The text was cleaned while it was read: {'; '.join(changes)}."),)


def _failed(given: Mapping[str, Any], origin: str | None, code: str, reason: str) -> Failure:
    name = given.get("id")
    return Failure(clean_line(str(name)) if isinstance(name, str | int) else None, origin, code, reason)


def _several(value: Any) -> tuple[str, ...]:
    """The strings in `value`; what is no string is left out, for no claim rests on it."""
    items = value.split("; ") if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    return tuple(line for item in items if isinstance(item, str) and (line := clean_line(item)))


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
