"""The codings of the dev sets as a model would have to tell them: what the house keeps of a perfect answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from detente.coding.llm.form import REPORT
from detente.coding.llm.prompt import compact
from detente.coding.llm.quoting import Quoting
from detente.coding.pipeline import Found
from detente.record import Span
from detente.when import Told, told_times
from detente.when.form import form_of


def answer_of(row: Mapping[str, Any], doc: Doc, found: Found) -> str:
    """The coding of a text as an answer in quotations; what no quotation can say is left out."""
    quoting = Quoting(row["text"])
    telling = _Telling(row["text"], quoting, found, told_times(doc, found[0]))
    events = [telling.event(event) for event in row["events"]]
    return compact({"events": events, "statements": [telling.statement(s) for s in row.get("statements") or ()]})


class _Telling:
    def __init__(self, text: str, quoting: Quoting, found: Found, told: Sequence[Told]) -> None:
        self._text = text
        self._quoting = quoting
        self._found = found
        self._told = told

    def event(self, event: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "type": event["type"],
            "mode": event.get("mode"),
            "status": event["status"],
            "trigger": self.words(event["trigger"]),
            "actors": [self.party(p) for p in event["actors"]],
            "recipients": [self.party(p) for p in event["recipients"]],
            "when": self.when(event),
            "where": self.words(event["place"]["span"]) if event.get("place") else None,
            "said_by": self.words(event["said_by"]["span"]) if event.get("said_by") else None,
        }

    def statement(self, statement: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "source": self.party(statement["source"]) if statement.get("source") else None,
            "cue": self.words(statement["cue"]) if statement.get("cue") else None,
            "content": [self.words(span) for span in statement["content"]],
            "addressee": self.words(statement["addressee"]) if statement.get("addressee") else None,
        }

    def words(self, span: Iterable[int]) -> str:
        start, end = span
        words = self._text[start:end]
        places = self._quoting.places(words)
        number = next((n for n, p in enumerate(places, 1) if p == Span(start, end)), 1)
        return words if len(places) < 2 else f"{words}#{number}"

    def party(self, party: Mapping[str, Any]) -> dict[str, Any]:
        """A party; its state by the nearest words that knowledge links to the coded country."""
        at = party["span"][0]
        name = party.get("name")
        named = name if name and name != party["text"] and self._quoting.places(name) else None
        return {
            "mention": self.words(party["span"]),
            "name": named,
            "state": self.state(party.get("country"), at),
            "sector": party.get("sector"),
        }

    def state(self, country: str | None, at: int) -> str | None:
        _, cast, places, _, _ = self._found
        spans = [p.span for m in cast.mentions for p in m.parties if m.kind == "state" and p.country == country]
        spans += [p.place.span for p in places if p.place.country == country]
        if country is None or not spans:
            return None
        nearest: Span = min(spans, key=lambda s: abs(s.start - at))
        return self.words(nearest)

    def when(self, event: Mapping[str, Any]) -> str | None:
        if not event.get("date"):
            return None
        if event.get("date_is_report"):
            return REPORT
        at = event["trigger"][0]
        fitting = [t for t in self._told if form_of(t.time, t.until) == event["date"]]
        if not fitting:
            return None
        nearest = min(fitting, key=lambda t: abs(t.time.span.start - at))
        return self.words(nearest.time.span)
