"""Web archives made by hand."""

from __future__ import annotations

import gzip


def answer(body: bytes, kind: str = "text/html", status: str = "200 OK", encoding: str = "") -> bytes:
    packed = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{packed}\r\n".encode() + body


def warc(answers: list[bytes], packed: bool = True) -> bytes:
    """A web archive; packed, each record is a gzip member of its own."""
    records = []
    for number, block in enumerate(answers):
        head = (
            "WARC/1.1\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2021-06-09T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        record = head.encode() + block + b"\r\n\r\n"
        records.append(gzip.compress(record) if packed else record)
    return b"".join(records)
