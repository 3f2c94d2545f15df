"""A term: one post of one person, as the compiling steps hand it on; and the terms stated by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from scripts.knowledge.tables import HERE

BY_HAND = "detente, stated by hand"
# Until when the facts stated by hand are known to hold.
KNOWN_UNTIL = "2025-06-01"


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


@dataclass(frozen=True, slots=True)
class Span:
    """The days a row of successions speaks for: within them it is all there is to know of the post."""

    country: str
    office: str
    start: str
    end: str


_HOLDER = re.compile(r"(?P<name>[^(]+?)(?: \((?P<others>[^)]*)\))? (?P<day>\d{4}-\d\d-\d\d)")
_FIGURE = re.compile(r"(?P<name>[^(]+?)(?: \((?P<others>.*)\))?")
_QID = re.compile(r"Q\d+")
_ROW = re.compile(r"(?P<country>[A-Z]{3}) (?P<office>[a-z_]+) \| (?P<title>[^|]+) \| (?P<holders>.+)")
# Titles that say already whose they are.
_OWNED = ("Kremlin", "White House", "State Department", "Pentagon", "Taliban", "UN ", "European", "chief Brexit")


def kept_by_hand(names: dict[str, str], adjectives: dict[str, str]) -> tuple[list[Term], list[Span]]:
    """The terms of successions.txt and figures.txt, and the spans that the former speak for."""
    terms, spans = [], []
    for line in (HERE / "successions.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            row = _succession(line, names, adjectives)
            terms += row
            spans.append(Span(row[0].country, row[0].office, row[0].start, row[-1].end or KNOWN_UNTIL))
    return terms + list(_figures()), spans


def _succession(line: str, names: dict[str, str], adjectives: dict[str, str]) -> list[Term]:
    match = _ROW.fullmatch(line)
    if match is None:
        raise SystemExit(f"scripts/knowledge/successions.txt: not a row: {line[:80]}")
    country, office, title = match["country"], match["office"], match["title"]
    pieces = [piece.strip() for piece in match["holders"].split(" > ")]
    holders = [_HOLDER.fullmatch(piece) for piece in pieces]
    if None in holders:
        raise SystemExit(f"scripts/knowledge/successions.txt: not a holder: {pieces[holders.index(None)]}")
    found = [holder for holder in holders if holder is not None]
    days = [holder["day"] for holder in found]
    if days != sorted(days):
        raise SystemExit(f"scripts/knowledge/successions.txt: days out of order: {line[:80]}")
    others = [_marks(holder["others"]) for holder in found]
    return [
        Term(
            id=spelled.id,
            name=holder["name"],
            country=country,
            office=office,
            role=_role(title, country, names, adjectives),
            start=holder["day"],
            end=following,
            as_of=following or max(KNOWN_UNTIL, holder["day"]),
            source=BY_HAND,
            sector=spelled.sector,
            aliases=spelled.aliases,
            by_hand=True,
        )
        for holder, following, spelled in zip(found, [*days[1:], ""], others, strict=True)
        if holder["name"] != "."
    ]


class _Marks(NamedTuple):
    """What stands in brackets after a name."""

    id: str
    sector: str
    aliases: tuple[str, ...]


def _marks(text: str | None) -> _Marks:
    marks = [mark.strip() for mark in (text or "").split(" / ") if mark.strip()]
    ids = [mark for mark in marks if _QID.fullmatch(mark)]
    sectors = [mark for mark in marks if mark.startswith("sector:")]
    aliases = tuple(mark for mark in marks if mark not in ids and mark not in sectors)
    return _Marks("".join(ids), "".join(sectors).removeprefix("sector:"), aliases)


def _role(title: str, country: str, names: dict[str, str], adjectives: dict[str, str]) -> str:
    if country == "IGO" or " of " in title or title.startswith(_OWNED):
        return title
    if title.startswith("Ambassador to"):
        return f"{adjectives[country]} a{title[1:]}"
    return f"{title} of {with_article(names[country])}"


def with_article(place: str) -> str:
    """The name of a state as it stands after "of"."""
    takes_one = ("United", "Netherlands", "Philippines", "Czech R", "Central Af", "Democratic", "Republic of the C")
    return f"the {place}" if place.startswith((*takes_one, "Maldives", "Solomon", "Bahamas", "Gambia")) else place


def _figures() -> Iterator[Term]:
    for line in (HERE / "figures.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        match = _FIGURE.fullmatch(cells[0])
        if match is None or len(cells) != 5:
            raise SystemExit(f"scripts/knowledge/figures.txt: not a row: {line[:80]}")
        country, office = cells[1].split()
        marks = _marks(match["others"])
        yield Term(
            id=marks.id,
            name=match["name"],
            country=country if country != "---" else "",
            office=office,
            role=cells[2],
            start=cells[3],
            end=cells[4],
            as_of=KNOWN_UNTIL,
            source=BY_HAND,
            sector=marks.sector,
            aliases=marks.aliases,
            by_hand=True,
        )
