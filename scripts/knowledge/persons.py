"""Office holders with their days, out of the shared tables and the facts kept by hand."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from rapidfuzz.fuzz import ratio

from detente.knowledge.families import family_names, is_honorific
from detente.knowledge.naming import key_of
from detente.knowledge.tables import load_offices
from scripts.knowledge.shared_terms import from_shared, is_name
from scripts.knowledge.spellings import other_spellings
from scripts.knowledge.tables import Row, code_of, row
from scripts.knowledge.terms import Span, Term, kept_by_hand

# One holder at a time: a new term ends the one before it.
_EXCLUSIVE = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "defence_minister",
        "interior_minister",
        "finance_minister",
    }
)
# Whoever heads an organisation or speaks for it has its sector.
_OF_NO_STATE = {"IGO": "IGO", "NGO": "CVL"}
_MENTIONED = {
    "PRES": "head_of_state",
    "MON": "head_of_state",
    "PM": "head_of_government",
    "CHAN": "head_of_government",
    "FM": "foreign_minister",
    "DEF": "defence_minister",
    "INT": "interior_minister",
    "NSA": "national_security_adviser",
    "VP": "vice_president",
    "DPM": "deputy_head_of_government",
}


def person_rows(shared: Path, names: dict[str, str], adjectives: dict[str, str]) -> Iterator[Row]:
    """Rows of all persons: the hand-kept facts over the shared ones. `names` and `adjectives` are of states by code."""
    by_hand, spans = kept_by_hand(names, adjectives)
    terms = list(_identified([*by_hand, *from_shared(shared, names, adjectives)]))
    terms = _merged(terms)
    terms = _without_overruled(terms, spans)
    terms = _ended_by_successors(terms)
    terms = _with_mentions(terms, shared, names)
    yield from _rows(terms)


def _identified(terms: Iterable[Term]) -> Iterator[Term]:
    """Give each person one id: the Wikidata id of a namesake of the same country, else one made of the name.

    The Factbook's names are long forms without ids; they are known by the day the term began or by first and last
    name as well.
    """
    terms = list(terms)
    known = _Known()
    for term in terms:
        if term.id:
            known.add(term)
    own = _ids_by_hand(terms, known)
    named = [replace(term, id=own[term.country, key_of(term.name)]) if term.by_hand else term for term in terms]
    for term in named:
        if term.by_hand:
            known.add(term)
    for term in named:
        yield term if term.id else replace(term, id=known.exactly(term) or known.nearly(term) or f"person:{term.name}")


def _ids_by_hand(terms: list[Term], known: _Known) -> dict[tuple[str, str], str]:
    """One id for each hand-kept name of a country, whichever of its rows gives the spelling that is known."""
    ids: dict[tuple[str, str], str] = {}
    for term in terms:
        key = (term.country, key_of(term.name))
        if term.by_hand and (found := known.exactly(term)):
            ids.setdefault(key, found)
    for term in terms:
        if term.by_hand:
            ids.setdefault((term.country, key_of(term.name)), f"person:{term.name}")
    return ids


class _Known:
    """Which id a name has, by country, by name alone, by day of beginning, by first and last name."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, set[str]] = defaultdict(set)
        self._by_start: dict[tuple[str, str, str], list[Term]] = defaultdict(list)
        self._by_ends: dict[tuple[str, str, str], set[str]] = defaultdict(set)

    def add(self, term: Term) -> None:
        for name in (term.name, *term.aliases):
            self._by_name.setdefault((term.country, key_of(name)), term.id)
            self._anywhere[key_of(name)].add(term.id)
            self._by_ends[(term.country, *_first_and_last(name))].add(term.id)
        self._by_start[term.country, term.office, term.start].append(term)

    def exactly(self, term: Term) -> str:
        if term.id:
            return term.id
        for name in (term.name, *term.aliases):
            if found := self._by_name.get((term.country, key_of(name))):
                return found
        anywhere = self._anywhere.get(key_of(term.name), set())
        return next(iter(anywhere)) if len(anywhere) == 1 and term.country == "IGO" else ""

    def nearly(self, term: Term) -> str:
        words = set(key_of(term.name).split())
        begun = date.fromisoformat(term.start)
        for shift in sorted(range(-10, 11), key=abs):
            day = (begun + timedelta(days=shift)).isoformat()
            for other in self._by_start.get((term.country, term.office, day), ()):
                if words & set(key_of(other.name).split()):
                    return other.id
        ends = self._by_ends.get((term.country, *_first_and_last(term.name)), set())
        return next(iter(ends)) if len(ends) == 1 else ""


def _first_and_last(name: str) -> tuple[str, str]:
    words = key_of(name).split()
    return words[0], words[-1]


def _merged(terms: list[Term]) -> list[Term]:
    """One term for the overlapping or adjoining pieces of a post, the hand-kept ones apart."""
    groups: dict[tuple[str, ...], list[Term]] = defaultdict(list)
    for term in terms:
        sort = term.role if term.office in {"minister", "official", "ambassador", "spokesperson"} else ""
        groups[term.id, term.country, term.office, sort, str(term.by_hand)].append(term)
    merged: list[Term] = []
    for group in groups.values():
        group.sort(key=lambda term: (term.start, term.end or "9"))
        current = group[0]
        for term in group[1:]:
            if current.by_hand or term.start > _later(current.end or "9999-12-31", 45):
                merged.append(current)
                current = term
            else:
                current = _joined(current, term)
        merged.append(current)
    return merged


def _joined(first: Term, second: Term) -> Term:
    ends = [term.end for term in (first, second)]
    end = max(ends) if all(ends) else max(ends) if second.start == first.start else second.end
    newest = max(first, second, key=lambda term: term.as_of)
    return replace(
        first,
        end=end,
        as_of=newest.as_of,
        source=first.source if first.source == second.source else "Wikidata; CIA World Factbook",
        family=first.family or second.family,
        aliases=tuple(dict.fromkeys((*first.aliases, first.name, second.name, *second.aliases))),
    )


def _without_overruled(terms: list[Term], spans: list[Span]) -> list[Term]:
    """Drop or shorten shared terms that the hand-kept facts speak for; what they know of later days stays known."""
    told: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for span in spans:
        told[span.country, span.office].append(span)
    own = defaultdict(list)
    for term in terms:
        if term.by_hand:
            own[term.id, term.country].append(term)
    kept, known_later = [], {}
    for term in terms:
        if term.by_hand:
            kept.append(term)
            continue
        same = [other for other in own.get((term.id, term.country), ()) if _alike(term, other)]
        if any(_overlap(term, other) for other in same):
            if not term.end:
                known_later[term.id, term.country] = term.as_of
        elif term.office not in _EXCLUSIVE:
            kept.append(term)
        else:
            kept += _outside(term, told[term.country, term.office])
    return [
        replace(term, as_of=max(term.as_of, known_later.get((term.id, term.country), "")))
        if term.by_hand and not term.end
        else term
        for term in kept
    ]


def _alike(term: Term, by_hand: Term) -> bool:
    heads = {"head_of_state", "head_of_government", "supreme_leader"}
    return term.office == by_hand.office or {term.office, by_hand.office} <= heads


def _overlap(first: Term, second: Term) -> bool:
    return first.start <= (second.end or "9") and second.start <= (first.end or "9")


def _outside(term: Term, spans: list[Span]) -> list[Term]:
    for span in spans:
        if span.start <= term.start < span.end:
            return []
        if term.start < span.start and (not term.end or term.end > span.start):
            term = replace(term, end=span.start, as_of=min(term.as_of, span.start))
    return [term]


def _ended_by_successors(terms: list[Term]) -> list[Term]:
    """End an open term where another holder of the post began after the day the term was last known to run."""
    posts: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in terms:
        posts[term.country, term.office].append(term)
    ended = []
    for term in terms:
        if term.end or term.office not in _EXCLUSIVE:
            ended.append(term)
            continue
        next_start = min(
            (
                other.start
                for other in posts[term.country, term.office]
                if other.id != term.id and other.start > term.start and (other.start > term.as_of or other.by_hand)
            ),
            default="",
        )
        ended.append(replace(term, end=next_start, as_of=min(term.as_of, next_start)) if next_start else term)
    return ended


def _with_mentions(terms: list[Term], shared: Path, names: dict[str, str]) -> list[Term]:
    """Carry open terms on to the day a text last named their holder so, and add holders that only texts name."""
    with (shared / "data" / "officeholder_mentions.csv").open(encoding="utf-8", newline="") as file:
        mentions = [cells for cells in csv.DictReader(file) if cells["role"] in _MENTIONED]
    last: dict[tuple[str, str, str], str] = {}
    for cells in mentions:
        key = (_mentioned_country(cells), _MENTIONED[cells["role"]], key_of(cells["name"]))
        last[key] = max(last.get(key, ""), cells["last_seen"])
    carried = []
    for term in terms:
        seen = max(
            (last.get((term.country, term.office, key_of(name)), "") for name in (term.name, *term.aliases)), default=""
        )
        carried.append(replace(term, as_of=seen) if not term.end and seen > term.as_of else term)
    return carried + list(_only_mentioned(carried, mentions, names))


def _mentioned_country(cells: Row) -> str:
    # "India" was read as the Indian Ocean Territory by whoever made the table.
    return "IND" if cells["country"] == "British Indian Ocean Territory" else code_of(cells["country"])


def _only_mentioned(terms: list[Term], mentions: list[Row], names: dict[str, str]) -> Iterator[Term]:
    known = {(term.country, key_of(name)) for term in terms for name in (term.name, *term.aliases)}
    families = {(term.country, key_of(f)) for term in terms for f in _families(term)}
    for cells in mentions:
        country, office = _mentioned_country(cells), _MENTIONED[cells["role"]]
        name = cells["name"]
        if not country or int(cells["mentions"]) < 2 or not is_name(name) or (country, key_of(name)) in known:
            continue
        if any((country, key_of(family)) in families for family in family_names(name, country)):
            continue
        title = {"PRES": "President", "PM": "Prime Minister", "FM": "Foreign Minister", "DEF": "Defence Minister"}
        position = title.get(cells["role"], office.replace("_", " ").capitalize())
        yield Term(
            id=f"person:{name}",
            name=name,
            country=country,
            office=office,
            role=f"{position} of {names[country]}" if country in names else position,
            start=cells["first_seen"],
            end=cells["last_seen"],
            as_of=cells["last_seen"],
            source="named so in news texts on these days",
        )


def _families(term: Term) -> tuple[str, ...]:
    found = [*filter(None, term.family.split("|"))] or [*family_names(term.name, term.country)]
    if term.by_hand:
        for alias in term.aliases:
            first, _, rest = alias.partition(" ")
            if rest and not is_honorific(first):
                other = family_names(alias, term.country)
                # Another spelling of the family name ("Kadhafi"), not another name.
                if ratio(key_of(other[-1]), key_of(found[-1])) >= 60:
                    found += other
    return tuple(dict.fromkeys(found))


def _rows(terms: list[Term]) -> Iterator[Row]:
    """Rows in order of country, name and time; all names of a person stand on the first row."""
    people: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        people[term.id].append(term)
    offices = load_offices()
    for identity in sorted(people, key=lambda i: (min(t.country for t in people[i]), key_of(people[i][0].name), i)):
        posts = sorted(people[identity], key=lambda t: (t.start, -offices[t.office].weight if t.office else 0, t.role))
        shown = next((t.name for t in posts if t.by_hand), "") or min((t.name for t in posts), key=len)
        spelled = {n for t in posts for n in (t.name, *t.aliases)}
        spelled |= {other for n in tuple(spelled) for other in other_spellings(n, posts[0].country)}
        # Of spellings that differ in case the one with fewest capitals stays: "al-Sadr" may be written "Al-Sadr" too.
        by_key = {key_of(n): n for n in sorted(spelled, key=lambda n: (-sum(map(str.isupper, n)), n))}
        by_key.pop(key_of(shown), None)
        families = {f for t in posts for f in _families(t)}
        families |= {other for f in tuple(families) for other in other_spellings(f, posts[0].country)}
        for number, term in enumerate(posts):
            office = offices.get(term.office)
            sector = term.sector or _OF_NO_STATE.get(term.country) or (office.sector if office else "")
            yield row(
                id=identity,
                name=shown,
                aliases="|".join(sorted(by_key.values())) if number == 0 else "",
                family="|".join(sorted({key_of(f): f for f in sorted(families)}.values())),
                kind="person",
                country=term.country,
                sector=sector,
                role=term.role,
                office=term.office,
                start=term.start,
                end=term.end,
                as_of=term.as_of,
                source=term.source,
            )


def _later(day: str, days: int) -> str:
    return day if day.startswith("9999") else (date.fromisoformat(day) + timedelta(days=days)).isoformat()
