"""Attacks as text, titles, names and addresses: what is shown is words, whatever they say."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.browser import chromium, served
from tests.made_attacks import PAYLOADS, make_attacks
from tests.web_client import Client, every_page

OWN_TAGS = frozenset(
    "html head meta title link script body a header nav ul li span main footer button h1 h2 h3 p div section article"  # noqa: SIM905
    " table thead tbody tr th td form label input select option datalist details summary dl dt dd mark kbd code b ol"
    " aside blockquote svg circle rect line path polyline polygon text g clippath br".split()
)
ADDRESSES = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post", "xlink:href", "data", "ping"})


class Tags(HTMLParser):
    """Gathers what a browser would act on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OWN_TAGS:
            self.faults.append(f"<{tag}>")
        given = {name: value or "" for name, value in attrs}
        if tag == "script":
            self.scripts += 1
            if not given.get("src", "").startswith("/static/"):
                self.faults.append(f"script {given}")
        for name, value in given.items():
            if name.startswith(("on", "hx-on", "data-hx")) or name == "style":
                self.faults.append(f"{name}={value}")
            if name in ADDRESSES and not value.startswith(("/", "#", "http://", "https://")):
                self.faults.append(f"{name}={value}")
            if tag in ("script", "link", "img", "form") and name in ADDRESSES and value.startswith(("http", "//")):
                self.faults.append(f"{name}={value}")

    def handle_decl(self, decl: str) -> None:
        if decl != "doctype html":
            self.faults.append(decl)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_attacks(tmp_path_factory.mktemp("attacks") / "a.db")


@pytest.fixture(scope="module")
def client(archive: Path) -> Client:
    return Client(archive)


def attacked_pages(client: Client) -> list[str]:
    """Every page, every report and event that holds a payload, and payloads in addresses themselves."""
    db = client.app.state.server.reading.archive().db
    reports = [f"/report/{row['id']}" for row in db.execute("SELECT id FROM report ORDER BY n")]
    events = [f"/event/{row['id']}" for row in db.execute("SELECT id FROM event WHERE n % 7 = 1 ORDER BY n")]
    stories = [f"/story/{row['id']}" for row in db.execute("SELECT id FROM story ORDER BY id LIMIT 12")]
    asked = [f"/search?q={quote(payload, safe='')}&party={quote(payload, safe='')}" for payload in PAYLOADS[::6]]
    asked += [f"/who/{quote(payload, safe='')}" for payload in PAYLOADS[::6]]
    asked += [f"/timeline?one=ARG&other=FIN&party={quote(PAYLOADS[45], safe='')}"]
    more = [
        "/search?kind=statements",
        "/search?kind=reports&q=hit",
        "/pair/ARG/FIN?by=day",
        "/reports?page=2",
        "/timeline?page=2",
    ]
    return [*every_page(client), *more, *reports, *events, *stories, *asked]


def test_there_are_at_least_a_hundred_attacks() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_no_attack_becomes_a_tag_an_attribute_or_an_address(client: Client) -> None:
    for address in attacked_pages(client):
        answer = client.get(address)
        assert answer.status_code in (200, 400, 404), address
        tags = Tags()
        tags.feed(answer.text)
        assert not tags.faults, f"{address}: {tags.faults[:3]}"
        assert tags.scripts == 2, address


def test_attacks_stay_words_in_the_twins(client: Client) -> None:
    for address in ("/reports", "/timeline", "/promises"):
        answer = client.get(f"{address}.json")
        assert answer.headers["content-type"] == "application/json"
        assert PAYLOADS[0] in json.dumps(json.loads(answer.text), ensure_ascii=False)
        table = client.get(f"{address}.csv")
        cells = [cell for row in csv.reader(io.StringIO(table.text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_an_address_that_is_no_web_address_is_no_link(client: Client) -> None:
    number = PAYLOADS.index("javascript:hit(1)")
    page = client.get(f"/report/x{number}").text
    assert "javascript:hit(1)" in page
    assert 'href="javascript' not in page


def test_no_attack_runs_in_a_browser(archive: Path, client: Client) -> None:
    with chromium() as browser, served(archive) as base:
        page = browser.new_page()
        told: list[str] = []
        page.expose_function("hit", lambda *given: told.append(f"hit at {page.url}"))
        page.on("console", lambda line: told.append(f"{line.text} at {page.url}") if _policy(line.text) else None)
        page.on("request", lambda r: told.append(f"asked {r.url}") if not r.url.startswith((base, "data:")) else None)
        page.on("pageerror", lambda error: told.append(f"{error} at {page.url}"))
        page.goto(f"{base}/help")
        page.evaluate("hit(1); document.body.append(Object.assign(document.createElement('script'), {text: 'hit(2)'}))")
        assert len([line for line in told if line.startswith("hit")]) == 1, "the trap for scripts does not work"
        assert any("Content Security Policy" in line for line in told), "the trap for the policy does not work"
        told.clear()
        for address in attacked_pages(client):
            page.goto(base + address, wait_until="load")
            assert page.evaluate("document.scripts.length") == 2, address
            assert page.url.startswith(base)
        page.goto(f"{base}/report/x0")
        page.keyboard.press("j")
        page.keyboard.press("a")
        page.wait_for_load_state()
        assert not told


def _policy(text: str) -> bool:
    return "Content Security Policy" in text or "Refused to" in text
