"""Accounts that cannot both hold: of one act, two tellings that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from detente.archive.disputes import Kind
from detente.linking.joins import load_joins
from detente.linking.same_act import (
    ActLikeness,
    Agreement,
    days_apart,
    far_apart,
    has_day,
    is_repeated,
    rare_shared,
    same_name,
    same_word,
)
from detente.linking.tellings import Telling

ONE_SUBJECT = 0.6
"""Nearness of words from which two sentences speak of one thing though a side, a day or a number differs."""

DENIAL = 0.45
"""The same for a denial, which names what it denies in few words."""

SEVERAL = 4
"""Rare stems two sentences share that speak of one thing."""

AS_MANY = 0.1
"""Share of the larger number up to which two counts are one: "at least 55" and "approximately 50"."""

LONGEST_SHIFT = 30
"""Days between two dates given to one act; further apart they are two acts."""


def contradictions(one: Telling, other: Telling, likeness: ActLikeness) -> Iterator[tuple[Kind, str]]:
    """What `one`, said first, and `other` disagree on; nothing where they may be of two acts or both hold."""
    if one.report == other.report or one.type != other.type:
        return
    if found := _denial(one, other, likeness):
        yield found
        return
    if "denied" in (one.status, other.status):
        return
    if found := _numbers(one, other, likeness):
        yield found
    if likeness.joined or not _of_one_subject(one, other, likeness):
        return
    if found := _sides(one, other, likeness) or _dates(one, other, likeness):
        yield found


def _denial(one: Telling, other: Telling, likeness: ActLikeness) -> tuple[Kind, str] | None:
    """One says that the act was or will be, the other that it was not or will not."""
    if (one.status == "denied") == (other.status == "denied") or "possible" in (one.status, other.status):
        return None
    if Agreement.CONFLICT in (likeness.actors, likeness.recipients) or likeness.parties < Agreement.LIKE:
        return None
    if any(t.type in load_joins().undenied or _is_called_off(t) for t in (one, other)):
        return None
    if likeness.near < DENIAL or rare_shared(one, other) < 2 or not same_name(one, other):
        return None
    if one.status == "denied" and other.status == "happened" and not _before(other, one):
        return None  # what was not yet so came to be so
    same_speaker = one.said_by is not None and one.said_by == other.said_by
    what = f"{one.status} ≠ {other.status}"
    return (Kind.CHANGED_WORD, f"{other.said_by}: {what}") if same_speaker else (Kind.DENIED, what)


def _is_called_off(telling: Telling) -> bool:
    """Whether the sentence tells of a plan that was given up or put off: what became of it, and no other account."""
    return bool(telling.stems & (load_joins().called_off | load_joins().put_off))


def _before(act: Telling, denial: Telling) -> bool:
    """Whether the act is told to have been by the day it was denied."""
    return act.first is not None and denial.said is not None and act.first <= denial.said


def _of_one_subject(one: Telling, other: Telling, likeness: ActLikeness) -> bool:
    return (
        one.status == other.status
        and likeness.near >= ONE_SUBJECT
        and rare_shared(one, other) >= SEVERAL
        and same_word(one, other)
        and not (is_repeated(one) or is_repeated(other))
    )


def _numbers(one: Telling, other: Telling, likeness: ActLikeness) -> tuple[Kind, str] | None:
    """Counts that differ, where not the later one has only risen; far apart, only of one day and the same sides."""
    tolls = load_joins().tolls
    for kind in sorted(one.numbers.keys() & other.numbers.keys()):
        first, second = one.numbers[kind], other.numbers[kind]
        rose = kind in tolls and second > first and one.said != other.said
        if abs(first - second) <= AS_MANY * max(first, second) or rose:
            continue
        if not (_counts_itself(one, first) and _counts_itself(other, second)):
            continue
        if likeness.joined or (_one_occasion(one, other, likeness) and far_apart(one, other)):
            return Kind.NUMBERS, f"{kind}: {first} ≠ {second}"
    return None


def _counts_itself(telling: Telling, number: int) -> bool:
    """Whether the number stands in the evidence of the act, not with another one beside it in the sentence."""
    words = load_joins().number_words
    return any(stem_ == str(number) or words.get(stem_) == number for stem_ in telling.own)


def _one_occasion(one: Telling, other: Telling, likeness: ActLikeness) -> bool:
    known = has_day(one) and has_day(other) and (one.dated or other.dated)
    return (
        known
        and days_apart(one, other) == 0
        and _of_one_subject(one, other, likeness)
        and likeness.parties is Agreement.EQUAL
        and Agreement.CONFLICT not in (likeness.actors, likeness.recipients)
    )


def _sides(one: Telling, other: Telling, likeness: ActLikeness) -> tuple[Kind, str] | None:
    """Of an act of one day, another is named for its doer."""
    if likeness.actors is not Agreement.CONFLICT or days_apart(one, other) not in (0, 1):
        return None
    if likeness.recipients < Agreement.LIKE or one.type in load_joins().mutual:
        return None
    if not {one.trigger, other.trigger} <= load_joins().blows:
        return None  # what one state does others do as well, but a blow has one doer
    if one.actors.countries & other.recipients.countries or other.actors.countries & one.recipients.countries:
        return None  # a blow and the answer to it
    names = [", ".join(sorted(telling.actors.countries)) for telling in (one, other)]
    return Kind.SIDES, f"{names[0]} ≠ {names[1]}"


def _exchanged(one: Telling, other: Telling) -> bool:
    """Whether each names what the other does not, or both say the same in the same words, days as well."""
    first, second = one.named - other.stems, other.named - one.stems
    return bool(first and second) or one.stems <= other.stems or other.stems <= one.stems


def _dates(one: Telling, other: Telling, likeness: ActLikeness) -> tuple[Kind, str] | None:
    """Both give the act a day, and not the same."""
    apart = days_apart(one, other)
    if not (has_day(one) and has_day(other) and one.dated and other.dated) or apart is None:
        return None
    if not 1 <= apart <= LONGEST_SHIFT or one.status == "planned" or _exchanged(one, other):
        return None
    if min(likeness.actors, likeness.recipients) < Agreement.UNKNOWN or likeness.parties is not Agreement.EQUAL:
        return None
    return Kind.DATE, f"{one.first} ≠ {other.first}"
