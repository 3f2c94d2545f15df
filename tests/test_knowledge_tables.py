"""The tables: what ships is valid, what a user adds is checked and overrules, and the whole can be made again."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from detente.errors import DataError
from detente.knowledge import load_knowledge
from detente.knowledge.tables import COLUMNS, TABLES, fault_of, load_offices, load_titles, read_shipped


@pytest.mark.parametrize("table", TABLES)
def test_every_row_that_ships_is_valid(table: str) -> None:
    rows = read_shipped(table)
    assert rows
    for cells in rows:
        row = dict(zip(COLUMNS, cells, strict=True))
        assert fault_of(row) is None, f"{row['name']}: {fault_of(row)}"
        assert row["source"], f"{row['name']} has no source"
        assert row["as_of"], f"{row['name']} has no day"


@pytest.mark.parametrize(
    ("table", "at_least"),
    [("states", 700), ("places", 400), ("persons", 10_000), ("organisations", 400), ("groups", 500), ("bodies", 1500)],
)
def test_the_tables_are_as_wide_as_the_manual_says(table: str, at_least: int) -> None:
    assert len(read_shipped(table)) >= at_least


def test_no_two_facts_of_one_thing_begin_on_the_same_day_with_other_codes() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for table in ("organisations", "groups", "bodies"):
        for cells in read_shipped(table):
            row = dict(zip(COLUMNS, cells, strict=True))
            key = (row["id"], row["form"], row["start"])
            assert seen.setdefault(key, row["sector"]) == row["sector"], row["name"]


def test_titles_name_offices_by_country() -> None:
    known = load_knowledge()
    assert known.office_of("President", "USA") == "head_of_state"
    assert known.office_of("chancellor", "DEU") == "head_of_government"
    assert known.office_of("chancellor", "GBR") == "finance_minister"
    assert known.office_of("Secretary of State", "USA") == "foreign_minister"
    assert known.office_of("secretary of state", "FRA") is None
    assert known.office_of("Vice-President", "USA") == "vice_president"
    assert known.office_of("goalkeeper", "USA") is None
    assert known.sector_of_office("speaker") == "LEG"


def test_every_title_names_a_known_office() -> None:
    for senses in load_titles().values():
        assert set(senses.values()) - {""} <= set(load_offices())


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_user_adds_a_person(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        "name,aliases,kind,country,sector,role,start,end,source\n"
        "Aino Korpela,Aino K. Korpela,person,FIN,GOV,Special envoy of Finland,2021-01-01,2021-12-31,ministry\n",
    )
    known = load_knowledge(path)
    inside, after = known.named("Korpela", date(2021, 6, 1))[0], known.named("Aino Korpela", date(2022, 6, 1))[0]
    assert (inside.role, inside.sector, inside.source) == ("Special envoy of Finland", "GOV", "ministry")
    assert (after.role, after.sector) == ("former Special envoy of Finland", "CVL")
    assert known.longest_at(["Aino", "Korpela"], 0) == 2


def test_a_user_overrules_what_ships_on_the_days_told(tmp_path: Path) -> None:
    path = own(tmp_path, "name,kind,country,sector,start,end\nHamas,group,PSE,GOV,2007-06-14,2010-12-31\n")
    known = load_knowledge(path)
    assert [entry.sector for entry in known.named("Hamas", date(2008, 1, 1))] == ["GOV"]
    assert [entry.sector for entry in known.named("Hamas", date(2012, 1, 1))] == ["REB"]


def test_a_users_name_comes_before_its_namesakes(tmp_path: Path) -> None:
    path = own(tmp_path, "name,aliases,kind,country,sector\nPanel on Georgia,Georgia,organisation,IGO,IGO\n")
    assert load_knowledge(path).named("Georgia", date(2020, 1, 1))[0].name == "Panel on Georgia"


def test_a_users_holder_of_an_office_counts(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        "name,kind,country,sector,office,role,start\n"
        "Eeva Salo,person,FIN,GOV,defence_minister,Defence Minister of Finland,2027-01-01\n",
    )
    holder = load_knowledge(path).holder("defence_minister", "FIN", date(2027, 2, 1))
    assert holder is not None
    assert holder.name == "Eeva Salo"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title,kind\nx,person\n", "line 1: no column 'name'"),
        ("name,kind,colour\nx,person,red\n", "line 1: unknown column 'colour'"),
        ("name,kind\nx,person\n,person\n", "line 3: the name is empty"),
        ("name,kind\nx,planet\n", "line 2: kind 'planet' is none of state"),
        ("name,kind,country\nx,state,FI\n", "line 2: country 'FI' is neither"),
        ("name,kind,sector\nx,person,GVT\n", "line 2: sector 'GVT' is none of"),
        ("name,kind,office\nx,person,boss\n", "line 2: office 'boss' is none of"),
        ("name,kind,form\nx,state,nickname\n", "line 2: form 'nickname' is none of"),
        ("name,kind,start\nx,person,01/02/2021\n", "line 2: start '01/02/2021' is not a day"),
        ("name,kind,start\nx,person,2021-02-30\n", "line 2: start '2021-02-30' is not a day"),
        ("name,kind,start,end\nx,person,2021-02-03,2021-02-02\n", "line 2: start 2021-02-03 is after end 2021-02-02"),
        ("name,kind\nx,person,FIN\n", "line 2: 2 cells are wanted"),
        ("name,kind,country\nx,person\n", "line 2: 3 cells are wanted"),
        ("", "line 1: no column 'name'"),
    ],
)
def test_a_users_table_that_is_not_valid_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DataError) as refused:
        load_knowledge(own(tmp_path, text))
    assert says in str(refused.value)
    assert "own.csv" in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(DataError, match="cannot be read as a table"):
        load_knowledge(path)


@pytest.mark.parametrize("table", ["states", "places", "organisations", "groups", "bodies"])
def test_the_tables_kept_by_hand_are_what_the_script_makes(table: str) -> None:
    pytest.importorskip("rigour")
    compiled = pytest.importorskip("scripts.compile_knowledge")
    sink = io.StringIO()
    writer = csv.DictWriter(sink, COLUMNS, lineterminator="\n")
    writer.writerows(compiled.KEPT_BY_HAND[table]())
    assert [*csv.reader(io.StringIO(sink.getvalue()))] == read_shipped(table)


def test_the_persons_are_what_the_script_makes(shared: Path) -> None:
    pytest.importorskip("countrynames")
    compiled = pytest.importorskip("scripts.compile_knowledge")
    assert [[row[c] for c in COLUMNS] for row in compiled.persons(shared)] == read_shipped("persons")
