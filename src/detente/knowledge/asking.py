"""Questions in a person's words: a name in any case, or an office and its state ("the president of Finland")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from detente.knowledge.entry import Entry
from detente.knowledge.heads import heads_of
from detente.knowledge.lookup import Knowledge
from detente.knowledge.naming import written_ways
from detente.knowledge.posts import names_a_post, post_holders, usual_name
from detente.knowledge.tables import load_titles

_BODIES = frozenset({"organisation", "body"})
_LEADER = "leader"
_LEADING = (("supreme_leader",), ("head_of_state", "head_of_government"))


def asked(knowledge: Knowledge, words: str, as_of: date | None) -> tuple[Entry, ...]:
    """What is known of a name as written, else of it in the capitals it is known by, else of who holds an office.

    ``putin``, ``nato`` and ``the president of Finland``, ``Finland's foreign minister``, ``french president``,
    ``un secretary-general``, ``nato chief``, ``cia director`` and ``the pope`` answer, and posts as reporters call them
    (``eu foreign policy chief``).
    Without a day all known holders of an office come, in order of time.
    """
    named = next((found for name in written_ways(words) if (found := knowledge.named(name, as_of))), ())
    # Some bodies go by the post of their head: *the UN High Commissioner for Human Rights*.
    if named and not (named[0].kind in _BODIES and names_a_post(words)):
        return named
    usual = usual_name(words)
    return _in_office(knowledge, usual, as_of) or post_holders(knowledge, usual, as_of) or named


def _in_office(knowledge: Knowledge, words: str, as_of: date | None) -> tuple[Entry, ...]:
    """Who holds the office that a title and a state or body name."""
    for title, of in _offices(words):
        country = _country(knowledge, of, as_of) if of else _only_state(knowledge, title)
        if country and (office := knowledge.office_of(title, country)):
            return _holders(knowledge, office, country, as_of)
        if country and of and title.casefold() == _LEADER:
            return _leaders(knowledge, country, as_of)
        if of and (heads := heads_of(knowledge, title, of, as_of)):
            return heads
    return ()


def _leaders(knowledge: Knowledge, country: str, as_of: date | None) -> tuple[Entry, ...]:
    """Whoever leads a state: its supreme leader, or the heads of state and of government."""
    for offices in _LEADING:
        found = [entry for office in offices for entry in _holders(knowledge, office, country, as_of)]
        if found:
            return tuple({entry.id: entry for entry in reversed(found)}.values())[::-1]
    return ()


def _holders(knowledge: Knowledge, office: str, country: str, as_of: date | None) -> tuple[Entry, ...]:
    if as_of is None:
        return knowledge.terms(office, country)
    holder = knowledge.holder(office, country, as_of)
    return () if holder is None else (holder,)


def _offices(words: str) -> Iterator[tuple[str, str]]:
    """Title and whose it is: "<title> of <whose>", else "<whose>('s) <title>" cut anywhere, else a title alone."""
    plain = words.removeprefix("the ").removeprefix("The ")
    title, of, state = plain.rpartition(" of ")
    if of:
        yield title, state.removeprefix("the ").removeprefix("The ")
    parts = plain.split()
    for cut in range(1, len(parts)):
        state = " ".join(parts[:cut])
        yield " ".join(parts[cut:]), state.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")
    yield plain, ""


def _only_state(knowledge: Knowledge, title: str) -> str | None:
    """The one state that has such an office: *the pope*, *the taoiseach*."""
    countries = [*load_titles().get(title.casefold(), {})]
    return countries[0] if len(countries) == 1 and knowledge.state(countries[0]) else None


def _country(knowledge: Knowledge, state: str, as_of: date | None) -> str | None:
    """The country of a state's name or adjective in any case."""
    found = (entry for name in written_ways(state) for entry in knowledge.named(name, as_of))
    return next((entry.country for entry in found if entry.kind == "state"), None)
