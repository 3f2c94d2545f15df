"""Lists and tables that ship with the package as YAML: read, and held to the form their reader expects.

Every fault is a `DataError` that names the file and the key. PyYAML is imported when a table is read: `detente --help`
needs none.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from detente.errors import DataError


def shipped_text(path: str) -> str:
    """The text of a file of the package; `path` is relative to it, as in ``codebook/data/cues.yaml``."""
    return files("detente").joinpath(path).read_text(encoding="utf-8")


def shipped_table(path: str) -> Any:
    """What the YAML file of the package at `path` holds."""
    return parsed(shipped_text(path), path)


def parsed(text: str, where: str) -> Any:
    """What the YAML in `text` holds; `where` names it in errors."""
    import yaml

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise DataError(f"{where}: not valid YAML: {error}") from error


def mapping_of(value: Any, keys: set[str] | frozenset[str], where: str) -> dict[str, Any]:
    """`value` as a mapping with exactly `keys`."""
    if not isinstance(value, dict) or set(value) != keys:
        wrong = sorted(map(str, set(value) ^ keys)) if isinstance(value, dict) else type(value).__name__
        raise DataError(f"{where}: the keys must be {', '.join(sorted(keys))}; wrong or missing: {wrong}")
    return value


def words_of(value: Any, where: str, *, lower: bool = True) -> tuple[str, ...]:
    """`value` as a list of words or phrases, none twice, without spaces at their ends; `lower` asks for lower case."""
    if not isinstance(value, list):
        raise DataError(f"{where}: must be a list of words")
    for word in value:
        if not isinstance(word, str) or not word or word != word.strip() or (lower and word != word.lower()):
            kind = "lower-case word" if lower else "word"
            raise DataError(f"{where}: {word!r} is not a {kind} (quote it if YAML reads it as another thing)")
    words = tuple(dict.fromkeys(value))
    if len(words) < len(value):
        raise DataError(f"{where}: {next(w for i, w in enumerate(value) if w in value[:i])!r} stands twice")
    return words
