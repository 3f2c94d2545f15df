"""Fetching from the web: nothing inside is reached, nothing goes on for ever, and nobody is bothered."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import FetchError
from detente.reading.addresses import address_of, is_address, is_public, without_password
from detente.reading.fetching import AGENT, PAUSE, Fetcher
from tests.loopback import PAGE, Clock, Server, lenient, running


@pytest.fixture(scope="module")
def one_server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(one_server: Server) -> Server:
    one_server.asked.clear()
    one_server.robots = (404, "")
    return one_server


# The server listens on loopback at PORT, and that port is allowed: only the address stands between.
INSIDE = [
    "http://127.0.0.1:PORT/",
    "http://127.0.0.1:PORT",
    "http://localhost:PORT/",
    "http://LOCALHOST:PORT/",
    "http://localhost.:PORT/",
    "http://127.1.2.3:PORT/",
    "http://127.0.0.1.:PORT/",
    "http://127.1:PORT/",
    "http://127.0.1:PORT/",
    "http://2130706433:PORT/",
    "http://017700000001:PORT/",
    "http://0x7f000001:PORT/",
    "http://0x7f.0.0.1:PORT/",
    "http://0x7f.1:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://0177.0.0.01:PORT/",
    "http://127.0.0.01:PORT/",
    "http://00127.0.0.1:PORT/",
    "http://1２7.0.0.1:PORT/",
    "http://①②⑦.⓪.⓪.①:PORT/",
    "http://127。0。0。1:PORT/",
    "http://0:PORT/",
    "http://0.0.0.0:PORT/",
    "http://4294967295:PORT/",
    "http://99999999999:PORT/",
    "http://256.256.256.256:PORT/",
    "http://[::1]:PORT/",
    "http://[0:0:0:0:0:0:0:1]:PORT/",
    "http://[::]:PORT/",
    "http://[::127.0.0.1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::ffff:0:127.0.0.1]:PORT/",
    "http://[64:ff9b::7f00:1]:PORT/",
    "http://[2002:7f00:1::]:PORT/",
    "http://[2001:0:7f00:1::1]:PORT/",
    "http://[fe80::1%25lo]:PORT/",
    "http://[fe80::1%lo]:PORT/",
    "http://[::1:PORT/",
    "http://user@127.0.0.1:PORT/",
    "http://example.org@127.0.0.1:PORT/",
    "http://user:pass@localhost:PORT/",
    "http://127.0.0.1:PORT\\@example.org/",
    "http://127.0.0.1:PORT#@example.org/",
    "http://127.0.0.1:PORT?@example.org/",
    "http://127.0.0.1\t:PORT/",
    "http://127.0.0.1 :PORT/",
    "http://127.0.0.1%00.example.org:PORT/",
    "http://127.0.0.1\n:PORT/",
    "http://127.0.0.1:PORT/\r\nX-Injected: yes",
    "http:///127.0.0.1:PORT/",
    "http:127.0.0.1:PORT/",
    "http://:PORT/",
    "http://:PORT",
    "https://127.0.0.1:PORT/",
    "ftp://127.0.0.1:PORT/",
    "file:///etc/hostname",
    "gopher://127.0.0.1:PORT/_GET",
    "data:text/html,hello",
    "javascript:alert(1)",
    "//127.0.0.1:PORT/",
    "127.0.0.1:PORT/",
    "",
]


@pytest.mark.parametrize("url", INSIDE)
def test_no_form_of_an_inner_address_is_reached(server: Server, url: str) -> None:
    with pytest.raises(FetchError) as told:
        Fetcher(ports={server.port}).fetch(url.replace("PORT", str(server.port)))
    assert told.value.code in ("refused-address", "unreachable")
    assert server.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "http:~~127.0.0.2:PORT~secret",
        "http:~~[::ffff:127.0.0.2]:PORT~secret",
        "http:~~2130706434:PORT~secret",
        "http:~~inner.test:PORT~secret",
        "~~inner.test:PORT~secret",
        "http:~~10.0.0.1:PORT~",
        "http:~~169.254.169.254:PORT~latest~meta-data",
        "http:~~user@news.test:PORT~secret",
        "http:~~news.test:22~",
        "file:~~~etc~hostname",
        "ftp:~~news.test:PORT~",
    ],
)
def test_a_redirect_is_judged_like_a_new_address(server: Server, target: str) -> None:
    fetcher = Fetcher(
        allow=lambda ip: str(ip) == "127.0.0.1",
        ports={server.port},
        resolve=lambda host, port: [{"news.test": "127.0.0.1", "inner.test": "127.0.0.2"}.get(host, host)],
        sleep=lambda seconds: None,
    )
    with pytest.raises(FetchError) as told:
        fetcher.fetch(server.url(f"/to/{target}"))
    assert told.value.code in ("refused-address", "unreachable")
    assert server.pages_asked() == [f"/to/{target}"]


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:8.8.8.8",
        "::ffff:10.0.0.1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:a00:1::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "3fff::1",
        "5f00::1",
    ],
)
def test_special_networks_are_not_public(ip: str) -> None:
    assert not is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize("ip", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"])
def test_ordinary_addresses_are_public(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("HTTP://example.org:80/", "http://example.org/"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("http://example.org/a%20b?q=%C3%A9", "http://example.org/a%20b?q=%C3%A9"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("  https://example.org/x  ", "https://example.org/x"),
    ],
)
def test_an_address_is_written_in_one_form(url: str, written: str) -> None:
    assert address_of(url).url == written
    assert address_of(written).url == written


def test_only_the_usual_ports_are_asked() -> None:
    for port in (0, 1, 22, 25, 3306, 6379, 8000, 65535, 65536):
        with pytest.raises(FetchError, match=r"port|malformed"):
            address_of(f"http://example.org:{port}/")


@given(st.one_of(st.text(max_size=40), st.text("htps:/@[].%0x127#?\\\u3002\uff11", max_size=40).map("http://".__add__)))
def test_any_text_is_an_address_or_refused(url: str) -> None:
    try:
        address = address_of(url)
    except FetchError:
        return
    assert address.host.isascii()
    assert address_of(address.url) == address


def test_an_address_is_told_from_a_path() -> None:
    assert is_address("HTTPS://example.org")
    assert not is_address("https.txt")
    assert not is_address("./http:/x")


def test_a_page_comes_as_it_was_sent(server: Server) -> None:
    page = lenient(server).fetch(server.url("/page?a=b"))
    assert (page.body, page.kind, page.url) == (PAGE.encode(), "text/html", server.url("/page?a=b"))
    assert server.asked == ["/robots.txt", "/page?a=b"]


@pytest.mark.parametrize("path", ["/gzip", "/many-gzip", "/chunked", "/hop/1", "/hop/5"])
def test_packed_chunked_and_redirected_pages_come_too(server: Server, path: str) -> None:
    assert lenient(server).fetch(server.url(path)).body == PAGE.encode()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/hop/6", "redirects"),
        ("/nowhere", "redirects"),
        ("/404", "http-404"),
        ("/500", "http-500"),
        ("/204", "http-204"),
        ("/image", "not-a-page"),
        ("/big/1000001", "too-long"),
        ("/endless", "too-long"),
        ("/bomb", "too-long"),
        ("/torn", "unreachable"),
        ("/torn-gzip", "unreachable"),
        ("/no-gzip", "unreachable"),
        ("/no-http", "unreachable"),
        ("/gzip-and-more", "unreachable"),
        ("/unasked/br", "unreachable"),
        ("/unasked/%1b%5d0;hi%07", "unreachable"),
        ("/raw-chunks/-5~hello", "unreachable"),
        ("/raw-chunks/ffffffffffffffffffffffffff~hello", "unreachable"),
        ("/raw-chunks/7fffffffffffffff~hello", "unreachable"),
        ("/raw-chunks/zz~hello", "unreachable"),
        ("/raw-chunks/5~hello_", "unreachable"),
        ("/raw-chunks/+5~hello", "unreachable"),
        ("/raw-length/-1", "unreachable"),
        ("/raw-length/9223372036854775808999", "unreachable"),
        ("/raw-length/1,2", "unreachable"),
        ("/raw-status/600", "http-600"),
        ("/raw-status/2000", "unreachable"),
        ("/raw-status/-1", "unreachable"),
        ("/headers", "unreachable"),
        ("/long-header", "unreachable"),
    ],
)
def test_what_is_no_page_is_told_by_its_kind(server: Server, path: str, code: str) -> None:
    with pytest.raises(FetchError) as told:
        lenient(server, largest=1_000_000).fetch(server.url(path))
    assert told.value.code == code


@pytest.mark.parametrize("path", ["/silent", "/dribble", "/dribbled-head", "/slow-hop/5"])
def test_a_server_that_takes_its_time_is_cut_off(server: Server, path: str) -> None:
    begun = time.monotonic()
    with pytest.raises(FetchError) as told:
        lenient(server, seconds=0.5).fetch(server.url(path))
    assert told.value.code == "timeout"
    assert time.monotonic() - begun < 3


def test_a_resolver_that_hangs_is_cut_off(server: Server) -> None:
    fetcher = Fetcher(ports={server.port}, resolve=lambda host, port: time.sleep(2) or [], seconds=0.2)  # type: ignore[func-returns-value]
    with pytest.raises(FetchError) as told:
        fetcher.fetch(server.url("/page"))
    assert told.value.code == "timeout"


def test_a_name_is_resolved_once_for_a_request_and_the_connection_goes_there(server: Server) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    fetcher = Fetcher(allow=lambda ip: ip.is_loopback, ports={server.port}, resolve=resolve, sleep=lambda seconds: None)
    assert fetcher.fetch(server.url("/page")).body == PAGE.encode()
    assert asked == ["news.test", "news.test"]  # once for robots.txt, once for the page
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 may not be fetched from \(private network\)"):
        fetcher.fetch(server.url("/page"))


def test_a_name_with_one_inner_address_among_its_addresses_is_refused(server: Server) -> None:
    fetcher = Fetcher(
        allow=lambda ip: str(ip) == "127.0.0.1", ports={server.port}, resolve=lambda h, p: ["127.0.0.1", "10.0.0.1"]
    )
    with pytest.raises(FetchError) as told:
        fetcher.fetch(server.url("/page"))
    assert (told.value.code, server.asked) == ("refused-address", [])


def test_a_name_nobody_knows_is_told(server: Server) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    with pytest.raises(FetchError) as told:
        Fetcher(ports={server.port}, resolve=resolve).fetch(server.url("/page"))
    assert told.value.code == "unreachable"


def test_an_encrypted_request_to_a_server_that_speaks_plain_is_told(server: Server) -> None:
    with pytest.raises(FetchError) as told:
        lenient(server).fetch(server.url("/page").replace("http:", "https:"))
    assert told.value.code == "unreachable"


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ((200, "User-agent: *\nDisallow: /private"), "/private/a", False),
        ((200, "User-agent: *\nDisallow: /private"), "/page", True),
        ((200, "User-agent: detente\nDisallow: /\n\nUser-agent: *\nAllow: /"), "/page", False),
        ((200, "User-agent: other\nDisallow: /"), "/page", True),
        ((200, ""), "/page", True),
        ((200, "\x00\xff nonsense"), "/page", True),
        ((404, ""), "/page", True),
        ((403, ""), "/page", True),
        ((503, ""), "/page", False),
    ],
)
def test_robots_are_obeyed(server: Server, robots: tuple[int, str], path: str, allowed: bool) -> None:
    server.robots = robots
    if allowed:
        assert lenient(server).fetch(server.url(path)).body == PAGE.encode()
    else:
        with pytest.raises(FetchError) as told:
            lenient(server).fetch(server.url(path))
        assert told.value.code == "robots"
        assert server.pages_asked() == []


def test_robots_are_asked_for_where_a_redirect_leads(server: Server) -> None:
    server.robots = (200, "User-agent: *\nDisallow: /private")
    with pytest.raises(FetchError) as told:
        lenient(server).fetch(server.url("/to/~private"))
    assert told.value.code == "robots"


def test_a_host_is_asked_once_a_second_and_other_hosts_meanwhile(server: Server) -> None:
    clock = Clock()
    fetcher = lenient(server, clock)
    fetcher.fetch(server.url("/page"))
    fetcher.fetch(server.url("/page", host="other.test"))
    fetcher.fetch(server.url("/page", host="other.test"))
    assert clock.slept == [PAUSE, PAUSE, PAUSE]  # robots and page of each host, and the second page
    assert server.asked.count("/robots.txt") == 2


def test_a_host_may_ask_for_longer_pauses_within_reason(server: Server) -> None:
    server.robots = (200, "User-agent: *\nCrawl-delay: 3")
    clock = Clock()
    lenient(server, clock).fetch(server.url("/page"))
    assert clock.slept == [3.0]
    server.robots = (200, "User-agent: *\nCrawl-delay: 86400")
    clock = Clock()
    lenient(server, clock).fetch(server.url("/page"))
    assert clock.slept == [10.0]


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /*/private$", "/a/private", False),
        ("User-agent: *\nDisallow: /*/private$", "/a/private/b", True),
        ("User-agent: *\nDisallow: /*?*session=", "/page?x=1&session=2", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /\nAllow: /page", "/page", True),
        ("\ufeffUser-agent: *\nDisallow: /page", "/page", False),
        ("User-agent: DETENTE/1.0\nDisallow: /page", "/page", True),
        ("User-agent: Detente\nDisallow: /page", "/page", False),
        ("User-agent: *\nDisallow: /p%61ge", "/page", False),
        ("User-agent: *\nCrawl-delay: nan\nDisallow: /b", "/page", True),
        ("User-agent: *\nCrawl-delay: -5\nDisallow: /b", "/page", True),
        ("User-agent: *\nDisallow: /" + "*a" * 5_000 + "$", "/" + "a" * 1_500, True),
    ],
)
def test_robots_are_read_as_the_standard_has_it(server: Server, robots: str, path: str, allowed: bool) -> None:
    server.robots = (200, robots)
    begun = time.monotonic()
    if allowed:
        assert lenient(server).fetch(server.url(path)).body == PAGE.encode()
    else:
        with pytest.raises(FetchError, match=r"robots\.txt"):
            lenient(server).fetch(server.url(path))
    assert time.monotonic() - begun < 5


def test_waiting_out_of_politeness_is_not_counted_as_the_server_s_time(server: Server) -> None:
    server.robots = (200, "User-agent: *\nCrawl-delay: 9")
    clock = Clock()
    assert lenient(server, clock, seconds=20.0).fetch(server.url("/hop/5")).body == PAGE.encode()
    assert sum(clock.slept) == 6 * 9


def test_answers_that_only_inform_come_to_an_end(server: Server) -> None:
    with pytest.raises(FetchError):
        lenient(server, seconds=5).fetch(server.url("/informed"))


def test_the_encoding_that_a_server_names_comes_with_the_page(server: Server) -> None:
    assert lenient(server).fetch(server.url("/charset/windows-1251")).charset == "windows-1251"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://ann:secret@example.org/a", "http://example.org/a"),
        ("https://ann:se:cr@et@example.org/a?b=c@d", "https://example.org/a?b=c@d"),
        ("HTTP:\\\\ann:secret@example.org", "HTTP:\\\\example.org"),
        ("http://example.org/@ann", "http://example.org/@ann"),
        ("http://example.org?mail=a@b", "http://example.org?mail=a@b"),
    ],
)
def test_no_password_is_shown(url: str, shown: str) -> None:
    assert without_password(url) == shown


@pytest.mark.parametrize(
    "url", ["http://ann:secret@example.org/", "http://ann:secret℀@example.org/", "http://a:secret@b:c/"]
)
def test_no_reason_quotes_a_password(url: str) -> None:
    with pytest.raises(FetchError) as told:
        Fetcher().fetch(url)
    assert "secret" not in str(told.value)


def test_the_agent_says_who_it_is() -> None:
    assert AGENT.startswith("detente/")
