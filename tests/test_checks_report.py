"""What is odd about a single report."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from detente.checks import check_report
from detente.checks.days import written_days
from detente.checks.lines import lines_of
from detente.language import parse
from detente.record import Check, Report, ReportDate

UNKNOWN = ReportDate(None, "no sign of a day", False)


def checks_of(nlp: Language, text: str, published: str | None = None, url: str | None = None) -> dict[str, Check]:
    report = Report("r", text, published=published, url=url)
    found = check_report(report, UNKNOWN, parse(nlp, text), ())
    for check in found:
        for span in check.spans:
            assert 0 <= span.start < span.end <= len(text)
    return {check.code: check for check in found}


CLEAN = (
    "OSLO, June 9 (Harbour Wire) – The foreign ministers of Norway and Chile met in Oslo on Wednesday and signed an "
    "accord on fisheries.\n\n“We are glad that the long quarrel over quotas is behind us,” the minister said.\n\n"
    "The accord was negotiated in 2022 and will enter into force on January 1, 2024. It replaces the treaty of 1987, "
    "which both parliaments had called outdated since at least 2015.\n\nThe ministers also spoke about flights."
)


def test_a_clean_report_raises_no_doubt(nlp: Language) -> None:
    assert checks_of(nlp, CLEAN, "2023-06-10T08:00:00Z", "https://news.example/2023/06/10/accord") == {}


@pytest.mark.parametrize(
    ("published", "url", "text", "code", "words"),
    [
        ("2023-07-27", None, CLEAN, "page-date-line", "June 9"),
        ("2024-06-10", "https://news.example/2023/06/10/accord", "A deal was made.", "page-date-url", None),
        ("2021-03-02", None, "Today, January 12, the court freed the editor.", "page-date-today", "January 12"),
        ("2023-06-10", None, "The two met on Friday, June 9, 2023.\n\nOn Sunday, June 4, they spoke.", None, None),
        ("2022-06-10", None, "The envoys met on Friday, June 9, and agreed on a truce.", "page-date-weekday", "June 9"),
        ("2020-05-01", None, "The president met the king in March 2021 and signed a pact.", "page-date-before", "2021"),
        (
            "2020-05-01",
            None,
            "The president met the king on March 3, 2021 and left.",
            "page-date-before",
            "March",
        ),
        ("2020-05-01", None, "The ministry spent nine million dollars in 2022.", "page-date-before", "2022"),
        ("2020-05-01", None, "The ministry will spend nine million dollars in 2022.", None, None),
        ("2021-09-01", None, "The presidents will meet in Lisbon on July 14.", "page-date-after", "July 14"),
        ("2021-09-01", None, "The presidents will meet in Lisbon on September 14.", None, None),
        ("2021-09-01", None, "The bank will lend nine million dollars in 2020.", "page-date-after", "2020"),
        ("2018-09-01", None, "Hospitals in Quito treated patients with COVID-19.", "page-date-name", "COVID-19"),
        ("10 August 2019", None, "FRIDAY, MARCH 2, 2018\n\nThe court freed him.", "page-date-line", "2018"),
        ("some day", None, "Today, January 12, the court freed the editor.", None, None),
    ],
)
def test_a_page_date_is_doubted_where_the_page_or_its_text_names_another_day(
    nlp: Language, published: str, url: str | None, text: str, code: str | None, words: str | None
) -> None:
    found = checks_of(nlp, text, published, url)
    assert list(found) == ([code] if code else [])
    if code and words:
        assert words in found[code].spans[0].of(text)
        assert published.split("T")[0][:4] in found[code].message or "August" in published


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Watch video: The fleet leaves port", "caption"),
        ("Photo: A guard at the gate of the embassy. 00:41", "caption"),
        ("00:45", "clock"),
        ("Share this", "navigation"),
        ("Read more: Ministers quarrel over herring", "navigation"),
        ("ADVERTISEMENT", "navigation"),
    ],
)
def test_words_of_the_page_around_a_report_are_pointed_at(nlp: Language, line: str, code: str) -> None:
    text = f"The envoy left on Monday.\n\n{line}\n\nHe gave no reason."
    found = checks_of(nlp, text)
    assert code in found
    assert found[code].spans[0].of(text) in line


@pytest.mark.parametrize(
    "line",
    [
        "Video of the raid was shown to the court, which then withdrew to deliberate for an hour.",
        "The talks began at 12:45 and ended late.",
        "She said she would share this with the ministers.",
        "10:10 A.M. EDT",
        "home.",
    ],
)
def test_sentences_that_only_sound_like_page_words_are_left_alone(nlp: Language, line: str) -> None:
    assert checks_of(nlp, f"The envoy left on Monday.\n\n{line}\n\nHe gave no reason.") == {}


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("«We do not wait», he said, and left “at once”.", "foreign-quotes", "«We do not wait»"),
        ("„Nobody came“, the mayor said.", "foreign-quotes", "„Nobody came“"),
        ("Police searched the land office [oficina catastral] of the town.", "foreign-brackets", "[oficina catastral]"),
        ("The minister rejected the претензии and went home.", "foreign-words", "претензии"),
        ("The court nicht zuständig found, the lawyers said.", "foreign-words", "nicht"),
    ],
)
def test_residue_of_translation_is_pointed_at(nlp: Language, text: str, code: str, words: str) -> None:
    found = checks_of(nlp, text)
    assert list(found) == [code]
    assert found[code].spans[0].of(text).strip() == words


@pytest.mark.parametrize(
    "text",
    [
        "“[The ministers] were irrigat[ing] the fields [sic],” he said [laughs].",
        "Médecins pour la Paix opened a clinic in the café of the town.",
        "She wrote «» on the wall.",
        "The paper’s headline read “No nos vamos”, and the crowd sang it.",
    ],
)
def test_editors_brackets_and_foreign_names_are_no_residue(nlp: Language, text: str) -> None:
    assert checks_of(nlp, text) == {}


def test_a_paragraph_told_twice_is_found_even_where_the_second_telling_is_shorter(nlp: Language) -> None:
    told = "In April the island closed its harbour to foreign trawlers and seized two boats. The owners have appealed."
    text = f"{told} They want damages.\n\nNobody was hurt in the incident, the coast guard said.\n\n{told}"
    found = checks_of(nlp, text)
    assert list(found) == ["repeat"]
    assert [span.of(text) for span in found["repeat"].spans] == [f"{told} They want damages.", told]


def test_lists_that_differ_in_names_and_numbers_alone_are_no_repeats(nlp: Language) -> None:
    form = "{}, of {}, a career member of the foreign service, class of counsellor, becomes ambassador to {}."
    text = form.format("Ann Lee", "Ohio", "Chad") + "\n" + form.format("Ian Poe", "Utah", "Peru")
    assert checks_of(nlp, text) == {}


@pytest.mark.parametrize(
    ("end", "broken"),
    [
        ("The minister said that talks with the rebels had broken down because of the", True),
        ("The minister said that talks with the rebels had broken down. [...]", True),
        ("The minister said that talks with the rebels had broken down.", False),
        ("Office of the Spokesperson", False),
    ],
)
def test_a_text_that_ends_in_mid_sentence_is_called_cut_off(nlp: Language, end: str, broken: bool) -> None:
    assert ("cut-off" in checks_of(nlp, f"The talks began in May.\n\n{end}")) is broken


def test_a_certain_report_date_other_than_the_page_date_is_told(nlp: Language) -> None:
    text = "The talks began."
    day = ReportDate("2021-06-11", "given by the user", True)
    found = check_report(Report("r", text, published="2021-07-27"), day, parse(nlp, text), ())
    assert [check.code for check in found] == ["page-date"]
    assert "2021-06-11" in found[0].message


@pytest.mark.parametrize(
    "text", ["", "\n\n", "a", "[", "«", "word " * 20_000, "🕊️ " * 500, "x" * 50_000, "June 31 2021"]
)
def test_any_text_is_checked_without_trouble(nlp: Language, text: str) -> None:
    from spacy.tokens import Doc

    doc = Doc(nlp.vocab, words=[text] if text else [], spaces=[False] if text else [])
    check_report(Report("r", text, published="2021-06-11"), UNKNOWN, doc, ())


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab \n\t\u3000.«é", max_size=80))
def test_every_line_is_the_text_at_its_span(text: str) -> None:
    for line in lines_of(text):
        assert line.span.of(text) == line.text
        assert line.text.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Wednesday, June 9, 2021", [(6, 9, 2021, 2)]),
        ("on 9 June", [(6, 9, None, None)]),
        ("Friday, the 2nd of March 2018", [(3, 2, 2018, 4)]),
        ("on Sept. 11 and OCT 3", [(9, 11, None, None), (10, 3, None, None)]),
        ("they may 9 times; March 20% of", []),
    ],
)
def test_days_are_read_as_written(text: str, expected: list[tuple[int, int, int | None, int | None]]) -> None:
    assert [(d.month, d.day, d.year, d.weekday) for d in written_days(text)] == expected
