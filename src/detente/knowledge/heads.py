"""Who heads an organisation or a group, asked in words: *un secretary-general*, *nato chief*, *Hamas leader*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from detente.knowledge.entry import Entry
from detente.knowledge.lookup import Knowledge
from detente.knowledge.naming import written_ways
from detente.knowledge.tables import load_name_words

_OFFICES = ("organisation_head", "organisation_official", "rebel_leader", "supreme_leader")
_HEADING = frozenset(_OFFICES) - {"organisation_official"}
_OF_GROUP = "rebel_leader"
_HEADING_GROUP = ("secretary general", "president", "supreme")
_NOBODYS = "---"
_BODIES = frozenset({"organisation", "group", "body"})


def heads_of(knowledge: Knowledge, title: str, body: str, as_of: date | None) -> tuple[Entry, ...]:
    """Those who hold the post `title` of the organisation or group called `body`, in order of time.

    *Chief*, *head* and *leader* are whoever heads it. Empty where the body or such a post in it is not known.
    """
    ids = frozenset(_ids(knowledge, body))
    countries = sorted({country for _, country in ids if country} | {_NOBODYS})
    terms = (term for office in _OFFICES for country in countries for term in knowledge.terms(office, country))
    found = [
        term
        for term in terms
        if (as_of is None or term.holds_on(as_of.isoformat())) and _is_post(knowledge, term, title, ids)
    ]
    return tuple(sorted(found, key=lambda term: (term.start or "", term.id)))


def _ids(knowledge: Knowledge, body: str) -> Iterator[tuple[str, str | None]]:
    for name in written_ways(body):
        yield from ((entry.id, entry.country) for entry in knowledge.named(name) if entry.kind in _BODIES)


def _is_post(knowledge: Knowledge, term: Entry, title: str, bodies: Iterable[tuple[str, str | None]]) -> bool:
    """Whether the role of a term is that post: *Secretary General of NATO*, *UN High Commissioner for Refugees*."""
    asked = _plain(title)
    heads = load_name_words()["head"]
    is_head = asked in heads and term.office in _HEADING
    return any(
        (_plain(post) == asked or (is_head and _may_head(_plain(post), term, heads)))
        and not frozenset(bodies).isdisjoint(_ids(knowledge, body))
        for post, body in _cuts(term.role or "")
    )


def _may_head(post: str, term: Entry, heads: Iterable[str]) -> bool:
    """Whether who has the post may head the body: of a group, no spokesman or commander does."""
    return term.office != _OF_GROUP or post in heads or post.startswith(_HEADING_GROUP)


def _cuts(role: str) -> Iterator[tuple[str, str]]:
    post, of, body = role.rpartition(" of ")
    if of:
        yield post, body.removeprefix("the ")
    body, _, post = role.partition(" ")
    yield post, body


def _plain(title: str) -> str:
    return title.casefold().replace("-", " ").replace(".", "")
