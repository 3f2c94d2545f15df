"""Holders of offices in a text against the page date: those who were not yet, or no longer, in office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from detente.checks.days import in_words, page_in_words
from detente.checks.lexicon import load_calendar, load_offices
from detente.knowledge import Entry, Knowledge
from detente.knowledge.tables import load_name_words
from detente.record import Check, Span

ELECT = 100
"""Days before taking office in which the title may be used already: an American president is elected 76 days before."""

AFTER = 10
"""Days after leaving office in which a page may still tell of the last ones in it."""

HEAD = 600
"""Characters at the beginning that tell the news itself; further down history is told as well."""

MOST_TITLE_WORDS = 6
LONGEST_NAME = 4

_RUN = re.compile(r"[A-Z][\w.’'-]*(?:[ ](?:(?:of|for|the|to|and|on)[ ]){0,2}[A-Z][\w.’'-]*)+")
_INITIAL = re.compile(r"[A-Z]\.?|Jr\.?|Sr\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.?")
_NOT_NOW = re.compile(
    r"\b(?:[Ff]irst|"
    r"[Ff]ormer(?:ly)?|[Ll]ate|[Tt]hen|[Ee]x|[Ff]uture|[Ii]ncoming|[Aa]cting|elect|designate)[ -]+(?:\w+ ){0,2}$"
)
_SIGNER = re.compile(
    r"^[ \t*]*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3}), (?P<title>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,5})[ \t*]*$",
    re.MULTILINE,
)
_NEXT = re.compile(r"[ \n-]([a-z]+)[ -]")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\byears? ago\b")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person named with a title at `span`, and the known terms in that office."""

    span: Span
    name: str
    role: str
    terms: tuple[Entry, ...]

    @property
    def is_alone(self) -> bool:
        """Whether one person at a time holds the office."""
        return self.terms[0].office in load_offices().single

    def replaced_on(self, day: date, knowledge: Knowledge) -> bool:
        """Whether somebody else is known to have held the office then: a table with a gap gives no doubt.

        Of a post that several hold, the term itself tells.
        """
        if not self.is_alone:
            return True
        entry = self.terms[0]
        other = knowledge.holder(entry.office or "", entry.country or "", day)
        return other is not None and other.id != entry.id and other.name != entry.name

    def starts_after(self, day: date) -> date | None:
        """The first day in office where all terms begin after `day`."""
        starts = [entry.start for entry in self.terms]
        known = [date.fromisoformat(start) for start in starts if start]
        return min(known) if len(known) == len(starts) and min(known) > day else None

    def ended_before(self, day: date) -> date | None:
        """The last day in office where all terms ended before `day`."""
        ends = [entry.end for entry in self.terms]
        known = [date.fromisoformat(end) for end in ends if end]
        return max(known) if len(known) == len(ends) and max(known) < day else None


def office_holder_checks(holders: Iterable[Holder], text: str, page: date, knowledge: Knowledge) -> Iterable[Check]:
    """The checks ``page-date-office``: persons who on the page date did not hold the office the text gives them.

    Who came into office later is doubted wherever the text names him with the title. Who had left it only where the
    report opens with him, in a sentence that names no other time, as history keeps titles.
    """
    found: dict[str, Check] = {}
    for holder in holders:
        if not holder.is_alone or not holder.replaced_on(page, knowledge):
            continue
        start = holder.starts_after(page + timedelta(ELECT))
        if start:
            message = f"{page_in_words(page)}; {holder.name} became {holder.role} on {in_words(start)}."
            found.setdefault(holder.name, Check("page-date-office", message, (holder.span,)))
            continue
        end = holder.ended_before(page - timedelta(AFTER))
        if end and holder.span.start < HEAD and not tells_history(text, holder.span):
            message = f"{page_in_words(page)}; {holder.name} was {holder.role} until {in_words(end)}."
            found.setdefault(holder.name, Check("page-date-office", message, (holder.span,)))
    yield from found.values()


def holders_in(text: str, knowledge: Knowledge) -> Iterator[Holder]:
    """Persons that `text` names right behind a title they are known by, save former and future ones."""
    for run in _RUN.finditer(text):
        words = list(re.finditer(r"\S+", run[0]))
        first = 1
        while first < len(words):
            found = _holder(text, run.start(), words, first, knowledge)
            if found:
                yield found
                # What follows the name is another person's title.
                words = [w for w in words if run.start() + w.start() >= found.span.end]
                first = 0
            first += 1


def signers_in(told: str, knowledge: Knowledge) -> Iterator[Holder]:
    """Persons whom a line of the head names as its writer or speaker, with their title behind: *X, Spokesperson*."""
    for line in _SIGNER.finditer(told, 0, HEAD):
        terms = _terms(line["title"].split(), line["name"].split(), knowledge)
        if terms and not _NOT_NOW.search(f"{line['title'].split()[0]} "):
            yield Holder(Span(*line.span("name")), terms[0].name, terms[0].role or "in office", terms)


def _holder(text: str, offset: int, words: list[re.Match[str]], first: int, knowledge: Knowledge) -> Holder | None:
    """The person whose name begins at word `first` of a run of capitalised words, behind a title."""
    length = next((n for n, w in enumerate(words[first:]) if not w[0][0].isupper()), len(words) - first)
    name = [w[0] for w in words[first : first + length]]
    if not 1 <= length <= LONGEST_NAME:
        return None
    terms = _terms([w[0] for w in words[:first]], name, knowledge)
    start, end = offset + words[0].start(), offset + words[first + length - 1].end()
    if terms and (_goes_on(text, end) or (length == 1 and _is_state(name[0], knowledge))):
        return None
    if not terms or _NOT_NOW.search(text, max(0, start - 30), start) or _NOT_NOW.search(f"{words[0][0]} "):
        return None
    return Holder(Span(start, end), terms[0].name, terms[0].role or terms[0].office or "in office", terms)


def _goes_on(text: str, end: int) -> bool:
    """Whether a particle goes on with the name: ``Foreign Minister Faisal bin Farhan``."""
    following = _NEXT.match(text, end)
    return following is not None and following[1] in load_name_words()["particle"]


def _is_state(name: str, knowledge: Knowledge) -> bool:
    """``the King of Jordan``."""
    return any(entry.kind == "state" and entry.form == "name" for entry in knowledge.named(name)[:1])


def _terms(title: list[str], name: list[str], knowledge: Knowledge) -> tuple[Entry, ...]:
    """The terms in the office `title` ends on of the persons called `name`; empty where there are none."""
    plain = [w.rstrip(".,") for w in name if not _INITIAL.fullmatch(w.rstrip(","))]
    if not plain or plain[-1] != name[-1].rstrip(".,") or plain[0] != name[0].rstrip(".,"):
        return ()
    persons = [e for e in _known_as(plain, knowledge) if e.kind == "person"]
    if not persons:
        return ()
    country = _country_in(title, knowledge)
    known = [e for e in persons if e.country == (country or e.country)]
    for start in range(max(0, len(title) - MOST_TITLE_WORDS), len(title)):
        if start and title[start - 1].casefold() in load_offices().lesser:
            continue
        words = " ".join(title[start:]).rstrip(",").removesuffix("’s").removesuffix("'s")
        terms = tuple(e for e in known if _is_office(words, e, knowledge))
        if terms and terms[0].office not in load_offices().single and _is_lesser(title[:start]):
            continue
        if terms:
            return terms
    return ()


def _is_lesser(before: list[str]) -> bool:
    """``Principal Deputy Press Secretary`` is no Press Secretary."""
    return any(word.casefold() in load_offices().lesser for word in before)


def _country_in(title: list[str], knowledge: Knowledge) -> str | None:
    """The country of a title that begins with its name or adjective."""
    return next((e.country for e in knowledge.named(title[0].removesuffix("’s")) if e.kind == "state"), None)


def _known_as(name: list[str], knowledge: Knowledge) -> list[Entry]:
    """Entries of a full name; of a family name alone only behind a title, with the given name where one is told."""
    entries = list(knowledge.named(" ".join(name)))
    if entries or len(name) == 1:
        return entries
    family = knowledge.named(name[-1])
    return [e for e in family if e.name.split()[0].casefold() == name[0].casefold()]


def _is_office(title: str, entry: Entry, knowledge: Knowledge) -> bool:
    if entry.office in load_offices().by_role:
        return _is_role(title.casefold(), (entry.role or "").casefold())
    if entry.office not in load_offices().single:
        return False
    told = knowledge.office_of(title, entry.country)
    return told == entry.office or (" " in title and (entry.role or "").casefold().startswith(title.casefold()))


def told_as_former(text: str, holder: Holder) -> bool:
    """Whether the text calls the holder former anywhere: then it keeps the title for politeness."""
    family = re.escape(holder.span.of(text).split()[-1].removesuffix("’s"))
    return re.search(rf"\b(?:[Ff]ormer|[Ll]ate|[Pp]assing of)\b[^.\n]{{0,80}}\b{family}\b", text) is not None


def _is_role(title: str, role: str) -> bool:
    """``Deputy Secretary``, ``Spokesperson``: how the name of a post begins or ends; a lone word where it ends so."""
    if " " not in title:
        return role.endswith(f" {title}") and " of " not in role
    return role.endswith(f" {title}") or role.startswith(title)


def tells_history(text: str, span: Span) -> bool:
    """Whether the sentence around `span` names a year or a month of its own."""
    start = max(text.rfind(". ", 0, span.start), text.rfind("\n", 0, span.start)) + 1
    ends = [at for stop in (". ", "\n") if (at := text.find(stop, span.end)) >= 0]
    sentence = text[start : min(ends, default=len(text))]
    months = load_calendar().months
    return bool(_YEAR.search(sentence)) or any(word.strip(",.").lower() in months for word in sentence.split())
