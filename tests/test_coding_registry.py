"""Any coder by its name, and the gate that what it claims must pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from detente.coding import Coder, Settings, coder_names, make_coder, registry
from detente.coding.pipeline import Pipeline
from detente.coding.protocol import Item, Result
from detente.coding.validate import CHECK, checked
from detente.did.candidate import Candidate
from detente.did.rules import RuleProposer
from detente.errors import UsageError
from detente.record import CoderId, Event, Party, Place, Record, Report, ReportDate, Span, Statement, Voice, sha256_of

TEXT = "Norway expelled two envoys of Chile on Friday, the ministry said. Chile protested."


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def party(words: str, country: str, sector: str = "GOV") -> Party:
    return Party(span_of(words), words, words, country, sector)


def event(**changes: Any) -> Event:
    whole = Event(
        id="e1",
        type="SANCTION",
        mode="expel",
        status="happened",
        trigger=span_of("expelled"),
        evidence=span_of("Norway expelled two envoys of Chile on Friday"),
        actors=(party("Norway", "NOR"),),
        recipients=(party("Chile", "CHL"),),
        date="2023-06-09",
        said_by=Voice(span_of("the ministry"), "the ministry", "Foreign Ministry", "s1"),
        score=0.9,
        act=1,
    )
    return replace(whole, **changes)


def record(*events: Event) -> Record:
    said = Statement(
        "s1", None, span_of("said"), (span_of("Norway expelled two envoys of Chile on Friday"),), "indirect"
    )
    return Record(
        id="r",
        title=None,
        url=None,
        publisher=None,
        language="en",
        published=None,
        report_date=ReportDate("2023-06-10", "given", True),
        text=TEXT,
        text_sha256=sha256_of(TEXT),
        statements=(said,),
        events=events,
        coder=CoderId("made", "1"),
    )


def test_a_claim_that_the_text_bears_out_stands() -> None:
    whole = checked(record(event()))
    assert whole.events == (event(),)
    assert not whole.checks
    assert [act.events for act in whole.acts] == [("e1",)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"trigger": Span(200, 208)}, "span-outside"),
        ({"trigger": Span(8, 8)}, "span-outside"),
        ({"trigger": span_of("protested")}, "evidence-without-trigger"),
        ({"type": "EXPEL"}, "unknown-type"),
        ({"mode": "visit"}, "unknown-mode"),
        ({"status": "maybe"}, "unknown-status"),
        ({"contexts": ("weather",)}, "unknown-context"),
        ({"score": 1.5}, "score-outside"),
        ({"date": "2023-02-31"}, "no-such-date"),
        ({"date": "last week"}, "no-such-date"),
        ({"date": "2023-06-09/2023-06-01"}, "no-such-date"),
        ({"actors": (party("Chile", "CHL"),)}, "both-sides"),
        ({"actors": (party("Norway", "ZZZ"),)}, "unknown-country"),
        ({"actors": (party("Norway", "NOR", "BOSS"),)}, "unknown-sector"),
        ({"actors": (replace(party("Norway", "NOR"), text="Oslo"),)}, "words-differ"),
        ({"place": Place(span_of("Chile"), "Santiago", "CHL")}, "words-differ"),
        ({"said_by": Voice(span_of("the ministry"), "the minister", "she", "s1")}, "words-differ"),
        ({"said_by": Voice(span_of("the ministry"), "the ministry", "it", "s9")}, "unknown-statement"),
    ],
)
def test_a_claim_that_fails_is_left_out_and_counted_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    whole = checked(record(event(**changes)))
    assert not whole.events
    assert not whole.acts
    (check,) = whole.checks
    assert check.code == CHECK
    assert f"{reason} 1" in check.message


def test_an_event_has_an_id_and_a_trigger_of_its_own() -> None:
    again = event(id="e2")
    other = event(trigger=span_of("envoys"))
    whole = checked(record(event(), again, other))
    assert [e.id for e in whole.events] == ["e1"]
    assert "id-taken 1, trigger-taken 1" in whole.checks[0].message


def test_what_is_left_of_an_act_is_told_first_by_its_first_standing_event() -> None:
    first = event(score=7.0)
    second = event(id="e2", same_as="e1", trigger=span_of("envoys"))
    whole = checked(record(first, second))
    assert [(e.id, e.same_as) for e in whole.events] == [("e2", None)]
    assert [act.events for act in whole.acts] == [("e2",)]


@pytest.mark.parametrize(("least", "kept"), [(None, ["e1", "e2"]), (0.9, ["e1", "e2"]), (0.91, ["e2"]), (1.0, ["e2"])])
def test_what_is_less_likely_right_than_asked_for_is_left_out_and_what_has_no_score_stays(
    least: float | None, kept: list[str]
) -> None:
    unscored = event(id="e2", trigger=span_of("envoys"), score=None, same_as="e1")
    whole = checked(record(event(score=0.9), unscored), least)
    assert [e.id for e in whole.events] == kept
    assert whole.events[0].same_as is None
    assert [act.events for act in whole.acts] == [tuple(kept)]
    assert not whole.checks


def test_a_least_score_is_a_probability() -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        Settings(min_score=2.0)


def test_a_statement_that_points_outside_the_text_takes_the_voices_that_rest_on_it_along() -> None:
    beyond = replace(record().statements[0], content=(Span(0, 900),))
    whole = checked(replace(record(event()), statements=(beyond,)))
    assert not whole.statements
    assert not whole.events
    assert "span-outside 1, unknown-statement 1" in whole.checks[0].message


class Careless:
    """A coder that makes up what it says."""

    name, version = "careless", "1"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def code(self, report: Report) -> Record:
        return record(event(), event(id="e2", trigger=Span(900, 901)))

    def stream(self, reports: Iterable[Item], workers: int = 1) -> Iterator[Result]:
        return (self.code(item) if isinstance(item, Report) else item for item in reports)


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> Coder:
    point = EntryPoint("careless", f"{__name__}:Careless", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **asked: [point] if asked.get("name") != "other" else [])
    return make_coder("careless", Settings("some-model"))


def test_a_coder_of_another_package_is_made_by_its_name_and_stands_behind_the_gate(careless: Coder) -> None:
    assert "careless" in coder_names()
    assert (careless.name, careless.version) == ("careless", "1")
    report = Report("r", TEXT)
    for coded in (careless.code(report), *careless.stream([report])):
        assert isinstance(coded, Record)
        assert [e.id for e in coded.events] == ["e1"]
        assert coded.checks[0].code == CHECK


def test_a_coder_that_gives_no_reasons_says_so(careless: Coder) -> None:
    with pytest.raises(UsageError, match="does not say"):
        make_coder("careless").explain(Report("r", TEXT), "e1")


def test_a_coder_that_is_not_there_is_told_with_those_that_are(careless: Coder) -> None:
    with pytest.raises(UsageError, match="There are: both, careless, learned, llm, rules"):
        make_coder("other")


def test_the_rules_name_themselves_and_their_language_model_in_the_record() -> None:
    coded = make_coder("rules").code(Report("r", TEXT, date="2023-06-10"))
    assert coded.coder is not None
    assert coded.coder.name == "rules"
    assert coded.coder.model is not None
    assert coded.coder.model.startswith("en_")


class Doubtful(RuleProposer):
    """The rules, with half a chance for all they find but expulsions."""

    def propose(self, *asked: Any) -> tuple[Candidate, ...]:
        return tuple(replace(c, score=0.95 if c.mode == "expel" else 0.5) for c in super().propose(*asked))


def test_ids_are_given_to_what_is_left_and_explained_by_them() -> None:
    text = "Chile accused Norway of spying on Friday. Norway expelled two envoys of Chile on Saturday."
    report = Report("r", text, date="2023-06-11")
    everything, likely = (Pipeline("rules", Settings(min_score=least), Doubtful) for least in (None, 0.9))
    triggers = {e.id: e.trigger.of(text) for e in everything.code(report).events}
    assert triggers["e1"] == "accused"
    (left,) = likely.code(report).events
    assert (left.id, left.trigger.of(text)) == ("e1", "expelled")
    explained = likely.explain(report, "e1")
    assert explained is not None
    assert explained.event == left
