"""WARC: the pages in a web archive."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.errors import ReadError
from detente.reading.fields import bug
from detente.reading.markup import DIRECT, MarkupParser
from detente.reading.packed import unpacked
from detente.reading.page import MOST_READ, charset_in, page_report
from detente.reading.records import WarcRecord, parsed_head, records_of
from detente.record import Check, Failure, Report

NOT_A_PAGE = "not-a-page"
"""Code of an answer that is no page: an image, a redirect, an error. There is nothing to read in it."""

MENDED = "archive-length"
"""Code of the check on a page whose web archive gives it a wrong length."""

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MOST_CODINGS = 4
"""Codings of one answer that are undone: servers use two."""

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)[^\n]*\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a web server answered: its status, the fields of its head in lower-case names, and its body as sent."""

    status: int
    head: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """Its media type."""
        return self.head.get("content-type", "").partition(";")[0].strip().lower()

    def codings(self) -> list[str]:
        """What the body must be freed from, in this order."""
        stated = [self.head.get(name, "").lower().split(",") for name in ("content-encoding", "transfer-encoding")]
        return [coding.strip() for codings in reversed(stated) for coding in reversed(codings) if coding.strip()]


def read_warc(
    stream: io.BufferedReader, origin: str, day: str | None = None, parser: MarkupParser = DIRECT
) -> Iterator[Report | Failure]:
    """The article of each answer in the archive, with the address it was fetched from; a damaged one is a reason."""
    number = 0
    for record in records_of(stream):
        if record.head.get("warc-type", "response").lower() != "response":
            continue
        number += 1
        place = f"{origin}:{number}"
        try:
            yield _page(record, place, day, parser)
        except ReadError as error:
            yield Failure(None, place, error.code, f"the answer is damaged: {error}")
        except Exception as error:  # noqa: BLE001  one answer must not end the archive, whatever is wrong with it
            yield bug(error, place)
    if number == 0:
        yield Failure(None, origin, "empty", "there is no answer of a web server in the archive")


def answer_of(block: bytes) -> Answer | None:
    """The answer in the block of a record; null where it is none of a web server."""
    status = _STATUS.match(block)
    if status is None:
        return None
    head_end = _HEAD_END.search(block, status.end() - 2)
    lines, body = (block[: head_end.start()], block[head_end.end() :]) if head_end else (block, b"")
    return Answer(int(status[1]), parsed_head(lines[status.end() :]), body)


def _page(record: WarcRecord, place: str, day: str | None, parser: MarkupParser) -> Report | Failure:
    if record.fault:
        return Failure(None, place, ReadError.code, f"the answer is damaged: {record.fault}")
    answer = answer_of(record.block)
    if answer is None:
        return Failure(None, place, NOT_A_PAGE, "the record is no answer of a web server")
    if answer.status != 200 or answer.kind not in PAGE_TYPES:
        what = f"answer {answer.status}" if answer.status != 200 else answer.kind or "an answer of no stated type"
        return Failure(None, place, NOT_A_PAGE, f"{what} is no page")
    data = answer.body
    for coding in answer.codings()[:MOST_CODINGS]:
        data = unpacked(data, coding, MOST_READ)
    url = record.head.get("warc-target-uri", "").strip("<> ") or None
    item = page_report(data, place, day, parser, url, charset_in(answer.head.get("content-type")))
    if record.mended and isinstance(item, Report):
        return replace(item, checks=(*item.checks, Check(MENDED, f"{_upper(record.mended)}.")))
    return item


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
