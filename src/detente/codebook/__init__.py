"""PLOVER as data: types, modes, scores, tie-breaks; the lexicons of triggers, contexts and cues; their loaders."""

from detente.codebook.plover import Codebook, intensity_of, load_codebook, quad_of, tie_broken, told_type, types_with
from detente.codebook.senses import Sense, TriggerLexicon, load_triggers

__all__ = [
    "Codebook",
    "Sense",
    "TriggerLexicon",
    "intensity_of",
    "load_codebook",
    "load_triggers",
    "quad_of",
    "tie_broken",
    "told_type",
    "types_with",
]
