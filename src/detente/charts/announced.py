"""Announced and what came of it: from the day a thing was promised to the day it was due, kept, moved or missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from detente.charts.svg import Days, element, label, link, picture

WIDTH, LEFT, RIGHT = 1180.0, 24.0, 1156.0
TOP, ROW = 34.0, 38.0
LETTER = 6.4
"""Width of one letter of a label, in units of the picture: only used to keep labels inside it."""


@dataclass(frozen=True, slots=True)
class Announced:
    """One promise as a row: `came` is the day something was told of it, null while nothing is."""

    words: str
    outcome: str
    said: date
    due: date
    came: date | None
    address: str | None = None


def announced_chart(rows: Sequence[Announced], today: date, *, title: str, standalone: bool = False) -> Markup:
    """One row a promise: a ring where it was said, a square where it was due or came, dashed between if open."""
    if not rows:
        return picture(WIDTH, 60, title, label("Nothing was announced in this time.", LEFT, 34), standalone=standalone)
    first = min(row.said for row in rows)
    last = max(max(row.due, row.came or row.due, row.said) for row in rows)
    margin = timedelta(days=max(3, (last - first).days // 16))
    days = Days(first - margin, last + margin, LEFT, RIGHT)
    bottom = TOP + ROW * len(rows)
    return picture(
        WIDTH,
        bottom + 30,
        title,
        *_frame(days, bottom),
        *_today(today, days, bottom),
        *(part for i, row in enumerate(rows) for part in _row(row, days, TOP + ROW * i + 26)),
        standalone=standalone,
    )


def _frame(days: Days, bottom: float) -> Iterator[str]:
    for day, text in days.ticks(8):
        x = days(day)
        yield element("line", x1=x, x2=x, y1=TOP - 6, y2=bottom, class_="grid")
        yield label(text, x, bottom + 20, anchor="middle")


def _today(today: date, days: Days, bottom: float) -> Iterator[str]:
    if days.first <= today <= days.last:
        x = days(today)
        yield element("line", x1=x, x2=x, y1=TOP - 8, y2=bottom, class_="today")
        yield label("newest report", x, TOP - 14, "label side", "middle")


def _row(row: Announced, days: Days, y: float) -> Iterator[str]:
    start, end = days(row.said), days(row.came or row.due)
    shape = element("rect", x=end - 6, y=y - 6, width=12, height=12, class_=f"came {row.outcome}")
    line = element("line", x1=start + 5, x2=max(start + 5, end - 6), y1=y, y2=y, class_=f"way {row.outcome}")
    ring = element("circle", cx=start, cy=y, r=4.5, class_="said-at")
    text = f"{row.words} · {row.outcome.replace('-', ' ')}"
    x = min(start, RIGHT - LETTER * len(text))
    yield label(text, max(LEFT, x), y - 12)
    if row.address:
        yield link(row.address, f"{text}: said {row.said}, due {row.due}", line, ring, shape)
    else:
        yield line + ring + shape
