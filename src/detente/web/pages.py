"""A page and its twins: one view gives the HTML, the ``.json`` and the ``.csv`` of an address."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.datastructures import QueryParams

from detente.archive import Archive
from detente.archive.asked import chosen
from detente.errors import UsageError
from detente.exports.cells import safe_cell
from detente.web.reading import ArchiveReader

LEAST_ZIPPED = 1024
"""Bytes below which compressing costs more than it saves."""

MOST_ROWS = 1_000_000
"""Rows a page of a list has at most; 0 asks for all."""

Form = str
FORMS: Mapping[Form, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A part of a list: the number of its page, from 1, and the rows of a page, null for all."""

    page: int
    limit: int | None

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.page - 1) * (self.limit or 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a view is given: the archive to read, the parts of the address and its query, and the archive beside it."""

    reading: ArchiveReader
    path: str
    parts: Mapping[str, str]
    query: QueryParams
    beside: ArchiveReader | None = None

    @property
    def archive(self) -> Archive:
        """The read-only archive of this thread."""
        return self.reading.archive()

    def here(self, **query: Any) -> str:
        """This address with some values of its query changed, those that are null left out."""
        changed = {name: value for name, value in {**self.query, **query}.items() if value not in (None, "")}
        return f"{self.path}?{urlencode(changed)}" if changed else self.path

    def beside_query(self, page: str, **query: Any) -> str:
        """The address of another page with what this one asks for, save the page of rows and the place shown."""
        changed = {**self.query, "page": None, "at": None, **query}
        known = {name: value for name, value in changed.items() if value not in (None, "")}
        return f"/{page}?{urlencode(known)}" if known else f"/{page}"

    def text(self, name: str) -> str | None:
        """A value of the query; null where it is absent or blank."""
        return (self.query.get(name) or "").strip() or None

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number of the query, held between `low` and `high`; raises `UsageError` where it is none."""
        given = self.text(name)
        if given is None:
            return default
        if not given.isascii() or not given.isdigit():
            raise UsageError(f"{name} is {given!r}: give a whole number.")
        return max(low, min(high, int(given[:9])))

    def share(self, name: str) -> float | None:
        """A number of the query between 0 and 1; null where it is absent, 0 or none."""
        try:
            given = float(self.text(name) or 0)
        except ValueError:
            return None
        return given if 0 < given <= 1 else None

    def one_of(self, name: str, choices: Sequence[str]) -> str | None:
        """A value of the query, null where it is absent; raises `UsageError` where it is none of `choices`."""
        given = self.text(name)
        return chosen(name, given, choices, f"choices for {name}") if given else None

    def rows(self, a_page: int) -> Rows:
        """Which rows of a list are asked for: page ``page`` of ``limit`` rows each, all of them for ``limit=0``."""
        limit = self.number("limit", a_page, 0, MOST_ROWS)
        return Rows(self.number("page", 1, 1, 100_000) if limit else 1, limit or None)

    def turning(self, rows: Rows, shown: int, total: int) -> dict[str, Any]:
        """What a list says of its length: ``40 of 5,983``, and where the rows before and after are."""
        last = rows.offset + shown
        return {
            "page": rows.page,
            "total": total,
            "shown": f"{shown:,} of {total:,}",
            "newer": self.here(page=rows.page - 1) if rows.page > 1 else None,
            "older": self.here(page=rows.page + 1) if shown and last < total else None,
        }


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a view gives: `data` is the JSON twin and what the template shows, `rows` the CSV twin.

    `drawings` are charts for the template alone; `part` names the block sent when only that is asked for. A page with
    `features` has a GeoJSON twin as well.
    """

    template: str
    title: str
    data: dict[str, Any]
    rows: Sequence[Mapping[str, Any]] = ()
    drawings: Mapping[str, Markup] = field(default_factory=dict)
    part: str | None = None
    status: int = 200
    features: Sequence[Mapping[str, Any]] | None = None


View = Callable[[Asked], WebPage]


@dataclass(frozen=True, slots=True)
class Sent:
    """A page as bytes, plain and zipped, with the tag a browser may ask with again."""

    body: bytes
    zipped: bytes | None
    media_type: str
    tag: str
    status: int
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        """Bytes it takes to keep."""
        return len(self.body) + len(self.zipped or b"")


def sent(text: str, form: Form, status: int = 200, headers: Mapping[str, str] | None = None) -> Sent:
    """`text` made ready to be sent, with `headers` of its own."""
    body = text.encode("utf-8", "replace")
    zipped = gzip.compress(body, 5, mtime=0) if len(body) >= LEAST_ZIPPED else None
    return Sent(body, zipped, FORMS[form], f'"{hashlib.sha256(body).hexdigest()[:20]}"', status, headers or {})


def headers_of(page: WebPage) -> dict[str, str]:
    """Where the rows before and after those of a list are (RFC 8288), and how many rows there are in all."""
    found = {rel: page.data.get(name) for rel, name in (("prev", "newer"), ("next", "older"))}
    links = ", ".join(f'<{address}>; rel="{rel}"' for rel, address in found.items() if address)
    total = page.data.get("total") if "shown" in page.data else None
    return {**({"Link": links} if links else {}), **({"X-Total-Count": str(total)} if total is not None else {})}


def to_json(page: WebPage) -> str:
    """The JSON twin."""
    return json.dumps({"title": page.title, **page.data}, ensure_ascii=False, indent=1, default=str) + "\n"


def to_geojson(page: WebPage) -> str:
    """The GeoJSON twin (RFC 7946): a feature an act."""
    features = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in page.features or ())
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'


def to_csv(page: WebPage) -> str:
    """The CSV twin: one header, one row a line, lists joined with ``; ``.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it, as `exports.cells` says.
    """
    out = io.StringIO()
    columns = list(dict.fromkeys(name for row in page.rows for name in row))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in page.rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return "" if value is None else value
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return safe_cell(text)
