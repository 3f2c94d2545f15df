"""Compile the knowledge tables under src/detente/knowledge/data from hand-kept sources and the shared tables.

Run from the root of the repository: ``python -m scripts.compile_knowledge``. The office holders need the shared data
folder beside the checkout; without it the table of persons stays as it is. Same sources, same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from scripts.knowledge.entities import entity_rows, people_rows
from scripts.knowledge.gatherings import write_gatherings
from scripts.knowledge.persons import person_rows
from scripts.knowledge.states import place_rows, state_rows
from scripts.knowledge.tables import Row, read_source, write_table
from scripts.knowledge.words import write_common_words, write_prominence

SHARED = Path(__file__).resolve().parents[2] / "shared"
KEPT_BY_HAND: dict[str, Callable[[], Iterator[Row]]] = {
    "states": state_rows,
    "places": place_rows,
    "organisations": lambda: entity_rows("organisation", ("organisations",)),
    "groups": lambda: chain(entity_rows("group", ("groups",)), people_rows()),
    "bodies": lambda: entity_rows("body", ("bodies", "media", "companies", "ngos")),
}


def persons(shared: Path) -> Iterator[Row]:
    """The rows of the table of persons, out of the shared folder and the successions and figures kept by hand."""
    states = read_source("states")
    names = {state["country"]: state["names"].split("|")[0] for state in states}
    adjectives = {state["country"]: state["adjectives"].split("|")[0] for state in states}
    return person_rows(shared, names, adjectives)


def main() -> None:
    """Compile every table whose sources are there, and tell the number of rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of shared data")
    shared = parser.parse_args().shared
    written = {table: write_table(table, rows()) for table, rows in KEPT_BY_HAND.items()}
    if (shared / "data").is_dir():
        write_prominence(shared, read_source("states"))
        written["persons"] = write_table("persons", persons(shared), packed=True)
        write_common_words(shared)
        written["gatherings"] = write_gatherings(shared)
    for table, count in written.items():
        print(f"{table}: {count} rows")


if __name__ == "__main__":
    main()
