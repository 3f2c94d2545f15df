"""Family names out of full names, by the customs of the country."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from detente.knowledge.naming import key_of
from detente.knowledge.tables import load_name_words


def family_names(name: str, country: str) -> tuple[str, ...]:
    """The names a person goes by after the full name ("von der Leyen"; "Peña Nieto", "Peña"; "al-Assad", "Assad")."""
    words = [word for word in name.replace(",", " ").split() if key_of(word) not in _words("suffix")]
    while len(words) > 2 and is_honorific(words[0]):
        words = words[1:]
    if len(words) < 2:
        return tuple(words)
    if country in _words("family_first") and key_of(words[0]) in _words("surname") and not _western(words):
        return (words[0],)
    if country in _words("two_families") and len(words) >= 3:
        return _two_families(words)
    return _with_particles(words)


def is_honorific(word: str) -> bool:
    """Whether the word goes before a name and is no part of it ("King", "Sheikh", "Dr.")."""
    return key_of(word) in _words("honorific")


def _western(words: list[str]) -> bool:
    """Whether the family name stands last although it could stand first ("Joseph Wu" is not a Joseph)."""
    return key_of(words[-1]) in _words("surname") and key_of(words[0]) in _words("given")


def _two_families(words: list[str]) -> tuple[str, ...]:
    *_, before, last = words
    if key_of(before) in _words("particle"):
        return _with_particles(words)
    if key_of(before) in _words("given") or "." in before:
        return (last,)
    return (f"{before} {last}", before, last) if len(words) == 3 else (f"{before} {last}", before)


def _with_particles(words: list[str]) -> tuple[str, ...]:
    first = len(words) - 1
    while first > 1 and key_of(words[first - 1]) in _words("particle"):
        first -= 1
    whole, last = " ".join(words[first:]), words[-1]
    for particle in ("al-", "el-", "Al-", "El-", "ad-", "as-", "ar-", "an-", "az-"):
        if last.startswith(particle):
            return (last, last.removeprefix(particle))
    if first == len(words) - 1:
        return (last,)
    # "Villepin" alone is said for "de Villepin", but a Bin Salman is not a Salman.
    return (whole,) if key_of(words[first]) in _words("kept_particle") else (whole, last)


@cache
def _words(kind: str) -> frozenset[str]:
    words: Mapping[str, frozenset[str]] = load_name_words()
    return words[kind]
