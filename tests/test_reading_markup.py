"""Feeds, web archives and pages that mean harm."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.errors import ReadError
from detente.reading import confined, read_reports
from detente.reading.confined import ConfinedParser
from detente.reading.entries import text_of_html
from detente.reading.feeds import is_feed
from detente.reading.fields import BUG, report_of
from detente.reading.gathering import KNOWN_ADDRESS, Gatherer
from detente.reading.markup import DIRECT
from detente.record import Failure, Report
from tests.loopback import ARTICLE, PAGE, Server, lenient, running
from tests.web_archives import answer, warc

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- news --><rss version="2.0"><channel><title>Harbour Wire</title>
<item><title>Ministers &amp; fish</title><link>https://news.example/1</link>
<description>&lt;p&gt;{ARTICLE}&lt;/p&gt;&lt;p&gt;Talks go on.&lt;/p&gt;</description>
<pubDate>Wed, 09 Jun 2021 10:00:00 GMT</pubDate></item>
<item><title>Nothing said</title><link>https://news.example/2</link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Wire</title><entry><title>Ministers</title>
<link href="https://news.example/1"/><id>urn:1</id><updated>2021-06-09T10:00:00Z</updated>
<summary>Short.</summary>
<content type="html">&lt;div&gt;{ARTICLE}&lt;br&gt;Talks&lt;b&gt; go&lt;/b&gt; on.&lt;/div&gt;</content>
</entry></feed>"""


@pytest.mark.parametrize(("name", "feed"), [("a.rss", RSS), ("a.atom", ATOM), ("a.xml", RSS), ("b", ATOM)])
def test_an_entry_of_a_feed_is_a_report(tmp_path: Path, name: str, feed: str) -> None:
    (tmp_path / name).write_text(feed, encoding="utf-8")
    report = next(read_reports([tmp_path / name]))
    assert isinstance(report, Report)
    assert report.text == f"{ARTICLE}\n\nTalks go on."
    assert (report.publisher, report.url) == ("Harbour Wire", "https://news.example/1")
    assert (report.published or "")[:10] == "2021-06-09"
    assert report.origin == f"{tmp_path / name}:1"


def test_an_entry_without_a_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS, encoding="utf-8")
    last = list(read_reports([tmp_path / "a.rss"]))[-1]
    assert isinstance(last, Failure)
    assert (last.code, last.origin) == ("empty", f"{tmp_path / 'a.rss'}:2")


@pytest.mark.parametrize(
    ("head", "feed"),
    [
        (b"<rss version='2.0'>", True),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><feed xmlns='a'>", True),
        (b"<?xml version='1.0'?><!DOCTYPE rss><rdf:RDF xmlns:rdf='b'>", True),
        (b"<html><rss>", False),
        (b"The <rss> element", False),
        (b"<rssfeed>", False),
        (b"", False),
    ],
)
def test_a_feed_is_known_by_how_it_begins(head: bytes, feed: bool) -> None:
    assert is_feed(head) is feed


def test_a_feed_cannot_make_entities_grow(tmp_path: Path) -> None:
    bomb = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(12))
    feed = f"<!DOCTYPE rss [<!ENTITY e0 'ha'>{bomb}]>{RSS.partition('?>')[2].replace('Nothing said', '&e12;')}"
    (tmp_path / "a.rss").write_text(f"<?xml version='1.0'?>{feed}", encoding="utf-8")
    begun = time.monotonic()
    for item in read_reports([tmp_path / "a.rss"]):
        assert isinstance(item, Failure) or len(item.title or "") < 1000
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("scrap", "text"),
    [
        ("Plain words.", "Plain words."),
        ("<p>One</p>\n<p>Two <i>and</i> three</p>", "One\n\nTwo and three"),
        ("One<br/>Two", "One\n\nTwo"),
        ("Fish &amp; chips", "Fish & chips"),
        ("a<script>alert(1)</script>b<style>p {}</style>", "ab"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("before <!-- not this --> after", "before after"),
        ("<img src=x onerror=alert(1)>Words", "Words"),
        ("", ""),
    ],
)
def test_a_scrap_of_html_is_read_as_its_text(scrap: str, text: str) -> None:
    assert text_of_html(scrap) == text


ANSWERS = [
    answer(PAGE.encode()),
    answer(b"\x89PNG", "image/png"),
    answer(b"moved", status="301 Moved"),
    answer(gzip.compress(PAGE.encode()), encoding="gzip"),
    answer(b"<html><body>Menu</body></html>"),
]


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_web_archive_are_reports(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    path.write_bytes(warc(ANSWERS, packed))
    items = list(read_reports([path]))
    assert [item.code if isinstance(item, Failure) else item.url for item in items] == [
        "https://news.example/0",
        "not-a-page",
        "not-a-page",
        "https://news.example/3",
        "no-article",
    ]
    assert [item.origin for item in items] == [f"{path}:{number}" for number in range(1, 6)]


def test_a_web_archive_under_another_name_is_known(tmp_path: Path) -> None:
    (tmp_path / "crawl").write_bytes(warc(ANSWERS[:1]))
    (item,) = read_reports([tmp_path / "crawl"])
    assert isinstance(item, Report)


def test_a_damaged_web_archive_gives_what_is_whole_and_a_reason(tmp_path: Path) -> None:
    data = warc(ANSWERS)
    (tmp_path / "cut.warc.gz").write_bytes(data[: len(data) // 2])
    (tmp_path / "empty.warc").write_bytes(b"")
    items = list(read_reports([tmp_path / "cut.warc.gz", tmp_path / "empty.warc"]))
    assert isinstance(items[0], Report)
    assert isinstance(items[-1], Failure)
    assert items[-1].code == "empty"


@pytest.fixture(scope="module")
def parser() -> Iterator[ConfinedParser]:
    with ConfinedParser() as parser:
        yield parser


def test_a_page_is_read_the_same_in_a_process_of_its_own(parser: ConfinedParser) -> None:
    assert parser.page(PAGE.encode()) == DIRECT.page(PAGE.encode())
    assert parser.feed(RSS.encode()) == DIRECT.feed(RSS.encode())


@pytest.mark.parametrize(
    ("page", "code"),
    [(b"<html><body>Menu</body></html>", "no-article"), (b"\x00" * 100, "not-text"), (b"a" * 10_000_001, "too-long")],
)
def test_what_is_no_article_is_told_from_there(parser: ConfinedParser, page: bytes, code: str) -> None:
    with pytest.raises(ReadError) as told:
        parser.page(page)
    assert told.value.code == code
    assert type(told.value) is not ReadError


def test_a_page_that_hangs_costs_only_itself() -> None:
    slow = b"<html><body><article><p>" + b"<b>word</b> and then " * 14_000
    with ConfinedParser(seconds=1) as parser:
        parser.page(PAGE.encode())
        begun = time.monotonic()
        with pytest.raises(ReadError) as told:
            parser.page(slow)
        assert told.value.code == "page-timeout"
        assert time.monotonic() - begun < 3
        assert parser.page(PAGE.encode())["text"]  # by a process that came up anew


def test_a_page_that_eats_memory_costs_only_itself() -> None:
    with ConfinedParser(memory=700 << 20) as parser:
        with pytest.raises(ReadError) as told:
            parser.page(b"<html><body><article>" + b"<p>" + b"<i>word</i> " * 800_000)
        assert told.value.code in ("page-memory", "page-crash", "page-timeout")
        assert parser.page(PAGE.encode())["text"]


def test_the_limits_are_those_that_are_promised() -> None:
    assert (confined.LARGEST, confined.SECONDS, confined.MEMORY) == (10_000_000, 10.0, 2 << 30)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def test_a_page_of_the_web_is_gathered_with_its_bytes(server: Server) -> None:
    (found,) = Gatherer(DIRECT, lenient(server)).gather([server.url("/hop/2")])
    assert isinstance(found.item, Report)
    assert (found.item.text, found.item.original) == (ARTICLE, PAGE.encode())
    assert (found.item.origin, found.item.url) == (server.url("/hop/2"), server.url("/page"))


def test_a_feed_of_the_web_leads_to_its_pages(server: Server) -> None:
    known = {server.url("/page")}
    gatherer = Gatherer(DIRECT, lenient(server), lambda url: url in known)
    first, second, third = gatherer.gather([server.url("/feed")])
    assert isinstance(first.item, Failure)
    assert (first.item.code, first.source) == (KNOWN_ADDRESS, server.url("/page"))
    assert isinstance(second.item, Report)  # the feed holds the whole of it
    assert second.item.url == server.url("/long")
    assert isinstance(third.item, Failure)
    assert (third.item.code, third.source) == ("http-404", server.url("/404"))
    assert server.pages_asked() == ["/feed", "/404"]
    known.clear()
    assert isinstance(next(gatherer.gather([server.url("/feed")])).item, Report)


def test_an_address_that_does_not_answer_is_a_reason(server: Server) -> None:
    (found,) = Gatherer(DIRECT, lenient(server)).gather([server.url("/404")])
    assert isinstance(found.item, Failure)
    assert (found.item.code, found.item.origin) == ("http-404", server.url("/404"))


def test_a_password_in_an_address_goes_nowhere(server: Server) -> None:
    url = server.url("/page").replace("http://", "http://ann:secret@")
    for found in Gatherer(DIRECT, lenient(server)).gather([url]):
        assert "secret" not in repr(found)
    report = report_of({"text": ARTICLE, "url": "https://ann:secret@news.example/1"})
    assert "secret" not in repr(report)


def test_one_source_that_breaks_leaves_the_next(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = server.url("/raw-chunks/-5~hello")
    first, second = Gatherer(DIRECT, lenient(server)).gather([broken, server.url("/page")])
    assert isinstance(first.item, Failure)
    assert isinstance(second.item, Report)

    class Wrong(type(DIRECT)):  # type: ignore[misc]
        def feed(self, data: bytes) -> list[dict[str, str | None]]:
            raise ZeroDivisionError

    first, second = Gatherer(Wrong(), lenient(server)).gather([server.url("/feed"), server.url("/page")])
    assert isinstance(first.item, Failure)
    assert first.item.code == BUG
    assert isinstance(second.item, Report)


SENTENCES = (
    "The foreign ministers of Norway and Chile met in Oslo on Wednesday and agreed to reopen talks on fishing rights.",
    "They had not spoken to each other since the quarrel over quotas began two winters ago, aides said.",
    "A treaty is to be signed in Santiago in spring, and both parliaments must agree to it before that.",
)


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>Ministers meet</title>{head}</head><body>{body}</body></html>".encode()


def read_page(data: bytes, tmp_path: Path) -> Report | Failure:
    (tmp_path / "a.html").write_bytes(data)
    (item,) = read_reports([tmp_path / "a.html"])
    return item


ONE, TWO, THREE = SENTENCES
ALL = "\n\n".join(SENTENCES)
MENU = '<a href="/">Home</a> <a href="/w">World</a> <a href="/s">Sport</a>'


@pytest.mark.parametrize(
    "body",
    [
        f"<div><p>{ONE}</p><ul><li>{TWO}</li></ul><p>{THREE}</p></div>",
        f"<p>{ONE}</p><ol><li><p>{TWO}</p></li><li>{THREE}</li></ol>",
        f"<section><ul><li>{ONE}</li><li>{TWO}</li><li>{THREE}</li></ul></section>",
        f"<div><ul><li><a href='/'>Home</a></li><li>{MENU}</li></ul><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div>",
        f"<table><tr><td>{MENU}</td></tr><tr><td>{ONE}<br><br>{TWO}<br><br>{THREE}</td></tr></table>",
        f"<table><tr><td>{MENU}</td><td><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></td></tr></table>",
        f"<table><tr><td><table><tr><td><p>{ONE}</p><p>{TWO}</p></td></tr></table><p>{THREE}</p></td></tr></table>",
        f"<center><table><tbody><tr><td><div>{ONE}</div><div>{TWO}</div><div>{THREE}</div></td></tr></tbody></table></center>",
    ],
)  # fmt: skip
def test_lists_and_tables_that_hold_the_text_are_text(body: str, tmp_path: Path) -> None:
    item = read_page(page(body), tmp_path)
    assert isinstance(item, Report)
    assert item.text == ALL


def test_a_table_of_data_stays_apart_from_the_text(tmp_path: Path) -> None:
    table = "<table><tr><th>State</th><th>Catch</th></tr><tr><td>Norway</td><td>2</td></tr></table>"
    item = read_page(page(f"<article><p>{ONE}</p><p>{TWO}</p>{table}<p>{THREE}</p></article>"), tmp_path)
    assert isinstance(item, Report)
    assert [sentence in item.text for sentence in SENTENCES] == [True] * 3


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2018-05-16T10:02:00-04:00">', "2018-05-16"),
        ('<script type="application/ld+json">{"datePublished": "2018-05-16T23:59:00-04:00"}</script>', "2018-05-16"),
        ('<meta name="date" content="2018-05-16">', "2018-05-16"),
        ("", "2018-05-01"),
    ],
)
def test_what_a_page_declares_beats_the_day_in_its_address(head: str, day: str, tmp_path: Path) -> None:
    link = '<link rel="canonical" href="https://news.example/2018/05/01/talks.html">'
    item = read_page(page(f"<article><p>{ONE}</p><p>{TWO}</p></article>", link + head), tmp_path)
    assert isinstance(item, Report)
    assert item.published == day


def teaser(number: int) -> str:
    return (
        f'<h3><a href="/{number}">Ministers meet for time {number}</a></h3><p>They met again, aides said {number}.</p>'
    )


@pytest.mark.parametrize(
    "body",
    [
        "<main><ul>" + "".join(f"<li>{teaser(n)}</li>" for n in range(5)) + "</ul></main>",
        "<main>" + "".join(f"<article>{teaser(n)}<time>{n} May</time></article>" for n in range(1, 4)) + "</main>",
        "".join(f"<div class='item'><a href='/{n}'>Talks {n}</a><p>{ONE}</p></div>" for n in range(4)),
        "<main>" + "".join(f'<div><time datetime="2024-0{n}-03">x</time><p>{ONE}</p></div>' for n in range(1, 5)),
        f"<main>{MENU * 10}</main>",
        "<p>We value your privacy. We and our 812 partners store data here.</p><p>You may click to consent.</p>",
        "<h1>Subscribe to read</h1><p>Start your free trial for full access to our reports on the war in Ukraine.</p>",
        "<p>Please enable JavaScript to verify you are human before you go on to the page you asked for.</p>",
        "<h1>404</h1><p>Sorry, the page you are looking for has moved. Try our search or the start page.</p>",
    ],
)  # fmt: skip
def test_a_page_without_a_report_is_told(body: str, tmp_path: Path) -> None:
    item = read_page(page(body), tmp_path)
    assert isinstance(item, Failure)
    assert item.code == "no-article"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<article><p>{ONE}</p><p>{TWO}</p><p>To continue reading, become one of our members.</p></article>", ""),
        (f"<article><p>{ONE}</p><p>{TWO}</p></article>", '<meta property="article:content_tier" content="locked">'),
        (
            f"<article><p>{ONE}</p><p>{TWO}</p></article>",
            '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>',
        ),
    ],
)  # fmt: skip
def test_a_page_that_breaks_off_is_a_report_with_a_check(body: str, head: str, tmp_path: Path) -> None:
    item = read_page(page(body, head), tmp_path)
    assert isinstance(item, Report)
    assert [check.code for check in item.checks] == ["partial-page"]


def test_a_report_with_links_to_others_below_it_is_a_report(tmp_path: Path) -> None:
    more = "<aside><ul>" + "".join(f"<li>{teaser(n)}</li>" for n in range(3)) + "</ul></aside>"
    item = read_page(page(f"<article><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></article>{more}"), tmp_path)
    assert isinstance(item, Report)
    report = "The court ruled that a firm may not use cookies without consent, and that it must ask its subscribers."
    item = read_page(page(f"<article><p>{report}</p><p>{ONE}</p><p>{TWO}</p></article>"), tmp_path)
    assert isinstance(item, Report)
    assert not item.checks
