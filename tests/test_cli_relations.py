"""``detente relations``, ``watch``, ``bench relations`` and ``serve`` as a person runs them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from detente.archive import Archive
from detente.cli.app import app
from detente.errors import DetenteError, UsageError
from detente.record import Party
from tests.made_archive import make_archive
from tests.made_records import event, party, record, span


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("cli") / "a.db")


def run(*words: object) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, DetenteError):
        raise result.exception
    return result


def test_a_relation_is_told_with_its_surprises_turns_and_promises(archive: Path) -> None:
    told = run("relations", archive, "Argentina", "FIN").output
    assert "Argentina – Finland, by week" in told
    assert "colder than expected" in told
    assert "turned colder" in told
    assert "nothing found" in told
    assert "no report read" in told


def test_a_relation_as_json_holds_points_and_formulas(archive: Path) -> None:
    data = json.loads(run("relations", archive, "ARG", "FIN", "--json", "--by", "month", "--since", "2024").output)
    assert data["points"][0]["start"] == "2024-01-01"
    assert data["surprises"][0]["formula"].startswith("tension ")


def test_a_relation_as_csv_has_a_row_a_week(archive: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("relations", archive, "ARG", "FIN", "--csv").output)))
    assert len(rows) == 155
    assert rows[-1]["coverage"] == "acts told"


def test_a_direction_and_a_group_are_told_too(archive: Path) -> None:
    assert "Argentina → Finland" in run("relations", archive, "ARG", "FIN", "--directed").output
    assert "Argentina – Finland – Norway" in run("relations", archive, "ARG", "FIN", "NOR").output


@pytest.mark.parametrize(("ending", "start"), [(".svg", b"<svg"), (".png", b"\x89PNG")])
def test_the_tension_is_drawn_into_a_file(archive: Path, tmp_path: Path, ending: str, start: bytes) -> None:
    out = tmp_path / f"tension{ending}"
    run("relations", archive, "ARG", "FIN", "--plot", out)
    assert out.read_bytes().startswith(start)


def test_a_body_stands_to_a_state_as_a_state_does(tmp_path: Path) -> None:
    text = "NATO condemned Russia on Thursday."
    nato = Party(span(text, "NATO"), "NATO", "North Atlantic Treaty Organization", "IGO", "IGO", "Q7184")
    act = event(text, "ACCUSE", "condemned", [nato], [party(text, "Russia", "RUS")], date="2021-06-10", intensity=-2.0)
    with Archive.open(tmp_path / "a.db", create=True) as made:
        made.add_record(record(text, [act]))
    data = json.loads(run("relations", tmp_path / "a.db", "NATO", "RUS", "--json").output)
    assert data["states"] == ["North Atlantic Treaty Organization", "RUS"]
    assert data["acts"] == 1
    assert "North Atlantic Treaty Organization – Russia" in run("relations", tmp_path / "a.db", "NATO", "RUS").output
    assert "condemned" in run("events", tmp_path / "a.db", "--pair", "RUS", "NATO").output


@pytest.mark.parametrize(("ending", "start"), [(".svg", b"<svg"), (".png", b"\x89PNG"), (".geojson", b'{"type": "Fea')])
def test_acts_are_drawn_on_a_map(archive: Path, tmp_path: Path, ending: str, start: bytes) -> None:
    out = tmp_path / f"map{ending}"
    told = run("map", archive, "-o", out, "--pair", "ARG", "FIN").output
    assert out.read_bytes().startswith(start)
    assert "Lisbon (PRT, area)" in told
    data = json.loads(run("map", archive, "-o", out, "--pair", "ARG", "FIN", "--json").output)
    assert [(p["name"], p["acts"]) for p in data["places"]] == [("Lisbon", data["acts"])]
    assert data["elsewhere"] > 0


def test_a_map_is_a_drawing(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.svg, \.png or \.geojson"):
        run("map", archive, "-o", tmp_path / "map.pdf")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("ARG",), "two states"),
        (("ARG", "Atlantis"), "no party"),
        (("ARG", "FIN", "--since", "soon"), "no date"),
        (("ARG", "FIN", "--plot", "tension.jpg"), ".svg or .png"),
        (("ARG", "FIN", "NOR", "--directed"), "direction"),
    ],
)
def test_wrong_use_is_told_with_what_to_do(archive: Path, words: tuple[str, ...], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        run("relations", archive, *words)


def test_known_turns_are_measured_beside_the_baselines(archive: Path) -> None:
    results = json.loads(run("bench", "relations", archive, "--json").output)
    assert [(row["set"], row["method"]) for row in results if row["method"] == "surprise"] == [
        ("held-out", "surprise"),
        ("tuned", "surprise"),
    ]
    assert len(results) == 2 * 8
    assert "false alarms a pair-year" in run("bench", "relations", archive).output


def test_watching_adds_what_is_new_and_writes_no_surprise_where_there_is_none(tmp_path: Path) -> None:
    feed, out = tmp_path / "reports.jsonl", tmp_path / "told.jsonl"
    report = {"id": "a", "text": "Norway expelled two diplomats of Chile on Monday.", "date": "2024-03-05"}
    feed.write_text(json.dumps(report) + "\n", encoding="utf-8")
    result = run("watch", tmp_path / "a.db", feed, "--alert", "surprise", "-o", out, "--quiet")
    assert result.exit_code == 0
    with Archive.open(tmp_path / "a.db") as added:
        assert added.counts()["report"] == 1
    assert not out.exists()


def test_the_workbench_is_served_by_several_processes_and_ends_with_the_first(archive: Path) -> None:
    command = [sys.executable, "-m", "detente", "serve", str(archive), "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            address = server.stdout.readline().split(" at ")[1].split(" ")[0]
            for _ in range(6):
                with urllib.request.urlopen(f"{address}help", timeout=30) as answer:
                    assert answer.status == 200
        finally:
            server.terminate()
        # The pipe closes only when every process that holds it is gone.
        assert server.stdout.read() == ""
        server.wait(20)


def test_serving_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="detente add"):
        run("serve", tmp_path / "none.db")
    (tmp_path / "secret").write_text("\n", encoding="utf-8")
    with pytest.raises(UsageError, match="holds no password"):
        run("serve", tmp_path / "none.db", "--password-file", tmp_path / "secret")
