"""Take docs/screenshots from an archive of invented reports: ``python -m scripts.take_screenshots``.

Needs Playwright and a Chromium on the machine. The reports are those of tests/made_archive.py and the sample.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from tests.browser import chromium, served
from tests.made_archive import make_archive
from tests.made_records import event, party, record, span

import detente
from detente.archive import Archive
from detente.record import Place, Record

OUT = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
WIDE = {"width": 1280, "height": 860}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
PHONE = {"width": 390, "height": 844}
PAGES = (
    ("reader", "/report/sample", WIDE, "light"),
    ("pair", "/pair/ARG/FIN", WIDE, "light"),
    ("pairs", "/?window=all", WIDE, "light"),
    ("search", "/search?q=trawler", WIDE, "light"),
    ("map", "/map", WIDE, "light"),
    ("promises", "/promises?one=ARG&other=FIN", WIDE, "light"),
    ("disputes", "/disputes", WIDE, "light"),
    ("review", "/review", WIDE, "light"),
    ("network-dark", "/network?window=all", WIDE, "dark"),
    ("reader-phone", "/report/sample", PHONE, "dark"),
)


PLACES = (
    ("Geneva", "CHE", 46.202, 6.146, 5),
    ("Lisbon", "PRT", 38.725, -9.15, 1),
    ("Helsinki", "FIN", 60.17, 24.935, 3),
    ("Lapland", "FIN", 67.041, 25.841, 2),
    ("Oslo", "NOR", 59.913, 10.746, 4),
    ("Bergen", "NOR", 60.393, 5.324, 2),
    ("Vienna", "AUT", 48.208, 16.372, 6),
    ("Denmark", "DNK", 56.0, 10.0, 3),
    ("Porto", "PRT", 41.148, -8.611, 2),
)
"""Places of invented talks and quarrels: name, state, degrees north and east, and how often they were the scene."""


def scenes() -> Iterator[Record]:
    """One report for each time that a place was the scene."""
    for name, country, north, east, times in PLACES:
        for i in range(times):
            is_quarrel = (i + len(name)) % 3 == 0
            text = f"Norway {'accused' if is_quarrel else 'met'} Finland in {name}, for the {ORDINALS[i]} time."
            trigger, type_ = ("accused", "ACCUSE") if is_quarrel else ("met", "CONSULT")
            act = event(text, type_, trigger, [party(text, "Norway", "NOR")], [party(text, "Finland", "FIN")])
            place = Place(span(text, name), name, country, north, east)
            act = replace(act, place=place, date="2025-11-20", intensity=-2.0 if is_quarrel else 1.5)
            yield record(text, [act], id=f"{name}-{i}", date="2025-11-21", publisher="Example Wire")


def make(path: Path) -> Path:
    """The archive that is shown: three invented years, and the sample report as it is coded today."""
    make_archive(path)
    row = json.loads((files("detente") / "samples" / "report.json").read_text(encoding="utf-8"))
    sample = detente.code(**row)
    with Archive.open(path) as archive:
        for scene in scenes():
            archive.add_record(scene)
        archive.add_record(sample, row["text"].encode("utf-8"), "sample")
        for verdict, event in zip(("right", "right", "wrong"), archive.events(type="CONSULT", limit=3), strict=True):
            archive.judge(event.id, "right" if verdict == "right" else "wrong", "reader")
    return path


def main() -> None:
    """Write the pictures."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, served(make(Path(folder) / "news.db")) as base:
        for name, address, size, scheme in PAGES:
            context = browser.new_context(viewport=size, color_scheme=scheme)
            page = context.new_page()
            page.goto(base + address)
            if name == "reader":
                page.keyboard.press("j")
                page.keyboard.press("j")
                page.evaluate("scrollTo(0, 0)")
            page.wait_for_timeout(200)
            page.screenshot(path=OUT / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main()
