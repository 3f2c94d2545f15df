"""At a keyboard: answers as tables with real days, and as pictures with the evidence marked."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import detente
from detente.archive.events import EventQuestion
from detente.archive.questions import EventAsked, StatementAsked
from detente.archive.statements import StatementQuestion
from detente.errors import MissingFile, UsageError
from detente.linking.joining import join
from tests.made_archive import make_archive
from tests.made_coder import MadeCoder
from tests.made_records import EXPULSION, event, expulsion, party, record, summit


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[detente.Archive]:
    with detente.Archive.open(make_archive(tmp_path_factory.mktemp("made") / "a.db")) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[detente.Archive]:
    with detente.Archive.open(tmp_path / "empty.db", create=True) as opened:
        yield opened


ANSWERS = ("events", "statements", "acts", "promises", "disputes")


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_becomes_the_same_table_in_three_libraries(archive: detente.Archive, name: str) -> None:
    answer = getattr(archive, name)(limit=20)
    pandas, polars, arrow = answer.to_pandas(), answer.to_polars(), answer.to_arrow()
    assert list(pandas.columns) == polars.columns == answer.columns()
    assert len(pandas) == polars.height == arrow.num_rows == len(answer)
    if name != "acts":  # nothing made by hand is told by several reports
        assert len(answer)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_empty_answer_has_its_columns(empty: detente.Archive, archive: detente.Archive, name: str) -> None:
    answer, full = getattr(empty, name)(), getattr(archive, name)(limit=5)
    assert list(answer.to_pandas().columns) == answer.to_polars().columns == full.columns()
    assert answer.to_arrow().schema == full.to_arrow().schema


def test_days_are_days(archive: detente.Archive) -> None:
    answer = archive.events(limit=9)
    first = date.fromisoformat(str(answer[0].day))
    assert answer.to_arrow().column("day").to_pylist()[0] == first
    assert answer.to_polars()["day"].to_list()[0] == first
    frame = answer.to_pandas()
    assert str(frame["day"].dtype).startswith("datetime64")
    assert frame["day"].dt.date.tolist()[0] == first
    promises = archive.promises(limit=9).to_pandas()
    assert (promises["due_end"] >= promises["made_day"]).all()


def test_a_day_before_1677_and_one_that_is_not_known_are_no_trouble(empty: detente.Archive) -> None:
    text = "Castile sent an envoy to Granada. Granada thanked Castile."
    sides = [party(text, "Castile")], [party(text, "Granada")]
    old = event(text, "CONSULT", "sent", *sides, date="1482-02")
    empty.add_record(record(text, [old, event(text, "SUPPORT", "thanked", *reversed(sides), id="e2")], date=None))
    answer = empty.events()
    assert [str(day)[:10] for day in answer.to_pandas()["day"]] == ["NaT", "1482-02-01"]
    assert answer.to_polars()["day"].to_list() == [None, date(1482, 2, 1)]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing_is_told_plainly(
    archive: detente.Archive, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    def missing(name: str, *more: Any) -> Any:
        if name == library:
            raise ImportError(name)
        return importlib.import_module(name, *more)

    monkeypatch.setattr("detente.extras.import_module", missing)
    with pytest.raises(UsageError, match=f"{library} is not installed here: pip install {library}"):
        getattr(archive.events(limit=1), f"to_{library}")()


def test_no_library_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, detente; detente.Archive; print({'pandas', 'polars', 'spacy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_a_record_shows_its_whole_text_with_the_evidence_marked() -> None:
    shown = expulsion()._repr_html_()
    assert EXPULSION in words_of(shown)
    assert re.search(r'<span style="background:#cfe8d799[^"]*"[^>]*title="e1 SANCTION happened: Russia', shown)
    assert re.search(r'font-weight:bold"[^>]*>expelled</span>', shown)


def test_an_event_and_a_statement_show_their_words(archive: detente.Archive) -> None:
    row, said = archive.events(limit=1)[0], archive.statements(limit=1)[0]
    assert row.evidence in words_of(row._repr_html_())
    assert re.search(rf">{row.trigger}</span>", row._repr_html_())
    assert said.content[0] in words_of(said._repr_html_())
    assert row.evidence in words_of(archive.events(limit=3)._repr_html_())


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '" onmouseover="x', "</span><img src=x>"])
def test_what_a_report_says_is_escaped(empty: detente.Archive, hostile: str) -> None:
    text = f"Norway {hostile} expelled envoys."
    row = event(text, "SANCTION", "expelled", [party(text, "Norway", "NOR", name=f"Norway {hostile}")])
    made = record(text, [row], title=hostile, publisher=hostile)
    empty.add_record(made)
    for shown in (made._repr_html_(), empty.events()[0]._repr_html_()):
        assert hostile not in shown
        assert hostile in unescape(shown)


def test_how_two_states_stand_is_a_table_and_a_drawing(archive: detente.Archive) -> None:
    stand = archive.relation("Argentina", "FIN", by="month", since=date(2023, 1, 1))
    frame = stand.to_pandas()
    assert len(frame) == stand.to_polars().height == stand.to_arrow().num_rows == len(stand.relation.points)
    assert str(frame["start"].dtype).startswith("datetime64")
    shown = stand._repr_html_()
    assert shown.startswith("<div><svg")
    for surprise in stand.surprises[-1:]:
        assert str(surprise.start) in shown


@pytest.mark.parametrize(("states", "more"), [(("ARG", "Nowhereland"), {}), (("ARG", "FIN"), {"by": "hour"})])
def test_what_is_no_state_or_step_is_told(archive: detente.Archive, states: Any, more: Any) -> None:
    with pytest.raises(UsageError):
        archive.relation(*states, **more)


def test_a_folder_is_added_once_and_what_cannot_be_read_is_told(empty: detente.Archive, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("Norway met Chile in Oslo.", encoding="utf-8")
    (tmp_path / "reports" / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    added = empty.add(tmp_path / "reports", date=date(2023, 6, 10), coder=MadeCoder())
    assert (added.account.coded, [Path(note.place).name for note in added.failed]) == (1, ["b.txt"])
    assert repr(added).startswith("<2 read = 1 coded + 0 known + 0 skipped + 1 failed")
    assert empty.add(tmp_path / "reports", coder=MadeCoder()).account.coded == 0
    with pytest.raises(MissingFile, match="check the path"):
        empty.add(tmp_path / "none")


def test_days_of_a_question_may_be_dates(archive: detente.Archive) -> None:
    as_dates = archive.events(since=date(2024, 1, 1), until=date(2024, 3, 31))
    assert as_dates.total == archive.events(since="2024-01-01", until="2024-03").total > 0


@pytest.mark.parametrize(
    ("name", "asked", "reason"),
    [
        ("events", {"actors": "RUS"}, "no field 'actors'. Did you mean actor"),
        ("statements", {"who": "RUS"}, "The fields are speaker, kind"),
        ("events", {"type": "SANCTIONS"}, "Did you mean SANCTION"),
        ("promises", {"outcome": "broke"}, "Did you mean broken"),
        ("disputes", {"kind": "numbr"}, "Did you mean numbers"),
    ],
)
def test_what_is_no_question_is_told_with_what_was_meant(
    archive: detente.Archive, name: str, asked: dict[str, Any], reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        getattr(archive, name)(**asked)


def test_editors_know_every_field_of_a_question() -> None:
    for told, question in ((EventAsked, EventQuestion), (StatementAsked, StatementQuestion)):
        assert list(told.__annotations__) == [field.name for field in fields(question)]


def test_the_day_of_a_report_may_be_a_date() -> None:
    text = "Norway expelled two envoys of Chile on Friday."
    told = [detente.code(text, day).to_json() for day in (date(2023, 6, 10), "2023-06-10")]
    assert told[0] == told[1]
    assert '"date":"2023-06-09"' in told[0]


def test_acts_told_by_several_reports_come_from_the_archive(empty: detente.Archive) -> None:
    for name in ("a", "b"):
        empty.add_record(summit(id=name))
    join(empty)
    acts = empty.acts(pair=("USA", "RUS"))
    assert [len(act.tellings) for act in acts] == [row["tellings"] for row in acts.to_flat()]
