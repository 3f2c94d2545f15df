"""Names as keys: blind to accents, hyphens and apostrophes, and aware of case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ə": "a", "Ə": "A",
        "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'", "`": "'", "´": "'",
        "‐": "-", "‑": "-", "–": "-", "—": "-",
    }
)  # fmt: skip
_SMALL = frozenset({"of", "the", "and", "al", "bin", "ibn", "von", "van", "de", "der", "da", "for"})
_LONGEST_ACRONYM = 4
_JOINTS = re.compile(r"[-'\s]+")


@lru_cache(maxsize=65536)
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a word that keys are made of, as cased: accents and points gone, cut at hyphens and apostrophes.

    "U.S." gives ("US",), "al-Assad" ("al", "Assad"), "People's" ("People", "s"); a lone hyphen gives ().
    """
    if word.isascii() and word.isalnum():
        return (word,)
    if not word.isascii():
        decomposed = unicodedata.normalize("NFD", word.translate(_LETTERS))
        word = "".join(c for c in decomposed if not unicodedata.combining(c))
    word = word if word in {".", "..", "..."} else word.replace(".", "")
    return tuple(part for part in _JOINTS.split(word) if part)


def is_initial(word: str) -> bool:
    """Whether the word is a letter that stands for a name ("J.")."""
    return len(word) == 2 and word[1] == "." and word[0].isupper()


def written_ways(words: str) -> Iterator[str]:
    """The words as they stand; where all is small, with capitals too, and in capitals as an acronym is, or begins."""
    yield words
    if not words.islower():
        return
    parts = words.split()
    yield " ".join(word if word in _SMALL and i else word.capitalize() for i, word in enumerate(parts))
    yield " ".join("-".join(part.capitalize() for part in word.split("-")) for word in parts)
    yield words.upper()
    if len(parts) > 1 and len(parts[0]) <= _LONGEST_ACRONYM:
        yield " ".join([parts[0].upper(), *(word.capitalize() for word in parts[1:])])


def key_of(name: str) -> str:
    """The key a name is found under: its parts in lower case, joined by spaces."""
    return " ".join(part for word in name.split() for part in parts_of(word)).casefold()


def case_fits(known: str, written: str) -> bool:
    """Whether a name may be written so: its capitals are capitals; whole words in capitals (a headline) fit too.

    Both are sequences of parts joined by spaces, of equal length.
    """
    if known == written:
        return True
    return all(_word_fits(k, w) for k, w in zip(known.split(" "), written.split(" "), strict=True))


def _word_fits(known: str, written: str) -> bool:
    if known == written or not known[0].isupper():
        return True
    if len(known) > 1 and known.isupper():
        return False
    return written[0].isupper() and (written[1:] == known[1:] or (len(written) > 3 and written.isupper()))


def cased_key(name: str) -> str:
    """The parts of a name as cased, joined by spaces."""
    return " ".join(part for word in name.split() for part in parts_of(word))
