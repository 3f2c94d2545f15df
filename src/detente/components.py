"""The stages as spaCy components: ``nlp.add_pipe("detente_when")`` in anyone's English pipeline.

Each fills its part of ``doc._.detente`` (a `Findings`) and runs the stages it rests on where they have not run.
spaCy finds them by entry points and loads this module whenever any pipeline is made: nothing else heavy is imported
before a component works.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from detente.record import Event, Statement, Time
    from detente.where import PlaceMention
    from detente.who import Cast


@dataclass(slots=True)
class Findings:
    """What the stages found in one Doc; a part is null until its stage has run."""

    report_date: date | None = None
    times: tuple[Time, ...] | None = None
    cast: Cast | None = None
    places: tuple[PlaceMention, ...] | None = None
    statements: tuple[Statement, ...] | None = None
    events: tuple[Event, ...] | None = None


def findings_of(doc: Doc) -> Findings:
    """The findings of `doc`, made on first use."""
    from spacy.tokens import Doc as AnyDoc

    if not AnyDoc.has_extension("detente"):
        AnyDoc.set_extension("detente", default=None)
    if doc._.detente is None:
        doc._.detente = Findings()
    found: Findings = doc._.detente
    return found


def run_when(doc: Doc) -> Doc:
    """Fill ``times``; relative times resolve against ``doc._.detente.report_date``."""
    from detente.knowledge import load_knowledge
    from detente.when import find_times, with_gatherings

    found = findings_of(doc)
    if found.times is None:
        times = find_times(doc, found.report_date)
        found.times = with_gatherings(times, doc, found.report_date, load_knowledge().calendar)
    return doc


def run_who(doc: Doc) -> Doc:
    """Fill ``cast``."""
    from detente.knowledge import load_knowledge
    from detente.who import find_parties

    found = findings_of(doc)
    if found.cast is None:
        found.cast = find_parties(doc, found.report_date, load_knowledge())
    return doc


def run_said(doc: Doc) -> Doc:
    """Fill ``statements``."""
    from detente.said import dated, find_statements

    found = findings_of(run_who(run_when(doc)))
    if found.statements is None:
        assert found.cast is not None
        assert found.times is not None
        found.statements = dated(find_statements(doc, found.cast), doc, found.times, found.report_date)
    return doc


def run_did(doc: Doc, coder: str = "") -> Doc:
    """Fill ``places`` and ``events``; `coder` names what finds the acts, empty the default."""
    from detente.coding.registry import DEFAULT_CODER, proposer_of
    from detente.did import find_events
    from detente.where import find_places

    found = findings_of(run_said(doc))
    if found.events is None:
        assert found.cast is not None
        assert found.times is not None
        assert found.statements is not None
        found.places = find_places(doc, found.cast)
        stages = (found.times, found.cast, found.places, found.statements, found.report_date)
        found.events = find_events(doc, *stages, proposer=proposer_of(coder or DEFAULT_CODER))
    return doc


def _registered(name: str, run: Callable[[Doc], Doc]) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    """The factory of a stage, known to spaCy under `name` once this module is imported."""

    def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        return run

    return Language.factory(name, func=make)


make_when = _registered("detente_when", run_when)
make_who = _registered("detente_who", run_who)
make_said = _registered("detente_said", run_said)


def _make_did(nlp: Language, name: str, coder: str) -> Callable[[Doc], Doc]:
    return partial(run_did, coder=coder)


make_did = Language.factory("detente_did", default_config={"coder": ""}, func=_make_did)
