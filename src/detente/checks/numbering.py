"""Page dates against the running numbers in web addresses: a site counts its pages up as time goes by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from detente.checks.days import in_words, page_in_words
from detente.record import Check

NEIGHBOURS = 4
"""Pages looked at on either side of a number."""

FAR_NUMBER = 0.02
"""How far a neighbour may lie, as a share of the number: sites leave gaps, and renumber old pages."""

AGREE = 120
"""Days within which the neighbours' dates must lie of each other before they say anything."""

OUT_OF_ORDER = 20
"""Days a page may lie outside of its neighbours' dates, or half the days they span: late entries are numbered late."""

_NUMBERED = re.compile(r"(?P<stem>https?://[^\s?#]*?/)(?P<number>\d{4,9})/?$")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A page with a running number: its day and the id of its report."""

    number: int
    day: date
    id: str


class Numbering:
    """The numbered pages of an archive, by the address before the number."""

    def __init__(self, pages: Iterable[tuple[str, str | None, date]]) -> None:
        """`pages` are report ids, addresses and page dates."""
        found: dict[str, list[Numbered]] = defaultdict(list)
        for id, url, day in pages:
            if parts := number_in(url):
                found[parts[0]].append(Numbered(parts[1], day, id))
        self._pages = {stem: sorted(pages, key=lambda p: (p.number, p.id)) for stem, pages in found.items()}

    def check(self, id: str, url: str | None, page: date) -> Check | None:
        """The check ``page-date-number`` for a report dated `page`, or null where its neighbours raise no doubt."""
        parts = number_in(url)
        if not parts:
            return None
        near = self._neighbours(id, *parts)
        if len(near) < NEIGHBOURS:
            return None
        first, last = min(near), max(near)
        slack = timedelta(max(OUT_OF_ORDER, (last - first).days // 2))
        if (last - first).days > AGREE or first - slack <= page <= last + slack:
            return None
        middle = date.fromordinal(round(median(day.toordinal() for day in near)))
        message = (
            f"{page_in_words(page)}; its address is numbered {parts[1]}, "
            f"and {len(near)} pages with numbers near it are of about {in_words(middle)}."
        )
        return Check("page-date-number", message)

    def _neighbours(self, id: str, stem: str, number: int) -> list[date]:
        pages = self._pages.get(stem, [])
        at = bisect_left(pages, number, key=lambda p: p.number)
        around = pages[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        close = [p for p in around if p.id != id and abs(p.number - number) <= FAR_NUMBER * number]
        close.sort(key=lambda p: abs(p.number - number))
        return _without_outliers([p.day for p in close[: 2 * NEIGHBOURS]])


def _without_outliers(days: list[date]) -> list[date]:
    """The days near the median: a re-dated neighbour must not hide its neighbour."""
    if not days:
        return []
    middle = median(day.toordinal() for day in days)
    return [day for day in days if abs(day.toordinal() - middle) <= AGREE / 2]


def number_in(url: str | None) -> tuple[str, int] | None:
    """The address before a running number, and the number; null where the address ends on none."""
    match = _NUMBERED.fullmatch(url or "")
    return (match["stem"], int(match["number"])) if match else None
