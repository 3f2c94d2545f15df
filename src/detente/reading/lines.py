"""JSON Lines and JSON: one report a line, or an array of reports."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from detente.errors import NotText
from detente.reading.encodings import HEAD, decode, encoding_of
from detente.reading.fields import report_of
from detente.record import Failure, Report

LONGEST_LINE = 16_000_000
"""Characters a line may have: a report of the longest text with every character escaped still fits."""

LARGEST_ARRAY = 100_000_000
"""Bytes of a JSON array, which must be held whole, at up to twenty times its size; JSON Lines has no such limit."""


def read_json_lines(stream: io.BufferedReader, origin: str, day: str | None = None) -> Iterator[Report | Failure]:
    """One report a line; a broken line becomes a `Failure` with its number, and the rest goes on."""
    encoding = encoding_of(stream.peek(HEAD))
    wide = encoding.startswith(("utf-16", "utf-32"))
    if not encoding.startswith("utf"):
        encoding = "utf-8"  # JSON is; the lines that are not are told one by one
    # What is broken in UTF-16 cannot be escaped: it becomes U+FFFD.
    text = io.TextIOWrapper(stream, encoding, errors="replace" if wide else "surrogateescape", newline="\n")
    try:
        for number, line in _numbered(text):
            if line is None:
                reason = f"the line has more than {LONGEST_LINE:,} characters"
                yield Failure(None, f"{origin}:{number}", "too-long", reason)
            elif line.strip(" \t\r\n\ufeff"):
                yield _of_line(line, f"{origin}:{number}", day)
    finally:
        text.detach()


def read_json(stream: io.BufferedReader, origin: str, day: str | None = None) -> Iterator[Report | Failure]:
    """An array of reports, a single report, or, under the wrong name, JSON Lines."""
    data = stream.read(LARGEST_ARRAY + 1)
    if len(data) > LARGEST_ARRAY:
        yield Failure(None, origin, "too-long", f"has more than {LARGEST_ARRAY:,} bytes: use JSON Lines")
        return
    try:
        whole = json.loads(decode(data))
    except NotText as error:
        yield Failure(None, origin, error.code, str(error))
    except (ValueError, RecursionError) as error:
        if _is_lines(data):
            yield from read_json_lines(io.BufferedReader(io.BytesIO(data)), origin, day)
        else:
            yield Failure(None, _place_of(error, origin), "broken-line", _why(error))
    else:
        items = whole if isinstance(whole, list) else [whole]
        for number, item in enumerate(items, 1):
            yield _of_item(item, f"{origin}:{number}" if isinstance(whole, list) else origin, day)


def _numbered(text: io.TextIOWrapper) -> Iterator[tuple[int, str | None]]:
    """Lines with their numbers; null for a line that is too long, whose rest is skipped."""
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE:
            yield number, line
            continue
        while line and not line.endswith("\n"):
            line = text.readline(LONGEST_LINE)
        yield number, None


def _of_line(line: str, origin: str, day: str | None) -> Report | Failure:
    if any("\udc80" <= c <= "\udcff" for c in line) if not line.isascii() else False:
        return Failure(None, origin, "broken-line", "the line is not UTF-8: save the file as UTF-8")
    try:
        item = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        return Failure(None, origin, "broken-line", _why(error))
    return _of_item(item, origin, day)


def _of_item(item: Any, origin: str, day: str | None) -> Report | Failure:
    if not isinstance(item, dict):
        return Failure(None, origin, "broken-line", f"holds {type(item).__name__}, not a JSON object")
    return report_of(item, origin, day)


def _is_lines(data: bytes) -> bool:
    first, _, rest = data.lstrip().partition(b"\n")
    return first.startswith(b"{") and first.rstrip().endswith(b"}") and bool(rest.strip())


def _place_of(error: Exception, origin: str) -> str:
    return f"{origin}:{error.lineno}" if isinstance(error, json.JSONDecodeError) else origin


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not valid JSON: {error.msg} at column {error.colno}"
    return "not valid JSON: nested too deeply" if isinstance(error, RecursionError) else f"not valid JSON: {error}"
