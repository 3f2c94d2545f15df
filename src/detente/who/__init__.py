"""Who: mentions resolved to parties."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from detente.knowledge import Knowledge
from detente.language import text_of
from detente.who.coreference.counterparts import resolve_counterparts
from detente.who.coreference.nouns import resolve_repeats
from detente.who.coreference.pairs import resolve_pairs
from detente.who.coreference.pronouns import owners_from_pronouns, resolve_pronouns
from detente.who.descriptions import Describer
from detente.who.discourse import Discourse, mentions_of
from detente.who.given_names import tell_genders
from detente.who.lexicon import SECTORS, load_lexicon
from detente.who.mentions import Cast, Mention, cast_of
from detente.who.names import find_names
from detente.who.organisations import find_organisations, settle_parties, spread_short_forms, tell_states
from detente.who.persons import find_persons
from detente.who.places import find_towns
from detente.who.shortened import shorten
from detente.who.titles import read_titles

__all__ = ["SECTORS", "Cast", "Mention", "find_parties"]


def find_parties(doc: Doc, as_of: date | None, knowledge: Knowledge, home: str | None = None) -> Cast:
    """The mentions of parties in a parsed report, each with who it stands for on the day `as_of`.

    `home` is the state whose officials tell the report, where it lies on an official site.
    """
    tokens = list(doc)
    discourse = Discourse(
        doc, as_of, knowledge, load_lexicon(), text_of(doc), tokens, [token.text for token in tokens], home
    )
    known = find_names(discourse)
    shorten(discourse)
    find_persons(discourse, known)
    find_towns(discourse)
    describer = Describer(discourse)
    read_titles(discourse, describer)
    tell_genders(discourse)
    describer.describe_all()
    find_organisations(discourse)
    tell_states(discourse)
    settle_parties(discourse)
    describer.name_groups()
    spread_short_forms(discourse)
    resolve_pairs(discourse)
    resolve_repeats(discourse)
    resolve_pronouns(discourse)
    owners_from_pronouns(discourse)
    resolve_counterparts(discourse)
    return cast_of(mentions_of(discourse), doc, home)
