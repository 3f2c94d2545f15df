"""Write docs/codebook.md from the codebook itself: ``python -m scripts.write_codebook_docs``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from detente.codebook.plover import Codebook, TypeEntry, load_codebook

PAGE = Path(__file__).resolve().parent.parent / "docs" / "codebook.md"
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
HEAD = """# The codebook

Written by `scripts/write_codebook_docs.py` from `src/detente/codebook/data/`.

The sixteen event types, their modes and contexts follow PLOVER 2.0 (its ontology is CC BY-SA 4.0, and so is
`plover.yaml`). Intensities go from -10 to 10, after the scale of Goldstein (1992).

"""
TRAITS = """

## Traits

What a type means for how its acts are told. The code asks for traits, never for a type by its name.

"""
TIES = """
## Tie-breaks

Two types could claim an act; these decide, whoever proposes it. Ties that a single word decides stand in the senses.

"""
SENSES = """
## Senses

A word names an act in a sense, and a sense is a line of YAML in `codebook/data/triggers/`: the words (verbs, nouns or
adjectives; several words for a phrase), the mode, and what must stand around them. A condition names a slot (`subject`,
`object`, `before`, `under`, `voice`, a preposition; `not-` before it negates) and what may fill it: lemmas, a class of
words (`+forces`) or a test (PARTY, STATE, PERSON, PASSIVE …). The sense that matches the most wins. Lines of the type
`NONE` claim a word for no act at all (*strike a balance*). `detente explain` shows the sense behind an event.
"""


def rows(codebook: Codebook) -> Iterator[str]:
    """The table of types."""
    yield "| type | quad class | the act | intensity | modes (intensity) |"
    yield "|---|---|---|---|---|"
    for entry in codebook.types.values():
        yield f"| {entry.name} | {QUADS[entry.quad]} | {entry.act} | {entry.intensity:g} | {_modes(entry)} |"


def _modes(entry: TypeEntry) -> str:
    return ", ".join(f"{mode} ({score:g})" for mode, score in entry.modes.items()) or "none"


def tie_breaks(codebook: Codebook) -> Iterator[str]:
    """The list of tie-breaks."""
    for rule in codebook.tie_breaks:
        yield f"- Where {rule.act}: {rule.type}{f' {rule.mode}' if rule.mode else ''}, not {rule.source}."


def traits(codebook: Codebook) -> Iterator[str]:
    """The table of traits."""
    yield "| trait | meaning | types |"
    yield "|---|---|---|"
    for trait, meaning in codebook.traits.items():
        types = ", ".join(entry.name for entry in codebook.types.values() if trait in entry.traits)
        yield f"| {trait} | {meaning} | {types} |"


def page() -> str:
    """The whole page."""
    codebook = load_codebook()
    ties = "\n".join(tie_breaks(codebook))
    table = "\n".join(traits(codebook))
    return HEAD + "\n".join(rows(codebook)) + f"{TRAITS}{table}\n{TIES}{ties}\n" + SENSES


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
