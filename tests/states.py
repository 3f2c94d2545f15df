"""The states of the mentions of a text."""

from __future__ import annotations

from datetime import date

from spacy.language import Language

from detente.knowledge import load_knowledge
from detente.language import parse
from detente.who import find_parties

DAY = date(2019, 10, 21)


def states_of(nlp: Language, text: str) -> dict[str, list[str | None]]:
    """The states of each mention, by its words in lower case."""
    cast = find_parties(parse(nlp, text), DAY, load_knowledge())
    return {m.parties[0].text.lower(): [p.country for p in m.parties] for m in cast.mentions}
