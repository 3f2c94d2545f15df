"""Re-dated pages: ``python -m bench.redating [--seed N] [--read CODE]``.

400 dated reports, drawn by seed, each four times: as it is, and with the page date moved by +45 days, +1 year and
−2 years. A copy counts as caught if any check whose code begins with ``page-date`` doubts its date; the same on the
report as it is counts as a false alarm. Three columns: with the text alone, with the address of the page too, and with
the archive's running page numbers (`checks.numbering`, from the 5,358 other reports). That the archive may hold the
original beside the copy is left out here: then every copy is caught (`checks.copies`).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc

from bench.parses import parsed
from bench.shared import DATA, reports_of
from detente.checks import check_report, page_day
from detente.checks.numbering import Numbering
from detente.record import Check, Report
from detente.when import find_report_date, find_times

SIZE = 400
SHIFTS = {"+45 days": 45, "+1 year": 365, "-2 years": -731}


def sample(seed: int) -> tuple[list[Report], list[Report]]:
    """The drawn reports, and all others."""
    dated = [r for r in reports_of(DATA / "reports.jsonl.gz") if page_day(r.published)]
    chosen = set(random.Random(seed).sample(range(len(dated)), SIZE))
    return [dated[n] for n in sorted(chosen)], [r for n, r in enumerate(dated) if n not in chosen]


def doubts(report: Report, doc: Doc, numbering: Numbering | None) -> list[Check]:
    """The checks that doubt the page date."""
    report_date = find_report_date(report)
    day = date.fromisoformat(report_date.date) if report_date.date else None
    found = [c for c in check_report(report, report_date, doc, find_times(doc, day)) if c.code.startswith("page-date")]
    page = page_day(report.published)
    if numbering and page and (check := numbering.check(report.id, report.url, page)):
        found.append(check)
    return found


def shifted(report: Report, days: int) -> Report:
    """The report with its page date moved."""
    page = page_day(report.published)
    assert page is not None
    return replace(report, published=(page + timedelta(days)).isoformat())


def rounds(reports: Sequence[Report], others: Sequence[Report]) -> Iterator[tuple[str, list[Report], Numbering | None]]:
    """The three settings: name, the reports as they are seen, and the numbering of the archive."""
    yield "text alone", [replace(r, url=None) for r in reports], None
    yield "with address", list(reports), None
    pages = [(r.id, r.url, day) for r in others if (day := page_day(r.published))]
    yield "with archive", list(reports), Numbering(pages)


def main() -> None:
    """Measure and print."""
    args = argparse.ArgumentParser()
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--read", help="print the messages of this code on unshifted reports")
    options = args.parse_args()
    reports, others = sample(options.seed)
    docs = parsed(f"redating-{options.seed}", (r.text for r in reports))
    for name, seen, numbering in rounds(reports, others):
        print(f"\n{name}")
        for shift, days in {"as it is": 0, **SHIFTS}.items():
            by_code: Counter[str] = Counter()
            caught = 0
            for report, doc in zip(seen, docs, strict=True):
                found = doubts(shifted(report, days) if days else report, doc, numbering)
                caught += bool(found)
                by_code.update({check.code for check in found})
                if not days and options.read:
                    for check in (c for c in found if c.code.startswith(options.read)):
                        print(f"    {report.id} {check.message} {[s.of(report.text) for s in check.spans]}")
            codes = ", ".join(f"{code} {n}" for code, n in by_code.most_common())
            print(f"  {shift:10s} {caught:4d} of {SIZE} = {caught / SIZE:.3f}  ({codes})", flush=True)


if __name__ == "__main__":
    main()
