"""Every form a report may come in, read to the same report; and every bad input, told by its reason."""

from __future__ import annotations

import gzip
import io
import json
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import MissingFile, UsageError
from detente.reading import read_reports
from detente.reading.cleaning import clean, clean_line
from detente.reading.encodings import decode
from detente.reading.fields import LONGEST_TEXT, content_id, day_in, report_of
from detente.record import Failure, Report

TEXT = (
    "The foreign ministers of Norway and Chile met in Oslo on Wednesday and agreed to reopen talks on fishing rights."
)
FIELDS = {"id": "r1", "text": TEXT, "title": "Ministers meet", "source": "Harbour Wire", "date": "2023-06-09"}
PAGE = f"""<!DOCTYPE html><html><head><title>Ministers meet</title>
<meta property="og:site_name" content="Harbour Wire"><meta property="article:published_time" content="2023-06-09">
<link rel="canonical" href="https://news.example/ministers"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ministers meet</h1>
<p>{TEXT}</p><p>They had not spoken to each other since the quarrel over quotas began two winters ago, aides said.</p>
</article><footer>All rights reserved. Cookies.</footer></body></html>"""


def read(path: Path) -> list[Report | Failure]:
    return list(read_reports([path]))


def only(path: Path) -> Report:
    (report,) = read(path)
    assert isinstance(report, Report)
    return report


def failures(path: Path) -> list[Failure]:
    return [item for item in read(path) if isinstance(item, Failure)]


def test_a_text_file_is_one_report(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    report = only(path)
    assert report.text == TEXT
    assert report.origin == str(path)
    assert report.id == content_id(TEXT)


def test_a_page_gives_its_article_title_publisher_address_and_date(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    report = only(path)
    assert TEXT in report.text
    assert "Cookies" not in report.text
    assert (report.title, report.publisher, report.published) == ("Ministers meet", "Harbour Wire", "2023-06-09")
    assert report.url == "https://news.example/ministers"


@pytest.mark.parametrize(
    "name", ["reports.jsonl", "reports.jsonl.gz", "reports.json", "reports.csv", "reports.parquet"]
)
def test_every_table_of_reports_gives_the_same_report(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(json.dumps(FIELDS).encode()))
    elif name.endswith(".jsonl"):
        path.write_text(json.dumps(FIELDS) + "\n", encoding="utf-8")
    elif name.endswith(".json"):
        path.write_text(json.dumps([FIELDS]), encoding="utf-8")
    elif name.endswith(".csv"):
        path.write_text(f"{','.join(FIELDS)}\nr1,{TEXT},Ministers meet,Harbour Wire,2023-06-09\n", encoding="utf-8")
    else:
        pq.write_table(pa.table({key: [value] for key, value in FIELDS.items()}), path)
    report = only(path)
    assert (report.id, report.text, report.title) == ("r1", TEXT, "Ministers meet")
    assert (report.publisher, report.published) == ("Harbour Wire", "2023-06-09")


def test_a_file_without_a_telling_name_is_read_by_how_it_begins(tmp_path: Path) -> None:
    for name, content in (("page", PAGE), ("lines", json.dumps(FIELDS)), ("plain", TEXT)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert TEXT in only(tmp_path / name).text


def test_a_folder_is_read_in_the_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt"):
        (tmp_path / name).write_text(f"{name}: {TEXT}", encoding="utf-8")
    assert [item.text[:5] for item in read(tmp_path) if isinstance(item, Report)] == ["a.txt", "b.txt"]


def test_standard_input_is_read_like_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(json.dumps(FIELDS).encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    (report,) = read_reports(["-"])
    assert isinstance(report, Report)
    assert report.id == "r1"


def test_a_broken_line_is_told_by_its_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps(FIELDS) + "\n{broken\n[1]\n" + json.dumps(FIELDS) + "\n", encoding="utf-8")
    items = read(path)
    assert [type(item) for item in items] == [Report, Failure, Failure, Report]
    first, second = failures(path)
    assert (first.code, first.origin) == ("broken-line", f"{path}:2")
    assert (second.code, second.origin) == ("broken-line", f"{path}:3")


def test_a_missing_file_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="check the path"):
        read_reports([tmp_path / "nowhere.txt"])


def test_a_row_with_too_many_fields_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text(f'id,text\nr1,"{TEXT}"\nr2,a,b,c\n', encoding="utf-8")
    (failure,) = failures(path)
    assert failure.origin == f"{path}:3"
    assert "4 fields" in failure.reason


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t \n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not-text"),
        (bytes(range(256)) * 400, "not-text"),
        (b"%PDF-1.7 ...", "not-text"),
        (b"a" * 5_000_000, "too-long"),
        (b"a" * 90_000, "not-text"),
    ],
    ids=["nothing", "only space", "image", "binary", "pdf", "5 MB of one word", "a long word"],
)
def test_what_is_no_report_is_a_row_with_its_reason(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    start = time.process_time()
    (failure,) = failures(path)
    assert failure.code == code
    assert failure.reason
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "page",
    ["<html><body><nav>Home</nav></body></html>", "<html></html>", "<!DOCTYPE html><html><body><script>1</script>"],
)
def test_a_page_without_an_article_says_so(tmp_path: Path, page: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    (failure,) = failures(path)
    assert failure.code == "no-article"


def test_a_page_of_ten_thousand_nested_boxes_ends_soon(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body>" + "<div>" * 50_000 + TEXT, encoding="utf-8")
    start = time.process_time()
    (failure,) = failures(path)
    assert failure.code == "too-long"
    assert time.process_time() - start < 5


@pytest.mark.parametrize("date", ["11.6.2021", "2021-13-01", "2021-02-30", "June", "2021", "20210611", ""])
def test_another_form_of_date_is_refused_with_the_form_that_is_taken(date: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        day_in(date)


def test_line_ends_of_windows_count_as_one_character() -> None:
    assert clean("One.\r\nTwo.\rThree.").text == "One.\nTwo.\nThree."


def test_nul_and_lone_surrogates_keep_their_place() -> None:
    cleaned = clean("A\x00b\ud800c")
    assert cleaned.text == "A b\ufffdc"
    assert len(cleaned.changes) == 2


def test_emoji_and_combining_characters_are_left_alone() -> None:
    text = "Ve\u0301ra said 👩‍👩‍👧 “no”."
    assert clean(text).text == text


def test_text_garbled_by_a_wrong_encoding_is_repaired_and_told() -> None:
    report = report_of({"text": "The ministerâ€™s answer was â€œnoâ€\x9d."})
    assert isinstance(report, Report)
    assert "minister’s" in report.text
    assert report.checks[0].code == "cleaned"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_told_by_the_bytes(encoding: str) -> None:
    assert decode("The minister’s “no”.".encode(encoding)) == "The minister’s “no”."


def test_a_key_of_the_wrong_kind_is_a_row_with_the_reason() -> None:
    failure = report_of({"id": "x", "text": ["a", "list"]}, "f:1")
    assert isinstance(failure, Failure)
    assert (failure.id, failure.origin) == ("x", "f:1")
    assert "list" in failure.reason


@given(st.text())
def test_cleaning_keeps_every_character_at_its_place_but_for_line_ends(text: str) -> None:
    cleaned = clean(text)
    if not any("repaired" in change for change in cleaned.changes):
        assert len(cleaned.text) == len(text.replace("\r\n", "\n"))
    assert clean(cleaned.text).text == cleaned.text
    cleaned.text.encode("utf-8")


@given(st.text())
def test_a_title_is_always_one_line(text: str) -> None:
    assert "\n" not in clean_line(text)


@given(
    st.dictionaries(
        st.sampled_from(["id", "text", "title", "date", "url"]), st.one_of(st.none(), st.text(), st.integers())
    )
)
def test_any_fields_give_a_report_or_a_reason(fields: dict[str, object]) -> None:
    item = report_of(fields, "f:1")
    if isinstance(item, Failure):
        assert item.reason
    else:
        assert item.text.strip()
        assert len(item.text) <= LONGEST_TEXT
