"""The state behind an official address, and what it tells of a report that lies there."""

from __future__ import annotations

import pytest

from detente.coding import make_coder
from detente.knowledge import home_of
from detente.record import Report


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.state.gov/readout-of-a-call/", "USA"),
        ("http://en.kremlin.ru/events/president/news/1", "RUS"),
        ("https://www.gov.uk/government/news/x", "GBR"),
        ("https://www.dfat.gov.au/news", "AUS"),
        ("https://news.example/gov/", None),
        ("https://notgov.com", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_an_official_site_belongs_to_its_state(url: str | None, country: str | None) -> None:
    assert home_of(url) == country


@pytest.mark.parametrize(("url", "country"), [("https://pm.gov.au/1", "AUS"), ("https://www.gov.ie/1", "IRL")])
def test_the_president_of_an_official_release_is_the_one_whose_site_it_is(url: str, country: str) -> None:
    text = "The Prime Minister condemned the attack on the embassy and called on all sides to stop."
    record = make_coder().code(Report("r", text, url=url, date="2023-06-09"))
    accused = next(e for e in record.events if e.type == "ACCUSE")
    assert [p.country for p in accused.actors] == [country]
