"""Organisations, groups, parties, bodies, media, companies and NGOs, stated by hand."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.knowledge.tables import Row, read_source, row

AS_OF = "2026-01-01"


def entity_rows(kind: str, sources: tuple[str, ...]) -> Iterator[Row]:
    """Rows of entities of a kind. Consecutive days under one name or id tell what became of an entity."""
    seen: set[tuple[str, ...]] = set()
    for source in sources:
        for cells in read_source(source):
            identity = cells.get("id") or f"{kind}:{cells['name']}"
            key = (identity, cells.get("start", ""), cells["sector"])
            if key in seen:
                raise SystemExit(f"scripts/knowledge/{source}.csv: {cells['name']} is stated twice")
            seen.add(key)
            yield row(
                id=identity,
                name=cells["name"],
                aliases=cells["aliases"],
                kind=kind,
                country=cells["country"],
                sector=cells["sector"],
                start=cells.get("start", ""),
                end=cells.get("end", ""),
                as_of=AS_OF,
                source="detente, stated by hand",
            )


def people_rows() -> Iterator[Row]:
    """Rows of peoples and communities of faith: those of no one state have no country, most of them no sector."""
    for cells in read_source("peoples"):
        common = {
            "id": cells["id"] or f"people:{cells['name']}",
            "name": cells["name"],
            "kind": "group",
            "country": cells["country"],
            "sector": cells["sector"],
            "as_of": AS_OF,
            "source": "detente, stated by hand",
        }
        if cells["people"]:
            yield row(**common, form="people", aliases=cells["people"])
        if cells["adjectives"]:
            yield row(**common, form="adjective", aliases=cells["adjectives"])
