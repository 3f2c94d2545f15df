"""A dataset and an archive of the same reports say the same: ids, acts, series and turns of all pairs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.archive import Archive
from detente.bulk.asking import open_dataset
from detente.bulk.relations import relations_of
from detente.bulk.slices import Slice, bring_into
from detente.coding import make_coder
from detente.intake.taking import Intake
from detente.linking.joining import join
from detente.reading.fetching import Fetcher
from detente.reading.gathering import Gatherer
from detente.reading.markup import DIRECT
from detente.relations.pair import Relation, relate
from tests.made_coder import made_coder
from tests.test_bulk_runs import rows, run, write_lines

__all__ = ["made_coder"]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    made = rows(260)
    return write_lines(tmp_path / "reports.jsonl", [*made, made[5]])


@pytest.fixture
def dataset(made_coder: str, lines: Path, tmp_path: Path) -> Iterator[Any]:
    run(tmp_path / "out", lines)
    db = open_dataset(tmp_path / "out")
    yield db
    db.close()


@pytest.fixture
def archive(made_coder: str, lines: Path, tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as archive:
        gathered = Gatherer(DIRECT, Fetcher()).gather([str(lines)])
        Intake(archive, lambda: make_coder("made")).add(gathered)
        join(archive)
        yield archive


def told(relation: Relation) -> dict[str, Any]:
    return {
        "points": relation.to_rows(),
        "acts": [(act.id, act.joined, act.tellings, act.actors, act.recipients) for act in relation.acts],
        "turns": [turn.to_dict() for turn in relation.turns],
        "surprises": [surprise.to_dict() for surprise in relation.surprises],
        "undated": [act.id for act in relation.undated],
        "loose": relation.loose,
        "known": relation.known,
    }


@pytest.mark.parametrize("by", ["week", "month"])
def test_relations_and_turns_of_all_pairs_are_those_of_the_archive(dataset: Any, archive: Archive, by: Any) -> None:
    found = list(relations_of(dataset, by))
    assert len(found) == 10
    assert by == "month" or any(relation.turns for relation in found)
    for relation in found:
        assert told(relation) == told(relate(archive, relation.codes, by=by))


def test_pair_weeks_are_the_points_of_the_archive(dataset: Any, archive: Archive) -> None:
    rows_ = dataset.sql("SELECT one, other, week, tension, acts, mentioning, read FROM pair_weeks").fetchall()
    weeks = {(one, other, week): rest for one, other, week, *rest in rows_}
    pairs = {(one, other) for one, other, _ in weeks}
    points = {
        (*pair, point.start): [point.tension, len(point.acts), point.mentioning, point.read]
        for pair in pairs
        for point in relate(archive, pair).points
        if point.acts or point.mentioning
    }
    assert points == {key: [pytest.approx(rest[0]), *rest[1:]] for key, rest in weeks.items()}


def test_ids_tellings_and_copies_are_those_of_the_archive(dataset: Any, archive: Archive) -> None:
    for table in ("report", "event", "statement"):
        kept = {row["id"] for row in archive.db.execute(f"SELECT id FROM {table}")}
        assert {id_ for (id_,) in dataset.sql(f"SELECT id FROM {table}s").fetchall()} == kept
    tellings = archive.db.execute(
        "SELECT event.id, telling.act FROM telling JOIN event ON event.n = telling.event"
    ).fetchall()
    joined = "SELECT id, joined FROM events WHERE joined LIKE 'ac%' AND same_as IS NULL"
    assert {(row["id"], row["act"]) for row in tellings} == set(dataset.sql(joined).fetchall())
    copies = archive.db.execute("SELECT count(*) FROM copy WHERE kind <> 'look-alike'").fetchone()[0]
    ((marked,),) = dataset.sql("SELECT count(*) FROM reports WHERE copy_of IS NOT NULL").fetchall()
    assert copies >= marked > 0


def test_a_slice_becomes_an_archive(dataset: Any, archive: Archive, tmp_path: Path) -> None:
    since, until = date(2023, 6, 1), date(2024, 3, 31)
    with Archive.open(tmp_path / "slice.db", create=True) as slice_:
        count = bring_into(tmp_path / "out", slice_, Slice(("ARG", "FIN"), since, until))
        kept = {row["id"] for row in slice_.db.execute("SELECT id FROM report")}
        wanted = archive.events(pair=("ARG", "FIN"))
        days = {event.source.report: event.source.report_date or "" for event in wanted}
        assert kept == {id_ for id_, day in days.items() if since.isoformat() <= day <= until.isoformat()}
        assert count == len(kept) > 0
        for id_ in kept:
            assert slice_.record(id_) == archive.record(id_)
    with Archive.open(tmp_path / "sample.db", create=True) as sample:
        assert bring_into(tmp_path / "out", sample, Slice(sample=7)) == 7
