"""The archive as a person at a keyboard has it: with the relations of states, as tables and as pictures.

import detente
with detente.Archive.open("news.db", create=True) as archive:
    archive.add("reports/")
    archive.events(pair=("USA", "RUS"), since="2021").to_pandas()
    archive.relation("USA", "RUS", by="month")      # drawn in a notebook
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from detente.archive import Archive as Kept
from detente.archive.account import Account, Note, knows_address
from detente.archive.answers import EventRow
from detente.archive.events import events_by_id
from detente.archive.frames import pandas_frame, polars_frame
from detente.archive.questions import Day, in_words
from detente.errors import UsageError
from detente.extras import wanted
from detente.relations.dates import first_day, last_day
from detente.relations.expected import Surprise
from detente.relations.names import known_party, state_name
from detente.relations.pair import Relation, relate
from detente.relations.turns import TurningPoint
from detente.relations.weights import By

if TYPE_CHECKING:
    from detente.intake.taking import Codes

SHOWN_SURPRISES, SHOWN_ACTS = 5, 3


class Archive(Kept):
    """An archive of `detente.archive` that also takes reports in, and tells how states stand to each other."""

    def add(self, *sources: str | Path, date: Day | None = None, coder: Codes | None = None, workers: int = 1) -> Added:
        """Read, code and keep what is at files, folders and addresses, each report once, and join it with the rest.

        `date` is the day of all of these reports; `coder` one that `make_coder` made, by default the usual. What cannot
        be read comes back with its reason. Raises `MissingFile` for a path that does not exist.
        """
        from detente.coding import make_coder
        from detente.intake.taking import Intake
        from detente.linking.joining import join
        from detente.reading.confined import ConfinedParser
        from detente.reading.fetching import Fetcher
        from detente.reading.fields import day_in
        from detente.reading.gathering import Gatherer

        day = day_in(in_words(date))
        notes: list[Note] = []
        with ConfinedParser() as parser:
            gatherer = Gatherer(parser, Fetcher(), lambda url: knows_address(self.db, url), day)
            found = gatherer.gather(map(str, sources))
            Intake(self, lambda: coder or make_coder(), notes.append, workers=workers, day=day).add(found)
        join(self)
        counts: Counter[str] = Counter(note.outcome for note in notes)
        return Added(Account(**counts), tuple(note for note in notes if note.outcome == "failed"))

    def relation(
        self,
        *states: str,
        by: str = "week",
        since: Day | None = None,
        until: Day | None = None,
        directed: bool = False,
    ) -> Stand:
        """How two states (or a group) stand, by ``day``, ``week`` or ``month``; states by code or name, and bodies,
        groups and persons by theirs (``NATO``).

        Raises `UsageError` for what is no party, date or step.
        """
        if by not in get_args(By):
            raise UsageError(f"{by!r} is no step of a series: give one of {', '.join(get_args(By))}.")
        codes = [known_party(self, state) for state in states]
        first, last = first_day(in_words(since)), last_day(in_words(until))
        relation = relate(self, codes, by=cast(By, by), since=first, until=last, is_directed=directed)
        surprising = [act.id for surprise in relation.surprises for act in surprise.acts[:SHOWN_ACTS]]
        return Stand(relation, events_by_id(self.db, surprising))


@dataclass(frozen=True, slots=True, repr=False)
class Added:
    """What became of what was read, in numbers, and for each thing that failed where it is and why."""

    account: Account
    failed: tuple[Note, ...]

    def __repr__(self) -> str:
        return f"<{self.account}>"


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
