"""Who acts and who is acted upon: chances of entities decided, with the states of those that nothing else places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from detente.codebook import types_with
from detente.did.candidate import Member
from detente.did.model.choices import Company
from detente.did.model.scene import Scene
from detente.did.model.weigh import Side, Weighed
from detente.did.retelling import unique
from detente.did.words import load_words
from detente.record import Party
from detente.who import Mention

_Chosen = tuple[Mention, Member]

_Picked = tuple[Side, float, int]
"""An entity with the chance of its side: 0 it acts, 1 it is acted upon."""

Owners = Callable[[Weighed, Mention, Company], Mapping[str | None, float]]

_AGREED = 0.75
"""The share of the chance asked of a side that is enough where the rules give it too.

On the texts kept apart 1,692 of 4,353 events are right with it, 1,681 without.
"""


_DOUBT, _SOME = 0.65, 0.1
"""Chances below which actors are doubted, and from which the rules' actors stand for them.

On the texts kept apart it takes nothing from whole events and adds nothing; it keeps subjects of a verb far from it.
"""


def sides_of(scene: Scene, act: Weighed, owners: Owners, least: float) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    """The likeliest actors and recipients, those with a chance of at least `least`."""
    chosen: tuple[list[_Chosen], list[_Chosen]] = ([], [])
    picked: list[_Picked] = []
    for side in act.sides:
        chance, where = max((side.actor, 0), (side.recipient, 1))
        if chance >= least * (_AGREED if _is_ruled(act, side, where) else 1):
            picked.append((side, chance, where))
    for side, chance, where in sorted(_by_rules(act, picked), key=lambda p: _is_unplaced(p[0])):
        company = Company(_countries(chosen[1 - where]), _countries(chosen[where]))
        members = members_of(scene, act, side, owners, chance, company)
        chosen[where].extend((side.entity.mentions[0], member) for member in members)
    return _told_once(_in_order(chosen[0])), _told_once(_in_order(chosen[1]))


def _by_rules(act: Weighed, picked: Sequence[_Picked]) -> Sequence[_Picked]:
    """Those picked, with the rules' actors for others who act with little chance, where theirs is some too."""
    acting = [p for p in picked if p[2] == 0]
    if not acting or max(p[1] for p in acting) >= _DOUBT or any(_is_ruled(act, p[0], 0) for p in acting):
        return picked
    ruled = [(s, s.actor, 0) for s in act.sides if s.actor >= _SOME and _is_ruled(act, s, 0)]
    return [*ruled, *(p for p in picked if p[2] == 1)] if ruled else picked


def _is_unplaced(side: Side) -> bool:
    """Whether somebody's country is for the network to say, which is asked once those of the others are known."""
    own = side.entity.mentions[0].parties[0]
    return own.country is None and own.id is None


def _countries(chosen: Sequence[_Chosen]) -> frozenset[str | None]:
    return frozenset(member.party.country for _, member in chosen)


def _in_order(chosen: Sequence[_Chosen]) -> list[_Chosen]:
    return sorted(chosen, key=lambda c: c[0].start)


def _is_ruled(act: Weighed, side: Side, where: int) -> bool:
    """Whether the rules put a mention of the entity on that side too: 0 those who act, 1 those acted upon."""
    ruled = {member.party.span for member in (act.rules.actors, act.rules.recipients)[where]}
    return any(party.span in ruled for mention in side.entity.mentions for party in mention.parties)


def _told_once(chosen: Sequence[_Chosen]) -> tuple[Member, ...]:
    """The members of a side, without a state's bare name where somebody of that state stands on the same side.

    Of *the presidents of Chad and Sudan*, the two presidents, and neither Chad nor Sudan.
    """
    ours = {member.party.country for mention, member in chosen if mention.kind != "state"}
    return unique(m for mention, m in chosen if mention.kind != "state" or m.party.country not in ours)


def members_of(scene: Scene, act: Weighed, side: Side, owners: Owners, chance: float, company: Company) -> list[Member]:
    """The parties that an entity stands for as a side of `act`."""
    known = known_members(scene, act, side, owners, chance, company)
    if known is not None:
        return known
    mention = side.entity.mentions[0]
    country, held = next(iter(owners(act, mention, company).items()))
    return [placed(mention, country, held, chance)]


def placed(mention: Mention, country: str | None, held: float, chance: float) -> Member:
    """A party as one of `country`, of which the network is sure with the chance `held`."""
    path = f"learned, {chance:.2f}; of {country or 'no state'}, {held:.2f}"
    return Member(replace(mention.parties[0], country=country), mention.start, path)


def known_members(
    scene: Scene, act: Weighed, side: Side, owners: Owners, chance: float, company: Company
) -> list[Member] | None:
    """The same, null where the country of the party is for the network to say."""
    mention = side.entity.mentions[0]
    path = f"learned, {chance:.2f}"
    own = mention.parties[0]
    if own.country is None and (spoken := _in_talk(scene, act, own)):
        return [Member(party, mention.start, f"{path}; {how}") for party, how in spoken]
    if len(mention.parties) > 1:
        return [_member_of_several(scene, act, party, owners, mention, path, company) for party in mention.parties]
    if own.country is None and own.id is None:  # whom the knowledge names without a state belongs to none
        return None
    return [Member(own, mention.start, path)]


def _member_of_several(
    scene: Scene, act: Weighed, party: Party, owners: Owners, mention: Mention, path: str, company: Company
) -> Member:
    """One of *they*, *the two leaders*; where it has no state, that of the mention by which it is named."""
    named = scene.named(party.name) if party.country is None and party.id is None else None
    if named is None:
        return Member(party, mention.start, path)
    country, held = next(iter(owners(act, named, company).items()))
    return Member(replace(party, country=country), mention.start, f"{path}; of {country or 'no state'}, {held:.2f}")


def _in_talk(scene: Scene, act: Weighed, own: Party) -> list[tuple[Party, str]]:
    """Whom *I*, *we* and *you* stand for: the speaker; in talks of two states also those spoken to.

    Where nobody is named as the speaker, an official site speaks for its own state.
    """
    speaker = scene.speaker(act.token)
    words, small = own.text.lower(), load_words().small
    if words not in small["first_person"] | small["second_person"]:
        return []
    if speaker is None or (speaker.country is None and speaker.text.lower() in small["first_person"]):
        at_home = scene.cast.home is not None and words in small["first_person"]
        return [(replace(own, country=scene.cast.home), "the site's own state")] if at_home else []
    other = scene.other_of_two(speaker.country)
    spoken_to = [] if other is None else [(replace(own, country=other), "those spoken to")]
    if words in small["second_person"]:
        return spoken_to
    joint = words in small["first_plural"] and act.type in types_with("joint")
    return [(speaker, "the speaker"), *(spoken_to if joint else ())]
