"""``detente watch`` as a person runs it: alerts go where they should, once, and a dry run changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import fastfeedparser
import pytest
from standardwebhooks.webhooks import Webhook as Verifier
from typer.testing import CliRunner, Result

from detente.archive import Archive
from detente.cli.app import app, click_command
from detente.cli.settings_file import Found, default_map
from detente.errors import DetenteError, UsageError
from tests.alert_servers import hooked, mailing
from tests.test_alerts_finding import PLAN, meeting

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def run(*words: object) -> Result:
    result = CliRunner().invoke(app, ["watch", *(str(word) for word in words)])
    if isinstance(result.exception, DetenteError):
        raise result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text(SECRET + "\n", encoding="utf-8")
    return tmp_path


def add(path: Path, *numbers: str) -> None:
    with Archive.open(path, create=True) as archive:
        for record in (PLAN, meeting("met")):
            if record.id in numbers:
                archive.add_record(record)


def test_an_alert_goes_to_every_place_once(folder: Path) -> None:
    path, out, feeds = folder / "a.db", folder / "alerts.jsonl", [folder / f"a{end}" for end in (".atom", ".json")]
    with hooked() as hook, mailing() as (box, port):
        places = [
            "--pair", "Chile,Norway", "-o", out, "--publish", feeds[0], "--publish", feeds[1],
            "--webhook", hook.url(), "--webhook-secret-file", folder / "secret", "--local-webhooks",
            "--mail-to", "desk@example.org", "--mail-from", "watch@example.org", "--smtp", f"smtp://127.0.0.1:{port}",
        ]  # fmt: skip
        add(path, "plan")
        assert run(path, *places).output == ""
        assert not out.exists()
        add(path, "met")
        dry = run(path, *places, "--dry-run")
        assert "Promise kept: The envoys of Norway and Chile will meet" in dry.output
        assert "mail to desk@example.org through 127.0.0.1" in dry.output
        assert f"feed {feeds[0]}: would hold 1" in dry.output
        assert (hook.posted, box.messages, out.exists()) == ([], [], False)
        hook.status = 500
        failing = run(path, *places)
        assert (failing.exit_code, "the server answered 500" in failing.stderr) == (1, True)
        assert len(box.messages) == 1
        hook.status = 204
        again = run(path, *places)
        assert (again.exit_code, again.output) == (0, "")
        assert run(path, *places).exit_code == 0
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert [headers["webhook-id"] for headers, _ in hook.posted] == [json.loads(line)["id"]] * 2
    assert Verifier(SECRET).verify(hook.posted[1][1], hook.posted[1][0])["data"] == json.loads(line)
    assert len(box.messages) == 1
    assert len(fastfeedparser.parse(feeds[0].read_text(encoding="utf-8")).entries) == 1
    assert len(json.loads(feeds[1].read_text(encoding="utf-8"))["items"]) == 1


def test_a_feed_that_cannot_be_written_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, feed = folder / "a.db", folder / "a.atom"
    add(path, "plan")
    run(path, "--publish", feed)
    add(path, "met")

    def full(*given: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("detente.cli.alerting.opened", full)
    result = run(path, "--publish", feed, "-o", folder / "out.jsonl")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert (folder / "out.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_a_dry_run_on_a_new_archive_makes_none(folder: Path) -> None:
    assert run(folder / "a.db", "--dry-run").exit_code == 0
    assert not (folder / "a.db").exists()


def test_a_person_may_ask_for_kinds_and_for_what_was_there_before(folder: Path) -> None:
    add(folder / "a.db", "plan", "met")
    assert run(folder / "a.db").output == ""
    assert run(folder / "a.db", "--since", "2021", "--alert", "broken", "--dry-run").output == ""
    assert "Promise kept" in run(folder / "a.db", "--since", "2021", "--alert", "kept").output


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--pair", "USA"], "comma between"),
        (["--pair", "USA,Atlantis"], "no state"),
        (["--pair", "USA,United States"], "one state"),
        (["--webhook", "https://hooks.example.org/a"], "--webhook-secret-file"),
        (["--mail-to", "desk@example.org"], "--smtp"),
        (["--publish", "alerts.txt"], "ends in .atom"),
        (["--site", "desk"], "no address"),
        (["--since", "soon"], "no date"),
    ],
)
def test_wrong_use_is_told_before_anything_is_read(folder: Path, words: list[str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        run(folder / "a.db", *words)
    assert not (folder / "a.db").exists()


def test_the_settings_file_says_where_alerts_go(folder: Path) -> None:
    path = folder / "detente.toml"
    path.write_text(
        '[watch]\npair = ["USA,RUS"]\npublish = ["alerts.atom"]\nwebhook-secret-file = "secret"\n'
        'webhook = ["https://hooks.example.org/a"]\nmail-to = ["desk@example.org"]\n',
        encoding="utf-8",
    )
    assert default_map(Found(path, named=True), click_command())["watch"] == {
        "pair": ["USA,RUS"],
        "publish": [str(folder / "alerts.atom")],
        "webhook_secret_file": str(folder / "secret"),
        "webhook": ["https://hooks.example.org/a"],
        "mail_to": ["desk@example.org"],
    }
