"""One act, many reports: what is joined, what is not, and what the tellings disagree on."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.archive.acts import find_acts
from detente.archive.disputes import find_disputes
from detente.archive.events import EventQuestion
from detente.archive.sentences import sentence_at
from detente.linking.acts import numbers_of
from detente.linking.joining import join, unjoined
from detente.linking.joins import load_joins
from detente.linking.tellings import counted_in, figures_in
from detente.linking.words import stem, stems_of
from detente.record import Party, Record, Voice
from tests.made_records import span, told

ALL = EventQuestion()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", create=True) as opened:
        yield opened


SHELLING = told(
    "first",
    "Rebels shelled the harbour of Port Quillon on Monday and killed 12 dockers.",
    "shelled", "2021-06-07", "Rebels", None,
)  # fmt: skip
SHELLING_LATER = told(
    "second",
    "Ten dockers were killed when rebels shelled the harbour of Port Quillon on Monday, the mayor said.",
    "shelled", "2021-06-08", "rebels", None, date="2021-06-07",
)  # fmt: skip
OTHER_TOWN = told(
    "other",
    "Rebels shelled the fish market of Dunmarrow on Monday and killed 12 buyers.",
    "shelled", "2021-06-07", "Rebels", None,
)  # fmt: skip


def joined(archive: Archive, records: Sequence[Record]) -> list[list[str]]:
    """Report ids of the tellings of each act, after adding and joining."""
    for each in records:
        archive.add_record(each)
    join(archive)
    return [[telling.source.record_id for telling in act.tellings] for act in find_acts(archive.db, ALL)]


def test_two_reports_of_one_act_are_joined_and_the_first_is_named_first(archive: Archive) -> None:
    assert joined(archive, [SHELLING_LATER, OTHER_TOWN, SHELLING]) == [["first", "second"]]
    (act,) = find_acts(archive.db, ALL)
    assert act.first.source.record_id == "first"
    assert numbers_of(act) == {"killed": (12, 10)}
    assert act.id == f"ac{act.first.id[2:]}"


def test_the_order_of_adding_and_the_number_of_runs_do_not_matter(tmp_path: Path) -> None:
    records = [SHELLING, SHELLING_LATER, OTHER_TOWN, *NEGATIVES]
    found = []
    for seed in range(4):
        shuffled = random.Random(seed).sample(records, len(records))
        with Archive.open(tmp_path / f"{seed}.db", create=True) as archive:
            for each in shuffled:
                archive.add_record(each)
                if seed % 2:
                    join(archive)
            join(archive)
            acts = [(act.id, [telling.id for telling in act.tellings]) for act in find_acts(archive.db, ALL)]
            disputes = [(d.kind, d.what, d.one.id, d.other.id) for d in find_disputes(archive.db, ALL)]
            found.append((acts, sorted(disputes)))
    assert found[0][0]
    assert all(each == found[0] for each in found)


NEGATIVES = [
    told(
        "swapped",
        "Soldiers of Norway fired at a trawler of Chile off Port Quillon on Monday.",
        "fired", "2021-06-07", "Norway=NOR", "Chile=CHL",
    ),
    told(
        "next-day",
        "Rebels again shelled the harbour of Port Quillon and killed 12 dockers.",
        "shelled", "2021-06-08", "Rebels", None,
    ),
    told(
        "talks",
        "Rebels and the mayor of Port Quillon met in the harbour on Monday about the killed dockers.",
        "met", "2021-06-07", "Rebels", None, type="CONSULT",
    ),
]  # fmt: skip


@pytest.mark.parametrize("other", NEGATIVES, ids=lambda r: r.id)
def test_other_sides_days_and_types_keep_acts_apart(archive: Archive, other: Record) -> None:
    assert joined(archive, [SHELLING, other]) == []


def test_an_act_of_other_sides_is_never_joined(archive: Archive) -> None:
    text = "Ships of Norway and ships of Chile fired at a trawler off Port Quillon near the Skellan reef on Monday."
    one = told("n", text, "fired", "2021-06-07", "Norway=NOR", "trawler")
    other = told("c", text + " The crew swam ashore.", "fired", "2021-06-07", "Chile=CHL", "trawler")
    assert joined(archive, [one, other]) == []


def test_a_killing_told_by_another_word_for_the_blow_is_one_act(archive: Archive) -> None:
    first = told(
        "news",
        "Gunmen shot the harbour master Aldo Brisk in Port Quillon.",
        "shot", "2021-06-07", "Gunmen", "Aldo Brisk", type="ASSAULT",
    )  # fmt: skip
    later = told(
        "later",
        "Port Quillon mourns the harbour master Aldo Brisk, murdered by gunmen.",
        "murdered", "2021-06-09", "gunmen", "Aldo Brisk", type="ASSAULT", date=None,
    )  # fmt: skip
    assert joined(archive, [first, later]) == [["news", "later"]]


def with_roles(record: Record) -> Record:
    """The same with every party told by a role, as persons are."""

    def titled(parties: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(replace(each, role="person") for each in parties)

    events = (replace(e, actors=titled(e.actors), recipients=titled(e.recipients)) for e in record.events)
    return replace(record, events=tuple(events))


def test_who_has_no_name_is_no_other_person(archive: Archive) -> None:
    first = told(
        "news",
        "The harbour master Aldo Brisk is killed by gunmen in Port Quillon.",
        "killed", "2021-06-07", "gunmen", "Aldo Brisk", type="ASSAULT",
    )  # fmt: skip
    later = told(
        "later",
        "Harbour master Aldo Brisk was killed in Port Quillon by unknown attackers on Monday night.",
        "killed", "2021-06-08", "unknown attackers", "Aldo Brisk", type="ASSAULT", date="2021-06-07",
    )  # fmt: skip
    assert joined(archive, [with_roles(first), with_roles(later)]) == [["news", "later"]]


RESIGNS = told(
    "news",
    "Finance minister Odalys Verrin resigns after an audit of the Quillon bank.",
    "resigns", "2021-06-07", "Odalys Verrin", None, type="RETREAT",
)  # fmt: skip


def test_the_same_person_and_word_need_fewer_words_to_be_one_act(archive: Archive) -> None:
    later = told(
        "later",
        "After the resignation of Odalys Verrin the cabinet meets to share out her tasks.",
        "resignation", "2021-06-08", "Odalys Verrin", None, type="RETREAT", date=None,
    )  # fmt: skip
    other = told(
        "other",
        "After the resignation of Pim Marlow the cabinet meets to share out his tasks.",
        "resignation", "2021-06-08", "Pim Marlow", None, type="RETREAT", date=None,
    )  # fmt: skip
    assert joined(archive, list(map(with_roles, (RESIGNS, later, other)))) == [["news", "later"]]


def test_of_a_plan_each_report_may_tell_first(archive: Archive) -> None:
    one = told(
        "day",
        "Odalys Verrin announces that she will resign from the Quillon bank on June 30.",
        "resign", "2021-06-07", "Odalys Verrin", None, type="RETREAT", status="planned", date="2021-06-30",
    )  # fmt: skip
    other = told(
        "no day",
        "Odalys Verrin said that she would resign from the Quillon bank.",
        "resign", "2021-06-08", "Odalys Verrin", None, type="RETREAT", status="planned", date=None,
    )  # fmt: skip
    assert joined(archive, [with_roles(one), with_roles(other)]) == [["day", "no day"]]


def test_a_past_form_names_an_act_as_its_verb_does() -> None:
    naming = load_joins().naming
    assert naming("withdrew") == naming("withdraws") == naming("withdrawing")
    assert naming("shot dead") == naming("shoot dead")
    assert naming("withdrew") != naming("withstood")


def test_a_meeting_is_one_whoever_is_named_first(archive: Archive) -> None:
    one = told(
        "n", "The Norwegian envoy met his Chilean colleague in Skellan on Tuesday about herring quotas.", "met",
        "2021-06-08", "Norwegian envoy=NOR", "Chilean colleague=CHL", type="CONSULT",
    )  # fmt: skip
    other = told(
        "c", "Chile and Norway held talks in Skellan on herring quotas, envoys of the two states said.", "talks",
        "2021-06-08", "Chile=CHL", "Norway=NOR", type="CONSULT",
    )  # fmt: skip
    assert joined(archive, [one, other]) == [["c", "n"]]


def test_a_denied_act_is_a_dispute_with_both_sentences(archive: Archive) -> None:
    claim = told(
        "claim", "Norway seized the trawler Tern of Chile off Port Quillon on Monday.", "seized", "2021-06-07",
        "Norway=NOR", "Chile=CHL", type="COERCE", mode="seize",
    )  # fmt: skip
    text = "Norway never seized the trawler Tern of Chile off Port Quillon, Anna Lund said on Tuesday."
    voice = Voice(span(text, "Anna Lund"), "Anna Lund", "Anna Lund", None)
    denial = told(
        "denial", text, "seized", "2021-06-08", "Norway=NOR", "Chile=CHL", type="COERCE", mode="seize",
        status="denied", said_by=voice, date=None,
    )  # fmt: skip
    joined(archive, [claim, denial])
    (dispute,) = find_disputes(archive.db, ALL)
    assert (dispute.kind, dispute.what) == ("denied", "happened ≠ denied")
    assert dispute.one_words.startswith("Norway seized")
    assert dispute.other_words.startswith("Norway never seized")
    assert find_disputes(archive.db, ALL, "numbers") == []
    assert find_disputes(archive.db, EventQuestion(pair=("NOR", "CHL")))
    assert not find_disputes(archive.db, EventQuestion(pair=("NOR", "PER")))


def test_who_takes_his_word_back_is_named(archive: Archive) -> None:
    records = []
    for id, day, words, status in (
        (
            "yes",
            "2021-06-07",
            "Norway will lift the ban on trawlers of Chile off Port Quillon, Anna Lund said.",
            "planned",
        ),
        (
            "no",
            "2021-06-09",
            "Norway will not lift the ban on trawlers of Chile off Port Quillon, Anna Lund said.",
            "denied",
        ),
    ):
        voice = Voice(span(words, "Anna Lund"), "Anna Lund", "Anna Lund", None)
        given = {"type": "CONCEDE", "status": status, "said_by": voice, "date": None}
        records.append(told(id, words, "lift", day, "Norway=NOR", "Chile=CHL", **given))
    joined(archive, records)
    (dispute,) = find_disputes(archive.db, ALL)
    assert dispute.kind == "changed-word"
    assert "Anna Lund" in dispute.what


def test_a_toll_that_falls_is_a_dispute_and_one_that_rises_is_none(archive: Archive) -> None:
    joined(archive, [SHELLING, SHELLING_LATER])
    (dispute,) = find_disputes(archive.db, ALL)
    assert (dispute.kind, dispute.what) == ("numbers", "killed: 12 ≠ 10")


def test_what_a_person_corrects_is_compared_again(archive: Archive) -> None:
    assert joined(archive, [SHELLING, SHELLING_LATER]) == [["first", "second"]]
    number = archive.db.execute("SELECT n FROM event ORDER BY n LIMIT 1").fetchone()[0]
    archive.db.execute("UPDATE event SET verdict = 'wrong' WHERE n = ?", (number,))
    assert unjoined(archive) == 1
    join(archive)
    assert find_acts(archive.db, ALL) == []
    assert unjoined(archive) == 0


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("Ten people are killed and fifteen others injured", {"killed": 10, "wounded": 15}),
        ("killing at least 1,085 people and injuring twelve others", {"killed": 1085, "wounded": 12}),
        ("six people dead and dozens injured on June 4, 2021", {"killed": 6}),
        ("Norway expels 2 diplomats", {"expelled": 2}),
        ("killed on 4 June", {}),
        ("police arrest a 26-year-old man for killing three people", {"killed": 3}),
        ("five people, including three children, are killed", {"killed": 5}),
        ("the 20th anniversary of the war", {}),
    ],
)
def test_numbers_are_read_with_what_they_count(words: str, counted: dict[str, int]) -> None:
    assert counted_in(words) == counted
    assert set(counted.values()) <= figures_in(words)


def test_the_sentence_of_a_trigger_ends_where_sentences_end() -> None:
    text = "Mr. Lund left. “They seized the ship at 5 p.m. off the cape,” she said. Nobody spoke."
    low, high = sentence_at(text, text.index("seized"), text.index("seized") + 6)
    assert text[low:high].startswith("“They seized")
    assert "Nobody" not in text[low:high]


def test_forms_of_one_word_have_one_stem() -> None:
    assert len({stem(word) for word in ("Expelled", "expels", "expelling")}) == 1
    assert stems_of("Russia’s envoys, Russia's envoy") == {stem("Russia"), stem("envoy")}
    assert stem("gas") != stem("gap")


def disputed(archive: Archive, *records: Record) -> list[tuple[str, str]]:
    for each in records:
        archive.add_record(each)
    join(archive)
    return [(dispute.kind, dispute.what) for dispute in find_disputes(archive.db, ALL)]


def test_a_plan_that_was_called_off_is_no_dispute(archive: Archive) -> None:
    plan = told(
        "plan", "Fishermen of Port Quillon plan a pride march past the Skellan lighthouse.", "march",
        "2021-06-07", "Fishermen", None, type="PROTEST", status="planned", date=None,
    )  # fmt: skip
    off = told(
        "off", "Fishermen of Port Quillon cancelled a pride march past the Skellan lighthouse.", "march",
        "2021-06-09", "Fishermen", None, type="PROTEST", status="denied", date=None,
    )  # fmt: skip
    assert disputed(archive, plan, off) == []


def test_what_one_state_does_another_may_do_as_well(archive: Archive) -> None:
    text = "bans the herring app Quillgram on all devices of its officials in Skellan."
    one = told("n", f"Norway {text}", "bans", "2021-06-07", "Norway=NOR", "Quillgram", type="COERCE")
    other = told("c", f"Chile {text}", "bans", "2021-06-07", "Chile=CHL", "Quillgram", type="COERCE")
    assert disputed(archive, one, other) == []


def test_a_blow_has_one_doer(archive: Archive) -> None:
    text = "shelled the trawler Aldabra off Port Quillon near the Skellan reef on Monday."
    one = told("n", f"Norway {text}", "shelled", "2021-06-07", "Norway=NOR", "Aldabra", type="ASSAULT")
    other = told("c", f"Chile {text}", "shelled", "2021-06-07", "Chile=CHL", "Aldabra", type="ASSAULT")
    assert disputed(archive, one, other) == [("sides", "NOR ≠ CHL")]


def test_the_same_words_resolved_to_other_days_are_no_dispute(archive: Archive) -> None:
    text = "Rebels shelled the harbour of Port Quillon and the Skellan reef on Friday, the mayor of Dunmarrow said."
    one = told("one", text, "shelled", "2021-06-12", "Rebels", None, date="2021-06-04")
    other = told("other", text, "shelled", "2021-06-13", "Rebels", None, date="2021-06-11")
    assert disputed(archive, one, other) == []
