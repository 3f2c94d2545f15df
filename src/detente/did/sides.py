"""Sides: who acts and who is acted upon, read off the syntax around a trigger."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from detente.did.act import Act, Frame, others
from detente.did.members import Member, unique
from detente.did.noun_sides import sides_of_noun
from detente.did.verb_sides import sides_of_verb
from detente.record import Party
from detente.who import Cast

__all__ = ["Frame", "Sides", "sides_of"]


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of an act and the path that led to each side."""

    actors: tuple[Member, ...] = ()
    recipients: tuple[Member, ...] = ()


def sides_of(
    root: Token, event_type: str, mode: str | None, frame: Frame, cast: Cast, speaker: Party | None = None
) -> Sides:
    """The sides of the act that `root` names, of type `event_type`, by its frame and its sentence.

    `speaker` is whoever says the words that hold the act: he is *I* and *we*, and the actor where the frame says so.
    """
    act = Act(root, event_type, mode, frame, cast, speaker)
    actors, recipients = sides_of_verb(act) if act.verbal else sides_of_noun(act)
    if act.frame.reciprocal or (event_type in act.lexicon.reciprocal and mode not in ("visit", "third-party")):
        return Sides(unique((*actors, *recipients)), ())
    recipients = others(recipients, actors)
    if not actors and len(recipients) > 1 and all(m.path.endswith(" between") for m in recipients):
        return Sides(recipients, ())  # ``a statement between the two was signed``
    recipients = tuple(m for m in recipients if not _is_own_force(m, actors, act))
    received = {(m.party.span, m.party.country) for m in recipients}  # ``is found guilty``: who suffers, does not do
    return Sides(unique(m for m in actors if (m.party.span, m.party.country) not in received), recipients)


def _is_own_force(member: Member, actors: tuple[Member, ...], act: Act) -> bool:
    """Whether the member is the actor's own troops, which he commands rather than acts upon."""
    if act.type not in act.lexicon.commands or member.party.sector != "MIL" or not member.path.startswith("object"):
        return False
    return member.party.country is None or member.party.country in {m.party.country for m in actors}
