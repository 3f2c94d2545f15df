"""Posts out of the shared table of office holders."""

from __future__ import annotations

import csv
import gzip
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from detente.knowledge.tables import load_prominence
from scripts.knowledge.tables import code_of, read_source
from scripts.knowledge.terms import Term, with_article

FIRST_DAY = "1988-01-01"


def from_shared(shared: Path, names: dict[str, str], adjectives: dict[str, str]) -> Iterator[Term]:
    """The posts of the shared table that tell of this room's offices, since 1988; share-alike rows are left out."""
    weights = load_prominence()
    patterns = [(re.compile(p["pattern"], re.IGNORECASE), p["office"]) for p in read_source("positions")]
    with gzip.open(shared / "data" / "officeholders.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    territories = Counter(cells["name"] for cells in rows if "Factbook" in cells["source"])
    for cells in rows:
        country = code_of(cells["country"])
        # A king or president of several countries is kept for his own.
        if territories[cells["name"]] > 1 and country not in _OWN_HEADS:
            continue
        # Share-alike rows are left out: these tables go under the project's own licence.
        if not country or cells["licence"].startswith("CC BY-SA") or (cells["end"] or "9") < FIRST_DAY:
            continue
        office = _office_of(cells["role"], cells["position"], patterns)
        start, end = _whole_day(cells["start"]), _whole_day(cells["end"], last=True)
        if not office or not is_name(cells["name"]) or not start or (end and end < start):
            continue
        if not _is_worth_keeping(office, country, cells["position"], weights):
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


def _is_worth_keeping(office: str, country: str, position: str, weights: Mapping[str, float]) -> bool:
    """Lesser posts count only in countries much in the news, envoys only where they are sent to such."""
    weight = weights.get(country, 0)
    if office == "ambassador":
        return weight >= 0.5 and bool(_GREAT_POSTS.search(position))
    return weight >= _LESSER.get(office, 0)


_OWN_HEADS = frozenset({"GBR", "USA", "FRA", "NLD", "DNK"})
_LESSER = {"minister": 0.5, "official": 0.65, "judge": 0.65, "regional_head": 0.25, "justice_minister": 0.3}
_GREAT_POSTS = re.compile(
    r"to (the )?(united nations|un\b|nato|north atlantic|european union|united states|russia|soviet|china|people's|"
    r"united kingdom|france|germany|israel|ukraine|iran|iraq|syria|afghanistan|pakistan|india|japan|south korea|"
    r"north korea|turkey|egypt|saudi|libya|mexico|venezuela|cuba|lebanon|yemen)",
    re.IGNORECASE,
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
    return f"{position} of {with_article(place)}"


def is_name(name: str) -> bool:
    """Whether the words can be the name of a person."""
    return " " in name.strip() and not re.search(r"\d|vacant|\(|unknown|acting|council|committee", name, re.IGNORECASE)


def _without_capitals(name: str) -> tuple[str, str]:
    """A name as it is written in news, and its family name where the source sets that in capitals."""
    words = _PREFIX.sub("", name).split()
    loud = [word for word in words if len(word) > 2 and word.isupper() and word.isalpha()]
    if not loud:
        return " ".join(words), ""
    calm = [_calm(word) if word.isupper() and len(word) > 1 and "." not in word else word for word in words]
    return " ".join(calm), " ".join(_calm(word) for word in words if word in loud)


def _calm(word: str) -> str:
    return word if _NUMERAL.fullmatch(word) else "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


_NUMERAL = re.compile(r"[IVX]+")
_PREFIX = re.compile(
    r"^(?:.*(?:Confederation|Armed Forces) )?(?:(?:Sr|Lt|Maj|Brig)\. )?(?:(?:Gen|Capt|Col|Dr)\. |General |King |Emir )?"
)


def _whole_day(day: str, *, last: bool = False) -> str:
    """The first or last day of a month or year told without one; empty where no date is told."""
    if _DAY.fullmatch(day):
        return day
    if not re.fullmatch(r"\d{4}(-\d\d)?", day):
        return ""
    year, month = int(day[:4]), int(day[5:7] or (12 if last else 1))
    return f"{year}-{month:02}-{monthrange(year, month)[1] if last else 1:02}"
