"""Promises kept and disputes, read by a reader: ``python -m bench.judgements [--coder rules] [--errors]``.

data/judgements.csv holds what an archive of event reports found by joining: for ``kept`` the event that promises and
the one that answers, for ``dispute`` the two accounts, each by report id and the place of the word that names it, and
whether a reader who saw both sentences (a language model, not a human expert) took it for ``real`` or ``false``. They
are all that was found in 3,972 reports of 15 years whose sentences share many words with another's, before the limits
on disputes that these set; and all 72 promises kept and 6 disputes found in 53,912 reports of twelve whole years,
before the limits on answers without a day, on years as days, and on disputes that these set. What was found after that
was read too: 3 promises more in those years (all real), and 5 promises in 7,670 reports of two other years (4 real), on
which nothing was set. The rules coded all.

The reports are coded and joined anew. What is found no more counts in nothing, what is found and was not read is
counted apart.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.joins import archive_of
from detente.archive import Archive
from detente.coding import DEFAULT_CODER
from detente.linking.joining import join

JUDGEMENTS = Path(__file__).with_name("data") / "judgements.csv"
Place = tuple[str, int]

_PLACES = (
    "SELECT one_report.record_id, one.trigger_start, other_report.record_id, other.trigger_start FROM {pairs} AS pair"
    " JOIN event AS one ON one.n = pair.one JOIN report AS one_report ON one_report.n = one.report"
    " JOIN event AS other ON other.n = pair.other JOIN report AS other_report ON other_report.n = other.report"
)
PAIRS = {
    "kept": "(SELECT event AS one, answer AS other FROM promise WHERE outcome = 'kept')",
    "dispute": "(SELECT one, other FROM dispute)",
}


def judged() -> dict[tuple[str, Place, Place], str]:
    """What it is and the places of its two words → what the reader said."""
    with JUDGEMENTS.open(encoding="utf-8") as lines:
        return {
            (row["what"], (row["one"], int(row["one_start"])), (row["other"], int(row["other_start"]))): row["answer"]
            for row in csv.DictReader(lines)
        }


def found(archive: Archive) -> set[tuple[str, Place, Place]]:
    """The same of what the joined archive holds."""
    return {
        (what, (one, one_start), (other, other_start))
        for what, pairs in PAIRS.items()
        for one, one_start, other, other_start in archive.db.execute(_PLACES.format(pairs=pairs))
    }


def main() -> None:
    """Measure and print."""
    args = argparse.ArgumentParser()
    args.add_argument("--coder", default=DEFAULT_CODER)
    args.add_argument("--errors", action="store_true")
    options = args.parse_args()
    answers = judged()
    ids = {place[0] for _, *places in answers for place in places}
    with TemporaryDirectory() as folder, archive_of(ids, Path(folder) / "judged.db", options.coder) as archive:
        join(archive)
        now = found(archive)
    counts = Counter((each[0], answers.get(each, "not read")) for each in now)
    for what in PAIRS:
        real, false = counts[what, "real"], counts[what, "false"]
        print(f"{what}: {real} of {real + false} real, {counts[what, 'not read']} not read")
    for each in sorted(now) if options.errors else ():
        if answers.get(each) != "real":
            print(answers.get(each, "not read"), *each)


if __name__ == "__main__":
    main()
