"""What may stand in the query of each page, told once: the description of the JSON twins is written from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from detente.relations.weights import STATUSES, STEPS
from detente.web.pages import MOST_ROWS, View
from detente.web.views.compare import compare
from detente.web.views.home import WINDOWS, home, network
from detente.web.views.joins import KINDS as DISPUTES
from detente.web.views.joins import OUTCOMES, disputes, promises, stories
from detente.web.views.lists import KINDS, TYPES, reports, search, timeline
from detente.web.views.map import act_map
from detente.web.views.pair import pair
from detente.web.views.people import who
from detente.web.views.reader import reader
from detente.web.views.review import review


@dataclass(frozen=True, slots=True)
class Question:
    """A name of the query, what it asks, its type, and what else JSON Schema says of it."""

    name: str
    about: str
    type: str = "string"
    more: Mapping[str, Any] = field(default_factory=dict)


def _one_of(name: str, about: str, choices: tuple[str, ...]) -> Question:
    return Question(name, about, more={"enum": list(choices)})


def _number(name: str, about: str, low: int, high: int) -> Question:
    return Question(name, about, "integer", {"minimum": low, "maximum": high})


SINCE = Question("since", "From this day, month or year on.")
UNTIL = Question("until", "Up to and with this day, month or year.")
LIMIT = _number("limit", "Rows of a page; 0 for all.", 0, MOST_ROWS)
TURNING = (_number("page", "Which page of the list.", 1, 100_000), LIMIT)
LEAST = Question(
    "min_score",
    "Only events at least this likely right; those without a score stay.",
    "number",
    {"minimum": 0, "maximum": 1},
)
WINDOW = _one_of("window", "How far back, from the last day read.", tuple(WINDOWS))
TYPE = _one_of("type", "The type of the act.", TYPES)
STATES = (Question("one", "A state by code or name, or a body by name."), Question("other", "Another state."))
EVENTS = (
    Question("party", "Who takes part, on either side."),
    Question("actor", "Who acts."),
    Question("recipient", "Whom it is done to."),
    TYPE,
    Question("mode", "The mode of the act."),
    Question("place", "Where: a state, or part of the name of a place."),
    _one_of("status", "Whether it happened, is planned, possible or denied.", STATUSES),
    Question("said_by", "On whose word."),
    Question("publisher", "Only reports of this outlet."),
    SINCE,
    UNTIL,
)

QUESTIONS: Mapping[View, tuple[Question, ...]] = {
    home: (WINDOW, _number("states", "States of the matrix.", 4, 30)),
    network: (WINDOW, _number("ties", "Ties that are drawn.", 5, 120)),
    reports: (SINCE, UNTIL, *TURNING),
    search: (Question("q", "Words."), _one_of("kind", "What to look for.", KINDS), *EVENTS, LEAST, *TURNING),
    timeline: (*STATES, *EVENTS, LEAST, *TURNING),
    act_map: (*STATES, *EVENTS, LEAST, Question("at", "The place to look at: degrees north and east.")),
    reader: (LEAST,),
    pair: (
        _one_of("by", "The length of a point.", STEPS),
        _one_of("direction", "Acts of both states, or only of the first towards the second.", ("both", "one")),
        SINCE,
        UNTIL,
        Question("at", "A day of the point to look at."),
        LEAST,
    ),
    who: (LIMIT,),
    promises: (*STATES, _one_of("outcome", "What came of it.", OUTCOMES), LEAST, *TURNING),
    disputes: (*STATES, _one_of("kind", "What the accounts disagree on.", DISPUTES), LEAST, *TURNING),
    stories: TURNING,
    review: (TYPE, Question("after", "The id of an event: the next behind it.")),
    compare: (_number("from", "The number of a difference: that, or the next to be judged.", 0, 1_000_000),),
}
"""What each page may be asked; the others are asked nothing."""
