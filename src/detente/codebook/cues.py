"""The lexicon of cues: which verbs and nouns attribute words to somebody, in which frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from detente.errors import DataError
from detente.shipped import mapping_of, shipped_table, words_of

VERB_FRAMES = frozenset(
    {
        *("clause", "gerund", "to", "object-to", "being", "noun", "plan", "claimed", "uttered", "for", "about", "on"),
        *("against", "for-what", "of-what", "name", "as", "witness", "quote"),
    }
)
NOUN_FRAMES = frozenset({"that", "to", "for", "of"})
_LISTS = (
    *("mental", "light", "claimable", "utterances", "venues", "documents", "witnesses", "rules", "mute"),
    *("speakers", "askers", "handled", "headings", "adverbs", "adjectives", "unsaid"),
)
_KEYS = frozenset({"verbs", "nouns", "phrases", "irregular", *_LISTS})
_FILE = "codebook/data/cues.yaml"


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Cues by lemma; every set holds lower-case lemmas. `phrases` are sequences of lower-case words."""

    verbs: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    mental: frozenset[str]
    light: frozenset[str]
    claimable: frozenset[str]
    utterances: frozenset[str]
    venues: frozenset[str]
    documents: frozenset[str]
    witnesses: frozenset[str]
    rules: frozenset[str]
    mute: frozenset[str]
    speakers: frozenset[str]
    askers: frozenset[str]
    handled: frozenset[str]
    headings: frozenset[str]
    adverbs: frozenset[str]
    adjectives: frozenset[str]
    unsaid: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    forms: Mapping[str, str]

    def verb_of(self, word: str) -> str | None:
        """The verb a word as written is a form of, where nothing but the word is known."""
        return self.forms.get(word.lower())

    @property
    def lemmas(self) -> frozenset[str]:
        """Every lemma that may be a cue: what a gate must let through."""
        first_words = {phrase[0] for phrase in self.phrases}
        verbs = (verb.split()[0] for verb in self.verbs)
        return frozenset({*verbs, *self.nouns, *self.adverbs, *self.adjectives, *first_words})


@cache
def load_cues() -> CueLexicon:
    """The lexicon that ships with the package, read once; raises `DataError` where it is not valid."""
    return parse_cues(shipped_table(_FILE), _FILE)


def parse_cues(data: Any, origin: str) -> CueLexicon:
    """The lexicon in `data`; raises `DataError` naming `origin` and the key that is wrong."""
    mapping_of(data, _KEYS, origin)
    lists = {key: frozenset(words_of(data[key], f"{origin}: {key}")) for key in _LISTS}
    verbs = _by_lemma(data["verbs"], VERB_FRAMES, f"{origin}: verbs")
    irregular = data["irregular"]
    if not isinstance(irregular, dict) or not all(isinstance(v, str) for v in irregular.values()):
        raise DataError(f"{origin}: irregular: must map a form to its lemma")
    return CueLexicon(
        verbs=verbs,
        nouns=_by_lemma(data["nouns"], NOUN_FRAMES, f"{origin}: nouns"),
        phrases=tuple(tuple(words_of(phrase, f"{origin}: phrases")) for phrase in data["phrases"]),
        forms={**_regular_forms(verbs), **irregular},
        **lists,
    )


def _by_lemma(entries: Any, known: frozenset[str], where: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    if not isinstance(entries, list):
        raise DataError(f"{where}: must be a list of entries with frames and lemmas")
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict) or set(entry) != {"frames", "lemmas"}:
            raise DataError(f"{where}[{number}]: must have exactly the keys frames and lemmas")
        frames = frozenset(words_of(entry["frames"], f"{where}[{number}].frames"))
        if not frames or frames - known:
            raise DataError(f"{where}[{number}]: unknown frame {sorted(frames - known)}; known are {sorted(known)}")
        for lemma in words_of(entry["lemmas"], f"{where}[{number}].lemmas"):
            found[lemma] = found.get(lemma, frozenset()) | frames
    return found


def _regular_forms(lemmas: Iterable[str]) -> dict[str, str]:
    forms: dict[str, str] = {}
    for lemma in lemmas:
        stem = lemma[:-1] if lemma.endswith("e") else lemma
        if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
            past, third = f"{lemma[:-1]}ied", f"{lemma[:-1]}ies"
        else:
            past = f"{stem}ed"
            third = f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else f"{lemma}s"
        for form in (past, third, f"{stem}ing"):
            forms[form] = lemma
    return forms
