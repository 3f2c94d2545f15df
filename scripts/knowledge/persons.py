"""Office holders with their days, out of the shared tables and the facts kept by hand."""

from __future__ import annotations

import csv
import gzip
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from detente.knowledge.families import family_names
from detente.knowledge.naming import key_of
from detente.knowledge.tables import load_offices
from scripts.knowledge.spellings import other_spellings
from scripts.knowledge.tables import Row, code_of, read_source, row

FIRST_DAY = "1988-01-01"
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


@dataclass(frozen=True, slots=True)
class Term:
    """One post of one person; `end` empty where it is not known to have ended."""

    id: str
    name: str
    country: str
    office: str
    role: str
    start: str
    end: str
    as_of: str
    source: str
    sector: str = ""
    family: str = ""
    aliases: tuple[str, ...] = field(default=())
    by_hand: bool = False


def person_rows(shared: Path, names: dict[str, str], adjectives: dict[str, str]) -> Iterator[Row]:
    """Rows of all persons: the hand-kept facts over the shared ones. `names` and `adjectives` are of states by code."""
    by_hand = list(_kept_by_hand())
    terms = list(_identified([*by_hand, *_from_shared(shared, names, adjectives)]))
    terms = _merged(terms)
    terms = _without_overruled(terms)
    terms = _ended_by_successors(terms)
    terms = _with_mentions(terms, shared, names)
    yield from _rows(terms)


def _kept_by_hand() -> Iterator[Term]:
    for source in ("leaders", "officials", "figures"):
        for cells in read_source(source):
            yield Term(
                id=cells["id"],
                name=cells["name"],
                country=cells["country"],
                office=cells["office"],
                role=cells["role"],
                start=cells["start"],
                end=cells["end"],
                as_of=cells["as_of"] or "2025-06-01",
                source="detente, stated by hand",
                sector=cells["sector"],
                family=cells["family"],
                aliases=tuple(filter(None, cells["aliases"].split("|"))),
                by_hand=True,
            )


def _from_shared(shared: Path, names: dict[str, str], adjectives: dict[str, str]) -> Iterator[Term]:
    patterns = [(re.compile(p["pattern"], re.IGNORECASE), p["office"]) for p in read_source("positions")]
    with gzip.open(shared / "data" / "officeholders.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            country = code_of(cells["country"])
            # Share-alike rows are left out: these tables go under the project's own licence.
            if not country or cells["licence"].startswith("CC BY-SA") or (cells["end"] or "9") < FIRST_DAY:
                continue
            office = _office_of(cells["role"], cells["position"], patterns)
            start, end = _whole_day(cells["start"]), _whole_day(cells["end"], last=True)
            if not office or not _is_name(cells["name"]) or not start or (end and end < start):
                continue
            name, family = _without_capitals(cells["name"])
            yield Term(
                id=cells["wikidata"],
                name=name,
                country=country,
                office=office,
                role=_role(cells["position"], office, country, names, adjectives),
                start=start,
                end=end,
                as_of=_whole_day(cells["as_of"]),
                source="CIA World Factbook" if "Factbook" in cells["source"] else "Wikidata",
                family=family,
            )


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REGIONAL = re.compile(
    r"(president|prime minister|premier|chief minister|governor) of (?!the (state )?council)", re.IGNORECASE
)


def _office_of(role: str, position: str, patterns: list[tuple[re.Pattern[str], str]]) -> str:
    if role in {"head_of_state", "head_of_government"}:
        return role
    if role == "foreign_minister" and position in {"Secretary of State", "United States Secretary of State"}:
        return "foreign_minister"
    if role != "head" and re.match(r"secretary of state of", position, re.IGNORECASE):
        return ""
    for pattern, office in patterns:
        if pattern.search(position):
            return office
    return "regional_head" if role == "head" and _REGIONAL.match(position) else ""


def _role(position: str, office: str, country: str, names: dict[str, str], adjectives: dict[str, str]) -> str:
    position = position[:1].upper() + position[1:]
    if country == "IGO" or " to " in f"{position} " or office == "regional_head":
        prefix = adjectives.get(country, "") if office == "ambassador" else ""
        return f"{prefix} {position[0].lower()}{position[1:]}" if prefix else position
    place = names.get(country, "")
    if not position or not place or f" {place}" in position:
        return position or office.replace("_", " ").capitalize()
    article = "the " if place.startswith(("United", "Netherlands", "Philippines", "Czech R", "Central Af")) else ""
    return f"{position} of {article}{place}"


def _is_name(name: str) -> bool:
    return " " in name.strip() and not re.search(r"\d|vacant|\(|unknown|acting|council|committee", name, re.IGNORECASE)


def _without_capitals(name: str) -> tuple[str, str]:
    """A name as it is written in news, and its family name where the source sets that in capitals."""
    words = name.split()
    loud = [word for word in words if len(word) > 2 and word.isupper() and word.isalpha()]
    if not loud:
        return name, ""
    calm = [_calm(word) if word.isupper() and len(word) > 1 and "." not in word else word for word in words]
    return " ".join(calm), " ".join(_calm(word) for word in words if word in loud)


def _calm(word: str) -> str:
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def _whole_day(day: str, *, last: bool = False) -> str:
    """The first or last day of a month or year told without one; empty where no date is told."""
    if _DAY.fullmatch(day):
        return day
    if not re.fullmatch(r"\d{4}(-\d\d)?", day):
        return ""
    year, month = int(day[:4]), int(day[5:7] or (12 if last else 1))
    return f"{year}-{month:02}-{monthrange(year, month)[1] if last else 1:02}"


def _identified(terms: Iterable[Term]) -> Iterator[Term]:
    """Give each person one id: the Wikidata id of a namesake of the same country, else one made of the name."""
    terms = list(terms)
    ids: dict[tuple[str, str], str] = {}
    by_ends: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    by_start: dict[tuple[str, str, str], list[Term]] = defaultdict(list)
    for term in terms:
        if term.id:
            for name in (term.name, *term.aliases):
                ids.setdefault((term.country, key_of(name)), term.id)
                by_ends[term.country, *_first_and_last(name)].add(term.id)
            by_start[term.country, term.office, term.start].append(term)
    for term in terms:
        if term.id:
            yield term
            continue
        same_ends = by_ends.get((term.country, *_first_and_last(term.name)), set())
        found = (
            ids.get((term.country, key_of(term.name)))
            or _same_start(term, by_start)
            or (next(iter(same_ends)) if len(same_ends) == 1 else f"person:{term.name}")
        )
        yield replace(term, id=found)


def _first_and_last(name: str) -> tuple[str, str]:
    words = key_of(name).split()
    return words[0], words[-1]


def _same_start(term: Term, by_start: dict[tuple[str, str, str], list[Term]]) -> str:
    words = set(key_of(term.name).split())
    begun = date.fromisoformat(term.start) if term.start else None
    if begun is None:
        return ""
    for shift in sorted(range(-10, 11), key=abs):
        day = (begun + timedelta(days=shift)).isoformat()
        for other in by_start.get((term.country, term.office, day), ()):
            if words & set(key_of(other.name).split()):
                return other.id
    return ""


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


def _without_overruled(terms: list[Term]) -> list[Term]:
    """Drop shared terms of a post that the hand-kept facts tell of the same person."""
    told = defaultdict(list)
    for term in terms:
        if term.by_hand:
            told[term.id, term.country, term.office].append(term)
    kept = []
    for term in terms:
        overlapping = any(
            term.start <= (other.end or "9") and other.start <= (term.end or "9")
            for other in told.get((term.id, term.country, term.office), ())
        )
        if term.by_hand or not overlapping:
            kept.append(term)
    return kept


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
        if not country or int(cells["mentions"]) < 2 or not _is_name(name) or (country, key_of(name)) in known:
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
        by_key = {key_of(n): n for n in sorted(spelled, reverse=True)}
        by_key.pop(key_of(shown), None)
        families = {f for t in posts for f in _families(t)}
        families |= {other for f in tuple(families) for other in other_spellings(f, posts[0].country)}
        for number, term in enumerate(posts):
            office = offices.get(term.office)
            sector = term.sector or ("IGO" if term.country == "IGO" else office.sector if office else "")
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
