"""The workbench in a browser: a walk through it, keys, screen readers, phones, both colours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from detente.archive import Archive
from tests.browser import chromium, served
from tests.made_archive import make_archive
from tests.made_records import expulsion, told
from tests.web_client import Client, every_page

WIDTHS = (390, 768, 1400)
LAID_OUT = ["color-contrast", "target-size", "scrollable-region-focusable", "link-name", "button-name", "label"]
"""What a width can change; the rest is asked once."""
COLOURED = ["color-contrast"]
MORE_PAGES = (
    "/search?q=trawler", "/search?kind=statements&q=ports", "/search?kind=reports&q=grain", "/promises?outcome=kept",
    "/who/Aino%20Rautala", "/pair/NATO/FIN", "/?window=all", "/network?window=all", "/compare", "/none",
)  # fmt: skip
SHORT = date(2023, 3, 1)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return make_archive(tmp_path / "a.db")


STATES = (
    "Washington=USA", "Moscow=RUS", "Beijing=CHN", "London=GBR", "Paris=FRA", "Berlin=DEU", "Rome=ITA", "Madrid=ESP",
    "Riyadh=SAU", "Ankara=TUR", "Tehran=IRN", "Cairo=EGY",
)  # fmt: skip


@pytest.fixture
def wide(archive: Path) -> Path:
    """The archive with more states than a phone is wide."""
    with Archive.open(archive) as opened, opened.transaction():
        for i, (one, other) in enumerate(combinations(STATES, 2)):
            text = f"{one[:-4]} accused {other[:-4]} of {i} thefts."
            opened.add_record(told(f"w{i}", text, "accused", "2025-12-01", one, other, type="ACCUSE"))
    return archive


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


def test_e_leads_into_the_form_of_the_card(browser: Any, base: str) -> None:
    page = browser.new_page()
    for address, before in (("/review", ""), ("/report/made-2", "j")):
        page.goto(base + address)
        for key in (*before, "e"):
            page.keyboard.press(key)
        assert page.evaluate("document.activeElement.name") == "field", address
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.type") == "search", address


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


def test_a_screen_reader_finds_no_fault_at_any_width_in_either_colours(
    browser: Any, wide: Path, tmp_path: Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = browser.new_page()
    Archive.open(tmp_path / "empty.db", create=True).close()
    faults: dict[str, Any] = {}
    with (
        served(wide, beside=make_archive(tmp_path / "other.db", last=SHORT)) as full,
        served(tmp_path / "empty.db") as empty,
    ):
        addresses = [f"{full}{address}" for address in (*every_page(Client(wide)), *MORE_PAGES)]
        for address in [*addresses, f"{empty}/"]:
            page.emulate_media(color_scheme="light")
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                for scheme, rules in (("light", RULES if width == WIDTHS[0] else LAID_OUT), ("dark", COLOURED)):
                    page.emulate_media(color_scheme=scheme)
                    for fault in axe.run(page, options={"runOnly": rules}).response["violations"]:
                        nodes = [node["html"][:120] for node in fault["nodes"][:2]]
                        faults.setdefault(address, []).append((width, scheme, fault["id"], nodes))
    assert not faults, json.dumps(faults, indent=1)


def test_pages_fit_a_phone_and_a_tablet(browser: Any, wide: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    with served(wide) as base:
        for address in [*every_page(Client(wide)), "/?window=all"]:
            page.goto(base + address)
            for width in (360, 390, 768):
                page.set_viewport_size({"width": width, "height": 740})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    context.close()


def test_a_drawing_is_whole_on_a_phone_and_opens_at_the_newest_days_on_a_tablet(browser: Any, base: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{base}/pair/ARG/FIN")
    box, drawing = page.locator(".chartbox").first, page.locator(".chart.narrow").first
    assert drawing.is_visible()
    assert drawing.bounding_box()["width"] <= box.bounding_box()["width"]
    page.set_viewport_size({"width": 700, "height": 800})
    drawing = page.locator(".chart.wide").first
    assert drawing.is_visible()
    right = drawing.bounding_box()["x"] + drawing.bounding_box()["width"]
    assert abs(right - box.bounding_box()["x"] - box.bounding_box()["width"]) < 2


def test_keys_walk_the_places_of_a_map(browser: Any, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}/map")
    page.keyboard.press("j")
    row = page.locator("tr.current")
    assert page.locator(f'.chart.wide .lit[data-of="{row.get_attribute("id")}"]').count() == 1
    row.get_by_role("link").click()
    page.wait_for_url("**at=**")
    assert page.locator("#point li").count() >= 1


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
