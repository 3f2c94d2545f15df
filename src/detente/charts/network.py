"""Who deals with whom: states that deal with each other lie together, lines tell how tense and how many acts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from markupsafe import Markup

from detente.charts.svg import element, label, link, picture

WIDTH, HEIGHT = 1000.0, 600.0
NARROW, TALL = 390.0, 560.0
EDGE, LETTER, LINE = 26.0, 7.0, 34.0
"""Room at the edges, the width of a letter, the height of a state with its name: in units of the picture."""

SEED, ROUNDS = 7, 400
"""Where the layout starts, and how long it is drawn: the same ties give the same picture."""

STEPS = 80
"""Times that states whose names overlap are moved apart, at most."""

Places = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Tie:
    """All acts between two states: how many, and the tension they sum to."""

    one: str
    other: str
    acts: int
    tension: float


def network_chart(
    ties: Sequence[Tie],
    name_of: Callable[[str], str],
    address: Callable[[str, str | None], str],
    *,
    title: str,
    is_narrow: bool = False,
) -> Markup:
    """Straight lines between states; cold ones solid, warm ones dashed, thick by the number of acts."""
    width, height, size = (NARROW, TALL, "narrow") if is_narrow else (WIDTH, HEIGHT, "wide")
    if not ties:
        return picture(width, 60, title, label("No acts between states in this time.", 24, 34), size=size)
    names = {code: name_of(code) for tie in ties for code in (tie.one, tie.other)}
    places = _apart(_fitted(_drawn_together(ties), width, height), names, width, height)
    most = max(tie.acts for tie in ties)
    acts = {code: sum(tie.acts for tie in ties if code in (tie.one, tie.other)) for code in places}
    lines = [_tie(tie, places, most, address) for tie in sorted(ties, key=lambda tie: (tie.acts, tie.one, tie.other))]
    states = [_state(code, names[code], places[code], acts[code] / most, address) for code in sorted(places)]
    return picture(width, height, title, *lines, *states, size=size)


def _drawn_together(ties: Sequence[Tie]) -> Places:
    """A place for each state: ties pull by their acts, all states push each other away (Fruchterman and Reingold)."""
    import networkx

    graph = networkx.Graph()
    for tie in sorted(ties, key=lambda tie: (tie.one, tie.other)):
        graph.add_edge(tie.one, tie.other, weight=math.log2(1 + tie.acts))
    parts = sorted(networkx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    # Parts without a tie between them would drift off for ever: a thread holds each to the busiest state.
    hub = max(sorted(parts[0]), key=lambda code: graph.degree(code, weight="weight"))
    for part in parts[1:]:
        graph.add_edge(hub, min(part), weight=0.3)
    start = networkx.circular_layout(sorted(graph))
    found = networkx.spring_layout(
        graph, k=1.9 / math.sqrt(len(graph)), pos=start, iterations=ROUNDS, weight="weight", seed=SEED
    )
    return {code: (float(x), float(y)) for code, (x, y) in sorted(found.items())}


def _fitted(places: Places, width: float, height: float) -> Places:
    """The places spread over the picture: by their ranks as much as by their distances, so that none are crowded."""
    across, down = ({code: place[axis] for code, place in places.items()} for axis in (0, 1))
    if (width > height) != (_spread(across) > _spread(down)):
        across, down = down, across
    columns = _spaced(across, EDGE * 2, width - EDGE * 2)
    rows = _spaced(down, EDGE, height - EDGE - LINE / 2)
    return {code: (columns[code], rows[code]) for code in places}


def _spread(values: Mapping[str, float]) -> float:
    return max(values.values()) - min(values.values())


def _spaced(values: Mapping[str, float], low: float, high: float) -> dict[str, float]:
    order = sorted(values, key=lambda code: (values[code], code))
    least, span = values[order[0]], _spread(values) or 1.0
    last = max(1, len(order) - 1)
    return {
        code: low + (high - low) * (0.5 * (values[code] - least) / span + 0.5 * rank / last)
        for rank, code in enumerate(order)
    }


def _apart(places: Places, names: Mapping[str, str], width: float, height: float) -> Places:
    """The places with states moved apart until no name lies on another."""
    half = {code: max(14.0, LETTER * len(name) / 2) for code, name in names.items()}
    at = {code: list(place) for code, place in places.items()}
    for _ in range(STEPS):
        is_still = True
        for one, other in combinations(sorted(at), 2):
            by_x = half[one] + half[other] - abs(at[one][0] - at[other][0])
            by_y = LINE - abs(at[one][1] - at[other][1])
            if by_x <= 0 or by_y <= 0:
                continue
            is_still = False
            axis, shift = (0, by_x / 2) if by_x < by_y else (1, by_y / 2)
            sign = 1 if at[one][axis] >= at[other][axis] else -1
            at[one][axis] += sign * shift
            at[other][axis] -= sign * shift
        for code, place in at.items():
            place[0] = min(max(place[0], half[code] + 4), width - half[code] - 4)
            place[1] = min(max(place[1], EDGE / 2), height - LINE + 4)
        if is_still:
            break
    return {code: (round(x, 1), round(y, 1)) for code, (x, y) in at.items()}


def _tie(tie: Tie, places: Places, most: int, address: Callable[[str, str | None], str]) -> str:
    (x1, y1), (x2, y2) = places[tie.one], places[tie.other]
    warmth = "colder" if tie.tension > 0 else "warmer"
    width = round(1 + 9 * math.sqrt(tie.acts / most), 1)
    line = element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=f"tie {warmth}", stroke_width=width)
    return link(
        address(tie.one, tie.other), f"{tie.one}–{tie.other}: {tie.acts} acts, tension {tie.tension:+.1f}", line
    )


def _state(
    code: str, name: str, place: tuple[float, float], share: float, address: Callable[[str, str | None], str]
) -> str:
    x, y = place
    radius = round(5 + 4 * math.sqrt(min(1.0, share)), 1)
    dot = element("circle", cx=x, cy=y, r=radius, class_="state")
    text = label(name, x, round(y + radius + 13, 1), "label name haloed", "middle")
    return link(address(code, None), name, dot, text)
