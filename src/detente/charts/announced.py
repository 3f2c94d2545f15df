"""Announced and what came of it: from the day a thing was promised to the day it was due, kept, moved or missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from detente.charts.svg import Days, element, label, link, picture, screen

WIDTH, NARROW, LEFT = 1180.0, 390.0, 24.0
TOP, ROW = 34.0, 38.0
TICK = 140.0
"""Width between two days named below, in units of the picture, at least."""
LEAST_AHEAD = timedelta(days=366)
"""Days that are drawn after the newest report where something is due so late; as many as were before it, if more."""
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


def announced_chart(
    rows: Sequence[Announced], today: date, *, title: str, standalone: bool = False, is_narrow: bool = False
) -> Markup:
    """One row a promise: a ring where it was said, a square where it was due or came, dashed between if open.

    What is due long after all else runs out of the picture with an arrow.
    """
    width, size = (NARROW if is_narrow else WIDTH), screen(is_narrow, standalone)
    if not rows:
        nothing = label("Nothing was announced in this time.", LEFT, 34)
        return picture(width, 60, title, nothing, standalone=standalone, size=size)
    first = min(row.said for row in rows)
    newest = max(today, *(max(row.said, row.came or row.said) for row in rows))
    horizon = newest + max(LEAST_AHEAD, newest - first)
    last = max(min(max(row.due, row.came or row.due, row.said), horizon) for row in rows)
    margin = timedelta(days=max(3, (last - first).days // 16))
    days = Days(first - margin, last + margin, LEFT, width - LEFT)
    bottom = TOP + ROW * len(rows)
    return picture(
        width,
        bottom + 30,
        title,
        *_frame(days, bottom),
        *_today(today, days, bottom),
        *(part for i, row in enumerate(rows) for part in _row(row, days, TOP + ROW * i + 26)),
        standalone=standalone,
        size=size,
    )


def _frame(days: Days, bottom: float) -> Iterator[str]:
    for day, text in days.ticks(max(3, int((days.right - days.left) / TICK))):
        x = days(day)
        yield element("line", x1=x, x2=x, y1=TOP - 6, y2=bottom, class_="grid")
        yield label(text, x, bottom + 20, anchor="middle")


def _today(today: date, days: Days, bottom: float) -> Iterator[str]:
    if days.first <= today <= days.last:
        x = days(today)
        yield element("line", x1=x, x2=x, y1=TOP - 8, y2=bottom, class_="today")
        yield label("newest report", x, TOP - 14, "label side", "middle")


def _row(row: Announced, days: Days, y: float) -> Iterator[str]:
    is_beyond = (row.came or row.due) > days.last
    start, end = days(row.said), days.right if is_beyond else days(row.came or row.due)
    shape = element("rect", x=end - 6, y=y - 6, width=12, height=12, class_=f"came {row.outcome}")
    if is_beyond:
        shape = element("path", d=f"M{end - 8:.1f} {y - 6:.1f}l8 6l-8 6", class_=f"came {row.outcome}")
    line = element("line", x1=start + 5, x2=max(start + 5, end - 6), y1=y, y2=y, class_=f"way {row.outcome}")
    ring = element("circle", cx=start, cy=y, r=4.5, class_="said-at")
    text = f"{row.words} · {row.outcome.replace('-', ' ')}" + (f", due {row.due.year}" if is_beyond else "")
    most = int((days.right - days.left) / LETTER)
    shown = text if len(text) <= most else f"{text[: most - 1]}…"
    x = min(start, days.right - LETTER * len(shown))
    yield label(shown, max(LEFT, x), y - 12)
    if row.address:
        yield link(row.address, f"{text}: said {row.said}, due {row.due}", line, ring, shape)
    else:
        yield line + ring + shape
