"""States and places: names, adjectives, peoples, capitals, seats, regions."""

from __future__ import annotations

from collections.abc import Iterator

from rigour.territories import get_territory

from scripts.knowledge.tables import Row, read_source, row

AS_OF = "2026-11-01"
_OWN = "detente, stated by hand"
# rigour numbers Kosovo as XKX too; the ids of the others come from it.
_SOURCE = f"{_OWN}; ids: rigour"


def state_rows() -> Iterator[Row]:
    """Today's states and territories first, then former ones."""
    for state in read_source("states"):
        territory = get_territory(state["country"].lower())
        identity = territory.qid if territory is not None else f"state:{state['country']}"
        yield from _forms(identity, state["country"], state, source=_SOURCE, as_of=AS_OF)
    for state in read_source("former_states"):
        yield from _forms(
            state["id"], state["country"], state, source=_OWN, start=state["start"], end=state["end"], as_of=AS_OF
        )


def place_rows() -> Iterator[Row]:
    """Capitals, seats of government, regions with a government of their own."""
    for state in read_source("states"):
        for capital in filter(None, state["capitals"].split("|")):
            name = state["names"].split("|")[0]
            yield row(
                id=f"capital:{state['country']}:{capital}",
                name=capital,
                form="capital",
                kind="place",
                country=state["country"],
                sector="GOV",
                role=f"capital of {name}",
                source=_OWN,
                as_of=AS_OF,
            )
    for place in read_source("places"):
        identity = place["id"] or f"place:{place['name']}"
        cells = {key: place[key] for key in ("country", "sector", "start", "end")}
        common = {**cells, "id": identity, "name": place["name"], "kind": "place", "source": _OWN, "as_of": AS_OF}
        yield row(**common, aliases=place["aliases"], form=place["form"])
        if place["adjective"]:
            yield row(**common, aliases=place["adjective"], form="adjective")


def _forms(identity: str, country: str, state: Row, **cells: str) -> Iterator[Row]:
    name, *others = state["names"].split("|")
    common = {**cells, "id": identity, "name": name, "kind": "state", "country": country, "sector": "GOV"}
    yield row(**common, aliases="|".join(others))
    for column, form in (("adjectives", "adjective"), ("people", "people")):
        if state[column]:
            yield row(**common, aliases=state[column], form=form)
