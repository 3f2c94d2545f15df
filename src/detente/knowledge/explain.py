"""What is known of a name on a day, and why, for a person to read."""

from __future__ import annotations

from datetime import date

from detente.knowledge.asking import asked
from detente.knowledge.entry import Entry, Form
from detente.knowledge.lookup import Knowledge
from detente.knowledge.posts import nearest_posts

_FORMS: dict[Form, str] = {
    "adjective": "adjective",
    "people": "its people",
    "capital": "capital",
    "seat": "seat of government",
    "region": "region",
    "family": "family name",
}


def explain(knowledge: Knowledge, name: str, as_of: date | None) -> str:
    """All candidates for a name, likeliest first, with days, codes and source, and all facts about the first."""
    entries = asked(knowledge, name, as_of)
    on = f" on {as_of.isoformat()}" if as_of else ""
    if not entries:
        near = nearest_posts(knowledge, name, as_of)
        told = (f"     {entry.role}: {entry.name}, {_days(entry)}" for entry in near)
        return "\n".join(
            [f"Nothing is known of {name!r}{on}.", *(["Posts called much like it:"] if near else []), *told]
        )
    lines = [f"{name!r}{on} may stand for:"]
    for number, entry in enumerate(entries, start=1):
        lines.append(f"{number:>3}. {_told(entry)}")
        lines.append(f"     {_why(entry)}")
    if as_of and len(entries) > 1:
        lines.append(f"The first wins: {_reason(entries[0], entries[1], as_of)}.")
    if knowledge.is_common_word(name):
        lines.append("The word is an ordinary word or a given name too: a report must say more before it counts.")
    if as_of and (others := _other_facts(knowledge, entries[0])):
        lines += ["All that is known of the first:", *(f"     {_fact(entry)}" for entry in others)]
    return "\n".join(lines)


def as_rows(knowledge: Knowledge, name: str, as_of: date | None) -> list[dict[str, str | None]]:
    """The same candidates as plain dicts, for machines."""
    return [_row(entry) for entry in asked(knowledge, name, as_of)]


def nearest_rows(knowledge: Knowledge, name: str, as_of: date | None) -> list[dict[str, str | None]]:
    """The posts called most like what nobody is known by, as the same dicts."""
    return [_row(entry) for entry in nearest_posts(knowledge, name, as_of)]


def _row(entry: Entry) -> dict[str, str | None]:
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "form": entry.form,
        "country": entry.country,
        "sector": entry.sector,
        "role": entry.role,
        "office": entry.office,
        "start": entry.start,
        "end": entry.end,
        "as_of": entry.as_of,
        "source": entry.source,
    }


def _told(entry: Entry) -> str:
    codes = f"{entry.country or '---'} {entry.sector or '---'}"
    form = f" ({_FORMS[entry.form]})" if entry.form in _FORMS else ""
    role = f", {entry.role}" if entry.role else ""
    return f"{entry.name}{form}{role} · {entry.kind} · {codes}"


def _why(entry: Entry) -> str:
    known = f", known to {entry.as_of}" if entry.as_of else ""
    return f"{_days(entry)} · {entry.source or 'no source'}{known} · {entry.id}"


def _days(entry: Entry) -> str:
    if not entry.start and not entry.end:
        return "any day"
    return f"{entry.start or '…'} to {entry.end or '…'}"


def _fact(entry: Entry) -> str:
    what = entry.role or f"{entry.name}: {entry.country or '---'} {entry.sector or '---'}"
    return f"{_days(entry)}  {what}"


def _reason(first: Entry, second: Entry, as_of: date) -> str:
    day = as_of.isoformat()
    if first.form != second.form:
        return f"as a {first.form} it goes before a {second.form}"
    if first.kind != second.kind:
        return f"a {first.kind} goes before a {second.kind} of the same name"
    if first.holds_on(day) and not second.holds_on(day):
        return "in office on that day, the next is not"
    return "its office and its country are more in the news"


def _other_facts(knowledge: Knowledge, entry: Entry) -> list[Entry]:
    facts = [other for other in knowledge.named(entry.name) if other.id == entry.id and other.form != "family"]
    return facts if len(facts) > 1 else []
