"""Whether the signs in a report's own words together convict its page date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from detente.checks.anniversaries import anniversary_signs
from detente.checks.days import in_words, page_in_words
from detente.checks.festivals import festival_signs, national_day_signs
from detente.checks.gatherings import gathering_signs, meeting_signs
from detente.checks.office_holders import (
    AFTER,
    Holder,
    holders_in,
    signers_in,
    tells_history,
    told_as_former,
)
from detente.checks.own_day import Sign, Told, signs_of
from detente.errors import DataError
from detente.knowledge import Knowledge
from detente.record import Check, Span
from detente.shipped import mapping_of, shipped_table

_FILE = "checks/data/signs.yaml"
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of sign weighs, and the sum from which a page date is doubted."""

    doubtful: float
    of_kinds: Mapping[str, float]


@cache
def load_weights() -> Weights:
    """The weights of the package; raises `DataError` where they are not valid."""
    raw = mapping_of(shipped_table(_FILE), {"doubtful", "weights"}, _FILE)
    weights = raw["weights"]
    if not isinstance(weights, dict) or not all(isinstance(w, int | float) and w > 0 for w in weights.values()):
        raise DataError(f"{_FILE}: weights: must give a positive number for each kind")
    return Weights(float(raw["doubtful"]), {str(kind): float(weight) for kind, weight in weights.items()})


def all_signs(told: Told, page: date, holders: Sequence[Holder], knowledge: Knowledge) -> Sequence[Sign]:
    """All signs against a page date, the first of each kind; `holders` are those that the text names."""
    found = (
        *signs_of(told, page),
        *festival_signs(told, page),
        *national_day_signs(told, page, knowledge),
        *gathering_signs(told, page, knowledge),
        *meeting_signs(told, page, knowledge),
        *_office_signs(told, holders, page, knowledge),
        *anniversary_signs(told, page, knowledge),
    )
    return tuple({sign.kind: sign for sign in reversed(found)}.values())


def own_day_checks(told: Told, page: date, holders: Sequence[Holder], knowledge: Knowledge) -> Iterator[Check]:
    """One check ``page-date-<family of the weightiest sign>`` where the signs together outweigh the page date."""
    weights = load_weights()
    weighed = [(weights.of_kinds.get(sign.kind, 0.0), sign) for sign in all_signs(told, page, holders, knowledge)]
    if sum(weight for weight, _ in weighed) < weights.doubtful:
        return
    leading = [sign for weight, sign in sorted(weighed, key=lambda pair: (-pair[0], pair[1].kind)) if weight]
    reasons = list(dict.fromkeys(sign.words for sign in leading))[:_MOST_TOLD]
    spans = tuple(sorted({sign.span for sign in leading[:_MOST_TOLD] if sign.span is not None}))
    family = leading[0].kind.partition("/")[0].removesuffix("s")
    yield Check(f"page-date-{family}", f"{page_in_words(page)}; {'; '.join(reasons)}.", spans)


def _office_signs(told: Told, holders: Sequence[Holder], page: date, knowledge: Knowledge) -> Iterator[Sign]:
    """Persons told by an office that they had left, and another held, on the day of the page."""
    in_title = [(h, told.whole, 0) for h in holders_in(told.whole[: told.offset], knowledge)]
    for holder, text, offset in (*in_title, *((h, told.text, told.offset) for h in holders)):
        part = told.part(holder.span.start + offset)
        way = "hist" if tells_history(text, holder.span) else "now"
        yield from _office_sign(told, holder, offset, page, knowledge, (part, f"{part}/{way}"))
    for signer in signers_in(told.text, knowledge):
        yield from _office_sign(told, signer, told.offset, page, knowledge, ("signer", "signer"))


def _office_sign(
    told: Told, holder: Holder, offset: int, page: date, knowledge: Knowledge, where: tuple[str, str]
) -> Iterator[Sign]:
    """The sign of one person; `where` are the ends of its kind: for who was not yet in office, and for who had left."""
    family = "office" if holder.is_alone else "post"
    begin, stop = holder.span.start + offset, holder.span.end + offset
    if family == "post" and (first := holder.starts_after(page + timedelta(AFTER))):
        words = f"{holder.name} became {holder.role} on {in_words(first)}"
        yield Sign(f"post/not yet/{where[0]}", words, told.span(begin, stop), first)
        return
    end = holder.ended_before(page - timedelta(AFTER))
    if end is None or not holder.replaced_on(page, knowledge) or _is_in_office(holder, page, knowledge):
        return
    if told_as_former(told.whole, replace(holder, span=Span(begin, stop))):
        return
    words = f"{holder.name} was {holder.role} until {in_words(end)}"
    yield Sign(f"{family}/ended/{where[1]}", words, told.span(begin, stop), end)


def _is_in_office(holder: Holder, page: date, knowledge: Knowledge) -> bool:
    """Whether he held another office then, and is only told by an older title."""
    day = page.isoformat()
    known = (e for e in knowledge.named(holder.name) if e.id == holder.terms[0].id)
    # What nobody ended in the table is not known to last beyond its own day.
    return any(e.office and e.start and e.holds_on(day) and (e.end or not e.as_of or e.as_of >= day) for e in known)
