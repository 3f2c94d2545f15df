"""Copies across reports: what is one text told again, and what only has the same form."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.checks.copies import COPIES, Likeness, Version, compare
from detente.checks.fingerprints import BANDS, Index, bands_of, fingerprint, words_of

TALKS = (
    "The foreign ministers of Norway and Chile met in Oslo on Wednesday and signed an accord on fisheries. Minister "
    "Anna Lund said that the quarrel over quotas was behind them, and that boats of both countries would be counted "
    "anew every spring. The accord replaces a treaty of 1987, which both parliaments had called outdated. It covers "
    "herring, cod and crab, and sets up a court of three judges in Bergen for cases that the two sides cannot settle."
)
FORM = (
    "The President approved a disaster declaration for the State of {state} and ordered federal aid to supplement "
    "local efforts in the areas affected by {storm} from {days}. The action makes federal funding available to "
    "affected individuals in the counties of {counties}. Assistance can include grants for temporary housing, home "
    "repairs and low-cost loans. {officer} has been appointed to coordinate the recovery operations in the area."
)


def form(state: str, storm: str, days: str, counties: str, officer: str) -> str:
    return FORM.format(state=state, storm=storm, days=days, counties=counties, officer=officer)


def kind_of(one: str, other: str, **same: object) -> Likeness | None:
    left, right = Version(one, **same), Version(other, **same)  # type: ignore[arg-type]
    assert compare(left, right) == compare(right, left)
    return compare(left, right).kind


def test_a_text_with_other_spaces_and_dashes_is_the_same_text() -> None:
    assert kind_of(TALKS, TALKS.replace(" and ", "\n\nand – ")) is Likeness.SAME


def test_a_text_with_a_paragraph_added_is_a_revision() -> None:
    longer = TALKS + " Ambassador Pedro Rojas said on Thursday that Chile would ratify it within the year."
    assert kind_of(TALKS, longer, publisher="Harbour Wire") is Likeness.REVISION


def test_a_corrected_number_within_days_is_a_revision_and_a_year_later_another_text() -> None:
    corrected = TALKS.replace("1987", "1978").replace("three judges", "five judges")
    near = compare(Version(TALKS, day=date(2023, 6, 9)), Version(corrected, day=date(2023, 6, 10)))
    later = compare(Version(TALKS, day=date(2023, 6, 9)), Version(corrected, day=date(2024, 6, 9)))
    assert near.kind is Likeness.REVISION
    assert later.kind is Likeness.LOOK_ALIKE


def test_a_text_taken_over_by_another_outlet_is_a_rewrite() -> None:
    wire = Version(TALKS, title="Norway and Chile end herring quarrel", publisher="Harbour Wire")
    cut = TALKS[: TALKS.index(" It covers")].replace("were behind them", "was over")
    copy = Version("By our staff. " + cut, title="Accord on fish signed", publisher="The Quay Post")
    assert compare(wire, copy).kind is Likeness.REWRITE


def test_forms_filled_with_other_names_are_look_alikes_however_much_they_share() -> None:
    one = form("Ohio", "Hurricane Ada", "May 2 to May 4", "Athens and Clark", "Ann Lee")
    other = form("Utah", "Hurricane Bob", "July 1 to July 9", "Cache and Davis", "Ian Poe")
    found = compare(Version(one), Version(other))
    assert found.kind is Likeness.LOOK_ALIKE
    assert found.exchanged > 0.3


def test_a_schedule_that_only_lost_lines_is_another_days_schedule_by_its_title() -> None:
    one = Version(TALKS, title="Public schedule – July 16", day=date(2021, 7, 16))
    other = Version(TALKS[:-60], title="Public schedule – July 30", day=date(2021, 7, 30))
    assert compare(one, other).kind is Likeness.LOOK_ALIKE


@pytest.mark.parametrize("other", ["Middle East", "Syria, Syria, Syria", "", "A court in Peru freed the editor."])
def test_headings_and_other_reports_are_nothing_to_each_other(other: str) -> None:
    assert kind_of(other, TALKS) is None
    assert kind_of("Middle East", other) is None


def test_the_index_brings_copies_together_and_few_others() -> None:
    index = Index()
    texts = [
        TALKS,
        form("Ohio", "a storm", "May 2", "Athens", "Ann Lee"),
        "The court in Lima freed an editor on Monday.",
    ]
    for number, text in enumerate(texts):
        index.add(number, fingerprint(text))
    assert index.near(fingerprint(TALKS + " The two ministers also spoke about flights.")) == [0]
    assert index.near(fingerprint("")) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_a_fingerprint_depends_on_words_alone(text: str) -> None:
    print_ = fingerprint(text)
    assert print_ == fingerprint(" \n".join(words_of(text)))
    assert len(bands_of(print_)) == (BANDS if words_of(text) else 0)
    assert all(0 <= band < 2**63 for band in bands_of(print_))


def test_labelled_duplicates_are_told_from_look_alikes(shared: object) -> None:
    from bench.copies import labelled

    pairs = labelled()
    called = {label: [0, 0] for label in ("duplicate", "different")}
    for pair in pairs:
        if pair.label in called:
            called[pair.label][0] += compare(pair.one, pair.other).kind in COPIES
            called[pair.label][1] += 1
    assert called["duplicate"][0] >= 0.95 * called["duplicate"][1] > 0
    assert called["different"][0] <= 0.03 * called["different"][1]
