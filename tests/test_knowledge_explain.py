"""``detente who``: what is known of a name, and why the first candidate wins."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from detente.cli.who import run
from detente.errors import UsageError
from detente.knowledge import as_rows, explain, load_knowledge


def test_it_tells_candidates_with_days_source_and_codes() -> None:
    told = explain(load_knowledge(), "Peskov", date(2021, 6, 11))
    assert "1. Dmitry Peskov (family name), Kremlin spokesman · person · RUS GOV" in told
    assert "2012-05-22 to …" in told
    assert "stated by hand" in told


def test_it_tells_all_that_is_known_of_the_first() -> None:
    told = explain(load_knowledge(), "the Taliban", date(2021, 8, 16))
    assert "AFG GOV" in told.splitlines()[1]
    assert "2001-11-14 to 2021-08-14  Taliban: AFG REB" in told


def test_it_says_which_of_several_wins_and_why() -> None:
    told = explain(load_knowledge(), "Georgia", date(2021, 8, 16))
    assert told.splitlines()[1].strip().startswith("1. Georgia · state · GEO GOV")
    told = explain(load_knowledge(), "Clinton", date(2010, 6, 1))
    assert "The first wins: in office on that day, the next is not." in told


def test_it_warns_of_ordinary_words() -> None:
    assert "ordinary word" in explain(load_knowledge(), "May", date(2018, 1, 1))


def test_it_owns_up_to_knowing_nothing() -> None:
    assert explain(load_knowledge(), "Zorblax", date(2018, 1, 1)) == "Nothing is known of 'Zorblax' on 2018-01-01."


def test_without_a_day_every_fact_is_a_candidate() -> None:
    rows = as_rows(load_knowledge(), "Hamid Karzai", None)
    assert [row["role"] for row in rows] == ["President of Afghanistan"]
    assert rows[0]["start"] == "2001-12-22"


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    run("Kremlin", "2021-06-11", None, True)
    printed = json.loads(capsys.readouterr().out)
    assert printed["date"] == "2021-06-11"
    assert printed["candidates"][0]["country"] == "RUS"
    assert printed["candidates"][0]["form"] == "seat"


def test_the_command_reads_the_users_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "name,kind,country,sector,source\nBluewater Panel,organisation,IGO,IGO,our desk\n", encoding="utf-8"
    )
    run("Bluewater Panel", None, path)
    assert "our desk" in capsys.readouterr().out


def test_another_form_of_date_is_refused() -> None:
    with pytest.raises(UsageError):
        run("Kremlin", "11/06/2021", None)


@pytest.mark.parametrize(
    ("words", "day", "name"),
    [
        ("the president of Finland", date(2021, 6, 11), "Sauli Niinistö"),
        ("un secretary-general", date(2012, 6, 1), "Ban Ki-moon"),
        ("nato chief", date(2012, 6, 1), "Anders Fogh Rasmussen"),
        ("NATO's secretary general", date(2012, 6, 1), "Anders Fogh Rasmussen"),
        ("eu commission president", date(2021, 6, 11), "Ursula von der Leyen"),
        ("president of the European Commission", date(2012, 6, 1), "José Manuel Barroso"),
        ("head of the imf", date(2012, 6, 1), "Christine Lagarde"),
        ("who chief", date(2021, 6, 11), "Tedros Adhanom Ghebreyesus"),
        ("the pope", date(2012, 6, 1), "Benedict XVI"),
        ("taoiseach", date(2012, 6, 1), "Enda Kenny"),
        ("president of the united states", date(2019, 6, 11), "Donald Trump"),
        ("Finland's prime minister", date(2021, 6, 11), "Sanna Marin"),
        ("german chancellor", date(2021, 6, 11), "Angela Merkel"),
        ("the British foreign secretary", date(2021, 6, 11), "Dominic Raab"),
        ("secretary of state of the United States", date(2021, 6, 11), "Antony Blinken"),
        ("un human rights chief", date(2021, 6, 11), "Michelle Bachelet"),
        ("UN High Commissioner for Human Rights", date(2023, 6, 11), "Volker Türk"),
        ("eu foreign policy chief", date(2021, 6, 11), "Josep Borrell"),
        ("the head of state of Spain", date(2021, 6, 11), "Felipe VI"),
        ("us secretary of state", date(2015, 6, 11), "John Kerry"),
        ("iranian supreme leader", date(2021, 6, 11), "Ali Khamenei"),
        ("the Pentagon chief", date(2021, 6, 11), "Lloyd Austin"),
        ("cia director", date(2019, 6, 11), "Gina Haspel"),
        ("director of the CIA", date(2019, 6, 11), "Gina Haspel"),
        ("Kremlin spokesman", date(2021, 6, 11), "Dmitry Peskov"),
        ("white house press secretary", date(2021, 6, 11), "Jen Psaki"),
        ("US ambassador to the UN", date(2021, 6, 11), "Linda Thomas-Greenfield"),
        ("us climate envoy", date(2021, 6, 11), "John Kerry"),
        ("african union commission chair", date(2021, 6, 11), "Moussa Faki"),
        ("the leader of North Korea", date(2021, 6, 11), "Kim Jong-un"),
        ("supreme allied commander europe", date(2021, 6, 11), "Tod Wolters"),
    ],
)
def test_an_office_in_words_answers_with_its_holder(words: str, day: date, name: str) -> None:
    told = explain(load_knowledge(), words, day)
    assert name in told.splitlines()[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [("putin", "Vladimir Putin"), ("nato", "North Atlantic Treaty Organization"), ("the taliban", "Taliban")],
)
def test_a_name_in_lower_case_answers_too(words: str, told: str) -> None:
    assert told in explain(load_knowledge(), words, date(2021, 6, 11))


def test_an_office_without_a_day_names_all_its_holders() -> None:
    rows = as_rows(load_knowledge(), "the president of Finland", None)
    assert [row["name"] for row in rows][-2:] == ["Sauli Niinistö", "Alexander Stubb"]


def test_all_heads_of_an_organisation_come_in_order_of_time_where_no_day_is_asked() -> None:
    names = [row["name"] for row in as_rows(load_knowledge(), "un secretary-general", None)]
    assert names[-3:] == ["Kofi Annan", "Ban Ki-moon", "António Guterres"]


@pytest.mark.parametrize("words", ["secretary general", "the head of state", "chief of nothing", "nato cook"])
def test_a_title_of_many_or_of_nobody_names_no_one(words: str) -> None:
    assert as_rows(load_knowledge(), words, date(2021, 6, 11)) == []


def test_an_office_nobody_is_known_to_have_held_is_owned_up_to() -> None:
    told = explain(load_knowledge(), "the emperor of Zorblax", date(2021, 6, 11))
    assert told == "Nothing is known of 'the emperor of Zorblax' on 2021-06-11."


def test_a_post_nobody_knows_is_answered_with_those_called_most_like_it() -> None:
    told = explain(load_knowledge(), "minister of magic of finland", date(2021, 6, 11)).splitlines()
    assert told[0].startswith("Nothing is known")
    assert any("Minister of the Interior of Finland: Maria Ohisalo" in line for line in told)
    assert all("Finland" in line for line in told[2:])


def test_machines_are_told_of_the_nearest_posts_too(capsys: pytest.CaptureFixture[str]) -> None:
    run("un tea chief", "2021-06-11", None, True)
    told = json.loads(capsys.readouterr().out)
    assert told["candidates"] == []
    assert told["nearest"][0]["role"] == "UN humanitarian chief"
    run("un chief", "2021-06-11", None, True)
    assert "nearest" not in json.loads(capsys.readouterr().out)


def test_a_group_is_headed_by_none_of_its_spokesmen() -> None:
    roles = [row["role"] for row in as_rows(load_knowledge(), "taliban leader", date(2021, 6, 11))]
    assert "leader of the Taliban" in roles
    assert "Taliban spokesman" not in roles
