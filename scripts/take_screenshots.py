"""Take docs/screenshots from an archive of invented reports: ``python -m scripts.take_screenshots``.

Needs Playwright and a Chromium on the machine. The reports are those of tests/made_archive.py and the sample.
"""

from __future__ import annotations

import json
import tempfile
from importlib.resources import files
from pathlib import Path

from tests.browser import chromium, served
from tests.made_archive import make_archive

import detente
from detente.archive import Archive

OUT = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
WIDE = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
PAGES = (
    ("reader", "/report/sample", WIDE, "light"),
    ("pair", "/pair/ARG/FIN", WIDE, "light"),
    ("pairs", "/?window=all", WIDE, "light"),
    ("search", "/search?q=trawler", WIDE, "light"),
    ("promises", "/promises?one=ARG&other=FIN", WIDE, "light"),
    ("disputes", "/disputes", WIDE, "light"),
    ("review", "/review", WIDE, "light"),
    ("network-dark", "/network?window=all", WIDE, "dark"),
    ("reader-phone", "/report/sample", PHONE, "dark"),
)


def make(path: Path) -> Path:
    """The archive that is shown: three invented years, and the sample report as it is coded today."""
    make_archive(path)
    row = json.loads((files("detente") / "samples" / "report.json").read_text(encoding="utf-8"))
    record = detente.code(**row)
    with Archive.open(path) as archive:
        archive.add_record(record, row["text"].encode("utf-8"), "sample")
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
