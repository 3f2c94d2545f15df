"""``his counterpart``: never of the state of whoever has him, but of the other one that the report tells of."""

from __future__ import annotations

from detente.who.coreference.told import states_told
from detente.who.discourse import Discourse


def resolve_counterparts(discourse: Discourse) -> None:
    """Give each counterpart of whom no place behind him tells more the other state of the report's persons."""
    owners = {d.root: d for d in discourse.drafts if d.kind == "pronoun"}
    for draft in discourse.drafts:
        if draft.noun not in discourse.lists.opposites or draft.is_plural or draft.parts:
            continue
        owner = owners.get(draft.awaits) if draft.awaits is not None else None
        if draft.country is not None and owner is None:
            continue
        draft.country = _other(owner.country if owner is not None else None, discourse)


def _other(country: str | None, discourse: Discourse) -> str | None:
    """The state that is not `country`, of two whose persons are told of or that the report is about."""
    if country is None:
        return None
    others = states_told(discourse, {country}, persons=True).drafts
    if len(others) != 1:
        both = states_told(discourse).leading(2)
        others = tuple(d for d in both if d.country != country) if len(both) == 2 else ()
    return others[0].country if len(others) == 1 else None
