"""Questions that cannot be meant are refused with what can be; limits say what they keep back."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.archive import Archive
from detente.cli.app import app
from detente.errors import UsageError
from tests.made_archive import make_archive
from tests.web_client import Client

WRONG = [
    (["events", "--type", "SANCTIONS"], "Did you mean SANCTION?"),
    (["events", "--type", "WAR"], "The types are AGREE, CONSULT"),
    (["events", "--mode", "expell"], "Did you mean expel"),
    (["events", "--type", "SANCTION", "--mode", "visit"], "The modes are convict, discontinue, expel, withdraw."),
    (["events", "--status", "done"], "The statuses are happened, planned, possible, denied."),
    (["events", "--actor", "RUS:ARMY"], "The sectors are GOV"),
    (["events", "--pair", "Finnland", "ARG"], "did you mean Finland?"),
    (["events", "--party", "Ruritania"], "Did you mean"),
    (["timeline", "--party", "Finnland"], "Did you mean Finland?"),
    (["promises", "--type", "PROMISE"], "There is no type 'PROMISE'."),
    (["events", "--report", "r0"], "There is no report 'r0' in the archive"),
    (["statements", "--speaker", "RUS:ARMY"], "The sectors are GOV"),
    (["statements", "--kind", "shouted"], "The kinds are direct, indirect, mixed."),
    (["relations", "Finnland", "ARG"], "did you mean Finland?"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("asked") / "a.db")


@pytest.fixture(scope="module")
def client(made: Path) -> Client:
    return Client(made)


def run(*words: object) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception:
        raise result.exception
    return result.stdout


@pytest.mark.parametrize(("words", "reason"), WRONG)
def test_what_there_is_not_is_refused_with_what_there_is(made: Path, words: list[str], reason: str) -> None:
    with pytest.raises(UsageError) as refused:
        run(words[0], made, *words[1:])
    assert reason in str(refused.value)


def test_a_wrong_question_ends_with_exit_code_2(made: Path) -> None:
    command = [sys.executable, "-m", "detente", "events", str(made), "--type", "SANCTIONS"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "Did you mean SANCTION?" in ended.stderr


@pytest.mark.parametrize(
    "address",
    [
        "/search?type=SANCTIONS", "/search?mode=expell", "/search?kind=statements&said_by=RUS:ARMY",
        "/search?status=done", "/search?party=Ruritania", "/search?kind=things",
        "/timeline?one=Finnland&other=ARG", "/timeline?type=WAR", "/promises?outcome=good", "/promises?one=Finnland",
        "/disputes?kind=loud", "/pair/Finnland/ARG", "/pair/ARG/FIN?by=year", "/reports?page=last", "/?window=ages",
        "/review?type=WAR",
    ],
)  # fmt: skip
def test_the_workbench_refuses_it_too(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400, address
    path, _, query = address.partition("?")
    twin = client.get(f"{'/index' if path == '/' else path}.json?{query}")
    assert twin.status_code == 400
    assert json.loads(twin.text)["error"]


def test_types_statuses_modes_and_codes_may_be_written_in_any_case(made: Path) -> None:
    asked = json.loads(
        run("events", made, "--type", "sanction", "--status", "Happened", "--pair", "arg", "fin", "--json")
    )
    assert asked
    assert {row["type"] for row in asked} == {"SANCTION"}


def test_a_known_state_without_acts_is_answered_with_nothing(made: Path) -> None:
    assert json.loads(run("events", made, "--party", "Japan", "--json")) == []


def test_a_part_of_a_name_is_no_wrong_question(made: Path) -> None:
    assert json.loads(run("statements", made, "--speaker", "Ledesma", "--json"))


@pytest.mark.parametrize(
    "words", [["events"], ["statements"], ["promises"], ["disputes"], ["timeline", "--party", "ARG"]]
)
def test_a_table_says_how_many_there_are_and_limit_0_shows_all(made: Path, words: list[str]) -> None:
    command, *rest = words
    total = len(json.loads(run(command, made, *rest, "--json")))
    assert total > 7
    assert f"7 of {total:,}: --limit 0 shows all" in " ".join(run(command, made, *rest, "--limit", "7").split())
    assert len(json.loads(run(command, made, *rest, "--limit", "0", "--json"))) == total


def test_a_limit_on_rows_for_machines_is_told_on_standard_error(made: Path) -> None:
    result = CliRunner().invoke(app, ["events", str(made), "--csv", "--limit", "3"])
    assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == 3
    assert "3 of " in result.stderr


@pytest.mark.parametrize("path", ["/search", "/reports", "/timeline", "/promises", "/disputes"])
def test_a_twin_says_what_it_leaves_out_and_where_the_rest_is(client: Client, path: str) -> None:
    first = client.get(f"{path}.csv?limit=5")
    total = int(first.headers["x-total-count"])
    assert total > 5
    assert len(list(csv.DictReader(io.StringIO(first.text)))) == 5
    assert f'<{path}.csv?limit=5&page=2>; rel="next"' in first.headers["link"]
    assert json.loads(client.get(f"{path}.json?limit=5").text)["shown"] == f"5 of {total:,}"
    every = client.get(f"{path}.csv?limit=0")
    assert len(list(csv.DictReader(io.StringIO(every.text)))) == total
    assert "link" not in every.headers


def test_the_pages_of_a_twin_lead_through_all_rows_once(client: Client) -> None:
    address, found = "/reports.csv?limit=100", []
    while address:
        answer = client.get(address)
        found += [row["id"] for row in csv.DictReader(io.StringIO(answer.text))]
        links = dict(reversed(link.split("; rel=")) for link in answer.headers.get("link", "").split(", ") if link)
        address = links.get('"next"', "").strip("<>")
    assert len(found) == len(set(found)) == int(answer.headers["x-total-count"])


def test_reports_of_a_time_are_listed(client: Client, made: Path) -> None:
    answer = json.loads(client.get("/reports.json?since=2024-03&until=2024-03").text)
    with Archive.open(made) as archive:
        days = [day for (day,) in archive.db.execute("SELECT report_date FROM report")]
    assert answer["total"] == sum(day.startswith("2024-03") for day in days)
    assert all(row["report_date"].startswith("2024-03") for row in answer["reports"])
