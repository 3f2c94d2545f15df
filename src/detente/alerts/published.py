"""Alerts as feeds: Atom and RSS by feedgen, JSON Feed 1.1.

What a report says is no markup anywhere. The same alerts give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from detente.alerts.wording import evidence_text
from detente.archive.alerted import Alert
from detente.errors import UsageError
from detente.reading.addresses import is_address
from detente.reading.cleaning import clean, clean_line

TITLE = "Alerts of detente"
SUBTITLE = "Surprises between states, and what came of their promises, by what reports tell"
MOST_ENTRIES = 100
"""Alerts a feed holds, the newest first."""

_ID = "urn:detente:alerts"
_EPOCH = "1970-01-01T00:00:00Z"


def as_atom(alerts: Sequence[Alert], site: str | None = None) -> str:
    """An Atom feed (RFC 4287)."""
    return str(_built(alerts, site, is_markup=False).atom_str(pretty=True), "utf-8")


def as_rss(alerts: Sequence[Alert], site: str | None = None) -> str:
    """An RSS 2.0 feed; what it says is HTML to readers, so that what a report says is escaped."""
    return str(_built(alerts, site, is_markup=True).rss_str(pretty=True), "utf-8")


def as_json_feed(alerts: Sequence[Alert], site: str | None = None) -> str:
    """A JSON Feed 1.1; the alert as it is kept stands in the extension ``_detente``."""
    feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": TITLE, "description": SUBTITLE}
    if site:
        feed["home_page_url"] = site
    feed["items"] = [_json_item(alert, site) for alert in alerts]
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


FORMS: dict[str, Callable[[Sequence[Alert], str | None], str]] = {
    ".atom": as_atom,
    ".xml": as_atom,
    ".rss": as_rss,
    ".json": as_json_feed,
}
"""Feeds by the ending of their file."""


def form_of(path: Path) -> Callable[[Sequence[Alert], str | None], str]:
    """What writes the feed at `path`; raises `UsageError` for another ending."""
    if path.suffix not in FORMS:
        raise UsageError(f"{str(path)!r}: the file of a feed ends in .atom (or .xml), .rss or .json.")
    return FORMS[path.suffix]


def link_of(alert: Alert, site: str | None) -> str | None:
    """Where to read on: a page of the workbench at `site`, or else the first source that has an address."""
    if site is None:
        return next((evidence.url for evidence in alert.evidence if is_address(evidence.url or "")), None)
    base = site.rstrip("/")
    if alert.kind == "surprise" and alert.pairs:
        one, other = alert.pairs[0]
        return f"{base}/pair/{one}/{other}"
    return f"{base}/event/{alert.evidence[-1].event}" if alert.evidence else base


def _built(alerts: Sequence[Alert], site: str | None, *, is_markup: bool) -> Any:
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id(site or _ID)
    feed.title(TITLE)
    feed.subtitle(SUBTITLE)
    feed.author({"name": "detente"})
    feed.generator("detente")
    feed.link(href=site or _ID, rel="alternate")
    feed.updated(_time(max((alert.found for alert in alerts), default=_EPOCH)))
    for alert in alerts:
        entry = feed.add_entry(order="append")
        entry.id(f"urn:uuid:{alert.id}")
        entry.guid(f"urn:uuid:{alert.id}", permalink=False)
        title, words = clean_line(alert.title), clean(evidence_text(alert)).text
        entry.title(escape(title) if is_markup and "<" in title else title)
        entry.published(_time(alert.found))
        entry.updated(_time(alert.found))
        if is_markup:
            entry.description("<br>\n".join(escape(words).splitlines()))
        else:
            entry.content(words, type="text")
        entry.category(term=alert.kind)
        if link := link_of(alert, site):
            entry.link(href=link, rel="alternate")
    return feed


def _json_item(alert: Alert, site: str | None) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"urn:uuid:{alert.id}",
        "title": alert.title,
        "content_text": evidence_text(alert),
        "date_published": alert.found,
        "tags": [alert.kind],
        "_detente": alert.to_dict(),
    }
    if link := link_of(alert, site):
        item["url"] = link
    return item


def _time(told: str) -> datetime:
    return datetime.strptime(told, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
