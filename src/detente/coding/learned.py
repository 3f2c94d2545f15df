"""The learned coder: the pipeline of the house with the proposer that a network weighs."""

from __future__ import annotations

from detente import __version__
from detente.coding.pipeline import Pipeline
from detente.coding.protocol import Settings
from detente.did.candidate import Proposer


def learned_coder(settings: Settings) -> Pipeline:
    """The coder whose acts a trained network weighs, with the rules' view as one of its features."""
    return Pipeline("learned", settings, _proposer, __version__)


def _proposer() -> Proposer:
    from detente.did.model import ModelProposer, load_network  # it brings onnxruntime: only where it is used

    return ModelProposer(load_network())
