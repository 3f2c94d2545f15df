"""One stated fact of the political world, and the codes it may carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

EntryKind = Literal["state", "place", "person", "office", "organisation", "group", "body"]
Form = Literal["name", "adjective", "people", "capital", "seat", "region", "family"]

KINDS: tuple[str, ...] = get_args(EntryKind)
FORMS: tuple[str, ...] = get_args(Form)
# Country codes of the coding guide beyond ISO 3166-1.
BEYOND_STATES = frozenset({"IGO", "NGO", "MNC"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One stated fact: what an entity is between two days (ISO, inclusive; null where open or unknown).

    `id` is a Wikidata id where one is known, else a name of our own. `country` and `sector` are codes of GUIDE.md.
    `role` is the post of a person ("President of Russia"); `office` its kind ("head_of_state"). `source` says where
    the fact comes from and `as_of` until which day it was known to hold. `form` is what the looked-up name is to the
    entity: its ``name`` (or full name, or acronym), the ``adjective`` or the name of its ``people``, its ``capital``,
    the ``seat`` of its government, a ``region`` of it, or the ``family`` name of a person.
    """

    id: str
    name: str
    kind: EntryKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    office: str | None = None
    start: str | None = None
    end: str | None = None
    source: str = ""
    form: Form = "name"
    as_of: str | None = None

    def holds_on(self, day: str) -> bool:
        """Whether the fact holds on an ISO day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
