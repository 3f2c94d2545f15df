"""What is found between reports: promises and what came, disputes, stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from detente.archive.disputes import Kind, find_disputes
from detente.archive.disputes import how_many as count_disputes
from detente.archive.promises import Outcome, Promise, are_near, count_outcomes, numbers_of, promises_by_number
from detente.archive.reports import ReadDays
from detente.archive.stories import count_told, events_of, newest_stories, reports_of, story_of
from detente.charts.announced import Announced, announced_chart
from detente.charts.svg import for_any_screen
from detente.relations.due import asked_of
from detente.relations.gathering import read_by_day
from detente.web.pages import Asked, WebPage
from detente.web.rendering import to
from detente.web.views.lists import pair_of, scores
from detente.web.views.rows import Row, event_row, event_rows, sides_words

A_PAGE = 30
DRAWN = 12
OUTCOMES = tuple(map(str, Outcome))
KINDS = tuple(map(str, Kind))


def promises(asked: Asked) -> WebPage:
    """Announced and what came, for all or for a pair."""
    part, outcome, db = asked.rows(A_PAGE), asked.one_of("outcome", OUTCOMES), asked.archive.db
    question = asked_of(pair_of(asked), asked.share("min_score"))
    kept = asked.reading.kept
    if part.limit and are_near(question, outcome, part.offset + part.limit):
        shown = numbers_of(db, question, outcome, part.offset + part.limit, "newest")[part.offset :]
    else:  # all of them are sorted once, not for each page
        numbers = kept(
            ("promises", question, outcome), lambda archive: numbers_of(archive.db, question, outcome, order="newest")
        )
        shown = numbers[part.offset :][: part.limit]
    found = promises_by_number(db, shown, read_days(asked))
    counts = kept(("outcomes", question), lambda archive: count_outcomes(archive.db, question))
    drawing = promises_chart(asked, found[:DRAWN], "Announced and what came of it")
    rows = [promise_row(promise) for promise in found]
    data = {
        "promises": rows, "outcome": outcome, "outcomes": OUTCOMES, "counts": counts,
        "one": asked.text("one"), "other": asked.text("other"),
        **scores(asked), **asked.turning(part, len(rows), counts[outcome] if outcome else sum(counts.values())),
    }  # fmt: skip
    flat = [_flat_promise(row) for row in rows]
    return WebPage("promises.html", "Promises", data, flat, {"announced": drawing}, part="results")


def read_days(asked: Asked) -> ReadDays:
    """The reports of each day, counted once for each state of the archive."""
    return asked.reading.kept("read days", lambda archive: ReadDays(archive.db))


def promises_chart(asked: Asked, found: Sequence[Promise], title: str) -> Any:
    """The drawing of those promises that have a day."""
    read = asked.reading.kept("read", read_by_day)
    drawn = [row for promise in found if (row := _drawn(promise))]
    newest = max(read, default=date.min)
    return for_any_screen(lambda is_narrow: announced_chart(drawn, newest, title=title, is_narrow=is_narrow))


def promise_row(promise: Promise) -> Row:
    """A promise for templates and the JSON twin."""
    answer = promise.answer and {**event_row(promise.answer), "words": promise.answer_words}
    return {
        "event": {**event_row(promise.made), "words": promise.made_words},
        "answer": answer,
        "outcome": str(promise.outcome),
        "looked": _looked(promise),
        "due_start": promise.due[0],
        "due_end": promise.due[1],
    }


def _looked(promise: Promise) -> Row:
    """Where an answer was looked for, with the addresses of the reports of that time and of their acts of the type."""
    looked = promise.looked
    time = {"since": looked.since, "until": looked.until}
    party = next((side.country for side in promise.made.actors if side.country), None)
    return {
        **asdict(looked),
        "party": party,
        "reports_address": to("reports", **time),
        "acts_address": to("search", kind="events", type_=looked.type, party=party, **time),
    }


def disputes(asked: Asked) -> WebPage:
    """Two accounts that cannot both hold, side by side."""
    part, kind, db = asked.rows(A_PAGE), asked.one_of("kind", KINDS), asked.archive.db
    question = asked_of(pair_of(asked), asked.share("min_score"))
    found = find_disputes(db, question, kind, part.limit, offset=part.offset, newest=True)
    rows = [
        {
            "kind": str(dispute.kind),
            "what": dispute.what,
            "one": {**event_row(dispute.one), "words": dispute.one_words},
            "other": {**event_row(dispute.other), "words": dispute.other_words},
        }
        for dispute in found
    ]
    data = {
        "disputes": rows, "kind": kind, "kinds": KINDS, "one": asked.text("one"), "other": asked.text("other"),
        **scores(asked), **asked.turning(part, len(rows), count_disputes(db, question, kind)),
    }  # fmt: skip
    return WebPage("disputes.html", "Disputes", data, [_flat_dispute(row) for row in rows], part="results")


def stories(asked: Asked) -> WebPage:
    """Reports that tell one story, the newest first."""
    part = asked.rows(A_PAGE)
    found = newest_stories(asked.archive.db, part.limit, part.offset)
    shown = [{**asdict(story), "name": story.name, "address": to("story", story.id)} for story in found]
    total = asked.reading.kept("stories", lambda archive: count_told(archive.db))
    return WebPage("stories.html", "Stories", {"stories": shown, **asked.turning(part, len(shown), total)}, shown)


def story(asked: Asked) -> WebPage:
    """One story: its reports in order and what happened in them."""
    db, id_ = asked.archive.db, asked.parts["story"]
    found = story_of(db, id_)
    if found is None:
        return WebPage("fault.html", "Not Found", {"error": "There is no such story.", "status": 404}, status=404)
    reports = [{**asdict(report), "address": to("report", report.id)} for report in reports_of(db, id_)]
    told = {name: getattr(found, name) for name in ("id", "name", "first", "last", "words")}
    data = {"story": told, "reports": reports, "events": event_rows(events_of(db, id_))}
    return WebPage("story.html", found.name, data, reports)


def _drawn(promise: Promise) -> Announced | None:
    said, due = promise.made.source.report_date, promise.due[1]
    if not said or due is None:
        return None
    came = promise.answer.day if promise.answer else None
    who, whom = sides_words(promise.made.actors), sides_words(promise.made.recipients)
    return Announced(
        words=f"{who or 'unnamed'}: {promise.made.trigger} {whom}".rstrip(),
        outcome=str(promise.outcome),
        said=date.fromisoformat(said),
        due=date.fromisoformat(due),
        came=date.fromisoformat(came) if came else None,
        address=to("event", promise.made.id),
    )


def _flat_promise(row: Row) -> Row:
    event, answer = row["event"], row["answer"] or {}
    return {
        "event": event["id"],
        "said": event["source"]["report_date"],
        "words": event["words"],
        "due_start": row["due_start"],
        "due_end": row["due_end"],
        "outcome": row["outcome"],
        "looked_since": row["looked"]["since"],
        "looked_until": row["looked"]["until"],
        "looked_reports": row["looked"]["reports"],
        "report": event["source"]["record_id"],
        "answer": answer.get("id"),
        "answer_day": answer.get("day"),
        "answer_words": answer.get("words"),
        "answer_report": answer["source"]["record_id"] if answer else None,
    }


def _flat_dispute(row: Row) -> Row:
    sides = {
        f"{name}_{field}": row[name][field]
        for name in ("one", "other")
        for field in ("id", "status", "day", "said_by", "words")
    }
    named = {f"{name}_report": row[name]["source"]["record_id"] for name in ("one", "other")}
    return {"kind": row["kind"], "what": row["what"], **sides, **named}
