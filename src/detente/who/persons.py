"""Persons by name: by the recogniser, the knowledge or a title; later surnames led back to full names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from detente.knowledge import Entry
from detente.knowledge.gazetteer import place_key
from detente.who.draft import Draft, Gender, Page, headed
from detente.who.names import KnownPerson

_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HKG", "HUN"})
_OTHER_NAMES = frozenset({"ORG", "GPE", "NORP", "LOC", "DATE", "FAC"})
_WINDOW = 14


def find_persons(page: Page, known: Sequence[KnownPerson]) -> None:
    """Add every person named in the text, each with what the knowledge has of him on that day."""
    facts = {(k.start, k.end): k.entries for k in known}
    spans = _merged([*(_widened(*span, page) for span in facts), *_recognised(page), *_titled(page), *_described(page)])
    weak = {span for span in facts if page.knowledge.is_common_word(page.written(*span))}
    roll = _Roll(page)
    # Full names first: a surname or given name that stands before them in the text is led to them too.
    for start, end in sorted(spans, key=lambda span: span[1] - span[0] == 1):
        start = _after_title(start, end, page)
        if (start, end) not in weak or _is_evident(page, start, end) or roll.known(start, end):
            page.add(roll.enter(start, end, facts.get((start, end))))
    roll.add_missed()


def _after_title(start: int, end: int, page: Page) -> int:
    """Where the name begins in ``Crown Prince X Y``: a title is no part of it."""
    return start + 2 if end - start > 2 and is_title(page.tokens[start + 1], page) else start


class _Roll:
    """The persons of a report by the words of their names."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._by_words: dict[str, Draft] = {}

    def known(self, start: int, end: int) -> Draft | None:
        """The person whose name ends in these words, or whose given name is this one word."""
        words = self._words(start, end)
        return self._by_words.get(_key(words)) if words else None

    def enter(self, start: int, end: int, entries: tuple[Entry, ...] | None) -> Draft:
        """A draft of the person named at ``start:end``: one of the roll, or a new one."""
        page = self._page
        name = " ".join(page.written(start, end).split())
        draft = Draft(start, end, headed(page.doc, start, end), "person", name, is_person=True)
        known = self.known(start, end)
        if known is not None:
            draft.take_from(known)
            return draft
        entries = entries if entries is not None else _persons_among(page.named(name))
        if entries and (end - start > 1 or not page.knowledge.is_common_word(name) or _is_evident(page, start, end)):
            learn(draft, entries[0])
        self._remember(draft, self._words(start, end))
        return draft

    def _words(self, start: int, end: int) -> list[str]:
        suffixes = self._page.lists.name_suffixes
        return [w for w in self._page.words[start:end] if w[0].isalpha() and w.lower() not in suffixes]

    def _remember(self, draft: Draft, words: list[str]) -> None:
        if not words:
            return
        self._by_words[_key(words)] = draft
        for i in range(1, len(words)):
            shorter = _key(words[i:])
            held = self._by_words.get(shorter)
            if held is None or held.id is None:
                self._by_words[shorter] = draft
        if (len(words) > 1 and len(words[0]) > 2) or draft.country in _FAMILY_FIRST:
            self._by_words.setdefault(place_key(words[0]), draft)

    def add_missed(self) -> None:
        """Names of persons of the roll that the recogniser missed or called something else."""
        page = self._page
        if not self._by_words:
            return
        for token in page.tokens:
            if token.i in page.at or token.pos_ != "PROPN" or len(token.text) < 3 or not token.text[0].isupper():
                continue
            known = self._by_words.get(place_key(token.text))
            if known is None or known.end - known.start == 1 or (token.dep_ == "compound" and token.head.i > token.i):
                continue
            draft = Draft(token.i, token.i + 1, token.i, "person", token.text)
            draft.take_from(known)
            page.add(draft)


def _widened(start: int, end: int, page: Page) -> tuple[int, int]:
    """A known surname with the given names before it, so that ``Elijah Cummings`` is not another Cummings."""
    while start and page.tokens[start - 1].dep_ == "compound" and start - 1 not in page.at:
        if not _continues_name(page.tokens[start - 1], page, False, True) or page.tokens[start - 1].head.i >= end:
            break
        start -= 1
    return start, end


def _persons_among(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(e for e in entries if e.kind == "person")


def learn(draft: Draft, entry: Entry) -> None:
    """Take over what is known of the person."""
    draft.name, draft.country, draft.sector = entry.name, entry.country, entry.sector
    draft.id, draft.role = entry.id, entry.role


def _recognised(page: Page) -> list[tuple[int, int]]:
    """The recogniser's persons, without titles before and possessives behind the name."""
    found = []
    for ent in page.doc.ents:
        if ent.label_ != "PERSON":
            continue
        start, end = ent.start, ent.end
        while start < end and not _is_name_word(page.tokens[start], page):
            start += 1
        for i in range(start, end):
            if page.words[i] in (",", "\n") or "\n" in page.words[i] or page.tokens[i].tag_ in ("VBD", "VBZ", "IN"):
                end = i
                break
        while end > start and not _is_name_word(page.tokens[end - 1], page, last=True):
            end -= 1
        if start < end and page.words[start][0].isupper() and not _is_other_name(page, start, end):
            found.append((start, end))
    return found


def _is_name_word(token: Token, page: Page, last: bool = False) -> bool:
    lower = token.lower_
    if last:
        return token.tag_ != "POS" and (token.is_alpha or lower in page.lists.name_suffixes or "." in lower)
    if token.i in page.at or not token.text[0].isalpha():
        return False
    return lower not in page.lists.courtesy and lower not in page.lists.former and not is_title(token, page)


def is_title(token: Token, page: Page) -> bool:
    """Whether the word is a person's title where it stands before a name."""
    noun = page.lexicon.nouns.get(token.lower_)
    return noun is not None and noun.is_person


def _is_other_name(page: Page, start: int, end: int) -> bool:
    return all(i in page.at for i in range(start, end)) or page.tokens[start].is_lower


def _titled(page: Page) -> list[tuple[int, int]]:
    """Capitalised words behind a title that the recogniser left out: ``President Assad``."""
    found = []
    doc = page.doc
    for token in page.tokens[:-1]:
        lower = token.lower_
        noun = page.lexicon.nouns.get(lower)
        if not (lower in page.lists.courtesy or (noun is not None and noun.is_person)):
            continue
        end = start = token.i + 1
        entity = token.ent_iob_ != "O" and start < len(doc) and doc[start].ent_iob_ == "I"
        while end < len(doc) and end not in page.at and _continues_name(doc[end], page, end > start, entity):
            end += 1
        while end > start and page.words[end - 1] in page.lists.name_joints:
            end -= 1
        if end > start and (token.text[0].isupper() or doc[start].ent_type_ == "PERSON" or end - start > 1):
            found.append((start, end))
    return found


def _described(page: Page) -> list[tuple[int, int]]:
    """Two or more capitalised words with a person's title set behind them: ``X Y, a spokesman for``."""
    found = []
    for token in page.tokens:
        if token.dep_ != "appos" or token.head.pos_ != "PROPN" or token.head.i >= token.i:
            continue
        noun = page.lexicon.nouns.get(token.lemma_.lower())
        if noun is None or not noun.is_person or token.pos_ != "NOUN":
            continue
        start = end = token.head.i
        end += 1
        while start and start - 1 not in page.at and _continues_name(page.tokens[start - 1], page, True, True):
            start -= 1
        if end - start > 1 and page.words[start][0].isupper() and not _is_other_name(page, start, end):
            found.append((start, end))
    return found


def _continues_name(token: Token, page: Page, inside: bool, same_entity: bool = False) -> bool:
    if inside and (token.lower_ in page.lists.name_joints or token.lower_ in page.lists.name_suffixes):
        return True
    if token.pos_ != "PROPN" or not token.text[0].isupper() or (token.ent_type_ in _OTHER_NAMES and not same_entity):
        return False
    return token.lower_ not in page.lexicon.nouns and token.lower_ not in page.lists.courtesy


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without those that lie in another; two that overlap become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_evident(page: Page, start: int, end: int) -> bool:
    """Whether a name that is also a common word is a person here: the recogniser or a title says so."""
    doc = page.doc
    if end - start > 1 or doc[start].ent_type_ == "PERSON":
        return True
    before = doc[start - 1] if start else None
    return before is not None and (before.lower_ in page.lists.courtesy or is_title(before, page))


def _key(words: Sequence[str]) -> str:
    return place_key(" ".join(words))


def title_before(draft: Draft, page: Page) -> list[int]:
    """Indices of the words before a name that can be its title, nearest first: up to a verb, comma or pronoun."""
    found: list[int] = []
    doc = page.doc
    sentence = doc[draft.start].sent.start
    for i in range(draft.start - 1, max(sentence, draft.start - _WINDOW) - 1, -1):
        token = doc[i]
        if (held := page.at.get(i)) is not None and held.kind == "person":
            break
        before = page.at.get(i - 1)
        named = before is not None and before.form not in ("adjective", "people")
        if token.lower_ == "and" and (i == sentence or named or not found):
            break
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "DET") and token.lower_ not in page.lists.title_links:
            break
        found.append(i)
    return found


def gender_of(words: Iterable[str], page: Page) -> Gender | None:
    """What the title says of a person's sex."""
    for word in words:
        if word in page.lists.female:
            return "female"
        if word in page.lists.male:
            return "male"
    return None
