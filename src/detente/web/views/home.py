"""The front page: who deals with whom, and how, in one window of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from detente.charts.network import Tie, network_chart
from detente.charts.svg import for_any_screen
from detente.relations.due import coming
from detente.relations.gathering import read_by_day
from detente.relations.matrix import Cell, cells_in
from detente.relations.names import state_name
from detente.relations.pair import within
from detente.web.pages import Asked, WebPage
from detente.web.rendering import to
from detente.web.views.joins import promise_row, read_days
from detente.web.views.lists import newest_reports
from detente.web.views.pair import relation_kept

WINDOWS: Mapping[str, int | None] = {"90 days": 90, "1 year": 365, "5 years": 1826, "all": None}
USUAL_WINDOW = "1 year"
PATIENCE = 30.0
"""Seconds that sums over all pairs may lag behind what is being added."""

STRONG, CLEAR = 0.3, 0.1
"""Mean tension an act from which a cell is shaded darkest, and clearly."""


NARROW_TIES = 16
"""Ties that a drawing for a phone shows: the busiest; its table has all."""


def home(asked: Asked) -> WebPage:
    """The matrix of pairs, the newest reports, what is due."""
    window, since, cells = in_window(asked)
    size = asked.number("states", 12, 4, 30)
    states = _busiest(cells, size)
    data: dict[str, Any] = {
        "window": window,
        "windows": list(WINDOWS),
        "since": since and since.isoformat(),
        "states": states,
        "matrix": _table(cells, states),
        "cells": [asdict(cell) for cell in cells],
        "surprises": asked.reading.kept("surprises", lambda _: newest_surprises(asked), PATIENCE),
        "due": [promise_row(promise) for promise in coming(asked.archive, limit=6, read=read_days(asked))],
        "newest": newest_reports(asked.archive, 8),
    }
    return WebPage("home.html", "How the states stand", data, data["cells"])


BUSY_PAIRS, NEWEST_WEEKS, NEWEST = 10, 26, 6


def newest_surprises(asked: Asked) -> list[dict[str, Any]]:
    """The newest surprises among the busiest pairs of the last year."""
    _, since, cells = in_window(asked)
    if since is None:
        return []
    read = asked.reading.kept("read", read_by_day)
    start = max(read) - timedelta(weeks=NEWEST_WEEKS)
    found = []
    for cell in cells[:BUSY_PAIRS]:
        relation = within(relation_kept(asked, (cell.one, cell.other)), start, None)
        found += [(surprise, relation) for surprise in relation.surprises]
    found.sort(key=lambda pair: (pair[0].start, abs(pair[0].z)), reverse=True)
    return [
        {
            "names": [state_name(code) for code in relation.codes],
            "start": surprise.start.isoformat(),
            "direction": surprise.direction,
            "z": surprise.z,
            "formula": surprise.formula,
            "address": to("pair", *relation.codes, by="week", since=start.isoformat(), at=surprise.start.isoformat()),
        }
        for surprise, relation in found[:NEWEST]
    ]


def network(asked: Asked) -> WebPage:
    """The same ties as a drawing."""
    window, since, cells = in_window(asked)
    most = asked.number("ties", 40, 5, 120)
    shown = [cell for cell in cells if state_name(cell.one)][:most]
    ties = [Tie(cell.one, cell.other, cell.acts, cell.tension) for cell in shown]
    title = f"Ties between states, {window}"
    drawing = for_any_screen(
        lambda is_narrow: network_chart(
            ties[:NARROW_TIES] if is_narrow else ties, state_name, _address, title=title, is_narrow=is_narrow
        )
    )
    data = {
        "window": window,
        "windows": list(WINDOWS),
        "since": since and since.isoformat(),
        "ties": [{**asdict(cell), "address": _address(cell.one, cell.other)} for cell in shown],
    }
    return WebPage("network.html", "Network", data, [asdict(cell) for cell in shown], {"network": drawing})


def _address(one: str, other: str | None) -> str:
    return to("pair", one, other) if other else to("who", one)


def in_window(asked: Asked) -> tuple[str, date | None, list[Cell]]:
    window = asked.one_of("window", list(WINDOWS)) or USUAL_WINDOW
    days = WINDOWS[window]

    def made(archive: Any) -> tuple[date | None, list[Cell]]:
        read = asked.reading.kept("read", read_by_day)
        since = max(read) - timedelta(days=days) if days and read else None
        return since, cells_in(archive, since)

    since, cells = asked.reading.kept(("cells", window), made, PATIENCE)
    return window, since, cells


def _busiest(cells: list[Cell], size: int) -> list[str]:
    counts: Counter[str] = Counter()
    for cell in cells:
        counts[cell.one] += cell.acts
        counts[cell.other] += cell.acts
    return [code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]]


def _table(cells: list[Cell], states: list[str]) -> list[dict[str, Any]]:
    known = {frozenset((cell.one, cell.other)): cell for cell in cells}
    return [
        {"state": one, "cells": [_cell(known.get(frozenset((one, other))), one, other) for other in states]}
        for one in states
    ]


def _cell(cell: Cell | None, one: str, other: str) -> dict[str, Any]:
    if cell is None or not cell.acts:
        return {"other": other, "acts": 0, "tension": None, "shade": "self" if one == other else "none"}
    mean = cell.tension / cell.acts
    depth = 3 if abs(mean) >= STRONG else 2 if abs(mean) >= CLEAR else 1
    return {
        "other": other,
        "acts": cell.acts,
        "tension": cell.tension,
        "shade": f"{'cold' if mean > 0 else 'warm'}{depth}",
    }
