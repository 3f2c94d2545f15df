"""detente: turns news reports into a record you can check.

    import detente
    record = detente.code("The foreign ministers met in Geneva on Wednesday.", date="2021-06-18")
    print(record.to_json())

`make_coder` gives a `Coder` for many reports; `read_reports` reads them from files; `Archive` opens an archive and
asks it. Everything else is a room of its own, imported where it is needed: importing detente costs a few milliseconds.
"""

from __future__ import annotations

from datetime import date as day_of_year
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.record import Failure, Record, Report

if TYPE_CHECKING:
    from detente.coding import Coder, Settings, make_coder
    from detente.errors import DetenteError
    from detente.notebook import Archive
    from detente.reading import read_reports

__version__ = "0.1.0"
__all__ = [
    "Archive",
    "Coder",
    "DetenteError",
    "Failure",
    "Record",
    "Report",
    "Settings",
    "code",
    "make_coder",
    "read_reports",
]

_LAZY = {
    **dict.fromkeys(("Coder", "Settings", "make_coder"), "detente.coding"),
    "Archive": "detente.notebook",
    "DetenteError": "detente.errors",
    "read_reports": "detente.reading",
}


def code(
    text: str,
    date: str | day_of_year | None = None,
    *,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    id: str | None = None,
    model: str | None = None,
    knowledge: str | Path | None = None,
    min_score: float | None = None,
) -> Record:
    """The record of one report.

    `date` is the day of the report, a `datetime.date` or ``YYYY-MM-DD``; without it the day is sought in `published`,
    `url` and the text. Events less likely right than `min_score` (0 to 1) are left out. The text is cleaned as
    docs/record.md says, and offsets refer to `Record.text`. The model and the tables are loaded by the first call and
    kept. Raises `UsageError` for another form of `date` and `ReadError` for a text that is empty, too long or no
    language.
    """
    from detente.reading.fields import day_in, error_of, report_of

    given = {"text": text, "title": title, "url": url, "publisher": publisher, "published": published, "id": id}
    report = report_of(given, day=day_in(date.isoformat()[:10] if isinstance(date, day_of_year) else date))
    if isinstance(report, Failure):
        raise error_of(report)
    return _coder(model, Path(knowledge) if knowledge else None, min_score).code(report)


@cache
def _coder(model: str | None, knowledge: Path | None, min_score: float | None) -> Coder:
    from detente.coding import Settings, make_coder

    return make_coder(settings=Settings(model, knowledge, min_score=min_score))


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'detente' has no attribute {name!r}")
