"""Persons by name: by the recogniser, the knowledge or a title; later surnames led back to full names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from detente.knowledge import Entry
from detente.knowledge.gazetteer import place_key
from detente.language.syntax import first_conjunct, is_name_like_modal
from detente.when.lexicon import lexicon as load_time_words
from detente.who.discourse import Discourse, Draft, Gender, headed
from detente.who.names import KnownPerson

_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HKG", "HUN"})
_OTHER_NAMES = frozenset({"ORG", "GPE", "NORP", "LOC", "DATE", "FAC"})
_WINDOW = 14


def find_persons(discourse: Discourse, known: Sequence[KnownPerson]) -> None:
    """Add every person named in the text, each with what the knowledge has of him on that day."""
    facts = {(k.start, k.end): k.entries for k in known}
    spans = _merged(
        [
            *(_widened(*span, discourse) for span in facts),
            *_recognised(discourse),
            *_titled(discourse),
            *_described(discourse),
        ]
    )
    weak = {span for span in facts if discourse.knowledge.is_common_word(discourse.written(*span))}
    roll = _Roll(discourse)
    # Full names first: a surname or given name that stands before them in the text is led to them too.
    for start, end in sorted(spans, key=lambda span: span[1] - span[0] == 1):
        start = _after_post(_after_title(start, end, discourse), end, discourse)
        if (start, end) not in weak or _is_evident(discourse, start, end) or roll.known(start, end):
            discourse.add(roll.enter(start, end, facts.get((start, end))))
    roll.add_missed()


def _after_title(start: int, end: int, discourse: Discourse) -> int:
    """Where the name begins in ``Crown Prince X Y``: a title is no part of it."""
    return start + 2 if end - start > 2 and is_title(discourse.tokens[start + 1], discourse) else start


def _after_post(start: int, end: int, discourse: Discourse) -> int:
    """Where the name begins in ``President of **Belarus** X Y`` and ``Minister of Trade and **Development** X Y``."""
    before = discourse.words[start - 1].lower() if start else ""
    joined = before == "and"
    if not joined and before not in discourse.lists.of_links:
        return start
    for cut in range(end - 1 if joined else end - 2, start, -1):
        is_field = discourse.words[cut - 1].lower() in discourse.lists.fields
        if is_field or (not joined and _is_state(discourse.written(start, cut), discourse)):
            return cut
    return start


def _is_state(words: str, discourse: Discourse) -> bool:
    return any(entry.kind == "state" for entry in discourse.named(words))


class _Roll:
    """The persons of a report by the words of their names."""

    def __init__(self, discourse: Discourse) -> None:
        self._page = discourse
        self._by_words: dict[str, Draft] = {}

    def known(self, start: int, end: int) -> Draft | None:
        """The person whose name ends in these words, or whose given name is this one word."""
        words = self._words(start, end)
        return self._by_words.get(_key(words)) if words else None

    def enter(self, start: int, end: int, entries: tuple[Entry, ...] | None) -> Draft:
        """A draft of the person named at ``start:end``: one of the roll, or a new one."""
        discourse = self._page
        name = " ".join(discourse.written(start, end).split())
        draft = Draft(start, end, headed(discourse.doc, start, end), "person", name, is_person=True)
        known = self.known(start, end)
        if known is not None:
            draft.take_from(known)
            return draft
        entries = entries if entries is not None else _persons_among(discourse.named(name))
        if entries and (
            end - start > 1 or not discourse.knowledge.is_common_word(name) or _is_evident(discourse, start, end)
        ):
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
        discourse = self._page
        if not self._by_words:
            return
        for token in discourse.tokens:
            if token.i in discourse.at or len(token.text) < 3 or not token.text[0].isupper():
                continue
            if token.pos_ != "PROPN" and not is_name_like_modal(token):
                continue
            known = self._by_words.get(place_key(token.text))
            if known is None or known.end - known.start == 1 or (token.dep_ == "compound" and token.head.i > token.i):
                continue
            draft = Draft(token.i, token.i + 1, token.i, "person", token.text)
            draft.take_from(known)
            discourse.add(draft)


def _widened(start: int, end: int, discourse: Discourse) -> tuple[int, int]:
    """A known surname with the given names before it, so that ``Elijah Cummings`` is not another Cummings."""
    while start and discourse.tokens[start - 1].dep_ == "compound" and start - 1 not in discourse.at:
        if (
            not _continues_name(discourse.tokens[start - 1], discourse, False, True)
            or discourse.tokens[start - 1].head.i >= end
        ):
            break
        start -= 1
    return start, end


def _persons_among(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(e for e in entries if e.kind == "person")


def learn(draft: Draft, entry: Entry) -> None:
    """Take over what is known of the person."""
    draft.name, draft.country, draft.sector = entry.name, entry.country, entry.sector
    draft.id, draft.role = entry.id, entry.role


def _recognised(discourse: Discourse) -> list[tuple[int, int]]:
    """The recogniser's persons, without titles before and possessives behind the name."""
    found = []
    for ent in discourse.doc.ents:
        if ent.label_ != "PERSON":
            continue
        start, end = ent.start, ent.end
        while start < end and not _is_name_word(discourse.tokens[start], discourse):
            start += 1
        for i in range(start, end):
            if (
                discourse.words[i] in (",", ":", "\n")
                or "\n" in discourse.words[i]
                or discourse.tokens[i].tag_ in ("VBD", "VBZ", "IN")
            ):
                end = i
                break
        while end > start and not _is_name_word(discourse.tokens[end - 1], discourse, last=True):
            end -= 1
        if start < end and discourse.words[start][0].isupper() and not _is_other_name(discourse, start, end):
            found.append((start, end))
    return found


def _is_name_word(token: Token, discourse: Discourse, last: bool = False) -> bool:
    lower = token.lower_
    if last:
        return token.tag_ != "POS" and (token.is_alpha or lower in discourse.lists.name_suffixes or "." in lower)
    if token.i in discourse.at or not token.text[0].isalpha():
        return False
    return (
        lower not in discourse.lists.courtesy and lower not in discourse.lists.former and not is_title(token, discourse)
    )


def is_title(token: Token, discourse: Discourse) -> bool:
    """Whether the word is a person's title where it stands before a name."""
    noun = discourse.lexicon.nouns.get(token.lower_)
    return noun is not None and noun.is_person


def _is_other_name(discourse: Discourse, start: int, end: int) -> bool:
    return all(i in discourse.at for i in range(start, end)) or discourse.tokens[start].is_lower


def _titled(discourse: Discourse) -> list[tuple[int, int]]:
    """Capitalised words behind a title that the recogniser left out: ``President Assad``."""
    found = []
    doc = discourse.doc
    for token in discourse.tokens[:-1]:
        lower = token.lower_
        noun = discourse.lexicon.nouns.get(lower)
        if not (lower in discourse.lists.courtesy or (noun is not None and noun.is_person)):
            continue
        end = start = token.i + 1
        entity = token.ent_iob_ != "O" and start < len(doc) and doc[start].ent_iob_ == "I"
        # ``envoy Kari Holt``: the parse makes the title a part of the name, whatever the recogniser calls that.
        entity = entity or (token.is_lower and token.dep_ == "compound" and token.head.i >= start)
        while end < len(doc) and end not in discourse.at and _continues_name(doc[end], discourse, end > start, entity):
            end += 1
        while end > start and discourse.words[end - 1] in discourse.lists.name_joints:
            end -= 1
        if end > start and (token.text[0].isupper() or doc[start].ent_type_ == "PERSON" or end - start > 1):
            found.append((start, end))
    return found


def _described(discourse: Discourse) -> list[tuple[int, int]]:
    """Two or more capitalised words with a person's title set behind them: ``X Y, a spokesman for``."""
    found = []
    for token in discourse.tokens:
        if token.dep_ != "appos" or token.head.pos_ != "PROPN" or token.head.i >= token.i:
            continue
        noun = discourse.lexicon.nouns.get(token.lemma_.lower())
        if noun is None or not noun.is_person or token.pos_ != "NOUN":
            continue
        start = end = token.head.i
        end += 1
        while (
            start
            and start - 1 not in discourse.at
            and _continues_name(discourse.tokens[start - 1], discourse, True, True)
        ):
            start -= 1
        if end - start > 1 and discourse.words[start][0].isupper() and not _is_other_name(discourse, start, end):
            found.append((start, end))
    return found


def _continues_name(token: Token, discourse: Discourse, inside: bool, same_entity: bool = False) -> bool:
    if inside and (token.lower_ in discourse.lists.name_joints or token.lower_ in discourse.lists.name_suffixes):
        return True
    if token.pos_ != "PROPN" or not token.text[0].isupper() or (token.ent_type_ in _OTHER_NAMES and not same_entity):
        return False
    return token.lower_ not in discourse.lexicon.nouns and token.lower_ not in discourse.lists.courtesy


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without those that lie in another; two that overlap become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_evident(discourse: Discourse, start: int, end: int) -> bool:
    """Whether a name that is also a common word is a person here: the recogniser or a title says so."""
    doc = discourse.doc
    if end - start > 1 or doc[start].ent_type_ == "PERSON":
        return True
    if doc[start].lower_ in load_time_words().ambiguous_months and _acts(doc[start]):
        return True
    before = doc[start - 1] if start else None
    return before is not None and (before.lower_ in discourse.lists.courtesy or is_title(before, discourse))


def _acts(token: Token) -> bool:
    """``**May** and Macron met``, ``Merkel met **May**``: a month does nothing and is met by nobody."""
    return token.tag_ == "NNP" and first_conjunct(token).dep_ in ("nsubj", "nsubjpass", "dobj")


def _key(words: Sequence[str]) -> str:
    return place_key(" ".join(words))


def title_before(draft: Draft, discourse: Discourse) -> list[int]:
    """Indices of the words before a name that can be its title, nearest first: up to a verb, comma or pronoun.

    A short form in brackets is passed over: ``United Arab Emirates (UAE) Foreign Minister X``.
    """
    found: list[int] = []
    doc = discourse.doc
    sentence = doc[draft.start].sent.start
    aside: set[int] = set()
    for i in range(draft.start - 1, max(sentence, draft.start - _WINDOW) - 1, -1):
        token = doc[i]
        if token.text == ")" and found and i - 2 > sentence and doc[i - 2].text == "(" and doc[i - 1].is_upper:
            aside = {i, i - 1, i - 2}
        if i in aside:
            continue
        if (held := discourse.at.get(i)) is not None and held.kind == "person":
            break
        before = discourse.at.get(i - 1)
        named = before is not None and before.form not in ("adjective", "people")
        if token.lower_ == "and" and (i == sentence or named or not found):
            break
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "DET") and token.lower_ not in discourse.lists.title_links:
            break
        found.append(i)
    return found


def gender_of(words: Iterable[str], discourse: Discourse) -> Gender | None:
    """What the title says of a person's sex."""
    for word in words:
        if word in discourse.lists.female:
            return "female"
        if word in discourse.lists.male:
            return "male"
    return None
