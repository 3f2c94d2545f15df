"""Dated knowledge of the political world."""

from __future__ import annotations

from pathlib import Path


class Knowledge:
    pass


def load_knowledge(extra: Path | None = None) -> Knowledge:
    return Knowledge()
