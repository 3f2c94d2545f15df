"""Drawing as text: elements with escaped attributes and content, and the scales between data and picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from html import escape
from importlib.resources import files

from markupsafe import Markup

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element; ``class_`` stands for class, ``_`` in a name for ``-``. Children are markup, made by this module."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{''.join(children)}</{name}>" if children else f"<{name}{given}/>"


def words(text: str) -> str:
    """Text as content of an element."""
    return escape(text, quote=False)


def label(text: str, x: float, y: float, class_: str = "label", anchor: str | None = None) -> str:
    """One line of text."""
    return element("text", words(text), x=x, y=y, class_=class_, text_anchor=anchor)


def link(address: str, title: str, *children: str, **attributes: str | float | None) -> str:
    """A shape that leads somewhere; out of the tab order, since every chart has a table with the same links."""
    return element("a", element("title", words(title)), *children, href=address, tabindex="-1", **attributes)


def for_any_screen(draw: Callable[[bool], Markup]) -> Markup:
    """The drawing that `draw` makes for a wide screen and, given true, for a narrow one: the page shows one of them."""
    return draw(False) + draw(True)


def screen(is_narrow: bool, standalone: bool) -> str | None:
    """The `size` of a picture: a file of its own has none."""
    return None if standalone else "narrow" if is_narrow else "wide"


def picture(
    width: float, height: float, title: str, *children: str, standalone: bool = False, size: str | None = None
) -> Markup:
    """A whole drawing with its name; `standalone` brings the style sheet along for a file of its own.

    `size` is ``wide`` or ``narrow`` where a page holds one for each screen.
    """
    return Markup(
        element(
            "svg",
            element("title", words(title)),
            element("style", _plain_style()) if standalone else "",
            *children,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_plain(width)} {_plain(height)}",
            width=width if standalone else None,
            height=height if standalone else None,
            class_=f"chart {size}" if size else "chart",
            role="group",
            aria_label=title,
        )
    )


@cache
def _plain_style() -> str:
    """The style sheet in its light colours, without variables: not every program that shows SVG knows them."""
    sheet = files(__package__).joinpath("charts.css").read_text(encoding="utf-8")
    first = sheet[sheet.index("{") + 1 : sheet.index("}")]
    colours = dict(re.findall(r"(--[\w-]+): ([^;]+);", first))
    font = re.sub(r"--[\w-]+: [^;]+;\s*", "", first)
    rules = [line for line in sheet.splitlines() if line.startswith(".chart .")]
    return re.sub(r"var\((--[\w-]+)\)", lambda name: colours[name[1]], "\n".join([f".chart {{{font}}}", *rules]))


def polyline(points: Iterable[tuple[float, float]], class_: str) -> str:
    """A line through points."""
    return element("polyline", points=" ".join(f"{_plain(x)},{_plain(y)}" for x, y in points), class_=class_)


def polygon(points: Iterable[tuple[float, float]], class_: str) -> str:
    """A closed area."""
    return element("polygon", points=" ".join(f"{_plain(x)},{_plain(y)}" for x, y in points), class_=class_)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from data to picture."""

    low: float
    high: float
    left: float
    right: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low or 1.0
        return round(self.left + (value - self.low) / span * (self.right - self.left), 1)


@dataclass(frozen=True, slots=True)
class Days:
    """A straight line from days to picture."""

    first: date
    last: date
    left: float
    right: float

    def __call__(self, day: date) -> float:
        return Scale(self.first.toordinal(), self.last.toordinal(), self.left, self.right)(day.toordinal())

    def ticks(self, most: int = 12) -> list[tuple[date, str]]:
        """At most about `most` round days: years, months or days, each with its words."""
        span = (self.last - self.first).days or 1
        if span > 3 * 366:
            step = next(s for s in (1, 2, 5, 10, 25, 100, 1000) if span / 366 / s <= most)
            years = range(self.first.year + 1, self.last.year + 1)
            return [(date(y, 1, 1), str(y)) for y in years if y % step == 0]
        if span > 60:
            step = next((s for s in (1, 2, 3, 6) if span / 30.4 / s <= most), 12)  # at most four, of three years
            return [(m, _month(m)) for m in _months(self.first, self.last) if (m.month - 1) % step == 0]
        step = next((s for s in (1, 2, 7) if span / s <= most), 14)
        days = (self.first + timedelta(days=i) for i in range(0, span + 1, step))
        return [(d, f"{d.day} {MONTHS[d.month - 1]}") for d in days]


def _months(first: date, last: date) -> Sequence[date]:
    count = (last.year - first.year) * 12 + last.month - first.month
    starts = (first.year * 12 + first.month - 1 + i for i in range(1, count + 1))
    return [date(m // 12, m % 12 + 1, 1) for m in starts]


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if day.month == 1 else MONTHS[day.month - 1]


def _plain(value: str | float) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
