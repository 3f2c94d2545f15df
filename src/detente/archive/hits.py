"""Words that were asked for, found in a text as the full-text index finds them: whole, in any case and accents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from unicodedata import combining, normalize

_WORD = re.compile(r"[^\W_]+")

Word = tuple[str, int, int]


def terms_asked(words: str) -> list[str]:
    """The terms of a question: words, and what stands in ``"…"`` as one; those without a letter or digit are none."""
    terms: list[str] = []
    for number, piece in enumerate(words.replace("\x00", " ").split('"')):
        terms += [piece] if number % 2 else piece.split()
    return [term for term in terms if any(character.isalnum() for character in term)]


def hits_in(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where `text` has what `words` ask for: half-open ranges in order, none within another."""
    found = list(_words(text))
    spans = sorted(span for term in _asked(words) for span in _places(found, term))
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def holds_all(text: str | None, words: str) -> bool:
    """Whether `text` has every term of `words`."""
    found = list(_words(text or ""))
    return all(any(_places(found, term)) for term in _asked(words))


def pieces_with_hits(text: str, words: str | None, most: int | None = None) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it was asked for; of a longer one about `most` characters at the first."""
    hits = hits_in(text, words) if words else ()
    start, end = _excerpt(text, hits[0][0] if hits else 0, most)
    edges = [start, *(edge for hit in hits if hit[0] >= start and hit[1] <= end for edge in hit), end]
    pieces = [(text[a:b], bool(i % 2)) for i, (a, b) in enumerate(pairwise(edges)) if a < b]
    return [*([("… ", False)] if start else []), *pieces, *([(" …", False)] if end < len(text) else [])]


def _excerpt(text: str, at: int, most: int | None) -> tuple[int, int]:
    """The part of `text` with the character `at`, cut between words."""
    if most is None or len(text) <= most:
        return 0, len(text)
    start = 0 if at < most // 2 else text.find(" ", at - most // 3) + 1
    end = len(text) if len(text) - start <= most else text.rfind(" ", start, start + most)
    return start, end if end > at else len(text)


@lru_cache(maxsize=64)
def _asked(words: str) -> tuple[tuple[str, ...], ...]:
    terms = (tuple(word for word, _, _ in _words(term)) for term in terms_asked(words))
    return tuple(term for term in terms if term)


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        yield _plain(match[0]), match.start(), match.end()


def _plain(word: str) -> str:
    lower = word.casefold()
    return lower if lower.isascii() else "".join(c for c in normalize("NFKD", lower) if not combining(c))


def _places(words: Sequence[Word], term: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for i in range(len(words) - len(term) + 1):
        if all(words[i + k][0] == part for k, part in enumerate(term)):
            yield words[i][1], words[i + len(term) - 1][2]
