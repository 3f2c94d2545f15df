"""Files that are damaged, mean harm or lie: each costs its own row, and everything else in them is read."""

from __future__ import annotations

import datetime
import gzip
import io
import os
import socket
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading import read_reports
from detente.reading.fields import BUG, LISTS
from detente.reading.packed import Unpacked
from detente.reading.records import LARGEST_BLOCK, records_of
from detente.reading.sources import FORMATS, read_stream
from detente.record import Failure, Report
from tests.loopback import ARTICLE, PAGE
from tests.web_archives import answer, warc

LINES = b"".join(b'{"text": "Report number %d is here."}\n' % n for n in range(2_000))
MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"\0\0\xfe\xff")


def read(data: bytes, name: str) -> list[Report | Failure]:
    return list(read_stream(io.BytesIO(data), "there", name))


def texts(items: list[Report | Failure]) -> list[str]:
    return [item.text for item in items if isinstance(item, Report)]


def codes(items: list[Report | Failure]) -> list[str]:
    return [item.code for item in items if isinstance(item, Failure)]


@settings(deadline=None)
@given(
    st.sampled_from(["", *FORMATS, ".jsonl.gz", ".warc.gz"]),
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    *MARKS,
                    LINES[:80],
                    PAGE.encode(),
                    warc([answer(PAGE.encode())], packed=False),
                    warc([answer(b"x")]),
                    gzip.compress(LINES[:80]),
                    b"text,date\n",
                    b'"a b",2021-01-01\n',
                    b"[{",
                    b"}]",
                    b"\0",
                    b"<rss><channel><item><title>",
                    b'<meta charset="zip">',
                    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                ]
            ),
            st.binary(max_size=40),
        ),
        max_size=5,
    ),
)
def test_no_bytes_end_a_run(name: str, pieces: list[bytes]) -> None:
    for item in read(b"".join(pieces), f"a{name}"):
        assert not (isinstance(item, Failure) and item.code == BUG), item


@pytest.mark.parametrize("wide", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv"])
def test_wide_encodings_are_read_with_and_without_their_mark(wide: str, name: str) -> None:
    words = "Zoë met Łukasz."
    text = {"a.txt": words, "a.csv": f'text\n"{words}"\n'}.get(name, f'{{"text": "{words}"}}')
    assert texts(read(text.encode(wide), name)) == [words]


@pytest.mark.parametrize("cut", [1, 3])
@pytest.mark.parametrize("wide", ["utf-16", "utf-32"])
def test_a_wide_file_that_is_cut_in_a_character_gives_its_whole_lines(wide: str, cut: int) -> None:
    items = read('{"text": "One."}\n{"text": "Two."}'.encode(wide)[:-cut], "a.jsonl")
    assert texts(items) == ["One."]
    assert codes(items) == ["broken-line"]


@pytest.mark.parametrize("declared", ["hex", "rot13", "zip", "bz2", "uu", "base64", "idna", "undefined", "utf-7", "x"])
def test_a_page_that_declares_no_encoding_of_text_is_read_all_the_same(declared: str) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("Oslo", "Reykjavík")
    (item,) = read(page.encode("cp1252"), "a.html")
    assert isinstance(item, Report)
    assert "Reykjavík" in item.text


@pytest.mark.parametrize("declared", ["iso-8859-1", "ISO8859-1", "latin1", "us-ascii", "ascii", "windows-1252"])
def test_western_pages_are_read_as_browsers_read_them(declared: str) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("They", "“They”, the minister’s aides,")
    (item,) = read(page.encode("cp1252"), "a.html")
    assert isinstance(item, Report)
    assert "“They”, the minister’s aides," in item.text


def test_what_the_server_says_of_the_encoding_counts_where_the_page_says_nothing() -> None:
    page = PAGE.replace("Oslo", "Київ")
    made = answer(page.encode("cp1251"), "text/html; charset=Windows-1251")
    (item,) = read(warc([made]), "a.warc.gz")
    assert isinstance(item, Report)
    assert "Київ" in item.text


@settings(deadline=None)
@given(st.integers(1, len(gzip.compress(LINES, mtime=0)) - 1))
def test_a_gzip_file_that_was_cut_off_gives_its_whole_lines(length: int) -> None:
    packed = gzip.compress(LINES, mtime=0)[:length]
    whole = zlib.decompressobj(31).decompress(packed)
    items = read(packed, "a.jsonl.gz")
    assert len(texts(items)) >= whole.count(b"\n")
    assert codes(items)[-1] in ("unreadable", "broken-line", "not-text")


def test_members_of_a_gzip_file_are_one_and_what_is_no_member_is_told() -> None:
    packed = gzip.compress(LINES[:74]) + b"\0" * 100 + gzip.compress(LINES[74:148])
    assert len(texts(read(packed, "a.jsonl.gz"))) == 4
    assert codes(read(packed + b"rubbish", "a.jsonl.gz")) == ["unreadable"]


def test_a_damaged_byte_costs_what_follows_it() -> None:
    packed = bytearray(gzip.compress(LINES, compresslevel=0, mtime=0))
    packed[len(packed) // 2] ^= 0xFF  # stored bytes: only the checksum at the end tells
    items = read(bytes(packed), "a.jsonl.gz")
    assert len(texts(items)) >= 1_999
    assert codes(items)[-1] == "unreadable"


def test_a_text_or_row_that_may_be_cut_short_is_no_report() -> None:
    text = gzip.compress(b"The ministers met in Oslo. " * 200)
    assert codes(read(text[:-9], "a.txt.gz")) == ["unreadable"]
    rows = gzip.compress(b"text\n" + b"The ministers met in Oslo.\n" * 50)
    items = read(rows[:-9], "a.csv.gz")
    assert set(texts(items)) == {"The ministers met in Oslo."}
    assert codes(items) == ["unreadable"]


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200), st.integers(1, 64))
def test_unpacking_gives_what_was_packed_in_any_portions(data: bytes, split: int, most: int) -> None:
    reader = Unpacked(io.BytesIO(gzip.compress(data[:split]) + gzip.compress(data[split:])))
    assert b"".join(iter(lambda: reader.read(most), b"")) == data
    assert reader.damage is None


def test_pipes_sockets_and_closed_folders_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "z.txt").write_text(ARTICLE)
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket"))
        items = list(read_reports([tmp_path]))
    assert len(texts(items)) == 2
    assert codes(items) == ["not-a-file", "not-a-file"]


def test_a_folder_that_cannot_be_opened_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "a.txt").write_text(ARTICLE)
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):  # root may open any
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    items = list(read_reports([tmp_path]))
    assert len(texts(items)) == 1
    assert [(item.code, item.origin) for item in items if isinstance(item, Failure)] == [
        ("missing-file", str(tmp_path / "closed"))
    ]


def parquet(**columns: object) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table(columns), made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        (pa.array([3_000_000, 18_000], pa.date32()), "2019-04-14"),
        (pa.array([2**50, 0], pa.date64()), "1970-01-01"),
        (pa.array([2**60, 0], pa.timestamp("ms")), "1970-01-01"),
        (pa.array([2**62, 1_600_000_000_123_456_789], pa.timestamp("ns")), "2020-09-13T12:26:40.123456"),
        (pa.array([datetime.time(1), None], pa.time64("us")), None),
        (pa.array([datetime.timedelta(1), None]), None),
        (pa.array([[1], None]), None),
        (pa.array([b"\xff", None]), None),
    ],
)
def test_a_date_that_cannot_be_costs_its_row(dates: pa.Array, published: str | None) -> None:
    items = read(parquet(text=["A b c d.", "E f g h."], date=dates), "a.parquet")
    assert isinstance(items[-1], Report)
    assert items[-1].published == published
    assert len(items) == 2


def test_a_zone_that_nobody_knows_costs_its_row() -> None:
    dates = pa.array([0], pa.timestamp("s", "Mars/Olympus"))
    assert codes(read(parquet(text=["A b c d."], date=dates), "a.parquet")) == ["broken-line"]


def test_a_group_of_rows_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.reading.tables.LARGEST_GROUP", 1_000)
    made = parquet(text=[f"{number} words and words" for number in range(1_000)])
    assert codes(read(made, "a.parquet")) == ["too-long"]


@pytest.mark.parametrize("kind", [pa.string(), pa.binary(), pa.large_string(), pa.large_binary()])
def test_a_value_that_is_repeated_takes_its_room_once(kind: pa.DataType) -> None:
    value = b"words and more words " * 10_000
    made = parquet(text=["A b c d."] * 100, title=pa.array([value] * 100, pa.binary()).cast(kind))
    assert len(made) < 50_000
    before = pa.total_allocated_bytes()
    held = [pa.total_allocated_bytes() - before for _ in read_stream(io.BytesIO(made), "there", "a.parquet")]
    assert len(held) == 100
    assert max(held) < 20 * len(value)


def test_the_columns_of_lists_count_as_others_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.reading.tables.LARGEST_GROUP", 100_000)
    names = [[f"{number} {other} of many" for other in range(50)] for number in range(500)]
    made = parquet(text=["A b c d."] * 500, **{LISTS[0]: names})
    assert codes(read(made, "a.parquet")) == ["too-long"]


def test_an_element_with_thousands_of_attributes_is_refused() -> None:
    page = PAGE.replace("<p>", "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">")
    assert codes(read(page.encode(), "a.html")) == ["too-long"]


# Web archives


def archive(*blocks: bytes) -> bytes:
    return warc(list(blocks), packed=False)


def chunked(body: bytes) -> bytes:
    return answer(body).replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n", 1)


GOOD = answer(PAGE.encode())


@pytest.mark.parametrize(
    "damaged",
    [
        answer(PAGE.encode(), encoding="gzip"),
        answer(PAGE.encode(), encoding="br"),
        answer(PAGE.encode(), encoding="utf-8"),
        answer(PAGE.encode(), encoding="none, gzip"),
        chunked(PAGE.encode()),
        answer(PAGE.encode()).replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: x-gzip\r\n\r\n", 1),
        answer(PAGE.encode()).replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\n", 1),
    ],
)
def test_an_answer_that_is_not_coded_as_it_says_is_read_as_it_is(damaged: bytes) -> None:
    items = read(archive(GOOD, damaged, GOOD), "a.warc")
    assert texts(items) == [ARTICLE] * 3


@pytest.mark.parametrize(
    ("damaged", "code"),
    [
        (answer(gzip.compress(PAGE.encode())[:-30], encoding="gzip"), "unreadable"),
        (answer(gzip.compress(PAGE.encode()) + b"rubbish", encoding="gzip"), "unreadable"),
        (answer(gzip.compress(b"a" * 20_000_000), encoding="gzip"), "too-long"),
        (
            answer(b"5\r\nabcde\r\n-1\r\n").replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n", 1),
            "unreadable",
        ),
        (b"220 mail.example ready\r\n", "not-a-page"),
        (b"", "not-a-page"),
        (b"HTTP/1.1 999", "not-a-page"),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_answer_costs_its_row(damaged: bytes, code: str, packed: bool) -> None:
    items = read(warc([GOOD, damaged, GOOD], packed), "a.warc.gz" if packed else "a.warc")
    assert texts(items) == [ARTICLE] * 2
    assert codes(items) == [code]


@pytest.mark.parametrize("stated", ["0", "17", "99999999", "99999999999999999", "-5", "abc", "1e3", ""])
@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_wrong_length_of_a_record_is_mended_and_told(stated: str, packed: bool, place: int) -> None:
    records = [warc([GOOD], packed=False) for _ in range(3)]
    records[place] = records[place].replace(b"Content-Length: %d" % len(GOOD), f"Content-Length: {stated}".encode())
    made = b"".join(gzip.compress(record) if packed else record for record in records)
    items = read(made, "a.warc.gz" if packed else "a.warc")
    assert texts(items) == [ARTICLE] * 3
    told = [[check.code for check in item.checks] for item in items if isinstance(item, Report)]
    assert told == [["archive-length"] if number == place else [] for number in range(3)]


@settings(deadline=None)
@given(st.integers(0, 2), st.integers(0, 2_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_record_of_a_packed_archive_costs_at_most_itself_and_is_told(
    place: int, at: int, bytes_: bytes
) -> None:
    records = [gzip.compress(warc([GOOD], packed=False), mtime=0) for _ in range(3)]
    at %= len(records[place])
    damaged = records[place][:at] + bytes_ + records[place][at + len(bytes_) :]
    is_changed = damaged != records[place]
    records[place] = damaged
    items = read(b"".join(records), "a.warc.gz")
    assert len(texts(items)) >= 2
    assert len(items) >= 3 or not is_changed or len(texts(items)) == 3


def test_an_archive_that_is_cut_off_gives_what_is_whole_and_a_reason() -> None:
    for packed in (True, False):
        made = warc([GOOD, GOOD], packed)
        items = read(made[:-60], "a.warc.gz" if packed else "a.warc")
        assert (texts(items), codes(items)) == ([ARTICLE], ["unreadable"])


def test_rubbish_between_records_is_told_and_passed_over() -> None:
    one = warc([GOOD], packed=False)
    assert codes(read(one + b"rubbish\r\n\r\n" + one, "a.warc")) == ["unreadable"]
    assert texts(read(one + b"rubbish\r\n\r\n" + one, "a.warc")) == [ARTICLE] * 2
    one = warc([GOOD])
    assert codes(read(one + b"rubbish" + one, "a.warc.gz")) == ["unreadable"]


def test_a_record_of_any_size_is_passed_over_without_being_held() -> None:
    large = answer(b"\x89PNG" + b"a" * (LARGEST_BLOCK + 1_000_000), "image/png")
    records = list(records_of(io.BufferedReader(io.BytesIO(warc([large, GOOD], packed=False)))))
    assert [len(record.block) <= LARGEST_BLOCK + 1 for record in records] == [True, True]
    assert records[1].block == GOOD


# Feeds


def feed(item: str) -> str:
    return (
        f'<rss version="2.0"><channel><title>Harbour Wire</title><item><title>One</title>{item}</item></channel></rss>'
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Wed, 26 Jun 2024 21:30:00 PDT", "2024-06-26"),
        ("Wed, 26 Jun 2024 21:30:00 -0700", "2024-06-26"),
        ("Wed, 26 Jun 2024 07:30:00 +0900", "2024-06-26"),
        ("26 June 2024 07:30:00 JST", "2024-06-26"),
        ("2024-06-26T23:59:59-11:00", "2024-06-26"),
        ("2024-06-26T00:15:00+1400", "2024-06-26"),
        ("2024-06-26", "2024-06-26"),
        ("Jun 26, 2024", "2024-06-26"),
    ],
)
def test_the_day_of_an_entry_is_the_one_that_was_written(written: str, day: str) -> None:
    (item,) = read(feed(f"<pubDate>{written}</pubDate><description>{ARTICLE}</description>").encode(), "a.rss")
    assert isinstance(item, Report)
    assert (item.published or "")[:10] == day


@pytest.mark.parametrize(
    "written",
    [
        "&lt;p&gt;One &amp;amp; two.&lt;/p&gt;",
        "&amp;lt;p&amp;gt;One &amp;amp;amp; two.&amp;lt;/p&amp;gt;",
        "<![CDATA[&lt;p&gt;One &amp;amp; two.&lt;/p&gt;]]>",
        "<![CDATA[<p>One &amp; two.</p>]]>",
        "&lt;![CDATA[&lt;p&gt;One &amp;amp; two.&lt;/p&gt;]]&gt;",
        "&lt;div class='x'&gt;One &amp;amp;amp; two.&lt;/div&gt;",
    ],
)
def test_a_text_is_read_however_often_it_was_escaped(written: str) -> None:
    (item,) = read(feed(f"<description>{written}</description>").encode(), "a.rss")
    assert isinstance(item, Report)
    assert item.text == "One & two."


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "no-article"),
        (feed(f"<description>{ARTICLE}</description></item><item><title>Tw").encode()[:-40], "broken-line"),
        (b"<rss version='2.0'>", "broken-line"),
        (b"", "broken-line"),
    ],
)
def test_a_feed_that_is_broken_or_empty_is_told(data: bytes, code: str) -> None:
    assert code in codes(read(data, "a.rss"))


def test_a_mistake_of_this_program_is_a_row_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*args: object) -> None:
        raise KeyError("oh")

    monkeypatch.setattr("detente.reading.fields._report", fail)
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n')
    items = list(read_reports([tmp_path / "a.jsonl"]))
    assert codes(items) == [BUG, BUG]
    assert "KeyError" in str(items[0])
