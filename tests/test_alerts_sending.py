"""Sending alerts: feeds, signed webhooks and mail, each alert once to each, and no failure that stops the rest."""

from __future__ import annotations

import json
import re
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import fastfeedparser
import pytest
from lxml import etree
from standardwebhooks.webhooks import Webhook as Verifier

from detente.alerts.mail import Mail, mail_server
from detente.alerts.published import as_atom, as_json_feed, as_rss, form_of
from detente.alerts.sending import AlertFile, Channel, open_channels, send_waiting, waiting
from detente.alerts.webhook import Webhook
from detente.archive import Archive
from detente.archive.alerted import Alert, AlertEvidence, Interest, keep_alert
from detente.cli.alerting import is_near_or_public
from detente.errors import DeliveryError, UsageError
from tests.alert_servers import HookServer, hooked, mailing

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ALL = Interest(("surprise", "kept", "moved", "broken"))
HOSTILE = "Norway <script>alert(1)</script> & ]]> \x1b[2Jfled"


def alert(number: int = 1, words: str = "Norway expelled two envoys of Chile.") -> Alert:
    evidence = AlertEvidence(
        "act", words, f"ev{number}", "happened", "2024-09-03", "re1", "2024-09-03", "A title", "Example Wire",
        "https://news.example/1",
    )  # fmt: skip
    return Alert(
        id=f"00000000-0000-5000-8000-{number:012}",
        kind="surprise",
        pairs=(("CHL", "NOR"),),
        day="2024-09-02",
        title=f"Chile – Norway: colder than expected in week {number}",
        text="tension +0.70 = +0.70; expected +0.00",
        evidence=(evidence,),
        found="2024-09-03T10:00:00Z",
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", create=True) as opened:
        yield opened


@pytest.fixture
def hook() -> Iterator[HookServer]:
    with hooked() as server:
        yield server


def near(server: HookServer, **more: Any) -> Webhook:
    """A webhook that may lie on this machine."""
    return Webhook(server.url(), SECRET, allow=lambda ip: ip.is_loopback, ports={server.port}, **more)


def keep(archive: Archive, *alerts: Alert) -> None:
    with archive.transaction() as db:
        for each in alerts:
            assert keep_alert(db, each, [each.id])


def sent(archive: Archive, *channels: Channel) -> list[str]:
    """What failed when everything that waits was sent."""
    return [str(error) for error in send_waiting(archive, channels, ALL)]


def test_an_alert_is_posted_once_and_its_signature_is_verified(archive: Archive, hook: HookServer) -> None:
    channel = near(hook)
    open_channels(archive, [channel])
    keep(archive, alert())
    assert sent(archive, channel) == []
    assert sent(archive, near(hook)) == []
    ((headers, body),) = hook.posted
    told = Verifier(SECRET).verify(body, headers)
    assert (told["type"], told["data"]["title"]) == ("alert.surprise", alert().title)
    assert Alert.from_dict(told["data"]) == alert()
    assert "Norway expelled two envoys of Chile." in told["text"]
    with pytest.raises(Exception, match="signature"):
        Verifier(SECRET).verify(body.replace(b"two", b"ten"), headers)


def test_what_a_server_did_not_take_is_sent_again_with_the_same_id(archive: Archive, hook: HookServer) -> None:
    channel = near(hook)
    open_channels(archive, [channel])
    keep(archive, alert())
    hook.status = 503
    assert sent(archive, channel) == [f"webhook http://127.0.0.1:{hook.port}/…: the server answered 503"]
    hook.status = 200
    assert sent(archive, channel) == []
    assert sent(archive, channel) == []
    assert [headers["webhook-id"] for headers, _ in hook.posted] == [alert().id] * 2


def test_a_server_that_is_down_is_left_alone_and_the_others_are_served(archive: Archive, hook: HookServer) -> None:
    file = AlertFile(archive.path.with_name("alerts.jsonl"))
    channel = near(hook)
    open_channels(archive, [channel, file])
    keep(archive, *map(alert, range(5)))
    hook.status = 500
    assert len(sent(archive, channel, file)) == 3
    assert len(hook.posted) == 3
    assert [json.loads(line)["id"] for line in file.path.read_text(encoding="utf-8").splitlines()] == [
        alert(number).id for number in range(5)
    ]


def test_after_many_tries_an_alert_is_given_up(
    archive: Archive, hook: HookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = near(hook)
    open_channels(archive, [channel])
    keep(archive, alert())
    hook.status = 500
    monkeypatch.setattr("detente.archive.alerted.MOST_TRIES", 3)
    for _ in range(3):
        assert sent(archive, channel)
    assert sent(archive, channel) == []


def test_a_channel_hears_of_nothing_that_was_found_before_it_was_named(archive: Archive, tmp_path: Path) -> None:
    keep(archive, alert(1))
    file = AlertFile(tmp_path / "alerts.jsonl")
    open_channels(archive, [file])
    keep(archive, alert(2))
    assert [each.id for each in waiting(archive, file, ALL)] == [alert(2).id]
    asked = Interest(ALL.kinds, since="2024-09-01")
    assert [each.id for each in waiting(archive, file, asked)] == [alert(1).id, alert(2).id]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(hook: HookServer, status: int) -> None:
    hook.status = status
    with pytest.raises(DeliveryError, match="redirects"):
        near(hook).send([alert()])
    assert len(hook.posted) == 1


def test_a_server_that_takes_its_time_is_left(hook: HookServer) -> None:
    hook.delay = 2.0
    with pytest.raises(DeliveryError, match="took more than"):
        near(hook, seconds=0.3).send([alert()])


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "100.64.0.1"])
def test_no_private_address_is_called_unless_told(host: str) -> None:
    with pytest.raises(DeliveryError, match="may not be fetched from"):
        Webhook(f"http://{host}/hook", SECRET).send([alert()])


def test_a_name_that_leads_to_a_private_address_is_not_called(hook: HookServer) -> None:
    channel = Webhook(
        hook.url(host="hooks.test"),
        SECRET,
        ports={hook.port},
        resolve=lambda host, port: ["93.184.216.34", "127.0.0.1"],
    )
    with pytest.raises(DeliveryError, match="may not be fetched from"):
        channel.send([alert()])
    assert hook.posted == []


@pytest.mark.parametrize(
    ("url", "secret", "reason"),
    [
        ("ftp://example.org/", SECRET, "no http"),
        ("https://user:word@example.org/", SECRET, "user name"),
        ("https://example.org:8443/", SECRET, "port 8443"),
        ("https://example.org/", "short", "16 bytes"),
        ("https://example.org/", "whsec_?", "base64"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused_before_anything_is_read(url: str, secret: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as refused:
        Webhook(url, secret)
    assert "word" not in str(refused.value)


def test_the_path_of_a_webhook_is_neither_told_nor_kept(archive: Archive) -> None:
    channel = Webhook("https://hooks.example.org/T0/verysecret", SECRET)
    open_channels(archive, [channel])
    archive.close()
    assert b"verysecret" not in archive.path.read_bytes()
    assert "verysecret" not in channel.label


def mail(port: int, **more: Any) -> Mail:
    return Mail(
        mail_server(f"smtp://127.0.0.1:{port}"), "watch@example.org", ["a@example.org", "b@example.org"], **more
    )


def body(message: EmailMessage) -> str:
    part = message.get_body()
    assert part is not None
    return str(part.get_content())


def test_mail_tells_all_that_is_new_in_one_message(archive: Archive) -> None:
    with mailing() as (box, port):
        channel = mail(port, site="https://desk.example.org/")
        open_channels(archive, [channel])
        keep(archive, alert(1), alert(2, "Norway thanked Chile, “at last”, in Tromsø."))
        assert sent(archive, channel) == []
        assert sent(archive, channel) == []
    (message,) = box.messages
    assert box.envelopes == [("watch@example.org", ["a@example.org", "b@example.org"])]
    assert message["Subject"] == "Chile – Norway: colder than expected in week 1 (and 1 more)"
    assert message["Auto-Submitted"] == "auto-generated"
    text = body(message)
    assert "“Norway thanked Chile, “at last”, in Tromsø.”" in text
    assert "https://news.example/1" in text
    assert "https://desk.example.org/pair/CHL/NOR" in text


def test_a_line_end_in_a_title_adds_no_field_to_the_mail() -> None:
    hostile = replace(alert(), title="Quarrel\r\nBcc: everybody@example.org")
    message = mail(25).message([hostile])
    assert message["Bcc"] is None
    assert message["Subject"] == "Quarrel Bcc: everybody@example.org"


def test_mail_that_is_refused_or_has_no_server_is_told_and_kept_for_later(archive: Archive) -> None:
    with mailing() as (box, port):
        channel = mail(port)
        open_channels(archive, [channel])
        keep(archive, alert())
        box.refusal = "451 try later"
        (told,) = sent(archive, channel)
        assert re.search(r"mail to a@example.org, b@example.org through 127.0.0.1:\d+: .*try later", told)
    (gone,) = sent(archive, channel)
    assert "refused" in gone
    assert [each.id for each in waiting(archive, channel, ALL)] == [alert().id]


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server of 127.0.0.1 shows, and what trusts it."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    more = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run(command + more, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed here")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=str(certificate))


def test_a_password_is_told_to_an_encrypted_connection_alone(certified: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    from aiosmtpd.smtp import AuthResult

    known: list[tuple[bytes, bytes]] = []

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        known.append((data.login, data.password))
        return AuthResult(success=True)

    serving, trusting = certified
    more: dict[str, Any] = {"authenticator": authenticate, "auth_required": True}
    with mailing(tls_context=serving, require_starttls=True, **more) as (box, port):
        server = mail_server(f"smtp://desk@127.0.0.1:{port}", "open sesame")
        Mail(server, "watch@example.org", ["a@example.org"], tls=trusting).send([alert()])
        with pytest.raises(DeliveryError, match="certificate"):
            Mail(server, "watch@example.org", ["a@example.org"]).send([alert()])
        assert len(box.messages) == 1
    assert known == [(b"desk", b"open sesame")]
    with mailing() as (box, port):
        bare = Mail(mail_server(f"smtp://desk@127.0.0.1:{port}", "open sesame"), "w@example.org", ["a@example.org"])
        with pytest.raises(DeliveryError, match="no encryption"):
            bare.send([alert()])
        assert box.messages == []


@pytest.mark.parametrize("url", ["mail.example.org", "https://mail.example.org", "smtp://", "smtp://a:b@example.org"])
def test_what_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="mail server"):
        mail_server(url)


@pytest.mark.parametrize("given", ["desk", "a@b@c", "a@example.org\r\nBcc: x@example.org", "", "@example.org"])
def test_what_is_no_mail_address_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="no address of mail"):
        Mail(mail_server("smtp://localhost"), "watch@example.org", [given])


@pytest.mark.parametrize("write", [as_atom, as_rss])
def test_a_feed_is_read_by_a_reader_of_feeds(write: Any) -> None:
    alerts = [alert(2), alert(1, HOSTILE)]
    text = write(alerts, "https://desk.example.org")
    assert text == write(alerts, "https://desk.example.org")
    etree.fromstring(text.encode())
    feed = fastfeedparser.parse(text)
    assert [entry.id for entry in feed.entries] == [f"urn:uuid:{each.id}" for each in alerts]
    assert [entry.title for entry in feed.entries] == [each.title for each in alerts]
    assert feed.entries[0].link == "https://desk.example.org/pair/CHL/NOR"
    assert feed.entries[0].published.startswith("2024-09-03T10:00:00")
    assert "<script" not in text


def test_a_json_feed_has_what_its_specification_wants() -> None:
    feed = json.loads(as_json_feed([alert(1, HOSTILE)], None))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = feed["items"]
    assert (item["id"], item["url"]) == (f"urn:uuid:{alert().id}", "https://news.example/1")
    assert HOSTILE in item["content_text"]
    assert Alert.from_dict(item["_detente"]) == alert(1, HOSTILE)


def test_a_feed_without_alerts_is_a_feed() -> None:
    assert fastfeedparser.parse(as_rss([], None)).feed.title == "Alerts of detente"
    assert json.loads(as_json_feed([], None))["items"] == []


def test_what_is_no_web_address_is_no_link() -> None:
    evidence = replace(alert().evidence[0], url="javascript:alert(1)")
    assert "url" not in json.loads(as_json_feed([replace(alert(), evidence=(evidence,))], None))["items"][0]


def test_another_ending_is_no_feed() -> None:
    with pytest.raises(UsageError, match="ends in"):
        form_of(Path("alerts.txt"))


def test_special_addresses_are_not_near() -> None:
    allowed = [given for given in ("127.0.0.1", "192.168.1.2", "8.8.8.8") if is_near_or_public(ip_address(given))]
    assert allowed == ["127.0.0.1", "192.168.1.2", "8.8.8.8"]
    assert not any(is_near_or_public(ip_address(given)) for given in ("169.254.169.254", "0.0.0.0", "fe80::1"))
