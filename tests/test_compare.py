"""Two codings of the same reports: what agrees, what differs, and judging the differences side by side."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.archive import Archive
from detente.cli.app import app
from detente.coding.agreement import Coded, agreement, paired
from detente.record import Record, Span
from tests.made_records import EXPULSION, event, expulsion, party, record, summit
from tests.web_client import Client


def other_expulsion() -> Record:
    """The same report by another coder: another status, no date, and an event more where one is missed."""
    mine = expulsion()
    changed = replace(mine.events[0], date=None, status="planned")
    denied = event(EXPULSION, "REJECT", "denied", [party(EXPULSION, "He", "RUS")], id="e2")
    return replace(mine, events=(changed, denied))


def coded(
    trigger: tuple[int, int], type: str = "ASSAULT", actors: str = "RUS", evidence: tuple[int, int] = (0, 99)
) -> Coded:
    sides = frozenset({actors}), frozenset[str]()
    return Coded("e", Span(*trigger), Span(*evidence), type, None, "happened", *sides, None, False)


def test_events_with_overlapping_triggers_are_one_act_and_the_likest_are_paired_first() -> None:
    one = [coded((10, 16)), coded((20, 26), "COERCE")]
    other = [coded((12, 30), "COERCE"), coded((10, 16))]
    pairs = paired(one, other)
    assert [(p.one, p.other) for p in pairs] == [(one[0], other[1]), (one[1], other[0])]
    assert pairs[0].agrees


def test_events_of_one_type_are_one_act_where_each_tells_the_others_trigger() -> None:
    assert len(paired([coded((10, 16))], [coded((40, 46))])) == 1
    assert len(paired([coded((10, 16))], [coded((40, 46), "COERCE")])) == 2
    assert len(paired([coded((10, 16), evidence=(0, 20))], [coded((40, 46))])) == 2


def test_agreement_counts_events_in_both_and_their_fields() -> None:
    pairs = paired([coded((10, 16)), coded((60, 66), evidence=(60, 66))], [coded((10, 16), actors="USA")])
    found = agreement([pairs, ()])
    assert (found.reports, found.one, found.other, found.both, found.whole) == (2, 2, 1, 1, 0)
    assert dict(found.alike) == {
        "type": 1, "mode": 1, "status": 1, "actors": 0, "recipients": 1, "date": 1, "said_by": 1,
    }  # fmt: skip
    assert found.f1 == pytest.approx(2 / 3)
    assert agreement([()]).f1 == 1.0


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_text(f"{expulsion().to_json()}\n{summit().to_json()}\n", encoding="utf-8")
    failure = '{"id": "f", "error": {"id": "f", "origin": null, "code": "x", "reason": "y"}}'
    other.write_text(f"{failure}\n{other_expulsion().to_json()}\n{summit().to_json()}\n", encoding="utf-8")
    return one, other


def run(*args: object) -> str:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_two_files_are_compared_field_by_field(files: tuple[Path, Path]) -> None:
    told = json.loads(run("compare", *files, "--json"))
    assert (told["reports"], told["one"], told["other"], told["both"], told["whole"]) == (2, 4, 4, 3, 2)
    assert dict(told["alike"])["status"] == 2
    words = [[side and side["trigger"] for side in (d["one"], d["other"])] for d in told["differences"]]
    differences = [(d["differs"], *pair) for d, pair in zip(told["differences"], words, strict=True)]
    assert differences == [
        (["status", "date"], "expelled", "expelled"),
        ([], None, "denied"),
        ([], "hacked", None),
    ]
    page = run("compare", *files, "--differences")
    assert "events in both" in page
    assert "status, date" in page


def test_an_archive_is_compared_with_a_file(files: tuple[Path, Path], tmp_path: Path) -> None:
    with Archive.open(tmp_path / "one.db", create=True) as archive:
        archive.add_record(expulsion())
    told = json.loads(run("compare", tmp_path / "one.db", files[1], "--json"))
    assert (told["reports"], told["both"]) == (1, 1)


def test_codings_of_different_reports_are_wrong_use(files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "third.jsonl").write_text(record("Chad left.").to_json() + "\n", encoding="utf-8")
    for other in ("third.jsonl", "none.jsonl"):
        result = CliRunner().invoke(app, ["compare", str(files[0]), str(tmp_path / other)])
        assert result.exit_code != 0


@pytest.fixture
def client(tmp_path: Path) -> Client:
    for name, mine in (("one.db", expulsion()), ("other.db", other_expulsion())):
        with Archive.open(tmp_path / name, create=True) as archive:
            archive.add_record(mine)
            archive.add_record(summit())
    return Client(tmp_path / "one.db", beside=tmp_path / "other.db")


def card(client: Client, query: str = "") -> dict[str, object] | None:
    shown = json.loads(client.get(f"/compare.json{query}").text)["card"]
    assert shown is None or isinstance(shown, dict)
    return shown


def test_differences_are_judged_one_after_another_each_in_its_own_archive(client: Client, tmp_path: Path) -> None:
    seen = []
    for _ in range(9):
        shown = card(client)
        if shown is None:
            break
        sides = shown["sides"]
        assert isinstance(sides, list)
        live = next(side for side in sides if side and side["live"])
        seen.append((shown["number"], live["under"], live["trigger"]))
        address = f"{'/beside' if live['under'] else ''}/event/{live['id']}/verdict"
        answer = client.post(address, {"verdict": "wrong", "back": "/compare?from=0"})
        assert answer.headers["location"] == "/compare?from=0"
    assert seen == [
        (0, "", "expelled"), (0, "beside", "expelled"), (1, "beside", "denied"), (2, "", "hacked"),
    ]  # fmt: skip
    for name, judged in (("one.db", {"expelled", "hacked"}), ("other.db", {"expelled", "denied"})):
        with Archive.open(tmp_path / name) as archive:
            assert {e.trigger for e in archive.each_event(wrong=True) if e.verdict == "wrong"} == judged


def test_the_page_shows_both_codings_with_the_keys_and_only_where_there_are_two(client: Client, tmp_path: Path) -> None:
    page = client.get("/compare").text
    assert 'data-key="a"' in page
    assert page.count('data-key="x"') == 1
    assert "they differ in status, date" in page
    assert 'href="/compare"' in client.get("/review").text
    alone = Client(tmp_path / "one.db")
    assert alone.get("/compare").status_code == 404
    assert 'href="/compare"' not in alone.get("/review").text
