"""Who deals with whom: states on a circle in the order of their ties, lines by how tense and how many."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from detente.charts.svg import element, label, link, picture

WIDTH, HEIGHT, RADIUS = 920.0, 760.0, 300.0


@dataclass(frozen=True, slots=True)
class Tie:
    """All acts between two states: how many, and the tension they sum to."""

    one: str
    other: str
    acts: int
    tension: float


def network_chart(
    ties: Sequence[Tie], name_of: Callable[[str], str], address: Callable[[str, str | None], str], *, title: str
) -> Markup:
    """Straight lines between states; cold ones solid, warm ones dashed, thick by the number of acts."""
    if not ties:
        return picture(WIDTH, 60, title, label("No acts between states in this time.", 24, 34))
    places = _around(ties)
    most = max(tie.acts for tie in ties)
    lines = [_tie(tie, places, most, address) for tie in sorted(ties, key=lambda tie: tie.acts)]
    return picture(WIDTH, HEIGHT, title, *lines, *(_state(code, places[code], name_of, address) for code in places))


def _around(ties: Sequence[Tie]) -> dict[str, tuple[float, float]]:
    order = _ordered(ties)
    angles = [2 * math.pi * i / len(order) - math.pi / 2 for i in range(len(order))]
    return {
        code: (round(WIDTH / 2 + RADIUS * math.cos(a), 1), round(HEIGHT / 2 + RADIUS * math.sin(a), 1))
        for code, a in zip(order, angles, strict=True)
    }


def _ordered(ties: Sequence[Tie]) -> list[str]:
    # Each state sits next to the one it deals with most among those left, which keeps strong ties short.
    weight: dict[str, dict[str, int]] = {}
    for tie in ties:
        weight.setdefault(tie.one, {})[tie.other] = tie.acts
        weight.setdefault(tie.other, {})[tie.one] = tie.acts
    left = sorted(weight, key=lambda code: (-sum(weight[code].values()), code))
    order = [left.pop(0)]
    while left:
        nearest = max(left, key=lambda code: (weight[order[-1]].get(code, 0), -left.index(code)))
        left.remove(nearest)
        order.append(nearest)
    return order


def _tie(tie: Tie, places: dict[str, tuple[float, float]], most: int, address: Callable[[str, str | None], str]) -> str:
    (x1, y1), (x2, y2) = places[tie.one], places[tie.other]
    warmth = "colder" if tie.tension > 0 else "warmer"
    width = round(1 + 9 * math.sqrt(tie.acts / most), 1)
    line = element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=f"tie {warmth}", stroke_width=width)
    return link(
        address(tie.one, tie.other), f"{tie.one}–{tie.other}: {tie.acts} acts, tension {tie.tension:+.1f}", line
    )


def _state(
    code: str, place: tuple[float, float], name_of: Callable[[str], str], address: Callable[[str, str | None], str]
) -> str:
    x, y = place
    aside = x - WIDTH / 2
    anchor = "start" if aside > 40 else "end" if aside < -40 else "middle"
    shift = 12 if aside > 40 else -12 if aside < -40 else 0
    lift = 4 if shift else (-14 if y < HEIGHT / 2 else 24)
    dot = element("circle", cx=x, cy=y, r=6.0, class_="state")
    text = label(name_of(code), round(x + shift, 1), round(y + lift, 1), "label name", anchor)
    return link(address(code, None), name_of(code), dot, text)
