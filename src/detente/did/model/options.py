"""Who may stand on a side of an act, and as whose: parties with their chances, by the country each would have there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.did.candidate import Member
from detente.did.model.choices import Company
from detente.did.model.scene import Scene
from detente.did.model.sides import Owners, known_members, placed
from detente.did.model.weigh import Side, Weighed
from detente.who import Mention

Country = str | None

_LEAST = 0.03
"""Chance of either side below which a party is not looked at."""

_DOUBTED = 0.1
"""Chance from which it is asked whether a party is of the country that the cast takes it for."""

_COUNTRIES = 5
"""Countries, the likeliest, that one party may be of."""

_GUESSED = frozenset({"noun", "role", "pronoun", "person"})
"""Kinds of mentions whose country the cast may have from the words around."""

_ALONE = Company()


@dataclass(frozen=True, slots=True)
class Option:
    """A party as one country's, with the `chances` that it acts and that it is acted upon.

    `share` is the chance that it is of that country, `held` what the network makes of the cast's own answer (-1: it was
    not asked). `is_doubt` marks countries that the cast does not take the party for, `is_placed` those of parties that
    it takes for nobody's.
    """

    member: Member
    mention: Mention
    chances: tuple[float, float]
    share: float = 1.0
    held: float = -1.0
    is_doubt: bool = False
    is_placed: bool = False

    @property
    def country(self) -> Country:
        """The country of the party."""
        return self.member.party.country

    def chance(self, where: int) -> float:
        """The chance that the party stands on a side as that country's: 0 those who act, 1 those acted upon."""
        return self.chances[where] * self.share


def options_of(scene: Scene, act: Weighed, owners: Owners) -> list[Option]:
    """The parties that may be sides of `act`, in text order."""
    near = [side for side in act.sides if max(side.actor, side.recipient) >= _LEAST]
    near.sort(key=lambda side: side.entity.mentions[0].start)
    return [option for side in near for option in _options(scene, act, side, owners)]


def _options(scene: Scene, act: Weighed, side: Side, owners: Owners) -> Iterator[Option]:
    mention = side.entity.mentions[0]
    chances = side.actor, side.recipient
    known = known_members(scene, act, side, owners, max(chances), _ALONE)
    if known is None:
        for country, share in list(owners(act, mention, _ALONE).items())[:_COUNTRIES]:
            yield Option(placed(mention, country, share, max(chances)), mention, chances, share, is_placed=True)
    elif len(known) > 1 or not _is_guess(mention) or max(chances) < _DOUBTED:
        yield from (Option(member, mention, chances) for member in known)
    else:
        shares = dict(list(owners(act, mention, _ALONE).items())[:_COUNTRIES])
        yield Option(known[0], mention, chances, held=shares.pop(mention.parties[0].country, -1.0))
        for country, share in shares.items():
            yield Option(placed(mention, country, share, max(chances)), mention, chances, share, is_doubt=True)


def _is_guess(mention: Mention) -> bool:
    """Whether the cast may have the country of a mention from the words around, and not from what it names."""
    own = mention.parties[0]
    return mention.kind in _GUESSED and own.id is None and own.country is not None and len(mention.parties) == 1
