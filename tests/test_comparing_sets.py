"""An archive beside what others coded: counted alike where both can be, and days that only one has with their words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from detente.archive import Archive
from detente.archive.beside import data_set_asked
from detente.charts.compared import compared_chart
from detente.cli.app import app
from detente.errors import UsageError
from detente.exports.package import export
from detente.published import form_named, import_file
from detente.record import Record
from detente.relations.comparing import PairCompared, compare_pair, compare_set
from tests import made_data_sets as made
from tests.made_archive import make_archive
from tests.made_data_sets import written
from tests.made_records import event, party, record

START = date(2021, 3, 1)
"""A Monday."""


def told(
    day: date, kind: str = "ACCUSE", status: str = "happened", pair: tuple[str, str] = ("Norway", "NOR"), **more: str
) -> Record:
    """A report of a day with one act of a state towards Chile."""
    name, code = pair
    text = f"{name} accused Chile of overfishing, on the {day:%d %B %Y}."
    made_event = event(text, kind, "accused", [party(text, name, code)], [party(text, "Chile", "CHL")], status)
    dated = replace(made_event, date=more.get("date", day.isoformat()))
    id_ = f"{day}-{kind}-{status}-{code}"
    return record(text, [dated], id=id_, date=day.isoformat(), url=f"https://news.example/{id_}")


def archive_of(folder: Path, reports: Sequence[Record]) -> Archive:
    archive = Archive.open(folder / "ours.db", create=True)
    for report in reports:
        archive.add_record(report)
    return archive


def bring(archive: Archive, folder: Path, *rows: tuple[str, str]) -> None:
    """Acts of Norway towards Chile into the archive: a day and a quad class each."""
    lines = [
        made.gdelt(str(n), day.replace("-", ""), "NOR", "CHL", {"1": "042", "3": "112", "4": "166"}[quad], quad)
        for n, (day, quad) in enumerate(rows)
    ]
    import_file(archive, written(folder / "theirs", *lines), form_named("gdelt"), "gdelt")


def days(*offsets: int) -> list[date]:
    return [START + timedelta(days=n) for n in offsets]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Norway accuses Chile on the days 0, 8, 9 and 15, and sanctions it on 30; they have the days 1, 8, 22 and 31."""
    reports = [told(day) for day in days(0, 8, 9, 15)] + [told(day, "SANCTION") for day in days(30)]
    with archive_of(tmp_path, reports) as archive:
        theirs = [(day.isoformat(), "3") for day in days(1, 8, 22)] + [(day.isoformat(), "4") for day in days(31)]
        bring(archive, tmp_path, *theirs)
        yield archive


def compared(archive: Archive, since: date | None = None, until: date | None = None) -> PairCompared:
    return compare_pair(archive, data_set_asked(archive.db, "gdelt"), ("NOR", "CHL"), "week", since, until)


def test_acts_are_counted_by_week_and_quad_class_where_both_can_be(archive: Archive) -> None:
    pair = compared(archive)
    assert pair.pair == ("CHL", "NOR")
    assert (pair.span.first, pair.span.last) == (START + timedelta(days=1), START + timedelta(days=30))
    assert pair.span.starts == tuple(days(0, 7, 14, 28))
    assert pair.span.unread == tuple(days(21))
    words = {quad.quad: (quad.ours, quad.theirs) for quad in pair.quads}
    # Day 0 lies before anything of theirs, day 22 in a week of which nothing was read, day 31 after anything of ours.
    assert words["verbal conflict"] == ((0, 2, 1, 0), (1, 1, 0, 0))
    assert words["material conflict"] == ((0, 0, 0, 1), (0, 0, 0, 0))
    assert pair.together.ours == (0, 2, 1, 1)


def test_days_that_only_one_has_are_more_than_a_day_away_from_the_others(archive: Archive) -> None:
    verbal = compared(archive).quads[2]
    assert [lone.day for lone in verbal.only_ours] == days(15)
    assert verbal.shared == 2
    (lone,) = verbal.only_theirs
    assert (lone.day, lone.read) == (START + timedelta(days=1), 0)


def test_the_day_before_and_after_are_the_same_day_told_late(tmp_path: Path) -> None:
    with archive_of(tmp_path, [told(day) for day in days(0, 10, 20)]) as archive:
        bring(archive, tmp_path, *((day.isoformat(), "3") for day in days(0, 11, 18, 20)))
        verbal = compared(archive).quads[2]
    assert verbal.only_ours == ()
    assert [lone.day for lone in verbal.only_theirs] == days(18)


def test_an_act_known_only_to_the_week_is_on_no_day_and_hides_none_of_theirs(tmp_path: Path) -> None:
    week = f"{START}/{START + timedelta(days=6)}"
    with archive_of(tmp_path, [told(START, date=week), *map(told, days(28))]) as archive:
        bring(archive, tmp_path, *((day.isoformat(), "3") for day in days(0, 4, 28)))
        verbal = compared(archive).quads[2]
    assert verbal.ours[0] == 1
    assert (verbal.only_ours, verbal.only_theirs) == ((), ())


def test_plans_are_counted_as_the_words_they_are_and_what_is_not_done_not_at_all(tmp_path: Path) -> None:
    reports = [
        told(START, "AID", "planned"),
        told(START, "SANCTION", "planned"),
        told(START, "ACCUSE", "denied"),
        told(START, "REQUEST", "possible"),
    ]
    with archive_of(tmp_path, reports) as archive:
        bring(archive, tmp_path, (START.isoformat(), "1"))
        pair = compared(archive)
    assert [quad.ours for quad in pair.quads] == [(1,), (0,), (0,), (0,)]


def test_series_that_rise_together_go_together_and_one_that_rests_with_none(tmp_path: Path) -> None:
    ours = [day for week, many in enumerate((1, 2, 3, 4)) for day in days(*(7 * week + n for n in range(many)))]
    with archive_of(tmp_path, [told(day) for day in ours]) as archive:
        weeks = [day for week, many in enumerate((1, 3, 4, 4)) for day in days(*(7 * week + n for n in range(many)))]
        bring(archive, tmp_path, *((day.isoformat(), "3") for day in weeks))
        pair = compared(archive)
    verbal = pair.quads[2]
    assert (verbal.ours, verbal.theirs) == ((1, 2, 3, 4), (1, 3, 4, 4))
    assert verbal.pearson == pytest.approx(0.9129, abs=1e-4)
    assert verbal.spearman == pytest.approx(0.9487, abs=1e-4)
    assert pair.quads[0].pearson is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=12))
def test_correlations_are_those_of_scipy(values: list[tuple[int, int]]) -> None:
    stats = pytest.importorskip("scipy.stats")
    from detente.relations.comparing import _correlation, _ranks

    one, other = ([pair[n] for pair in values] for n in (0, 1))
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert _correlation(one, other) is None
    else:
        assert _correlation(one, other) == pytest.approx(stats.pearsonr(one, other).statistic, abs=1e-4)
        assert _correlation(_ranks(one), _ranks(other)) == pytest.approx(
            stats.spearmanr(one, other).statistic, abs=1e-4
        )


def test_a_time_may_be_chosen(archive: Archive) -> None:
    pair = compared(archive, since=START + timedelta(days=7), until=START + timedelta(days=13))
    assert pair.span.starts == tuple(days(7))
    assert pair.together.ours == (2,)


def test_what_has_no_day_in_common_is_compared_in_nothing(tmp_path: Path) -> None:
    with archive_of(tmp_path, [told(START)]) as archive:
        bring(archive, tmp_path, ("2019-01-01", "3"))
        pair = compared(archive)
        assert pair.span.first is None
        assert pair.together.ours == ()
        chart = compared_chart(pair, "gdelt", title="Norway and Chile")
    assert "no time in common" in chart


def test_the_busiest_pairs_come_first_and_those_of_one_side_are_counted(archive: Archive, tmp_path: Path) -> None:
    for day in days(3, 4):
        archive.add_record(told(day, pair=("Finland", "FIN")))
    lines = [
        made.gdelt("90", "20210304", "FIN", "CHL", "112", "3"),
        made.gdelt("91", "20210304", "FIN", "SWE", "112", "3"),
    ]
    import_file(archive, written(tmp_path / "more", *lines), form_named("gdelt"), "gdelt")
    archive.add_record(told(START, pair=("Portugal", "PRT")))
    whole = compare_set(archive, data_set_asked(archive.db, "gdelt"))
    assert [pair.pair for pair in whole.pairs] == [("CHL", "NOR"), ("CHL", "FIN")]
    assert (whole.both, whole.only_ours, whole.only_theirs) == (2, 1, 1)
    assert whole.pairs[0] == compare_pair(archive, whole.data_set, ("NOR", "CHL"))
    assert [pair.pair for pair in compare_set(archive, whole.data_set, limit=1).pairs] == [("CHL", "NOR")]


def test_the_drawing_has_a_bar_for_every_count_above_and_below_the_line(archive: Archive) -> None:
    pair = compared(archive)
    drawn = ElementTree.fromstring(compared_chart(pair, "gdelt", title="Norway and Chile", standalone=True))
    bars = [element.get("class") for element in drawn.iter() if element.tag.endswith("rect")]
    assert bars.count("ours") == sum(bool(n) for quad in pair.quads for n in quad.ours)
    assert bars.count("theirs") == sum(bool(n) for quad in pair.quads for n in quad.theirs)
    assert bars.count("unread") == len(pair.span.unread) * len(pair.quads)
    titles = {element.text for element in drawn.iter() if element.tag.endswith("title")}
    assert "ours, 2021-03-08 to 2021-03-14: 2" in titles
    texts = {element.text for element in drawn.iter() if element.tag.endswith("text")}
    assert any(text and text.startswith("verbal conflict · r ") for text in texts)


def detente(*args: str | Path) -> str:
    done = CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_command_shows_pairs_then_one_pair_then_its_days_with_our_sentences(archive: Archive) -> None:
    assert "Chile and Norway" in detente("compare", archive.path)
    shown = detente("compare", archive.path, "--with", "gdelt", "--pair", "Norway", "CHL")
    for part in ("verbal conflict", "GDELT", "2021-03-02 to 2021-03-31: 4 weeks; 1 more of which no report was read"):
        assert part in shown
    shown = " ".join(detente("compare", archive.path, "--pair", "NOR", "CHL", "--differences").split())
    assert "Days that only the archive has: 2 acts" in shown
    assert "Days that only GDELT has: 1 act" in shown


def test_json_has_our_sentences_with_their_addresses_and_their_acts_with_their_ids(archive: Archive) -> None:
    whole = json.loads(detente("compare", archive.path, "--json"))
    assert whole["data_set"]["name"] == "gdelt"
    assert whole["pairs_of"] == {"both": 1, "only_ours": 0, "only_theirs": 0}
    (pair,) = json.loads(detente("compare", archive.path, "--pair", "NOR", "CHL", "--json"))["pairs"]
    verbal = pair["quad_classes"][2]
    (lone,) = verbal["only_ours"]
    (act,) = lone["acts"]
    assert (lone["day"], act["type"]) == ("2021-03-16", "ACCUSE")
    assert act["sentence"] == "Norway accused Chile of overfishing, on the 16 March 2021."
    assert act["url"] == "https://news.example/2021-03-16-ACCUSE-happened-NOR"
    assert act["page"] == f"/event/{act['event']}"
    assert archive.event(act["event"]).evidence == act["sentence"]
    assert verbal["only_theirs"] == [
        {"day": "2021-03-02", "reports_read": 0, "acts": [{"id": "0", "kind": "112", "url": None, "words": None}]}
    ]
    assert sum(verbal["ours"]) == 3


def test_csv_has_a_row_for_each_point_and_quad_class(archive: Archive) -> None:
    rows = list(csv.DictReader(io.StringIO(detente("compare", archive.path, "--csv"))))
    assert len(rows) == 4 * 4
    (row,) = (row for row in rows if (row["start"], row["quad_class"]) == ("2021-03-08", "verbal conflict"))
    assert (row["pair"], row["ours"], row["theirs"]) == ("CHL-NOR", "2", "1")


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_command_draws_a_pair(archive: Archive, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"weeks.{ending}"
    detente("compare", archive.path, "--pair", "NOR", "CHL", "--plot", out)
    assert out.read_bytes().startswith(b"<svg" if ending == "svg" else b"\x89PNG")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--plot", "x.svg"), "Name a pair"),
        (("--pair", "NOR", "CHL", "--plot", "x.pdf"), "ends in .svg or .png"),
        (("--with", "acled"), "There is no data set 'acled'"),
        (("--pair", "NOR", "Atlantis"), "Atlantis"),
        (("other.db", "--with", "gdelt"), "are for an imported data set"),
    ],
)
def test_wrong_use_is_told(archive: Archive, args: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        CliRunner().invoke(app, ["compare", str(archive.path), *args], catch_exceptions=False)


def test_an_archive_without_another_data_set_says_what_brings_one(tmp_path: Path) -> None:
    archive_of(tmp_path, []).close()
    with pytest.raises(UsageError, match="`detente import` brings one"):
        CliRunner().invoke(app, ["compare", str(tmp_path / "ours.db")], catch_exceptions=False)


def test_an_archive_beside_its_own_file_of_another_form_agrees_with_itself(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "made.db", last=date(2023, 6, 25))
    with Archive.open(path) as archive:
        file = export(archive, "polecat", tmp_path / "out")
        imported = import_file(archive, file, form_named("polecat"), "polecat")
        assert imported.kept > 100
        assert imported.refused == ()
        whole = compare_set(archive, data_set_asked(archive.db, "polecat"))
    assert len(whole.pairs) > 3
    for quad in (quad for pair in whole.pairs for quad in (pair.together, *pair.quads)):
        assert quad.ours == quad.theirs
        assert (quad.only_ours, quad.only_theirs) == ((), ())
        assert quad.pearson in (None, 1.0)
