"""What a person's title says: his state, sector and post, before the name or set beside it."""

from __future__ import annotations

from detente.language.syntax import child, conjuncts, first_conjunct, phrases
from detente.who.descriptions import Describer, is_plural, rank_before
from detente.who.discourse import Discourse, Draft
from detente.who.persons import gender_of, title_before


def read_titles(discourse: Discourse, describer: Describer) -> None:
    """Give each named person what his titles say; the words of a title are no mention of their own."""
    for person in list(discourse.people()):
        _before(person, discourse, describer)
    for person in list(discourse.people()):
        _beside(person, discourse, describer)
    _group_names(discourse, describer)
    _spread(discourse)


def _before(person: Draft, discourse: Discourse, describer: Describer) -> None:
    """``Finnish lawmaker X``, ``President of Argentina X``, ``envoys X and Y``, ``President X of Nigeria``."""
    window = title_before(person, discourse)
    head = _title_head(window, discourse)
    if head is None:
        _by_courtesy(person, window, discourse)
        _by_name_before(person, discourse)
        return
    found = describer.title(head, person.start, window)
    if found is not None and found.country is None:
        found.country = _state_behind(person, discourse)
    if found is not None and found.country is None and person.country is None:
        person.awaits = _possessive_of(head, discourse)
    discourse.spent.update(range(head, person.start))
    adopt(person, found, discourse)
    _stand_for(head, person, discourse)
    if is_plural(discourse.tokens[head], discourse):
        named = {d.root: d for d in discourse.people()}
        for token in conjuncts(discourse.tokens[person.root]):
            other = named.get(token.i)
            if other is not None and other is not person and other.country is None:
                adopt(other, found, discourse)
                adopt(other, _state_title(other, discourse), discourse)


def _possessive_of(head: int, discourse: Discourse) -> int | None:
    """The pronoun that says whose: ``**his** son X``, ``**her** foreign minister X``."""
    owner = child(discourse.tokens[head], "poss") or child(discourse.tokens[head].head, "poss")
    return owner.i if owner is not None and owner.i < head and owner.lower_ in discourse.lists.possessives else None


def _stand_for(head: int, person: Draft, discourse: Discourse) -> None:
    """Where the parser made the title the head of its name, or cut it off, the title stands for the person."""
    if any(t.i == person.root for t in discourse.tokens[head].ancestors):
        return
    title = Draft(head, head + 1, head, "role", "", shown=(person.start, person.end))
    title.take_from(person)
    discourse.add(title)


def _title_head(window: list[int], discourse: Discourse) -> int | None:
    """The noun for a person right before the name, or before an *of*, *to* or *for* phrase that stands between."""
    linked = True
    for place, i in enumerate(window):
        word = discourse.words[i].lower()
        if word in discourse.lists.courtesy:
            continue
        noun = discourse.lexicon.nouns.get(discourse.tokens[i].lemma_.lower()) or discourse.lexicon.nouns.get(word)
        if noun is not None and noun.is_person:
            rank = rank_before(discourse.tokens[i], discourse)
            if rank is not None and rank in window:
                return rank
            return i if linked or place == 0 else None
        linked = word in discourse.lists.of_links
    return None


def _by_courtesy(person: Draft, window: list[int], discourse: Discourse) -> None:
    if window:
        person.gender = person.gender or gender_of([discourse.words[window[0]].lower()], discourse)


def _state_behind(person: Draft, discourse: Discourse) -> str | None:
    """``Muhammadu Buhari of Nigeria``."""
    end = person.end
    if discourse.words[end : end + 1] != ["of"]:
        return None
    draft = discourse.at.get(end + 1) or discourse.at.get(end + 2)
    return draft.country if draft is not None and draft.is_state else None


def _state_title(person: Draft, discourse: Discourse) -> Draft | None:
    country = _state_behind(person, discourse)
    if country is None:
        return None
    return Draft(person.start, person.end, person.root, "role", "", country, is_person=True, inherited=True)


def _by_name_before(person: Draft, discourse: Discourse) -> None:
    """``Russia's Lavrov``, ``Turkish Volkan Bozkır``: a state right before the name."""
    at = person.start - 1
    possessive = at > 0 and discourse.tokens[at].tag_ == "POS"
    before = discourse.at.get(at - 1 if possessive else at)
    if before is not None and possessive and before.kind == "group" and person.country is None:
        person.country, person.sector = before.country, person.sector or before.sector
    if before is None or not before.is_state or before.is_place or person.country is not None:
        return
    if before.form in ("adjective", "name"):
        person.country = before.country


def _beside(person: Draft, discourse: Discourse, describer: Describer) -> None:
    """``Peskov, a spokesman for the Kremlin``, ``the Iraqi foreign minister, Sabri``, ``X is the president of Y``."""
    root = discourse.tokens[person.root]
    nouns = [c for c in root.children if c.dep_ == "appos"]
    if root.dep_ == "appos":
        nouns.append(root.head)
        nouns += [
            c
            for c in root.head.children
            if c.dep_ == "appos" and c.i < root.i and c.right_edge.i + 2 >= root.left_edge.i
        ]
    if root.dep_ == "nsubj" and root.head.lemma_ in discourse.lists.copulas:
        nouns += [c for c in root.head.children if c.dep_ == "attr"]
    if first_conjunct(root).dep_ in ("nsubj", "nsubjpass"):
        nouns += [obj for name, obj in phrases(first_conjunct(root).head) if name == "as"]
    for noun in nouns:
        if noun.i in discourse.at and discourse.at[noun.i].kind == "person":
            continue
        found = describer.describe(noun)
        if found is None or found.is_plural or not found.is_person or child(noun, "neg") is not None:
            continue
        adopt(person, found, discourse)
        if person.first.country is None:
            person.awaits = found.awaits
        if noun.dep_ != "pobj" or noun is root.head:
            found.same = person
            found.name, found.id = person.name, person.id
            found.country, found.sector = person.country or found.country, person.sector or found.sector
            if noun.i < person.start:
                found.shown = (person.start, person.end)


def _group_names(discourse: Discourse, describer: Describer) -> None:
    """``two environmental groups, **Mar Libre** and **Costa Azul**``: no persons, as the recogniser has it."""
    for person in list(discourse.people()):
        first = first_conjunct(discourse.tokens[person.root])
        if first.dep_ != "appos" or person.id is not None or person.is_former:
            continue
        found = describer.describe(first.head) if is_plural(first.head, discourse) else None
        if found is None or found.is_person or found.is_thing:
            continue
        for draft in [d for d in discourse.people() if d.first is person.first]:
            draft.kind, draft.is_person, draft.gender = "group", False, None
            draft.country, draft.sector = found.country, found.sector


def adopt(person: Draft, title: Draft | None, discourse: Discourse) -> None:
    """Let the text's own words on a person stand over what the knowledge has of a namesake."""
    if title is None:
        return
    person.gender = person.gender or title.gender
    first = person.first
    for draft in {id(person): person, id(first): first}.values():
        if title.country is not None and draft.country != title.country:
            if draft.id is not None and title.owner is not None and not title.owner.is_state:
                continue  # a columnist of a foreign newspaper is still of his own state
            draft.id, draft.country = None if draft.country is not None else draft.id, title.country
        if title.is_former:
            draft.sector = "CVL"
        elif draft.sector is None or not title.inherited or draft.country != title.country:
            draft.sector = title.sector or draft.sector
        draft.role = draft.role or title.role
        draft.owner = draft.owner or title.owner
        draft.gender = draft.gender or person.gender


def _spread(discourse: Discourse) -> None:
    """Every mention of a person carries what any of them told."""
    for draft in discourse.people():
        first = draft.first
        if first is not draft:
            gender = draft.gender or first.gender
            same = draft.same
            draft.take_from(first)
            draft.same, draft.gender = same, gender
