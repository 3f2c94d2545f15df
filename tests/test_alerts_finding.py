"""Finding alerts: surprises and answered promises that are new, each told once, whatever is started anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from detente.alerts.finding import keep_new_alerts, start_watching
from detente.archive import Archive
from detente.archive.alerted import Alert, Interest, newest_alerts
from detente.linking.joining import join
from detente.record import Record
from tests.made_archive import CRISIS, add_quarrel, make_archive
from tests.made_records import event, party, record, told

PAIR = ("ARG", "FIN")
PLAN = told(
    "plan", "The envoys of Norway and Chile will meet in Skellan on June 16 about herring quotas.", "meet",
    "2021-06-07", "Norway=NOR", "Chile=CHL", type="CONSULT", status="planned", date="2021-06-16",
)  # fmt: skip
MET = "Envoys of Norway and Chile met in Skellan and spoke of herring."


def meeting(id: str, text: str = MET, trigger: str = "met", day: str = "2021-06-16", **more: object) -> Record:
    return told(id, text, trigger, day, "Norway=NOR", "Chile=CHL", **{"type": "CONSULT", **more})


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(make_archive(tmp_path / "a.db", last=date(2024, 8, 26))) as archive:
        start_watching(archive, [PAIR])
        yield archive


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        start_watching(archive, [("CHL", "NOR")])
        yield archive


def news(archive: Archive, *records: Record) -> list[Alert]:
    """The alerts that come with the records."""
    for each in records:
        archive.add_record(each)
    join(archive)
    return keep_new_alerts(archive, [("CHL", "NOR")])


def test_a_quarrel_is_told_with_its_formula_and_its_sentences(quiet: Archive) -> None:
    add_quarrel(quiet, 12)
    (alert,) = keep_new_alerts(quiet, [PAIR])
    assert (alert.kind, alert.pairs, alert.day) == ("surprise", (PAIR,), str(CRISIS[0]))
    assert alert.title == f"Argentina – Finland: colder than expected in the week of {CRISIS[0]}"
    assert "tension +" in alert.text
    for evidence in alert.evidence:
        row = quiet.event(evidence.event)
        assert (evidence.words, evidence.url) == (row.evidence, row.source.url)


def test_nothing_is_told_twice_though_the_archive_is_opened_anew(quiet: Archive) -> None:
    add_quarrel(quiet, 12)
    assert len(keep_new_alerts(quiet, [PAIR])) == 1
    assert keep_new_alerts(quiet, [PAIR]) == []
    with Archive.open(quiet.path) as again:
        start_watching(again, [PAIR])
        add_quarrel(again, 13)
        assert keep_new_alerts(again, [PAIR]) == []
        assert keep_new_alerts(again, [PAIR], since=str(CRISIS[0])) == []


def test_what_came_while_nobody_watched_is_told_at_the_next_start(quiet: Archive) -> None:
    add_quarrel(quiet, 12)
    with Archive.open(quiet.path) as again:
        start_watching(again, [PAIR])
        assert len(keep_new_alerts(again, [PAIR])) == 1


def test_what_was_there_before_is_no_news_but_is_told_where_asked_for(tmp_path: Path) -> None:
    with Archive.open(make_archive(tmp_path / "a.db")) as archive:
        start_watching(archive, [PAIR])
        assert keep_new_alerts(archive, [PAIR]) == []
        told_of = keep_new_alerts(archive, [PAIR], since=str(CRISIS[0]))
        assert any(alert.kind == "surprise" for alert in told_of)
        assert all(alert.day >= str(CRISIS[0]) for alert in told_of)
        assert keep_new_alerts(archive, [PAIR], since="2023-01-01") != []


def test_other_pairs_are_left_alone_until_all_are_watched(quiet: Archive) -> None:
    start_watching(quiet, [("NOR", "URY")])
    start_watching(quiet, [])
    add_quarrel(quiet, 12)
    assert keep_new_alerts(quiet, [("NOR", "URY")]) == []
    assert [alert.pairs for alert in keep_new_alerts(quiet)] == [(PAIR,)]


def test_acts_that_surprise_two_pairs_at_once_are_told_once(quiet: Archive) -> None:
    pairs = [("ISL", "KEN"), ("ISL", "TZA")]
    start_watching(quiet, pairs)
    for number in range(6):
        text = f"Iceland seized {number + 2} ships of Kenya and Tanzania."
        sides = [party(text, "Iceland", "ISL")], [party(text, "Kenya", "KEN"), party(text, "Tanzania", "TZA")]
        act = event(text, "COERCE", "seized", *sides, date="2024-08-20", intensity=-7.0)
        quiet.add_record(record(text, [act], id=f"seizure{number}", date="2024-08-20"))
    (alert,) = keep_new_alerts(quiet, pairs)
    assert alert.pairs == (("ISL", "KEN"), ("ISL", "TZA"))
    assert alert.title.startswith("Iceland – Kenya, Iceland – Tanzania: colder")


def test_a_kept_promise_is_told_with_what_was_announced_and_what_came(empty: Archive) -> None:
    assert news(empty, PLAN) == []
    (alert,) = news(empty, meeting("met"))
    assert (alert.kind, alert.pairs, alert.day) == ("kept", (("CHL", "NOR"),), "2021-06-16")
    assert alert.title == "Promise kept: " + PLAN.text
    assert [(evidence.role, evidence.words) for evidence in alert.evidence] == [
        ("announced", PLAN.text),
        ("came", MET),
    ]


def test_a_broken_promise_is_told_as_broken(empty: Archive) -> None:
    text = "Norway cancelled the talks with Chile on herring quotas that were to be held in Skellan."
    called_off = meeting("off", text, "talks", "2021-06-15", date=None)
    assert [alert.kind for alert in news(empty, PLAN, called_off)] == ["broken"]


def test_an_act_that_more_reports_tell_is_told_once(empty: Archive) -> None:
    assert len(news(empty, PLAN, meeting("met"))) == 1
    more = meeting("more", "The envoys of Norway and Chile met in Skellan about herring quotas.", day="2021-06-17")
    assert news(empty, more) == []
    again = told(
        "again", "Norway and Chile will have envoys meet in Skellan on June 16 about herring quotas.", "meet",
        "2021-06-08", "Norway=NOR", "Chile=CHL", type="CONSULT", status="planned", date="2021-06-16",
    )  # fmt: skip
    assert news(empty, again) == []


def test_what_was_told_is_kept_whole(empty: Archive) -> None:
    (alert,) = news(empty, PLAN, meeting("met"))
    assert newest_alerts(empty.db, Interest(("kept",), (("CHL", "NOR"),)), 9) == [alert]
    assert newest_alerts(empty.db, Interest(("surprise", "broken")), 9) == []
    assert newest_alerts(empty.db, Interest(("kept",), (("ARG", "FIN"),)), 9) == []
