"""What is kept ready for large archives: whatever changes, it is what reckoning or looking for it anew gives."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing, suppress
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from detente.archive import Archive
from detente.archive.copies import without_fingerprint
from detente.archive.counting import count_anew
from detente.archive.linked import uncompared
from detente.archive.series import mentions_by_day
from detente.archive.states import known_codes
from detente.archive.told import pairs_among
from detente.errors import UsageError
from detente.linking.joining import join
from detente.relations.acts import DyadAct, is_of_time, once
from detente.relations.gathering import acts_among, tellings_of
from detente.relations.matrix import cells_in, cells_with
from tests.made_archive import make_archive
from tests.made_records import event, party, record, told

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("counting") / "a.db")


def kept(archive: Archive) -> Rows:
    """What is kept ready, in order."""
    query = "SELECT * FROM {} ORDER BY 1, 2, 3, 4"
    return {
        table: [tuple(row) for row in archive.db.execute(query.format(table))] for table in ("standing", "pair_act")
    }


def reckoned(archive: Archive) -> Rows:
    """The same, by way of sorting all tellings of each scope here."""
    db = archive.db
    numbers = {row["id"]: row["n"] for row in db.execute("SELECT id, n FROM event")}
    intensity = dict(db.execute("SELECT n, COALESCE(intensity, 0.0) FROM event").fetchall())
    scopes: dict[str, list[DyadAct]] = defaultdict(list)
    pairs: dict[tuple[str, str], list[DyadAct]] = defaultdict(list)
    for telling in tellings_of(archive, ()):
        does = {f"{code}>" for code in telling.actors} | {f">{code}" for code in telling.recipients}
        for scope in {"", *telling.actors, *telling.recipients} | does:
            scopes[scope].append(telling)
        for pair in pairs_among(telling.actors, telling.recipients):
            pairs[pair].append(telling)

    def row(act: DyadAct) -> tuple[Any, ...]:
        told = act.told.isoformat() if act.told and not act.counted_on else None
        return act.counted_on.isoformat() if act.counted_on else "", numbers[act.id], act.status, told

    return {
        "standing": sorted((scope, *row(act)) for scope, found in scopes.items() for act in once(found)),
        "pair_act": sorted(
            (*pair, *row(act), intensity[numbers[act.id]], act.tellings)
            for pair, found in pairs.items()
            for act in once(found)
        ),
    }


def waiting(archive: Archive) -> tuple[list[int], list[int]]:
    """Events to be compared and reports without a fingerprint, as they were noted."""
    return uncompared(archive.db), without_fingerprint(archive.db)


def looked_for(archive: Archive) -> tuple[list[int], list[int]]:
    """The same, looked for among all."""
    events = "SELECT n FROM event WHERE n NOT IN (SELECT event FROM joined) ORDER BY n"
    reports = "SELECT n FROM report WHERE n NOT IN (SELECT report FROM fingerprint) ORDER BY n"
    return tuple([n for (n,) in archive.db.execute(query)] for query in (events, reports))  # type: ignore[return-value]


def mentioned(archive: Archive) -> list[tuple[Any, ...]]:
    """States that reports name, with the day and number of the report, as they are kept."""
    return [tuple(row) for row in archive.db.execute("SELECT * FROM mention ORDER BY 1, 2, 3")]


def named(archive: Archive) -> list[tuple[Any, ...]]:
    """The same, looked for among all parties and speakers."""
    parties = "SELECT country, report FROM event_party JOIN event ON n = event"
    found = {tuple(row) for row in archive.db.execute(f"{parties} UNION SELECT source_country, report FROM statement")}
    days = dict(archive.db.execute("SELECT n, COALESCE(report_date, '') FROM report").fetchall())
    return sorted((country, days[report], report) for country, report in found if country)


def judged(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """A person's judgement of an event: a verdict, or another value of a field."""
    fields = {
        "date": ("", "2024-05", "2014-03-18"),
        "actors": ("ARG; FIN", "NOR", "", "---"),
        "recipients": ("", "PRT", "FIN; ARG", "---"),
        "status": ("happened", "planned", "denied"),
    }
    name = draw.choice(("verdict", *fields))
    if name == "verdict":
        archive.judge(event, draw.choice(("wrong", "right")), "me")
    else:
        archive.correct(event, name, draw.choice(fields[name]), "me")


def linked(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """Events said to tell one act, and no longer."""
    db = archive.db
    other = db.execute("SELECT id FROM event ORDER BY id LIMIT 1 OFFSET ?", (draw.randrange(50),)).fetchone()[0]
    db.execute("INSERT OR IGNORE INTO telling SELECT n, ? FROM event WHERE id IN (?, ?)", (f"act{turn}", event, other))
    if draw.random() < 0.5:
        db.execute("DELETE FROM telling WHERE event IN (SELECT event FROM telling ORDER BY act DESC LIMIT 1 OFFSET 1)")


def told_again(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """An event said to be one that its report told before."""
    query = "SELECT id FROM event WHERE report = (SELECT report FROM event WHERE id = ?) ORDER BY n LIMIT 1"
    first = archive.db.execute(query, (event,)).fetchone()[0]
    archive.db.execute("UPDATE event SET same_as = ?1 WHERE id = ?2 AND id <> ?1", (first, event))


def dated_anew(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """A report with another day, or none."""
    query = "UPDATE report SET report_date = ? WHERE n = (SELECT report FROM event WHERE id = ?)"
    archive.db.execute(query, (draw.choice(("2024-07-01", None)), event))


def coded_anew(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """A report coded again."""
    (report,) = archive.db.execute("SELECT report FROM event WHERE id = ?", (event,)).fetchone()
    archive.replace_record(archive.record_at(report))


def taken_out(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """An event that is there no more."""
    archive.db.execute("DELETE FROM event WHERE id = ?", (event,))


def report_taken_out(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """A report that is there no more."""
    archive.db.execute("DELETE FROM report WHERE n = (SELECT report FROM event WHERE id = ?)", (event,))


def said_otherwise(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """A statement by somebody of another state, or of none, in another report, or not there any more."""
    (report,) = archive.db.execute("SELECT report FROM event WHERE id = ?", (event,)).fetchone()
    (number,) = archive.db.execute("SELECT n FROM statement LIMIT 1 OFFSET ?", (draw.randrange(50),)).fetchone()
    query = draw.choice(
        (
            "UPDATE statement SET source_country = 'KEN' WHERE n = ?1 AND ?2",
            "UPDATE statement SET source_country = NULL WHERE n = ?1 AND ?2",
            "UPDATE statement SET report = ?2, local = 'sx' || n WHERE n = ?1",
            "DELETE FROM statement WHERE n = ?1 AND ?2",
        )
    )
    archive.db.execute(query, (number, report))


def moved(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """An event or a party that another tool gave to another report, another event or another state."""
    db = archive.db
    (other,) = db.execute("SELECT n FROM report ORDER BY n LIMIT 1 OFFSET ?", (draw.randrange(50),)).fetchone()
    whose = "event = (SELECT n FROM event WHERE id = ?1) AND position = 0"
    if draw.random() < 0.5:
        db.execute("UPDATE event SET report = ?2, local = 'ex' || n WHERE id = ?1", (event, other))
    else:
        db.execute(f"UPDATE event_party SET country = ?2 WHERE {whose}", (event, draw.choice(("KEN", "FIN", None))))
        given = "(SELECT n FROM event WHERE report = ?2 LIMIT 1)"
        db.execute(f"UPDATE OR IGNORE event_party SET event = COALESCE({given}, event) WHERE {whose}", (event, other))


def added(archive: Archive, draw: random.Random, turn: int, event: str) -> None:
    """Another report."""
    words, when = f"Norway accused Finland {turn} times.", f"2025-0{1 + turn % 9}-11"
    archive.add_record(told(f"r{turn}", words, "accused", when, "Norway=NOR", "Finland=FIN"))


CHANGES = (judged, judged, judged, linked, told_again, dated_anew, coded_anew, taken_out, added)
ODD_CHANGES = (judged, dated_anew, coded_anew, taken_out, added, report_taken_out, said_otherwise, moved, moved)


def test_the_made_archive_is_reckoned_as_sorting_its_tellings_reckons_it(made: Path) -> None:
    with Archive.open(made) as archive:
        assert kept(archive) == reckoned(archive)
        assert len(kept(archive)["pair_act"]) > 100


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_what_is_kept_is_what_reckoning_anew_gives(made: Path, tmp_path: Path, seed: int) -> None:
    path, draw = tmp_path / "a.db", random.Random(seed)
    path.write_bytes(made.read_bytes())
    with Archive.open(path) as archive:
        for step in range(6):
            with archive.transaction():
                for _ in range(6):
                    events = [row["id"] for row in archive.db.execute("SELECT id FROM event ORDER BY id")]
                    draw.choice(CHANGES)(archive, draw, draw.randrange(1_000), draw.choice(events))
            if step == 3:
                join(archive)
            now = kept(archive)
            assert now == reckoned(archive)
            assert waiting(archive) == looked_for(archive)
            assert mentioned(archive) == named(archive)
        with archive.transaction() as db:
            count_anew(db)
        assert kept(archive) == now


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_the_states_that_a_report_names_are_those_of_its_parties_and_speakers(
    made: Path, tmp_path: Path, seed: int
) -> None:
    path, draw = tmp_path / "a.db", random.Random(seed)
    path.write_bytes(made.read_bytes())
    with Archive.open(path) as archive:
        assert len(mentioned(archive)) > 1_000
        for _ in range(60):
            events = [row["id"] for row in archive.db.execute("SELECT id FROM event ORDER BY id")]
            with archive.transaction():
                draw.choice(ODD_CHANGES)(archive, draw, draw.randrange(1_000), draw.choice(events))
            assert mentioned(archive) == named(archive)


def test_an_older_archive_is_reckoned_when_it_is_opened(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(made.read_bytes())
    with Archive.open(path) as archive:
        expected, names = kept(archive), mentioned(archive)
        later = "SELECT type, name FROM sqlite_master WHERE type <> 'table' AND tbl_name <> 'uncounted'"
        later += " AND (name GLOB 'un*_*' OR name GLOB 'called_*' OR name GLOB 'mention_*')"
        later += " OR name IN ('statement_speaker', 'named')"
        for kind, name in archive.db.execute(later).fetchall():
            archive.db.execute(f"DROP {kind} {name}")
        for table in ("standing", "pair_act", "uncounted", "called", "unjoined", "unprinted", "mention"):
            archive.db.execute(f"DROP TABLE {table}")
        archive.db.execute("PRAGMA user_version = 8")
    with Archive.open(path) as archive:
        assert kept(archive) == expected
        assert mentioned(archive) == names
        assert waiting(archive) == looked_for(archive)


def test_a_run_that_is_taken_back_leaves_nothing_uncounted(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(made.read_bytes())
    with Archive.open(path) as archive:
        before = kept(archive)
        with suppress(UsageError), archive.transaction() as db:
            db.execute("DELETE FROM event WHERE n % 3 = 0")
            raise UsageError("taken back")
        assert kept(archive) == before
        assert archive.db.execute("SELECT count(*) FROM uncounted").fetchone()[0] == 0


def test_cells_and_acts_of_pairs_are_those_of_all_tellings(made: Path) -> None:
    with Archive.open(made) as archive:
        tellings = tellings_of(archive, (), shared=True)
        held: dict[tuple[str, str], list[DyadAct]] = defaultdict(list)
        for telling in tellings:
            for pair in pairs_among(telling.actors, telling.recipients):
                held[pair].append(telling)
        cells = {(cell.one, cell.other): cell for cell in cells_in(archive)}
        assert cells.keys() == {pair for pair in held if set(pair) <= known_codes()}
        for pair, found in held.items():
            acts = once(found)
            assert acts_among(archive, pair) == acts
            cell = cells[pair]
            assert (cell.acts, cell.undated) == (
                sum(act.counted_on is not None for act in acts),
                sum(act.counted_on is None for act in acts),
            )
            assert cell.tension == pytest.approx(sum(act.weight() for act in acts if act.counted_on), abs=1e-6)
            since, until = act_days = (acts[0].counted_on, acts[-1].counted_on)
            if None not in act_days:
                counted = sum(is_of_time(act, since, until) for act in acts if act.counted_on)
                windowed = {(c.one, c.other): c.acts for c in cells_in(archive, since, until)}
                assert windowed[pair] == counted
        assert cells_with(archive, "FIN") == [cell for cell in cells_in(archive) if "FIN" in (cell.one, cell.other)]


def test_an_act_without_a_state_on_the_other_side_is_one_of_its_actors(tmp_path: Path) -> None:
    text = "Argentina and Finland met the rebels in Oslo."
    sides = [party(text, "Argentina", "ARG"), party(text, "Finland", "FIN")], [party(text, "the rebels")]
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(record(text, [event(text, "CONSULT", "met", *sides, date="2024-03-03")]))
        assert [tuple(row)[:3] for row in archive.db.execute("SELECT * FROM pair_act")] == [
            ("ARG", "FIN", "2024-03-03")
        ]


@pytest.mark.parametrize("asked", ["Ledesma", "ledes", "foreign MIN", "Aino Rautala", "100%", "o_"])
def test_part_of_a_name_finds_what_looking_at_every_row_finds(made: Path, asked: str) -> None:
    with Archive.open(made) as archive:
        words = asked.replace("%", "\\%").replace("_", "\\_")
        named = "{0}name LIKE ?1 ESCAPE '\\' OR {0}role LIKE ?1 ESCAPE '\\'"
        rows = archive.db.execute(f"SELECT id FROM statement WHERE {named.format('source_')}", (f"%{words}%",))
        assert {row.id for row in archive.statements(speaker=asked)} == {row["id"] for row in rows}
        events = f"SELECT id FROM event WHERE n IN (SELECT event FROM event_party WHERE {named.format('')})"
        expected = {row["id"] for row in archive.db.execute(events, (f"%{words}%",))}
        if expected:
            assert {row.id for row in archive.events(party=asked, wrong=True)} == expected
        else:
            with pytest.raises(UsageError):
                archive.events(party=asked, wrong=True)


def test_a_name_that_a_person_enters_is_found_by_a_part_of_it(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(made.read_bytes())
    with Archive.open(path) as archive:
        event = archive.events(limit=1)[0].id
        archive.correct(event, "actors", "EST:GOV:the harbour office", "me")
        assert [row.id for row in archive.events(actor="harbour off")] == [event]


def test_reports_that_name_a_pair_are_those_that_name_either(made: Path) -> None:
    with Archive.open(made) as archive:
        naming: dict[str, set[int]] = defaultdict(set)
        parties = "SELECT country, report FROM event_party JOIN event ON n = event"
        for query in (parties, "SELECT source_country, report FROM statement"):
            for country, report in archive.db.execute(query):
                naming[country].add(report)
        days = dict(archive.db.execute("SELECT n, report_date FROM report").fetchall())
        for pair in (*combinations(naming.keys() - {None}, 2), ("ARG",), ("ARG", "FIN", "NOR")):
            shared = set.intersection(*(naming[code] for code in pair))
            told = Counter(days[report] for report in shared if days[report])
            assert {day.isoformat(): n for day, n in mentions_by_day(archive.db, pair).items()} == told


def test_reports_that_name_a_state_and_a_person_are_looked_for(made: Path) -> None:
    with Archive.open(made) as archive:
        query = (
            "SELECT report_date, count(*) FROM report WHERE report_date IS NOT NULL"
            " AND n IN (SELECT report FROM mention WHERE country = 'ARG')"
            " AND n IN (SELECT report FROM statement WHERE source_name = 'Aino Rautala') GROUP BY 1"
        )
        told = dict(archive.db.execute(query).fetchall())
        found = mentions_by_day(archive.db, ("ARG", "Aino Rautala"))
        assert {day.isoformat(): n for day, n in found.items()} == told
        assert told


def test_a_reader_answers_while_another_tool_has_changed_events(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(made.read_bytes())
    with Archive.open(path) as reader, closing(sqlite3.connect(path)) as tool:
        reader.refuse_writing()
        before = len(reader.events(party="ARG", once=True))
        tool.execute(
            "UPDATE event SET verdict = 'wrong' WHERE n = (SELECT max(event) FROM standing WHERE scope = 'ARG')"
        )
        tool.commit()
        assert len(reader.events(party="ARG", once=True)) == before - 1
