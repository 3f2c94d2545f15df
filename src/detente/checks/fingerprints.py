"""MinHash fingerprints of texts, and the near ones among many, found without comparing every pair.

Broder (1997): two texts share the least hash of their word runs with the probability of their Jaccard similarity.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from struct import Struct
from typing import Any

RUN = 5
"""Words in a run: fewer join texts by phrases of their kind, more lose revised texts."""

ROWS = 3
BANDS = 32
"""32 bands of 3 hashes find a pair of Jaccard .5 with 99%, of .35 with 75%, of .1 with 3%."""

MOST_WORDS = 20_000
"""Words of a text that are looked at: the fingerprint of a book need not be better than that of its first chapters."""

CROWDED = 64
"""Texts in one bucket above which its run of words is a formula; what comes later is not compared by it."""

_SEED = 1
_PRINT = Struct(f"<{BANDS * ROWS}I")
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of `text` as written, numbers included, punctuation left out."""
    return [match[0] for match, _ in zip(_WORD.finditer(text), range(MOST_WORDS), strict=False)]


def runs_of(words: Sequence[str], length: int = RUN) -> set[str]:
    """The distinct runs of `length` words in lower case; a shorter text is one run."""
    if not words:
        return set()
    lowered = [word.lower() for word in words]
    return {" ".join(lowered[i : i + length]) for i in range(max(1, len(lowered) - length + 1))}


def fingerprint(text: str) -> bytes:
    """The MinHash of `text`: `BANDS` × `ROWS` hashes of 32 bits, little-endian; empty for a text without words."""
    runs = runs_of(words_of(text))
    if not runs:
        return b""
    hasher = _rensa().RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    hasher.update(sorted(runs))
    return _PRINT.pack(*hasher.digest())


def algorithm() -> str:
    """What fingerprints are made by: those of another algorithm cannot be compared with them."""
    return f"rensa-r{_rensa().RMinHash.ALGORITHM_VERSION}-{RUN}-{BANDS}x{ROWS}"


def bands_of(print_: bytes) -> list[int]:
    """The bucket of each band, as positive 63-bit numbers: texts that share one are worth comparing."""
    size = 4 * ROWS
    pieces = [print_[start : start + size] for start in range(0, len(print_), size)]
    # Two checksums a piece, told apart by its band, because a database holds no unsigned 64-bit numbers.
    return [(zlib.crc32(piece, band) << 31) ^ zlib.adler32(piece + bytes([band])) for band, piece in enumerate(pieces)]


class Index:
    """Fingerprints by bucket, in memory; the archive keeps the same buckets in a table."""

    def __init__(self) -> None:
        self._buckets: dict[int, list[int]] = defaultdict(list)

    def near(self, print_: bytes) -> list[int]:
        """Numbers of the texts that share a bucket with `print_`, in order."""
        return sorted({number for bucket in bands_of(print_) for number in self._buckets.get(bucket, ())})

    def add(self, number: int, print_: bytes) -> None:
        """Keep `print_` under `number`, save in buckets that are crowded already."""
        for bucket in bands_of(print_):
            if len(self._buckets[bucket]) < CROWDED:
                self._buckets[bucket].append(number)


@cache
def _rensa() -> Any:
    import rensa

    return rensa
