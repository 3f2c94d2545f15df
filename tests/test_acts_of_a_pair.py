"""The acts of a pair are the same number wherever they are counted: once an act, on its own day or apart."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.archive import Archive
from detente.archive.events import EventQuestion, count_events
from detente.cli.app import app
from detente.exports.flat import BETWEEN
from detente.exports.package import export
from detente.relations.matrix import cells_in, cells_with
from detente.relations.pair import relate
from tests.made_archive import make_archive
from tests.made_records import event, expulsion, party, record, summit, told
from tests.web_client import Client

WINDOW = ("2024-02-14", "2024-12-31")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of invented reports, with acts told twice, judged wrong, without a day and of a month joined in."""
    path = make_archive(tmp_path_factory.mktemp("acts") / "a.db")
    with Archive.open(path) as archive:
        rows = [event.id for event in archive.events(pair=("ARG", "FIN"))]
        for number, id_ in enumerate(rows):
            if number % 9 == 0:
                values = (f"act{number // 18}", id_)
                archive.db.execute("INSERT INTO telling SELECT n, ? FROM event WHERE id = ?", values)
            if number % 11 == 0:
                archive.correct(id_, "date", "", "me")
            if number % 13 == 0:
                archive.judge(id_, "wrong", "me")
            if number % 17 == 0:
                archive.correct(id_, "date", "2024-05", "me")
            if number % 19 == 0:
                archive.correct(id_, "date", "2014-03-18", "me")
    return path


def run(*words: object) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_archive_made_for_this_holds_every_kind(made: Path) -> None:
    with Archive.open(made) as archive:
        relation = relate(archive, ("ARG", "FIN"))
        assert relation.loose > 0
        assert relation.beyond > 0
        assert len(relation.undated) > 0
        assert any(act.tellings > 1 for act in relation.acts)
        assert len(archive.events(pair=("ARG", "FIN"))) > len(relation.acts) + len(relation.undated)
        drawn = sum(len(point.acts) for point in relation.points)
        assert drawn + relation.loose + relation.beyond == len(relation.acts)


@pytest.mark.parametrize("window", [(None, None), WINDOW])
def test_every_place_counts_the_same_acts(made: Path, window: tuple[str | None, str | None]) -> None:
    since, until = window
    options = [*(("--since", since) if since else ()), *(("--until", until) if until else ())]
    query = "&".join(f"{name}={day}" for name, day in (("since", since), ("until", until)) if day)
    with Archive.open(made) as archive:
        question = {"pair": ("ARG", "FIN"), "since": since, "until": until, "once": True}
        acts = count_events(archive.db, EventQuestion(**question, undated=False))  # type: ignore[arg-type]
        undated = count_events(archive.db, EventQuestion(**question, undated=True))  # type: ignore[arg-type]
    related = json.loads(run("relations", made, "ARG", "FIN", "--json", *options))
    assert (related["acts"], related["undated"]) == (acts, undated)
    listed = json.loads(run("timeline", made, "--pair", "ARG", "FIN", "--json", *options))
    assert len(listed) == acts
    once = json.loads(run("events", made, "--pair", "FIN", "ARG", "--once", "--json", *options))
    assert len(once) == acts + undated
    client = Client(made)
    pair = json.loads(client.get(f"/pair/ARG/FIN.json?{query}").text)
    assert (pair["acts"], pair["undated"]) == (acts, undated)
    timeline = json.loads(client.get(f"/timeline.json?one=ARG&other=FIN&{query}").text)
    assert (timeline["total"], timeline["undated"]) == (acts, undated)


def test_the_matrix_and_the_page_of_a_state_count_what_the_pair_counts(made: Path) -> None:
    with Archive.open(made) as archive:
        relation = relate(archive, ("ARG", "FIN"))
        [cell] = [cell for cell in cells_in(archive) if (cell.one, cell.other) == ("ARG", "FIN")]
        [partner] = [cell for cell in cells_with(archive, "FIN") if cell.one == "ARG"]
    assert cell == partner
    assert (cell.acts, cell.undated) == (len(relation.acts), len(relation.undated))
    client = Client(made)
    [deals] = [p for p in json.loads(client.get("/who/FIN.json").text)["partners"] if p["code"] == "ARG"]
    assert (deals["acts"], deals["undated"]) == (cell.acts, cell.undated)
    home = json.loads(client.get("/index.json?window=all").text)
    [shown] = [c for c in home["cells"] if (c["one"], c["other"]) == ("ARG", "FIN")]
    assert (shown["acts"], shown["undated"]) == (cell.acts, cell.undated)


def test_a_cell_of_a_window_leads_to_a_page_of_the_same_number(made: Path) -> None:
    client = Client(made)
    home = json.loads(client.get("/index.json?window=1 year").text)
    [cell] = [c for c in home["cells"] if (c["one"], c["other"]) == ("ARG", "FIN")]
    assert f"/pair/ARG/FIN?since={home['since']}" in client.get("/?window=1 year").text
    assert json.loads(client.get(f"/pair/ARG/FIN.json?since={home['since']}").text)["acts"] == cell["acts"]


def test_rows_of_events_tell_which_act_they_are_of(made: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("events", made, "--pair", "ARG", "FIN", "--csv"))))
    with Archive.open(made) as archive:
        relation = relate(archive, ("ARG", "FIN"))
    assert len({row["act_id"] for row in rows}) == len(relation.acts) + len(relation.undated)


def test_an_export_holds_the_acts_of_the_pair(made: Path, tmp_path: Path) -> None:
    with Archive.open(made) as archive:
        relation = relate(archive, ("ARG", "FIN"))
        with export(archive, "csv", tmp_path).open(encoding="utf-8") as lines:
            rows = [row for row in csv.DictReader(lines) if row["verdict"] != "wrong"]
    acts = set()
    for row in rows:
        actors, recipients = (set(row[f"{side}_country"].split(BETWEEN)) for side in ("actor1", "actor2"))
        others = recipients if row["actor2"] else actors
        if any(one in actors and other in others for one, other in (("ARG", "FIN"), ("FIN", "ARG"))):
            acts.add(row["act_id"])
    assert len(acts) == len(relation.acts) + len(relation.undated)


def test_an_act_without_a_day_is_in_no_point_and_not_on_the_day_of_its_report(tmp_path: Path) -> None:
    text = "Moscow has raised its forces near Tallinn."
    undated = record(
        text, [event(text, "MOBILIZE", "raised", [party(text, "Moscow", "RUS")], [party(text, "Tallinn", "EST")])]
    )
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(undated)
        relation = relate(archive, ("RUS", "EST"))
    assert (len(relation.acts), len(relation.undated)) == (0, 1)
    assert all(not point.acts for point in relation.points)
    page = Client(tmp_path / "a.db").get("/pair/RUS/EST").text
    assert "1 act more without a day" in page


def test_an_act_retold_in_another_report_is_one_in_the_list_of_a_timeline(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(summit())
        archive.add_record(
            told("r3", "Biden met Putin.", "met", "2021-06-16", "Biden=USA", "Putin=RUS", type="CONSULT")
        )
        archive.db.execute(
            "INSERT INTO telling SELECT n, 'ac1' FROM event WHERE type = 'CONSULT' AND status = 'happened'"
        )
    listed = json.loads(run("timeline", tmp_path / "a.db", "--pair", "USA", "RUS", "--json"))
    assert [(row["trigger"], row["act_id"]) for row in listed if row["status"] == "happened"] == [("met", "ac1")]


def test_two_states_that_act_together_against_a_third_are_no_pair_anywhere(tmp_path: Path) -> None:
    text = "Washington and London struck Sanaa."
    sides = [party(text, "Washington", "USA"), party(text, "London", "GBR")]
    strike = event(text, "ASSAULT", "struck", sides, [party(text, "Sanaa", "YEM")], date="2024-01-12", intensity=-9.0)
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(record(text, [strike], date="2024-01-12"))
        archive.add_record(expulsion())
    names = {p["code"] for p in json.loads(Client(tmp_path / "a.db").get("/who/USA.json").text)["partners"]}
    assert names == {"YEM", "RUS"}
    assert json.loads(run("events", tmp_path / "a.db", "--pair", "USA", "GBR", "--json")) == []


def test_a_pair_of_few_weeks_says_how_many_surprises_need_and_which_were_unread(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion())
        archive.add_record(
            told(
                "r3",
                "Moscow expelled an envoy of Washington.",
                "expelled",
                "2021-07-14",
                "Moscow=RUS",
                "Washington=USA",
            )
        )
    said = run("relations", tmp_path / "a.db", "RUS", "USA")
    assert "Surprise needs 26 weeks read, and has 2." in said
    assert "No report read: 2021-06-14 to 2021-07-11" in said
    page = Client(tmp_path / "a.db").get("/pair/RUS/USA?by=week").text
    assert "needs 26 weeks read before it, and there are 2" in page
    assert "14 Jun 2021 – 11 Jul 2021" in page
