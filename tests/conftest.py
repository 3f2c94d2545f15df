"""Fixtures every test file shares: the parser, and where the shared data lies when it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from spacy.language import Language

from detente.language import load_pipeline

settings.register_profile("fuzz", max_examples=20_000, deadline=None, print_blob=True)
"""For `make fuzz`: what was found is kept in .hypothesis and tried first the next time."""

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default spaCy pipeline."""
    return load_pipeline()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared texts and codings; the test skips where a checkout has none."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return SHARED
