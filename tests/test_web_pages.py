"""The pages of the workbench: every one answers, has its twins, and leads to the sentences."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.record import Party, Place
from tests.made_archive import CRISIS, make_archive
from tests.made_records import event, expulsion, party, record, span, summit, told
from tests.web_client import Client, every_page, twin

FIRST_PAGE_BYTES = 120_000


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return Client(make_archive(tmp_path_factory.mktemp("web") / "a.db"))


@pytest.fixture
def small(tmp_path: Path) -> Client:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion(), original=b"<p>Moscow expelled</p>")
        archive.add_record(summit())
    return Client(tmp_path / "a.db")


def event_id(client: Client, trigger: str) -> str:
    archive = client.app.state.server.reading.archive()
    return next(str(row.id) for row in archive.events(wrong=True) if row.trigger == trigger)


def test_every_page_answers_with_html_json_and_csv(client: Client) -> None:
    for address in every_page(client):
        page = client.get(address)
        assert page.status_code == 200, address
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        data = client.get(twin(address, "json"))
        assert data.status_code == 200, address
        assert json.loads(data.text)["title"] in unescape(page.text), address
        table = client.get(twin(address, "csv"))
        assert table.status_code == 200, address
        assert table.headers["content-type"] == "text/csv; charset=utf-8"


def test_every_page_names_its_twins_with_their_query(client: Client) -> None:
    page = client.get("/search?q=trawler&status=happened").text
    assert 'href="/search.json?q=trawler&amp;status=happened"' in page
    assert 'href="/search.csv?q=trawler&amp;status=happened"' in page


def test_every_link_inside_leads_to_a_page(client: Client) -> None:
    addresses = set()
    for address in [*every_page(client), "/search?q=trawler", "/search?kind=reports&q=grain", "/promises?outcome=kept"]:
        links = re.findall(r'href="(/[^"#]*)', client.get(address).text)
        addresses |= {unescape(link) for link in links if not link.startswith("/static/")}
    assert len(addresses) > 60
    # Every third: the rows of a page are alike, and each costs a page.
    broken = [address for address in sorted(addresses)[::3] if client.get(address).status_code != 200]
    assert not broken


def test_an_anchor_of_a_row_is_a_card_of_the_report(client: Client) -> None:
    [address, *_] = re.findall(r'href="(/report/[^"]+#ev[^"]+)"', client.get("/search?q=trawler").text)
    path, _, anchor = address.partition("#")
    assert f'id="{anchor}"' in client.get(path).text


def test_pages_of_an_archive_without_joins_or_acts_are_not_broken(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(record("Nothing of note was told on Monday.", date=None))
    client = Client(tmp_path / "a.db")
    for address in ("/", "/promises", "/disputes", "/stories", "/network", "/review", "/pair/ARG/FIN", "/timeline"):
        assert client.get(address).status_code == 200, address
        assert client.get(twin(address, "json")).status_code == 200, address


def test_the_reader_marks_the_evidence_and_ties_it_to_its_card(small: Client) -> None:
    event = event_id(small, "expelled")
    page = small.get("/report/r1").text
    assert re.search(rf'<mark class="mark happened trigger"[^>]*data-of="{event}">expelled</mark>', page)
    assert re.search(rf'<li class="card happened[^"]*" id="{event}"', page)
    assert "Dmitry Peskov" in page


def test_the_text_of_the_reader_is_the_text_of_the_report(small: Client) -> None:
    page = small.get("/report/r1").text
    body = page[page.index('<div class="text">') : page.index('<ul class="legend"')]
    without_glyphs = re.sub(r'<a class="glyph".*?</a>', "", body)
    words = unescape(re.sub(r"<[^>]+>", "", without_glyphs))
    assert words.strip() == json.loads(small.get("/report/r1.json").text)["text"]


def test_the_reader_says_what_is_odd_and_where_the_copy_is(client: Client) -> None:
    page = client.get("/report/made-1").text
    assert "The page is dated" in page
    assert "saved copy" in page


def test_the_saved_copy_is_sent_as_a_file_and_never_shown(small: Client) -> None:
    report = json.loads(small.get("/report/r1.json").text)["report"]["id"]
    answer = small.get(f"/report/{report}/original")
    assert answer.content == b"<p>Moscow expelled</p>"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert small.get("/report/r2/original").status_code == 404


def test_the_pair_page_shows_surprises_with_their_sentences(client: Client) -> None:
    data = json.loads(client.get("/pair/ARG/FIN.json").text)
    surprise = data["surprises"][-1]
    assert str(CRISIS[0]) <= surprise["start"] <= str(CRISIS[1])
    at = client.get(surprise["address"].partition("#")[0].replace(".json", ""))
    assert "adds +0.7" in at.text
    assert 'class="mark colder"' in at.text


def test_a_pair_is_found_by_name_and_by_code(client: Client) -> None:
    by_name = json.loads(client.get("/pair/Argentina/Finland.json").text)
    assert by_name["codes"] == ["ARG", "FIN"]
    assert client.get("/pair/Atlantis/FIN").status_code == 400


def test_the_table_of_a_pair_has_a_row_a_point(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/pair/ARG/FIN.csv?by=month").text)))
    assert rows[0]["start"] == "2023-01-01"
    assert len(rows) == 36
    assert {"tension", "expected", "z", "read", "coverage"} <= set(rows[0])


def test_a_part_is_sent_where_only_that_is_asked_for(client: Client) -> None:
    part = client.get("/search?q=trawler", HX_Request="true").text
    assert part.lstrip().startswith('<div id="results"')
    assert "<html" not in part


def test_facets_count_what_was_found_and_narrow_it(client: Client) -> None:
    data = json.loads(client.get("/search.json?q=trawler").text)
    [types] = [facet for facet in data["facets"] if facet["name"] == "type"]
    assert sum(value["count"] for value in types["values"]) == data["total"]
    [states] = [facet for facet in data["facets"] if facet["name"] == "party"]
    narrowed = client.get(states["values"][0]["address"])
    assert json.loads(narrowed.text)["total"] == states["values"][0]["count"]


def test_the_words_looked_for_are_marked(client: Client, small: Client) -> None:
    assert re.search(r"seized a <mark>trawler</mark> of", client.get("/search?q=TRAWLER").text)
    assert "It is an <mark>answer</mark>," in small.get("/search?q=answer&kind=statements").text


def test_every_page_has_one_search_box(client: Client) -> None:
    for address in every_page(client):
        assert client.get(address).text.count('type="search"') == 1, address


def test_a_story_whose_reports_share_no_word_is_called_by_its_first_report(small: Client) -> None:
    with Archive.open(small.settings.archive) as archive:
        archive.db.execute("INSERT INTO story VALUES ('s1', '2021-06-11', '2021-06-17', '')")
        archive.db.execute("INSERT INTO story_report SELECT n, 's1' FROM report")
    assert '<a href="/story/s1">Envoys sent home</a>' in small.get("/stories").text
    assert "<h1>Envoys sent home</h1>" in small.get("/story/s1").text


def test_a_report_without_an_outlet_names_those_it_cites(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion(publisher=None), cited=("Lake Post", "Example Wire"))
    client = Client(tmp_path / "a.db")
    for address in ("/reports", "/report/r1", "/search", "/search?kind=statements", "/timeline", "/"):
        page = client.get(address).text
        assert "citing Lake Post, Example Wire" in page, address
        assert "no outlet named" not in page.lower(), address


def test_an_empty_archive_says_so_and_nothing_else(tmp_path: Path) -> None:
    Archive.open(tmp_path / "a.db", create=True).close()
    client = Client(tmp_path / "a.db")
    for address in (
        "/",
        "/reports",
        "/search",
        "/timeline",
        "/promises",
        "/disputes",
        "/stories",
        "/network",
        "/review",
    ):
        page = client.get(address).text
        assert page.count("<h1>") == 1, address
        assert "holds no report yet" in page, address
        assert not re.search("judged|is known|newest first|<table", page), address


def test_where_no_event_was_found_review_does_not_say_that_all_are_judged(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(record("Nothing of note was told on Monday."))
    page = Client(tmp_path / "a.db").get("/review").text
    assert "Every event" not in page
    assert "there is nothing to judge" in page


def test_a_time_without_acts_is_not_said_to_be_all_time(small: Client) -> None:
    with Archive.open(small.settings.archive) as archive:
        archive.add_record(record("Nothing of note was told.", id="r3", date="2024-01-01", title="A quiet day"))
    page = small.get("/").text
    assert "is told of the days since 1 Jan 2023" in page
    assert 'href="/?window=all"' in page
    assert "A quiet day" in page


def test_the_timeline_opens_at_the_last_report_and_tells_of_days_to_come(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        for id_, day, of in (("r1", "2021-06-01", "2040-01-01"), ("r2", "2021-06-02", "2021-06-02")):
            archive.add_record(told(id_, "Rome shelled Bern.", "shelled", day, "Rome=ITA", "Bern=CHE", date=of))
    client = Client(tmp_path / "a.db")
    page = client.get("/timeline").text
    assert re.findall('<h2 class="date">([^<]+)', page) == ["2 Jun 2021"]
    assert '<a href="/timeline?since=2021-06-03">1 act more of days after the last report</a>' in page
    assert re.findall('<h2 class="date">([^<]+)', client.get("/timeline?since=2021-06-03").text) == ["1 Jan 2040"]


@pytest.fixture
def bodies(tmp_path: Path) -> Client:
    text = "NATO condemned Russia on Thursday. The Houthis shelled a Saudi town."
    nato = Party(span(text, "NATO"), "NATO", "North Atlantic Treaty Organization", "IGO", "IGO", "Q7184")
    houthis = Party(span(text, "The Houthis"), "The Houthis", "Houthis", "YEM", "REB", "Q1318050")
    events = (
        event(text, "ACCUSE", "condemned", [nato], [party(text, "Russia", "RUS")], date="2021-06-11", intensity=-2.0),
        event(text, "ASSAULT", "shelled", [houthis], [party(text, "a Saudi town", "SAU")], id="e2", date="2021-06-11"),
    )
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(record(text, events))
    return Client(tmp_path / "a.db")


@pytest.mark.parametrize(
    ("one", "other", "trigger"),
    [
        ("NATO", "RUS", "condemned"),
        ("Russia", "North Atlantic Treaty Organization", "condemned"),
        ("houthis", "Saudi Arabia", "shelled"),
        ("YEM", "SAU", "shelled"),
    ],
)
def test_bodies_and_groups_have_pairs_like_states(bodies: Client, one: str, other: str, trigger: str) -> None:
    data = json.loads(bodies.get(f"/pair/{one}/{other}.json").text)
    assert data["acts"] == 1
    assert [row["trigger"] for row in data["point"]["events"]] == [trigger]
    timeline = json.loads(bodies.get(f"/timeline.json?one={one}&other={other}").text)
    assert [event["trigger"] for day in timeline["days"] for event in day["events"]] == [trigger]


def test_a_body_has_a_page_that_leads_to_its_pairs(bodies: Client) -> None:
    data = json.loads(bodies.get("/who/NATO.json").text)
    assert data["name"] == "North Atlantic Treaty Organization"
    assert [(p["code"], p["acts"]) for p in data["partners"]] == [("RUS", 1)]
    assert bodies.get(data["partners"][0]["address"]).status_code == 200
    assert data["did"]["total"] == 1


@pytest.mark.parametrize("address", ["/pair/XXX/RUS", "/pair/RUZ/SAU", "/timeline?one=XXX&other=RUS", "/map?one=XXX"])
def test_an_unknown_party_is_refused(bodies: Client, address: str) -> None:
    answer = bodies.get(address)
    assert answer.status_code == 400
    assert "is no party that is known" in answer.text


def test_a_party_misspelt_is_answered_with_the_nearest(bodies: Client) -> None:
    assert "RUS (Russia)" in bodies.get("/pair/RUZ/SAU").text
    assert "Saudi Arabia" in bodies.get("/pair/Saudi%20Arabien/RUS").text
    assert "North Atlantic Treaty Organization" in bodies.get("/pair/Atlantic%20Treaty/RUS").text


@pytest.fixture
def placed(tmp_path: Path) -> Client:
    places = (("Vienna", "AUT", 48.208, 16.372), ("Ukraine", "UKR", 49.0, 32.0), ("Vienna", "AUT", 48.208, 16.372))
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        for i, (name, country, north, east) in enumerate(places):
            text = f"Rome shelled Bern in {name}, told {i} times."
            place = Place(span(text, name), name, country, north, east)
            act = event(text, "ASSAULT", "shelled", [party(text, "Rome", "ITA")], [party(text, "Bern", "CHE")])
            act = replace(act, place=place, date="2021-06-10", intensity=-9.0)
            archive.add_record(record(text, [act], id=f"p{i}"))
        archive.add_record(told("none", "Rome met Bern.", "met", "2021-06-12", "Rome=ITA", "Bern=CHE", type="CONSULT"))
    return Client(tmp_path / "a.db")


def test_the_map_has_a_mark_for_each_place_and_says_how_precisely_it_is_known(placed: Client) -> None:
    data = json.loads(placed.get("/map.json").text)
    assert [(p["name"], p["precision"], p["acts"]) for p in data["points"]] == [
        ("Vienna", "town", 2),
        ("Ukraine", "state", 1),
    ]
    assert (data["acts"], data["elsewhere"]) == (3, 1)
    page = placed.get("/map").text
    wide = page[page.index('class="chart wide"') : page.index('class="chart narrow"')]
    assert wide.count('class="place colder fine"') == 1
    assert wide.count('class="place colder coarse"') == 1
    assert wide.count('class="around colder"') == 1


def test_a_place_leads_to_its_acts_its_timeline_and_its_row(placed: Client) -> None:
    data = json.loads(placed.get("/map.json?one=Italy").text)
    ukraine = data["points"][1]
    assert ukraine["key"] in ukraine["address"].replace("%2C", ",")
    shown = json.loads(placed.get("/map.json?" + ukraine["address"].partition("?")[2].partition("#")[0]).text)["at"]
    assert [event["source"]["record_id"] for event in shown["events"]] == ["p1"]
    assert ukraine["timeline"] == "/timeline?one=Italy&place=Ukraine"
    timeline = placed.get(ukraine["timeline"].replace("/timeline", "/timeline.json")).text
    assert [day["events"][0]["place"] for day in json.loads(timeline)["days"]] == ["Ukraine"]
    page = placed.get("/map").text
    assert f'data-of="at-{ukraine["key"]}"' in page
    assert f'<tr id="at-{ukraine["key"]}" data-item' in page


def test_the_map_has_a_geojson_twin(placed: Client) -> None:
    answer = placed.get("/map.geojson?place=Vienna")
    assert answer.headers["content-type"] == "application/geo+json"
    features = json.loads(answer.text)["features"]
    assert [feature["geometry"]["coordinates"] for feature in features] == [[16.372, 48.208]] * 2
    assert {feature["properties"]["place_precision"] for feature in features} == {"town"}
    assert 'href="/map.geojson?place=Vienna"' in placed.get("/map?place=Vienna").text
    assert "geojson" not in placed.get("/timeline").text
    assert placed.get("/timeline.geojson").status_code == 404


def test_a_map_of_nothing_shows_the_world_and_says_so(small: Client) -> None:
    page = small.get("/map?type=AID").text
    assert "No act with a known place is told here." in page
    assert 'class="land"' in page


def test_a_card_can_be_edited_where_it_is_read(small: Client) -> None:
    event = event_id(small, "expelled")
    assert f'action="/event/{event}/edit"' in small.get("/report/r1").text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing", 404),
        ("/report/none", 404),
        ("/event/evnone", 404),
        ("/story/none", 404),
        ("/search?since=yesterday", 400),
        ("/pair/ARG/FIN?at=soon", 400),
        ("/pair/ARG/ARG", 400),
        ("/pair/ARG/FIN?by=century", 400),
        ("/search?page=-3&kind=nonsense&type=NONE", 400),
        ("/timeline?page=99999999999999999999", 200),
        ("/who/nobody%20at%20all", 404),
        ("/search?q=%22", 200),
        ("/search?q=" + "x" * 4000, 200),
        ("/search?q=%00%F0%9F%98%80", 200),
    ],
)
def test_odd_addresses_get_a_clear_answer(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_the_front_page_is_light(client: Client) -> None:
    page = client.send("GET", "/", headers={"Accept-Encoding": "identity"}).text
    size = len(gzip.compress(page.encode()))
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        answer = client.get(address)
        assert answer.status_code == 200
        size += len(gzip.compress(answer.content))
    assert size <= FIRST_PAGE_BYTES


def test_no_page_asks_anyone_else_for_anything(client: Client) -> None:
    for address in every_page(client):
        page = client.get(address).text
        loaded = re.findall(r'<(?:script|link|img|iframe|source)[^>]*(?:src|href)="([^"]+)"', page)
        assert loaded
        assert all(item.startswith("/") and not item.startswith("//") for item in loaded), address


def test_a_page_asked_for_again_is_not_sent_again(client: Client) -> None:
    first = client.get("/timeline")
    assert client.get("/timeline", If_None_Match=first.headers["etag"]).status_code == 304


def test_what_is_added_while_serving_is_seen(small: Client) -> None:
    assert "A third report" not in small.get("/reports").text
    with Archive.open(small.settings.archive) as archive:
        archive.add_record(record("Paris spoke.", id="r3", title="A third report", date="2021-07-01"))
    assert "A third report" in small.get("/reports").text


def test_a_spreadsheet_takes_no_cell_for_a_formula(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(record("Paris spoke.", title="=HYPERLINK(A1)", date="2021-07-01"))
    [row] = csv.DictReader(io.StringIO(Client(tmp_path / "a.db").get("/reports.csv").text))
    assert row["title"] == "'=HYPERLINK(A1)"


@pytest.fixture
def scored(tmp_path: Path) -> Client:
    first, second = expulsion().events
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(replace(expulsion(), events=(replace(first, score=0.4), replace(second, score=0.8))))
    return Client(tmp_path / "a.db")


@pytest.mark.parametrize("address", ["/search", "/timeline", "/report/r1"])
def test_lists_and_reader_leave_out_what_is_less_likely_than_the_slider_says(scored: Client, address: str) -> None:
    whole, part = scored.get(address).text, scored.get(f"{address}?min_score=0.5").text
    slider = r'<input type="range" name="min_score" min="0" max="0.95" step="0.05" value="{}"'
    assert re.search(slider.format("0"), whole)
    assert re.search(slider.format("0.5"), part)
    expelled, hacked = (event_id(scored, trigger) for trigger in ("expelled", "hacked"))
    assert expelled in whole
    assert expelled not in part
    assert hacked in whole
    assert hacked in part
    assert "40 %" in whole
    assert "40 %" not in part


def test_a_pair_counts_no_act_that_is_less_likely_than_the_slider_says(scored: Client) -> None:
    acts = [json.loads(scored.get(f"/pair/RUS/USA.json?min_score={least}").text)["acts"] for least in ("0", "0.5")]
    assert acts == [1, 0]
    for page in ("/pair/RUS/USA", "/promises", "/disputes"):
        assert 'name="min_score"' in scored.get(f"{page}?min_score=0.5").text, page


def test_what_looks_after_the_server_is_told_that_it_answers_without_the_password(small: Client) -> None:
    closed = Client(small.settings.archive, password="long enough")
    assert closed.get("/").status_code == 401
    assert (closed.get("/health").status_code, closed.get("/health").json()) == (200, {"status": "ok"})
    assert closed.get("/health", host="elsewhere.example").status_code == 400


def test_without_scores_there_is_nothing_to_slide(small: Client) -> None:
    for address in ("/search", "/timeline", "/report/r1"):
        assert "min_score" not in small.get(address).text, address


@pytest.mark.parametrize("given", ["2", "-1", "nan", "much", ""])
def test_a_least_score_that_is_none_leaves_nothing_out(scored: Client, given: str) -> None:
    assert json.loads(scored.get(f"/search.json?min_score={given}").text)["total"] == 2
