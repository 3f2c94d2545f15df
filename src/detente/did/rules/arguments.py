"""Arguments: who acts and who is acted upon, read off the syntax around a trigger."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebook.senses import SenseFrame
from detente.did.candidate import Member
from detente.did.retelling import unique
from detente.did.rules.noun_arguments import arguments_of_noun
from detente.did.rules.predicate import Predicate, others
from detente.did.rules.verb_arguments import arguments_of_verb
from detente.record import Party
from detente.who import Cast

_SIDED_MODES = frozenset({"visit", "third-party"})
"""Modes of reciprocal types in which one side comes to the other."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The parties of an act and the path that led to each."""

    actors: tuple[Member, ...] = ()
    recipients: tuple[Member, ...] = ()


def arguments_of(
    root: Token,
    event_type: str,
    mode: str | None,
    frame: SenseFrame,
    cast: Cast,
    speaker: Party | None = None,
    words: tuple[int, ...] = (),
) -> Arguments:
    """The parties of the act that `root` names, of type `event_type`, by its frame and its sentence.

    `speaker` is whoever says the words that hold the act: he is *I* and *we*, and the actor where the frame says so.
    `words` are the tokens of the trigger itself, which name no side.
    """
    act = Predicate(root, event_type, mode, frame, cast, speaker, words)
    actors, recipients = arguments_of_verb(act) if act.verbal else arguments_of_noun(act)
    if frame.reciprocal or (act.has("reciprocal") and mode not in _SIDED_MODES):
        return Arguments(unique((*actors, *recipients)), ())
    recipients = others(recipients, actors)
    if not actors and len(recipients) > 1 and all(m.path.endswith(" between") for m in recipients):
        return Arguments(recipients, ())  # ``a statement between the two was signed``
    return Arguments(unique(actors), recipients)
