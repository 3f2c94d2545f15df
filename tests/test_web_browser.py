"""The workbench in a browser: a walk through it, keys, screen readers, phones, both colours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.archive import Archive
from tests.browser import chromium, served
from tests.made_archive import make_archive
from tests.made_records import expulsion
from tests.web_client import Client, every_page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return make_archive(tmp_path / "a.db")


@pytest.fixture
def base(archive: Path) -> Iterator[str]:
    with served(archive, user="reader") as address:
        yield address


def test_a_walk_from_a_new_report_to_a_dispute(browser: Any, archive: Path, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}/reports")
    with Archive.open(archive) as added:
        report = added.add_record(expulsion(id="walk", date="2026-01-05", title="Envoys sent home"))
    page.reload()
    page.get_by_role("link", name="Envoys sent home").click()
    page.wait_for_url(f"**/report/{report}")  # and until it is loaded: keys go to the page's own script

    page.keyboard.press("j")
    card = page.locator(".card.current")
    assert "sanction (expel)" in card.inner_text()
    assert page.locator(".mark.lit").first.inner_text() != ""
    card.get_by_role("link", name="sanction").click()
    page.wait_for_url("**/event/*")
    page.keyboard.press("e")
    page.get_by_label("field").select_option("status")
    page.get_by_label("new value").fill("planned")
    page.get_by_role("button", name="save").click()
    assert "planned" in page.locator(".card .chip").first.inner_text()
    assert "status: happened → planned" in page.locator("#h-history + table").inner_text()

    page.get_by_role("link", name="the pair").click()
    assert page.get_by_role("heading", level=1).inner_text() in ("Russia – United States", "RUS – USA")
    page.goto(f"{base}/pair/ARG/FIN")
    page.get_by_role("link", name="promises", exact=True).click()
    promise = page.locator("article.hit").first
    promise.get_by_role("link").first.click()
    assert "/report/" in page.url
    assert page.locator(".card:target").count() == 1
    page.goto(f"{base}/disputes?one=ARG&other=FIN")
    dispute = page.locator("article.panel").first
    assert dispute.locator("blockquote").count() == 2
    dispute.locator("blockquote a").first.click()
    assert page.locator(".card:target").count() == 1


def test_keys_walk_the_cards_and_light_their_words(browser: Any, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}/report/made-2")
    cards = page.locator("[data-item]").count()
    assert cards > 1
    seen = []
    for _ in range(cards):
        page.keyboard.press("j")
        seen.append(page.locator(".current").get_attribute("id"))
        assert page.evaluate("document.activeElement.id") == seen[-1]
        assert page.locator(f'.mark.lit[data-of~="{seen[-1]}"]').count() >= 1
    assert len(set(seen)) == cards
    page.keyboard.press("k")
    assert page.locator(".current").get_attribute("id") == seen[-2]


def test_words_under_the_mouse_light_their_card(browser: Any, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}/report/made-2")
    mark = page.locator(".mark[data-of]").first
    mark.hover()
    [card, *_] = (mark.get_attribute("data-of") or "").split()
    assert "lit" in (page.locator(f"#{card}").get_attribute("class") or "")


def test_review_by_keys(browser: Any, archive: Path, base: str) -> None:
    from playwright.sync_api import expect

    page = browser.new_page()
    page.goto(f"{base}/review")
    card = page.get_by_role("link", name="in the report")
    first = card.get_attribute("href")
    page.keyboard.press("Space")
    page.wait_for_url("**after=**")
    page.goto(f"{base}/review")
    for lines, key in enumerate("axu", 1):
        shown = card.get_attribute("href")
        page.keyboard.press(key)
        expect(card).not_to_have_attribute("href", shown)
        page.wait_for_load_state()
        with Archive.open(archive) as judged:
            assert judged.counts()["correction"] == lines, key
    page.goto(f"{base}/review")
    assert card.get_attribute("href") != first
    assert page.locator("#h-rates ~ table tbody tr").count() == 1


def test_a_surprise_brings_its_sentences_without_leaving_the_page(browser: Any, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}/pair/ARG/FIN")
    link = page.locator("[aria-labelledby=h-surprises] a").last
    address = link.get_attribute("href")
    link.click()
    page.wait_for_url("**at=**")
    assert page.url.endswith((address or "").partition("#")[0]) or "at=" in page.url
    assert page.locator("#point li").count() > 3


def test_everything_works_without_script(browser: Any, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/pair/ARG/FIN")
    page.locator("[aria-labelledby=h-surprises] a").first.click()
    assert "at=" in page.url
    page.locator("#point a").first.click()
    assert "/report/" in page.url
    page.get_by_role("button", name="right").first.click()
    assert "judged right" in page.locator(".cards").inner_text()
    context.close()


def test_a_screen_reader_finds_no_fault_in_either_colours(browser: Any, archive: Path, base: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = browser.new_page()
    faults = {}
    for address in [*every_page(Client(archive)), "/search?q=trawler", "/promises?outcome=kept", "/none"]:
        page.emulate_media(color_scheme="light")
        page.goto(base + address)
        found = axe.run(page, options={"runOnly": RULES}).response["violations"]
        page.emulate_media(color_scheme="dark")
        found += axe.run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        if found:
            faults[address] = [(f["id"], [node["html"][:120] for node in f["nodes"][:2]]) for f in found]
    assert not faults, json.dumps(faults, indent=1)


def test_pages_fit_a_phone(browser: Any, archive: Path, base: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for address in every_page(Client(archive)):
        page.goto(base + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    context.close()


def test_the_colours_stay_as_chosen(browser: Any, base: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(base)
    switch = page.locator("[data-theme-switch]")
    switch.click()
    switch.click()
    assert switch.inner_text() == "colours: dark"
    page.goto(f"{base}/help")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    context.close()
