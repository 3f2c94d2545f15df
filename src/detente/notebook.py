"""The archive as a person at a keyboard has it: with the relations of states, as tables and as pictures.

import detente
with detente.Archive.open("news.db") as archive:
    archive.events(pair=("USA", "RUS"), since="2021").to_pandas()
    archive.relation("USA", "RUS", by="month")      # drawn in a notebook
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast, get_args

from detente.archive import Archive as Kept
from detente.archive.answers import EventRow
from detente.archive.events import events_by_id
from detente.archive.frames import pandas_frame, polars_frame
from detente.errors import UsageError
from detente.extras import wanted
from detente.relations.dates import first_day, last_day
from detente.relations.expected import Surprise
from detente.relations.names import known_state, state_name
from detente.relations.pair import Relation, relate
from detente.relations.turns import TurningPoint
from detente.relations.weights import By

SHOWN_SURPRISES, SHOWN_ACTS = 5, 3


class Archive(Kept):
    """An archive of `detente.archive` that also tells how states stand to each other."""

    def relation(
        self,
        *states: str,
        by: str = "week",
        since: str | date | None = None,
        until: str | date | None = None,
        directed: bool = False,
    ) -> Stand:
        """How two states (or a group) stand, by ``day``, ``week`` or ``month``; states by code or name.

        Raises `UsageError` for what is no state, date or step.
        """
        if by not in get_args(By):
            raise UsageError(f"{by!r} is no step of a series: give one of {', '.join(get_args(By))}.")
        codes = [known_state(state) for state in states]
        first, last = first_day(_told(since)), last_day(_told(until))
        relation = relate(self, codes, by=cast(By, by), since=first, until=last, is_directed=directed)
        surprising = [act.id for surprise in relation.surprises for act in surprise.acts[:SHOWN_ACTS]]
        return Stand(relation, events_by_id(self.db, surprising))


@dataclass(frozen=True, slots=True)
class Stand:
    """How states stand: the `relation` with its points, surprises and turns, and the events that surprised, by id."""

    relation: Relation
    events: dict[str, EventRow] = field(repr=False)

    @property
    def surprises(self) -> tuple[Surprise, ...]:
        """The points outside what was expected."""
        return self.relation.surprises

    @property
    def turns(self) -> tuple[TurningPoint, ...]:
        """Where the level changed and stayed."""
        return self.relation.turns

    def to_rows(self) -> list[dict[str, Any]]:
        """One flat row a point."""
        return self.relation.to_rows()

    def to_pandas(self) -> Any:
        """One row a point as a `pandas.DataFrame`, days as dates; raises `UsageError` where pandas is missing."""
        return pandas_frame(self.to_rows())

    def to_polars(self) -> Any:
        """One row a point as a `polars.DataFrame`, days as dates; raises `UsageError` where Polars is missing."""
        return polars_frame(self.to_rows())

    def to_arrow(self) -> Any:
        """One row a point as a `pyarrow.Table`, days as dates."""
        rows = [{**row, **{n: date.fromisoformat(row[n]) for n in ("start", "end")}} for row in self.to_rows()]
        return wanted("pyarrow").Table.from_pylist(rows)

    def _repr_html_(self) -> str:
        from detente.charts.tension import tension_chart

        relation = self.relation
        title = f"Tension {' – '.join(map(state_name, relation.codes))} by {relation.by}, with what was expected"
        chart = tension_chart(
            relation.points, relation.bands, relation.surprises, relation.turns, title=title, standalone=True
        )
        shown = relation.surprises[-SHOWN_SURPRISES:]
        return f"<div>{chart}{''.join(map(self._told, reversed(shown)))}</div>"

    def _told(self, surprise: Surprise) -> str:
        acts = [self.events[act.id] for act in surprise.acts[:SHOWN_ACTS] if act.id in self.events]
        cards = "".join(event._repr_html_() for event in acts)
        return f"<details><summary>{surprise.start}: {surprise.direction} than expected</summary>{cards}</details>"


def _told(given: str | date | None) -> str | None:
    return given.isoformat()[:10] if isinstance(given, date) else given
