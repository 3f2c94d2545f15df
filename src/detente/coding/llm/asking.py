"""The conversation about one report: its parts one after another, each answer kept, repaired once, and paid for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.coding.llm.answer import Answer, read_answer
from detente.coding.llm.budget import Estimate, Meter, tokens_in
from detente.coding.llm.kept import Asked, Kept, Reply
from detente.coding.llm.parts import parts_of
from detente.coding.llm.prompt import REPAIR, Message, compact, load_guide, messages_for, prompt_hash
from detente.coding.llm.quoting import Quoting
from detente.coding.llm.server import Answers
from detente.coding.llm.settings import Asking
from detente.errors import AnswerError, NotKept
from detente.record import Report, Span, sha256_of

_EARLIER = 40
"""Names of earlier parts that are given on: more would cost more than they tell."""


@dataclass(frozen=True, slots=True)
class Part:
    """The answer about one stretch of a report."""

    span: Span
    answer: Answer


class Conversation:
    """Asks about reports; safe to be used by several threads."""

    def __init__(self, asking: Asking, kept: Kept, meter: Meter, server: Answers | None = None) -> None:
        self._asking = asking
        self._kept = kept
        self._meter = meter
        self._server = server

    def about(self, text: str, day: str | None) -> tuple[Part, ...]:
        """The answers about a report, part by part; raises `AskingError` where one cannot be had."""
        parts: list[Part] = []
        earlier: list[str] = []
        for span in parts_of(text, self._asking.longest):
            stretch = span.of(text)
            answer = self._answer(messages_for(stretch, day, earlier[:_EARLIER]))
            parts.append(Part(span, answer))
            earlier += [name for name in names_in(answer, Quoting(stretch)) if name not in earlier]
        return tuple(parts)

    def estimate(self, reports: Sequence[Report]) -> Estimate:
        """What asking about `reports` may cost; parts after the first are taken as not kept."""
        requests = kept = sent = written = 0
        for report in reports:
            day = report.date or report.published
            for span in parts_of(report.text, self._asking.longest):
                messages = messages_for(span.of(report.text), day)
                if self._kept.get(self._key(messages)) is not None:
                    kept += 1
                    continue
                requests += 1
                sent += sum(tokens_in(m["content"]) for m in messages)
                written += expected_length(span.of(report.text))
        return Estimate(len(reports), requests, kept, sent, written, self._asking.price())

    def _answer(self, messages: list[Message]) -> Answer:
        first = self._reply(messages)
        try:
            answer = read_answer(first.words)
            if answer.whole:
                return answer
            reason = "it ends in the middle"
        except AnswerError as error:
            answer, reason = None, str(error)
        again = [
            *messages,
            {"role": "assistant", "content": first.words},
            {"role": "user", "content": REPAIR.format(reason=reason)},
        ]
        try:
            return read_answer(self._reply(again).words)
        except AnswerError:
            if answer is not None:
                return answer
            raise

    def _reply(self, messages: Sequence[Message]) -> Reply:
        key = self._key(messages)
        if (reply := self._kept.get(key)) is not None:
            self._meter.replay()
            return reply
        if self._asking.offline or self._server is None:
            raise NotKept("the answer is not in the cache, and only the cache may be asked (--offline)")
        sent = sum(tokens_in(m["content"]) for m in messages)
        reserved = self._meter.reserve(sent, expected_length(messages[-1]["content"]))
        try:
            reply = self._server.ask(messages)
        except BaseException:
            self._meter.settle(reserved)
            raise
        self._meter.settle(reserved, reply.sent, reply.written)
        self._kept.put(key, reply)
        return reply

    def _key(self, messages: Sequence[Message]) -> Asked:
        text = sha256_of(compact([m["content"] for m in messages[1:]]))
        return Asked.of(self._asking.model or "", prompt_hash(), text, dict(self._asking.parameters))


def names_in(answer: Answer, quoting: Quoting) -> Iterator[str]:
    """What the parties of an answer are called, in its order, as far as the text has it."""
    for event in answer.events:
        for party in (*event.actors, *event.recipients):
            name = party.name or party.mention
            places = quoting.places(name)
            if places:
                yield " ".join(quoting.text[places[0].start : places[0].end].split())


def expected_length(text: str) -> int:
    """Roughly how many tokens an answer about `text` has, by the worked examples."""
    examples = load_guide().examples
    ratio = sum(len(compact(e.answer)) for e in examples) / sum(len(e.text) for e in examples)
    return int(tokens_in(text) * ratio)
