"""detente for language models: a Model Context Protocol server whose tools code texts and ask an archive.

It only reads unless it is told to write. Every answer carries the words it rests on, their place in the text of the
report, and its address, so that what a model says can be looked up. Needs the extra ``detente[mcp]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date as calendar_day
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from detente import __version__, code
from detente.archive import Archive
from detente.archive.answers import EventRow, Hit, Side, Source, StatementRow
from detente.archive.corrections import Verdict
from detente.archive.disputes import Dispute
from detente.archive.outlets import find_outlets
from detente.archive.promises import Promise
from detente.errors import DetenteError, UsageError
from detente.knowledge import as_rows, load_knowledge
from detente.linking.joining import join
from detente.reading.fields import day_in
from detente.record import Record
from detente.relations.dates import first_day, last_day
from detente.relations.names import known_party
from detente.relations.pair import relate

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

INSTRUCTIONS = """detente turns news reports into records that can be checked. Quote the evidence and give the address
of the source with whatever you tell from an answer. status says whether an act happened, is planned, possible or
denied, as its sayer has it; said_by is on whose word it is told; score is how likely the coding is right. Offsets are
code points of the report's text."""

MOST = 100
"""Rows of one answer: more would not fit what a model can read at once."""

Told = dict[str, Any]
Status = Literal["happened", "planned", "possible", "denied"]
Outcome = Literal["kept", "moved", "broken", "nothing-found", "open"]
Step = Literal["day", "week", "month"]


def make_server(archive: Path | None = None, writer: str | None = None) -> MCPServer:
    """The server over one archive, or over none with the tools that need none.

    With a `writer`, the name that judgements stand under, there are tools that add to the archive and judge events.
    Raises `UsageError` where the SDK is not installed, `ArchiveError` where the archive cannot be opened.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise UsageError("The MCP server needs the official SDK: pip install 'detente[mcp]'") from error
    server: MCPServer = MCPServer("detente", instructions=INSTRUCTIONS, version=__version__)
    tools: list[Callable[..., Told]] = [code_text, who_is]
    if archive is not None:
        with Archive.open(archive):
            pass
        asking = Asking(archive)
        tools += [
            asking.events, asking.statements, asking.report, asking.pair_series, asking.promises, asking.disputes,
            asking.search, asking.sources,
        ]  # fmt: skip
    for tool in tools:
        server.add_tool(_telling_faults(tool), annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))
    if archive is not None and writer is not None:
        keeping = Keeping(archive, writer)
        adding = ToolAnnotations(
            read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        )
        for tool in (keeping.keep_text, keeping.judge_event):
            server.add_tool(_telling_faults(tool), annotations=adding)
    return server


def _telling_faults(tool: Callable[..., Told]) -> Callable[..., Told]:
    """`tool` with what is wrong with a question told to the model, which can then ask better."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def asked(*given: Any, **named: Any) -> Told:
        try:
            return tool(*given, **named)
        except DetenteError as error:
            raise ToolError(str(error)) from error

    return asked


def code_text(text: str, date: str | None = None, title: str | None = None, url: str | None = None) -> Told:
    """Code a news report in English: who said and did what to whom, when and where, with the words as evidence.

    date is the day of the report, YYYY-MM-DD; without it the day is sought in the text and the address.
    """
    return record_told(code(text, date, title=title, url=url))


def who_is(name: str, date: str | None = None) -> Told:
    """What is known of the name of a person, office, state, organisation or group on a day (YYYY-MM-DD)."""
    day = day_in(date)
    as_of = calendar_day.fromisoformat(day) if day else None
    return {"name": name, "date": day, "candidates": as_rows(load_knowledge(), name, as_of)}


class Asking:
    """The tools that ask an archive; it is opened for each question and refuses to be written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _reading(self) -> Iterator[Archive]:
        with Archive.open(self.path) as archive:
            archive.refuse_writing()
            yield archive

    def events(
        self,
        actor: str | None = None,
        recipient: str | None = None,
        pair: list[str] | None = None,
        type: str | None = None,
        status: Status | None = None,
        since: str | None = None,
        until: str | None = None,
        words: str | None = None,
        min_score: float | None = None,
        limit: int = 20,
        newest: bool = True,
    ) -> Told:
        """Who did what to whom, each event with its words and source, the newest first.

        actor and recipient: RUS, Russia, RUS:MIL, or part of a name or post. pair: two states, in either direction.
        type: a PLOVER type like SANCTION. since, until: a day, month or year. words: looked for in the evidence.
        """
        asked: Told = {
            "actor": actor, "recipient": recipient, "pair": _pair(pair), "type": type or (), "status": status or (),
            "since": since, "until": until, "words": words, "min_score": min_score,
        }  # fmt: skip
        with self._reading() as archive:
            answer = archive.events(limit=_most(limit), newest=newest, **asked)
            return {"total": answer.total, "events": [event_told(row) for row in answer]}

    def statements(
        self,
        speaker: str | None = None,
        words: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> Told:
        """Who says what, in the words of the report, the newest first; speaker is a state or part of a name or post."""
        with self._reading() as archive:
            answer = archive.statements(
                speaker=speaker, words=words, since=since, until=until, limit=_most(limit), newest=True
            )
            return {"total": answer.total, "statements": [statement_told(row) for row in answer]}

    def search(self, words: str, since: str | None = None, until: str | None = None, limit: int = 20) -> Told:
        """Reports that hold all these words ("…" for words in a row), the best first, with the words in context.

        start and end are null where the words stand in the title.
        """
        with self._reading() as archive:
            answer = archive.search(words, since=since, until=until, limit=_most(limit))
            return {"total": answer.total, "reports": [hit_told(archive, row) for row in answer]}

    def sources(self, words: str | None = None, limit: int = 20) -> Told:
        """The outlets whose reports the archive holds: how many, of which days, and the newest address.

        words: part of the name of an outlet.
        """
        with self._reading() as archive:
            return {"sources": [asdict(outlet) for outlet in find_outlets(archive.db, words, _most(limit))]}

    def report(self, report: str) -> Told:
        """A report as a source: its text, address, day and on what that rests, coder, and what is odd about it."""
        with self._reading() as archive:
            record = archive.record(report)
            return {
                **asdict(archive.report(report)),
                "text": record.text,
                "checks": [asdict(check) for check in record.checks],
            }

    def pair_series(
        self, one: str, other: str, by: Step = "month", since: str | None = None, until: str | None = None
    ) -> Told:
        """How two parties stand: tension by day, week or month, what was expected, surprises with their sentences.

        Parties are states by name or code, and bodies or groups by name (NATO).
        """
        with self._reading() as archive:
            codes = [known_party(archive, one), known_party(archive, other)]
            relation = relate(archive, codes, by=by, since=first_day(since), until=last_day(until))
            surprises = [
                {
                    **surprise.to_dict(),
                    "evidence": [event_told(archive.event(act.id)) for act in surprise.acts[:3]],
                }
                for surprise in relation.surprises[-10:]
            ]
            return {
                "states": codes,
                "by": by,
                "points": relation.to_rows(),
                "surprises": surprises,
                "turns": [turn.to_dict() for turn in relation.turns],
            }

    def promises(
        self,
        pair: list[str] | None = None,
        party: str | None = None,
        outcome: Outcome | None = None,
        limit: int = 20,
    ) -> Told:
        """What was announced and what came of it, both with their words, the newest first."""
        with self._reading() as archive:
            found = archive.promises(pair=_pair(pair), party=party, outcome=outcome, limit=_most(limit), newest=True)
            return {"promises": [promise_told(promise) for promise in found]}

    def disputes(self, pair: list[str] | None = None, party: str | None = None, limit: int = 20) -> Told:
        """Accounts of one act that cannot both hold, both with their words, the newest first."""
        with self._reading() as archive:
            found = archive.disputes(pair=_pair(pair), party=party, limit=_most(limit), newest=True)
            return {"disputes": [dispute_told(dispute) for dispute in found]}


class Keeping:
    """The tools that write: what they add stays, and what a person judged before is never changed."""

    def __init__(self, path: Path, writer: str) -> None:
        self.path = path
        self.writer = writer

    def keep_text(
        self,
        text: str,
        date: str | None = None,
        title: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
    ) -> Told:
        """Code a news report in English as code_text does, and keep it in the archive, once.

        kept_as is the id to ask for it by.
        """
        record = code(text, date, title=title, url=url, publisher=publisher)
        with Archive.open(self.path) as archive:
            report = archive.add_record(record, original=text.encode("utf-8"))
            join(archive)
        return {"kept_as": report, **record_told(record)}

    def judge_event(self, event: str, verdict: Verdict) -> Told:
        """Note that the coding of an event (its id) is right or wrong; wrong ones are left out of answers.

        The judgement can be seen and taken back by persons.
        """
        with Archive.open(self.path) as archive:
            return asdict(archive.judge(event, verdict, self.writer))


def record_told(record: Record) -> Told:
    """A record as a model is told of it: each event and statement with its words."""
    told = record.to_dict()
    for event in told["events"]:
        event["words"] = text_of(record.text, event["evidence"])
    for statement in told["statements"]:
        statement["words"] = [text_of(record.text, span) for span in statement["content"]]
    return told


def hit_told(archive: Archive, hit: Hit) -> Told:
    """A hit of a search, with the place of its words in the text of the report."""
    words = hit.snippet.removeprefix("…").removesuffix("…")
    start = archive.text(hit.source.report).find(words)
    place = (start, start + len(words)) if start >= 0 else (None, None)
    evidence = {"words": words, "start": place[0], "end": place[1]}
    return {"words": hit.snippet, "evidence": evidence, "source": _source(hit.source)}


def event_told(row: EventRow) -> Told:
    """An event as a model is told of it."""
    return {
        "id": row.id,
        "type": row.type,
        "mode": row.mode,
        "status": row.status,
        "date": row.date,
        "day": row.day,
        "actors": [_side(side) for side in row.actors],
        "recipients": [_side(side) for side in row.recipients],
        "place": row.place,
        "said_by": row.said_by,
        "score": row.score,
        "evidence": {"words": row.evidence, "start": row.evidence_start, "end": row.evidence_end},
        "trigger": row.trigger,
        "source": _source(row.source),
    }


def statement_told(row: StatementRow) -> Told:
    """A statement as a model is told of it."""
    pieces = zip(row.content, row.spans, strict=True)
    return {
        "id": row.id,
        "kind": row.kind,
        "day": row.day,
        "speaker": _side(row.speaker) if row.speaker else None,
        "cue": row.cue,
        "evidence": [{"words": words, "start": start, "end": end} for words, (start, end) in pieces],
        "source": _source(row.source),
    }


def promise_told(promise: Promise) -> Told:
    """A promise with both its events."""
    return {
        "outcome": str(promise.outcome),
        "due_start": promise.due[0],
        "due_end": promise.due[1],
        "announced": event_told(promise.made),
        "came": event_told(promise.answer) if promise.answer else None,
    }


def dispute_told(dispute: Dispute) -> Told:
    """A dispute with both its accounts."""
    return {
        "kind": str(dispute.kind),
        "what": dispute.what,
        "one": event_told(dispute.one),
        "other": event_told(dispute.other),
    }


def text_of(text: str, span: Sequence[int]) -> str:
    """The words at a span."""
    return text[span[0] : span[1]]


def _side(side: Side) -> Told:
    return {name: getattr(side, name) for name in ("name", "country", "sector", "role", "text")}


def _source(source: Source) -> Told:
    return {name: getattr(source, name) for name in ("report", "title", "publisher", "report_date", "url")}


def _pair(given: list[str] | None) -> tuple[str, str] | None:
    if not given:
        return None
    if len(given) != 2:
        raise UsageError(f"A pair is two states like USA and RUS, not {len(given)}.")
    return cast("tuple[str, str]", tuple(given))


def _most(limit: int) -> int:
    return max(1, min(MOST, limit))
