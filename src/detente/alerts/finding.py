"""What is new and worth an alert: surprises, and promises that were kept, moved or broken, each once.

A surprise is new where its week lay within the expected band before the reports that came since. A promise is new where
its announcement or its answer came with them. Both are told once: a surprise by its pair and week and by its acts, a
promise by the tellings of the act that was announced and of the act that came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from detente.alerts.wording import promise_text, promise_title, surprise_text, surprise_title
from detente.archive import Archive
from detente.archive.acts import tellings_of
from detente.archive.alerted import (
    ALL_PAIRS,
    Alert,
    AlertEvidence,
    AlertKind,
    Pair,
    keep_alert,
    known_keys,
    looked_through,
    note_looked,
)
from detente.archive.answers import EventRow
from detente.archive.clock import now
from detente.archive.events import EventQuestion
from detente.archive.promises import Outcome, Promise, find_promises
from detente.relations.acts import DyadAct
from detente.relations.expected import Surprise
from detente.relations.watching import new_surprises, newest_report

SHOWN_ACTS = 3
"""Acts of a surprise whose sentences are told, the weightiest first."""

_ANSWERED: dict[Outcome, AlertKind] = {Outcome.KEPT: "kept", Outcome.MOVED: "moved", Outcome.BROKEN: "broken"}


@dataclass(frozen=True, slots=True)
class Found:
    """An alert and the keys it is known again by; it is new where one of each group of keys is new."""

    alert: Alert
    groups: tuple[tuple[str, ...], ...]

    def is_new(self, archive: Archive) -> bool:
        """Whether no alert of the archive tells this."""
        return all(len(known_keys(archive.db, group)) < len(group) for group in self.groups)


def start_watching(archive: Archive, pairs: Sequence[Pair]) -> None:
    """Note that what the archive holds of pairs that were never watched is no news."""
    with archive.transaction() as db:
        for pair in pairs or (ALL_PAIRS,):
            if looked_through(db, pair) is None:
                note_looked(db, pair, newest_report(archive))


def keep_new_alerts(archive: Archive, pairs: Sequence[Pair] = (), since: str | None = None) -> list[Alert]:
    """Find and keep what came since the pairs were last looked at; with `since` also what was there before, of days
    from that one on."""
    kept = []
    with archive.transaction() as db:
        for found in _found(archive, pairs, from_start=since is not None):
            keys = [key for group in found.groups for key in group]
            in_time = since is None or found.alert.day >= since
            if in_time and found.is_new(archive) and keep_alert(db, found.alert, keys):
                kept.append(found.alert)
        for pair in pairs or (ALL_PAIRS,):
            note_looked(db, pair, newest_report(archive))
    return kept


def _found(archive: Archive, pairs: Sequence[Pair], *, from_start: bool) -> Iterator[Found]:
    """Everything that the reports bring that were added since the pairs were looked at, told before or not."""
    surprises: list[tuple[Pair, Surprise]] = []
    promises: dict[str, Promise] = {}
    for pair in pairs or (ALL_PAIRS,):
        after = 0 if from_start else looked_through(archive.db, pair) or 0
        surprises += new_surprises(archive, after, None if pair == ALL_PAIRS else pair)
        promises |= {promise.made.id: promise for promise in _answered(archive, after, pair)}
    yield from _of_surprises(archive, surprises)
    yield from _of_answers(archive, promises.values())


def _of_surprises(archive: Archive, surprises: Iterable[tuple[Pair, Surprise]]) -> Iterator[Found]:
    """One alert for all pairs that the same acts surprise in the same week."""
    together: dict[tuple[str, str, frozenset[str]], list[tuple[Pair, Surprise]]] = {}
    for pair, surprise in surprises:
        acts = frozenset(act.joined for act in surprise.acts)
        together.setdefault((str(surprise.start), surprise.direction, acts), []).append((pair, surprise))
    for group in together.values():
        yield _of_surprise(archive, group)


def _of_surprise(archive: Archive, group: Sequence[tuple[Pair, Surprise]]) -> Found:
    pairs, surprise = tuple(pair for pair, _ in group), group[0][1]
    weeks = tuple(f"surprise {one} {other} {surprise.direction} {surprise.start}" for one, other in pairs)
    acts = _unique(
        f"surprise {one} {other} {surprise.direction} {key}"
        for one, other in pairs
        for act in surprise.acts
        for key in _names_of(act)
    )
    evidence = tuple(_evidence("act", archive.event(act.id)) for act in surprise.acts[:SHOWN_ACTS])
    alert = Alert(
        id=_id(weeks),
        kind="surprise",
        pairs=pairs,
        day=surprise.start.isoformat(),
        title=surprise_title(pairs, surprise),
        text=surprise_text(surprise),
        evidence=evidence,
        found=now(),
    )
    return Found(alert, (weeks, acts) if acts else (weeks,))


def _names_of(act: DyadAct) -> tuple[str, ...]:
    return (act.joined,) if act.joined == act.id else (act.joined, act.id)


def _answered(archive: Archive, after: int, pair: Pair) -> Iterator[Promise]:
    question = EventQuestion() if pair == ALL_PAIRS else EventQuestion(pair=pair)
    for outcome in _ANSWERED:
        yield from find_promises(archive.db, question, outcome, answered_after=after)


def _of_answers(archive: Archive, promises: Iterable[Promise]) -> Iterator[Found]:
    """One alert for each act that came, whoever announced it how often."""
    answers: dict[tuple[Outcome, str], list[Promise]] = {}
    for promise in promises:
        if promise.answer is not None:
            answers.setdefault((promise.outcome, promise.answer.act_id), []).append(promise)
    for (outcome, _), group in answers.items():
        yield _of_promises(archive, _ANSWERED[outcome], group)


def _of_promises(archive: Archive, kind: AlertKind, promises: Sequence[Promise]) -> Found:
    first = promises[0]
    assert first.answer is not None
    came = _unique(f"{kind} {key}" for key in _ids_of(archive, first.answer))
    announced = _unique(f"{kind} {key}" for promise in promises for key in _ids_of(archive, promise.made))
    evidence = [_evidence("announced", promise.made, promise.made_words) for promise in promises[:SHOWN_ACTS]]
    alert = Alert(
        id=_id(sorted(came)),
        kind=kind,
        pairs=_pairs_of(first.made),
        day=first.answer.source.report_date or first.answer.day or first.made.day or "",
        title=promise_title(kind, first),
        text=promise_text(kind, first),
        evidence=(*evidence, _evidence("came", first.answer, first.answer_words)),
        found=now(),
    )
    # One key of each act that is known is enough: its other tellings tell nothing new.
    return Found(alert, tuple((key,) for key in (*came, *announced)))


def _ids_of(archive: Archive, event: EventRow) -> list[str]:
    return [event.act_id, event.id, *(telling.id for telling in tellings_of(archive.db, event.id))]


def _pairs_of(event: EventRow) -> tuple[Pair, ...]:
    """The pairs of states an event is between, each in order of its codes."""
    actors = [side.country for side in event.actors if side.country]
    others = [side.country for side in event.recipients if side.country] or actors
    return tuple(sorted({(min(a, b), max(a, b)) for a in actors for b in others if a != b}))


def _evidence(role: str, event: EventRow, words: str | None = None) -> AlertEvidence:
    return AlertEvidence(
        role=role,
        words=" ".join((words or event.evidence).split()),
        event=event.id,
        status=event.status,
        day=event.day,
        report=event.source.report,
        report_date=event.source.report_date,
        title=event.source.title,
        publisher=event.source.publisher,
        url=event.source.url,
    )


def _unique(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _id(keys: Sequence[str]) -> str:
    return str(uuid5(NAMESPACE_URL, "\n".join(keys)))
