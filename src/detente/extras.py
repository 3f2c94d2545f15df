"""Libraries that not everybody needs: which extra brings which, and how to say so where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from detente.errors import UsageError

EXTRAS = {
    "pyarrow": "bulk",
    "duckdb": "bulk",
    "fsspec": "bulk",
    "ray": "ray",
    "xlsxwriter": "excel",
    "openai": "llm",
    "mcp": "mcp",
    "followthemoney": "followthemoney",
}
"""Library → the extra of detente that brings it."""


def wanted(library: str) -> Any:
    """The library of that name; raises `UsageError` that says how to get it where it is missing."""
    try:
        return import_module(library)
    except ImportError as error:
        raise UsageError(missing(library)) from error


def missing(library: str) -> str:
    """What to tell where a library is not installed."""
    extra = EXTRAS.get(library.partition(".")[0])
    what = f"'detente[{extra}]'" if extra else library
    return f"{library} is not installed here: pip install {what}"
