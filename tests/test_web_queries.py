"""No query breaks a page: what cannot be is answered with 400 and the name of the field, or passed over."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made_archive import make_archive
from tests.web_client import Client, every_page

NAMES = (
    *("q", "kind", "party", "actor", "recipient", "type", "status", "said_by", "publisher", "since", "until", "page"),
    *("by", "direction", "at", "window", "min_score", "sort", "order", "state", "country", "n", "limit", "open"),
)
VALUES = (
    *("", " ", "0", "-1", "1e9", "9" * 30, "nan", "inf", "2021", "2021-02-30", "2021-06/2021-05", "0000", "9999-12-31"),
    *(
        "0001-01-01",
        "２０２１-06-16",
        "week",
        "events",
        "ARG",
        "USA; RUS",
        "***",
        '"',
        "'",
        "a OR",
        "NEAR(",
        "a*b^c",
        "\0",
    ),
    *("\ud83d", "%", "_", "a" * 5_000, "-" * 300, "(" * 300, "\u202e", "<script>", "✕", "../..", "{report}", "1;2"),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return Client(make_archive(tmp_path_factory.mktemp("queries") / "a.db"))


def encoded(query: list[tuple[str, str]]) -> str:
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in query])


@settings(deadline=None)
@given(
    st.data(),
    st.lists(st.tuples(st.sampled_from(NAMES), st.one_of(st.sampled_from(VALUES), st.text(max_size=12))), max_size=4),
    st.sampled_from(["", ".json", ".csv"]),
)
def test_no_query_breaks_a_page(client: Client, data: st.DataObject, query: list[tuple[str, str]], form: str) -> None:
    address = data.draw(st.sampled_from(every_page(client)))
    address = f"{address}{form}" if address != "/" else address
    answer = client.get(f"{address}?{encoded(query)}")
    assert answer.status_code in (200, 400, 404), (address, query, answer.text[:300])


@settings(deadline=None)
@given(st.sampled_from(["report", "event", "pair/ARG", "who", "story", "static"]), st.text(max_size=20))
def test_no_address_breaks_the_server(client: Client, room: str, name: str) -> None:
    place = quote(name.encode("utf-8", "surrogatepass"), safe="/")
    assert client.get(f"/{room}/{place}").status_code in (200, 400, 404, 405)


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("value", ["2021-02-30", "soon", "2021-06/2021-05", "２０２１-06-16"])
@pytest.mark.parametrize("page", ["/search", "/timeline", "/pair/ARG/FIN"])
def test_a_day_that_cannot_be_is_refused_with_its_name(client: Client, page: str, name: str, value: str) -> None:
    answer = client.get(f"{page}.json?{encoded([(name, value)])}")
    assert answer.status_code == 400
    assert f"{name}:" in answer.text
