"""Alerts in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.archive.alerted import Alert, AlertEvidence, AlertKind, Pair
from detente.archive.promises import Promise
from detente.reading.cleaning import clean_line
from detente.relations.expected import Surprise
from detente.relations.names import state_name

LONGEST_TITLE = 120
"""Characters of a title that readers of feeds and mail show whole."""

_WAS = {"kept": "kept", "moved": "moved to another day", "broken": "broken"}
_ROLE = {"act": "", "announced": "Announced: ", "came": "What came: "}


def surprise_title(pairs: Sequence[Pair], surprise: Surprise) -> str:
    """What surprised, in one line."""
    named = ", ".join(f"{state_name(one)} – {state_name(other)}" for one, other in pairs)
    return _short(f"{named}: {surprise.direction} than expected in the week of {surprise.start}")


def surprise_text(surprise: Surprise) -> str:
    """By how much it surprised."""
    return f"Week of {surprise.start} to {surprise.end}, {surprise.read} reports read: {surprise.formula}"


def promise_title(kind: AlertKind, promise: Promise) -> str:
    """What came of which promise, in one line."""
    return _short(f"Promise {_WAS[kind]}: {clean_line(promise.made_words)}")


def promise_text(kind: AlertKind, promise: Promise) -> str:
    """When it was promised, what for, and what came."""
    made = promise.made.source.report_date or "an unknown day"
    first, last = promise.due
    due = "no day" if first is None else first if first == last else f"{first} to {last}"
    told = promise.answer.source.report_date if promise.answer else None
    return f"Announced on {made} for {due}; reports of {told or 'an unknown day'} tell that it was {_WAS[kind]}."


def alert_text(alert: Alert, link: str | None = None) -> str:
    """The whole alert for a person: text, evidence with its sources, and where to read on."""
    return "\n".join([alert.title, "", alert.text, "", *_told(alert), *([link] if link else [])]).rstrip()


def evidence_text(alert: Alert) -> str:
    """The alert without its title."""
    return "\n".join([alert.text, "", *_told(alert)]).rstrip()


def _told(alert: Alert) -> Iterator[str]:
    for evidence in alert.evidence:
        yield f"{_ROLE[evidence.role]}“{evidence.words}”"
        yield f"    {_source(evidence)}"
        yield ""


def _source(evidence: AlertEvidence) -> str:
    told = (evidence.publisher, evidence.report_date, evidence.status, evidence.url)
    return ", ".join(filter(None, told)) + f" [{evidence.event}]"


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"
