"""WARC: the pages in a web archive."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from detente.errors import ReadError
from detente.reading.markup import DIRECT, MarkupParser
from detente.reading.page import MOST_READ, page_report
from detente.record import Failure, Report

NOT_A_PAGE = "not-a-page"
"""Code of an answer that is no page: an image, a redirect, an error. There is nothing to read in it."""

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def read_warc(
    stream: io.BufferedReader, origin: str, day: str | None = None, parser: MarkupParser = DIRECT
) -> Iterator[Report | Failure]:
    """The article of each answer in the archive, with the address it was fetched from."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    # Payloads come with their transfer and content encodings taken off.
    records = ArchiveIterator(
        stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all", fsspec_args=False
    )
    number = 0
    try:
        for record in records:
            number += 1
            yield _page(record, f"{origin}:{number}", day, parser)
    except (OSError, ValueError, RuntimeError) as error:
        yield Failure(None, origin, ReadError.code, f"the archive is damaged after answer {number}: {error}")
    if number == 0:
        yield Failure(None, origin, "empty", "there is no answer of a web server in the archive")


def _page(record: Any, origin: str, day: str | None, parser: MarkupParser) -> Report | Failure:
    http = record.http_headers
    status = http.status_code if http is not None else None
    kind = (record.http_content_type or "").partition(";")[0].strip().lower()
    if status != 200 or kind not in PAGE_TYPES:
        what = f"answer {status}" if status != 200 else kind or "an answer of no stated type"
        return Failure(None, origin, NOT_A_PAGE, f"{what} is no page")
    url = record.headers.get("WARC-Target-URI")
    try:
        data = record.reader.read(MOST_READ + 1)
    except (OSError, ValueError, RuntimeError) as error:
        return Failure(None, origin, ReadError.code, f"the answer is damaged: {error}")
    return page_report(data, origin, day, parser, url.strip("<> ") if url else None)
