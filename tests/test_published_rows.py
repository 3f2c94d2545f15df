"""Events that others coded: read by their codebooks, bad rows with a reason, and nothing of the archive's own moved."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from detente.archive import Archive
from detente.archive.beside import OtherAct, acts_of_set, data_set_asked, data_sets, pairs_of_set, refused_rows
from detente.cli.app import app
from detente.errors import MissingFile, ReadError, UsageError
from detente.exports.package import FORMS, export
from detente.published import FORM_NAMES, Imported, form_named, import_file, importing
from detente.published.states_named import state_in_cell, state_in_party
from detente.relations.pair import relate
from tests import made_data_sets as made
from tests.golden_archive import example
from tests.made_data_sets import written

WORDS = "Moscow said on Thursday it was expelling two diplomats."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with example(tmp_path) as archive:
        yield archive


@pytest.fixture
def brought(archive: Archive) -> Callable[..., Imported]:
    """Imports a file into the archive under the name of its data set."""

    def bring(path: Path, form: str, **more: bool) -> Imported:
        return import_file(archive, path, form_named(form), form, **more)

    return bring


def acts(archive: Archive, name: str, one: str = "RUS", other: str = "USA") -> list[OtherAct]:
    return list(acts_of_set(archive.db, name, (one, other)))


UCDP_SIDES = ("Government of Russia (Soviet Union)", "Government of United States of America")


def a_file_of(form: str, path: Path) -> Path:
    """One act of Russia towards the United States, on 10 June 2021, in any of the forms."""
    lines = {
        "gdelt": [made.gdelt("901", "20210610", "RUS", "USA", "166", "4", "https://news.example/a")],
        "polecat": [
            made.polecat_header(),
            made.polecat("p1", "2021-06-10", "RUS", "USA", "SANCTION", "MATERIAL CONFLICT"),
        ],
        "icews": [
            made.icews_header(),
            made.icews("17", "2021-06-10", "Russian Federation", "United States", "166", "Expel or withdraw"),
        ],
        "ucdp": [
            made.ucdp_header(),
            made.ucdp("4711", "2021-06-10 00:00:00.000", *UCDP_SIDES, "Shots, and no losses"),
        ],
        "acled": [
            made.acled_header(),
            made.acled(
                "SYR1",
                "10 June 2021",
                "Military Forces of Russia (2000-)",
                "Military Forces of the United States (2021-)",
                "Battles",
                "Armed clash",
                "Shots were exchanged near the river, with no losses.",
            ),
        ],
    }
    return written(path, *lines[form])


@pytest.mark.parametrize("form", FORM_NAMES)
def test_an_act_is_read_with_its_day_pair_and_quad_class(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path, form: str
) -> None:
    imported = brought(a_file_of(form, tmp_path / "file"), form)
    assert (imported.rows, imported.kept, imported.refused) == (1, 1, ())
    (act,) = acts(archive, form)
    assert (act.day, act.actors, act.recipients, act.quad) == ("2021-06-10", ("RUS",), ("USA",), 4)


def test_each_form_keeps_what_else_it_tells(archive: Archive, brought: Callable[..., Imported], tmp_path: Path) -> None:
    for form in FORM_NAMES:
        brought(a_file_of(form, tmp_path / form), form)
    told = {form: acts(archive, form)[0] for form in FORM_NAMES}
    assert told["gdelt"].url == "https://news.example/a"
    assert told["icews"].words == "Expel or withdraw"
    assert told["icews"].id == "17 Government (Russian Federation) Government (United States) 166"
    assert told["acled"].words == "Shots were exchanged near the river, with no losses."
    assert {form: act.kind for form, act in told.items()} == {
        "acled": "Armed clash", "gdelt": "166", "icews": "166", "polecat": "SANCTION", "ucdp": "1",
    }  # fmt: skip
    assert [told[form].intensity for form in ("gdelt", "polecat", "icews", "acled")] == [-2.0, 1.5, -5.0, None]


@pytest.mark.parametrize("version", [1, 2])
def test_both_versions_of_gdelt_are_known_by_how_many_columns_they_have(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path, version: int
) -> None:
    row = made.gdelt("1", "20210610", "USA", "RUS", "042", "1", "https://news.example/b", version=version)
    assert len(row.split("\t")) == (61 if version == 2 else 58)
    assert brought(written(tmp_path / "file", row), "gdelt").kept == 1
    assert acts(archive, "gdelt")[0].url == "https://news.example/b"


@pytest.mark.parametrize("packed", ["gz", "zip"])
def test_packed_files_are_read_as_they_come(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path, packed: str
) -> None:
    plain = a_file_of("gdelt", tmp_path / "20210610.export.CSV")
    path = tmp_path / f"20210610.export.CSV.{packed}"
    if packed == "gz":
        path.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        with zipfile.ZipFile(path, "w") as file:
            file.write(plain, plain.name)
    assert brought(path, "gdelt").kept == 1


def test_several_parties_of_a_cell_are_several_states(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path
) -> None:
    rows = [
        made.polecat("p1", "2021-06-10", "USA; GBR", "RUS", "ACCUSE", "VERBAL CONFLICT"),
        made.polecat("p2", "2021-06-11", "USA; RUS", "None", "CONSULT", "VERBAL COOPERATION"),
    ]
    brought(written(tmp_path / "file", made.polecat_header(), *rows), "polecat")
    assert pairs_of_set(archive.db, "polecat") == {("RUS", "USA"): 2, ("GBR", "RUS"): 1}


@pytest.mark.parametrize(
    ("row", "code", "told"),
    [
        (made.gdelt("1", "20211310", "RUS", "USA", "042", "1"), "no-day", "SQLDATE: '20211310' is no day"),
        (made.gdelt("", "20210610", "RUS", "USA", "042", "1"), "no-id", "GLOBALEVENTID is empty"),
        (made.gdelt("1", "20210610", "RUS", "USA", "---", "---"), "no-quad", "'---' is of no quad class"),
        ("901\t20210610\tRUS", "broken-row", "it has 3 cells, not 58 or 61"),
    ],
)
def test_a_bad_row_is_a_row_with_its_reason_and_the_others_are_kept(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path, row: str, code: str, told: str
) -> None:
    good = made.gdelt("2", "20210610", "RUS", "USA", "042", "1")
    path = written(tmp_path / "file", good, row, made.gdelt("3", "20210611", "RUS", "USA", "042", "1"))
    imported = brought(path, "gdelt")
    assert (imported.kept, imported.rows) == (2, 3)
    ((file, refused),) = refused_rows(archive.db, "gdelt")
    assert (file, refused.line, refused.code) == (str(path), 2, code)
    assert told in refused.reason


def test_rows_of_one_state_or_of_no_act_are_counted_and_not_kept(
    brought: Callable[..., Imported], tmp_path: Path
) -> None:
    rows = [
        made.acled("A1", "2021-06-10", "Protesters (France)", "", "Protests", "Peaceful protest", "n"),
        made.acled(
            "A2", "2021-06-10", "Rioters (France)", "Police Forces of France (2017-)", "Riots", "Mob violence", ""
        ),
        made.acled(
            *("A3", "2021-06-10", "Military Forces of Chad (1990-)", "Military Forces of Niger (2021-)"),
            *("Strategic developments", "Change to group/activity", ""),
        ),
    ]
    imported = brought(written(tmp_path / "file", made.acled_header(), *rows), "acled")
    assert (imported.apart, imported.kept, imported.refused) == (3, 0, ())
    assert str(imported) == "acled: 3 rows read = 0 kept + 0 known + 3 of no two states + 0 refused"


def test_a_second_reading_adds_nothing_and_replacing_forgets_the_first(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path
) -> None:
    path = a_file_of("polecat", tmp_path / "file")
    brought(path, "polecat")
    assert (again := brought(path, "polecat")).known == 1
    assert again.kept == 0
    other = made.polecat("p9", "2021-07-01", "FIN", "ARG", "AID", "MATERIAL COOPERATION")
    brought(written(tmp_path / "other", made.polecat_header(), other), "polecat", replace=True)
    assert pairs_of_set(archive.db, "polecat") == {("ARG", "FIN"): 1}
    assert archive.db.execute("SELECT count(*) FROM other_act").fetchone()[0] == 1


def test_a_header_with_more_names_than_the_rows_have_cells_is_passed_over(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path
) -> None:
    row = made.polecat("p1", "2021-06-10", "RUS", "USA", "SANCTION", "MATERIAL CONFLICT")
    brought(
        written(tmp_path / "file", f"{made.polecat_header()}\tHeadline\tEvent Text", row, f"{row}\t\t\t"), "polecat"
    )
    assert [act.id for act in acts(archive, "polecat")] == ["p1"]


def test_columns_may_be_written_with_other_case_and_other_marks(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path
) -> None:
    header = made.polecat_header().lower().replace(" ", "_").replace("intensity", "event_intensity")
    row = made.polecat("p1", "2021-06-10", "RUS", "USA", "SANCTION", "material conflict")
    brought(written(tmp_path / "file", header, row), "polecat")
    assert acts(archive, "polecat")[0].intensity == 1.5


def test_lines_that_are_not_utf_8_are_read_as_latin_1(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path
) -> None:
    row = made.icews("1", "2021-06-10", "Russian Federation", "United States", "042", "Meet at a café")
    (tmp_path / "file").write_bytes(f"{made.icews_header()}\n".encode() + row.encode("latin-1"))
    brought(tmp_path / "file", "icews")
    assert acts(archive, "icews")[0].words == "Meet at a café"


def test_a_file_of_other_columns_is_refused_and_nothing_is_kept(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="is no file of POLECAT: it has no column Event ID, Event Date"):
        brought(a_file_of("acled", tmp_path / "other"), "polecat")
    with pytest.raises(UsageError, match="is no file of GDELT"):
        brought(written(tmp_path / "short", "a\tb\tc"), "gdelt")
    with pytest.raises(UsageError, match="holds no row"):
        brought(written(tmp_path / "empty"), "gdelt")
    with pytest.raises(MissingFile, match="no such file"):
        brought(tmp_path / "nowhere", "gdelt")
    assert data_sets(archive.db) == []


def test_a_damaged_file_is_told_and_nothing_of_it_is_kept(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path
) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(a_file_of("gdelt", tmp_path / "plain").read_bytes() * 2000)[:-200])
    with pytest.raises(ReadError, match="cannot be read after line"):
        brought(path, "gdelt")
    assert data_sets(archive.db) == []


def test_a_file_of_little_but_bad_rows_is_refused_as_a_whole(
    archive: Archive, brought: Callable[..., Imported], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_REFUSED", 2)
    good = made.gdelt("1", "20210610", "RUS", "USA", "042", "1")
    assert brought(written(tmp_path / "some", good, "a", "b"), "gdelt").kept == 1
    with pytest.raises(ReadError, match="more than 2 rows cannot be read, the last: it has 1 cells"):
        brought(written(tmp_path / "many", good, "a", "b", "c"), "gdelt", replace=True)
    assert len(acts(archive, "gdelt")) == 1


def test_one_name_is_one_data_set(archive: Archive, tmp_path: Path) -> None:
    import_file(archive, a_file_of("gdelt", tmp_path / "a"), form_named("gdelt"), "theirs")
    with pytest.raises(UsageError, match="'theirs' is of gdelt, not of icews"):
        import_file(archive, a_file_of("icews", tmp_path / "b"), form_named("icews"), "theirs")
    import_file(archive, a_file_of("icews", tmp_path / "b"), form_named("icews"), "others")
    assert [(one.name, one.acts, one.first) for one in data_sets(archive.db)] == [
        ("others", 1, "2021-06-10"),
        ("theirs", 1, "2021-06-10"),
    ]
    with pytest.raises(UsageError, match="Choose one with --with: others, theirs"):
        data_set_asked(archive.db, None)


def test_nothing_of_the_archives_own_moves(archive: Archive, brought: Callable[..., Imported], tmp_path: Path) -> None:
    def own() -> tuple[object, ...]:
        folder = tmp_path / f"out{len(list(tmp_path.iterdir()))}"
        return (
            archive.counts(),
            archive.events().to_dicts(),
            [(point.acts, point.tension) for point in relate(archive, ["RUS", "USA"]).points],
            {form: export(archive, form, folder).read_bytes() for form in FORMS},
        )

    before = own()
    for form in FORM_NAMES:
        brought(a_file_of(form, tmp_path / form), form)
    assert own() == before
    assert archive.search("Shots exchanged").total == 0


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Military Forces of Russia (2000-)", "RUS"),
        ("Military Forces of the United States (2021-)", "USA"),
        ("Civilians (Ukraine)", "UKR"),
        ("Police Forces of Bosnia and Herzegovina (1995-)", "BIH"),
        ("Protesters (International)", None),
        ("Wagner Group", None),
    ],
)
def test_the_state_of_a_party_is_read_from_its_name(name: str, code: str | None) -> None:
    assert state_in_party(name) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [("ROM", "ROU"), ("Occupied Palestinian Territory", "PSE"), ("RUS", "RUS"), ("EUR", None), ("---", None)],
)
def test_a_state_is_known_by_the_codes_and_names_of_others(cell: str, code: str | None) -> None:
    assert state_in_cell(cell) == code


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60), max_size=8))
def test_whatever_the_rows_hold_each_is_kept_known_apart_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    path = written(folder / "file", made.acled_header(), *rows)
    with Archive.open(folder / "a.db", create=True) as archive:
        imported = import_file(archive, path, form_named("acled"), "acled")
    assert imported.kept == 0
    assert imported.rows == imported.apart + imported.known + len(imported.refused)


def detente(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_the_command_tells_what_became_of_the_rows(archive: Archive, tmp_path: Path) -> None:
    bad = made.gdelt("4", "yesterday", "RUS", "USA", "042", "1")
    path = written(tmp_path / "file", made.gdelt("3", "20210610", "RUS", "USA", "042", "1"), bad)
    done = detente("import", archive.path, path, "--from", "gdelt")
    assert done.exit_code == 1
    assert f"{path}:2: no-day: SQLDATE: 'yesterday' is no day" in done.stderr
    assert "gdelt: 2 rows read = 1 kept + 0 known + 0 of no two states + 1 refused" in done.stderr
    (again,) = json.loads(detente("import", archive.path, path, "--from", "gdelt", "--json").stdout)
    assert (again["rows"], again["known"], again["refused"][0]["line"]) == (2, 1, 2)


def test_files_that_come_together_are_all_taken_or_none(archive: Archive, tmp_path: Path) -> None:
    good, bad = a_file_of("gdelt", tmp_path / "a"), a_file_of("icews", tmp_path / "b")
    done = detente("import", archive.path, good, bad, "--from", "gdelt")
    assert isinstance(done.exception, UsageError)
    assert data_sets(archive.db) == []
