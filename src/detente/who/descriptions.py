"""Descriptions: roles, bodies and bare nouns as parties, with the sector of the noun and the state in reach."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from detente.language.syntax import child
from detente.who.discourse import Discourse, Draft
from detente.who.lexicon import Noun
from detente.who.mentions import MentionKind
from detente.who.owners import PartyAt, is_stance, owners_around, owners_before, owners_of, seat_behind
from detente.who.persons import gender_of

_NOT_IN_PHRASE = frozenset({"ADP", "SCONJ", "AUX", "INTJ", "SPACE"})
_NOT_BEFORE = frozenset({",", ";", ":", "(", ")", '"', "“", "”", "and", "or", "but", "both"})
_ARTICLES = frozenset({"the", "a", "an"})
_DEGREES = frozenset({"RB", "RBR", "RBS", "JJS", "JJR"})


class Describer:
    """Describes nouns on demand, each once."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self._known: dict[int, Draft | None] = {}

    def describe_all(self) -> None:
        """Add every description of the text to the discourse."""
        discourse = self.discourse
        for token in discourse.tokens:
            if token.pos_ in ("NOUN", "PROPN") and token.i not in discourse.at and token.i not in discourse.spent:
                if self._is_inside_description(token):
                    continue
                found = self.describe(token)
                if found is not None:
                    discourse.add(found)

    def party_at(self, token: Token) -> Draft | None:
        """The party that the phrase headed by `token` names: a name, else a description."""
        known = self.discourse.at.get(token.i)
        if known is not None:
            return known if known.start <= token.i < known.end else None
        return self.describe(token)

    def describe(self, noun: Token) -> Draft | None:
        """The party that `noun` describes; null where it is none, or no word says which."""
        if noun.i not in self._known:
            self._known[noun.i] = None  # a phrase that leads back to itself describes nothing
            self._known[noun.i] = self._described(noun)
        return self._known[noun.i]

    def name_groups(self) -> None:
        """Let a named group and the noun set beside it tell each other's state and sector.

        ``Somali militant group al-Noor``, ``Northwatch, a Kenyan rights group``, ``China's Tanxin``.
        """
        for draft in list(self.discourse.drafts):
            if draft.kind != "group":
                continue
            root = self.discourse.tokens[draft.root]
            nouns = [c for c in root.children if c.dep_ == "appos" or (c.dep_ == "compound" and c.i < draft.start)]
            if root.dep_ == "appos":
                nouns.append(root.head)
            for noun in nouns:
                found = self.describe(noun) if noun.i not in self.discourse.at else self.discourse.at[noun.i]
                if found is not None and found.kind == "noun":
                    _tell_each_other(draft, found, self.discourse)
                    one = noun.dep_ != "compound" and not is_plural(noun, self.discourse)
                    if one and noun.i < draft.start and noun.lemma_ in self.discourse.lists.groups:
                        found.take_from(draft)
                        found.shown = (draft.start, draft.end)
            if draft.country is None:
                belong(draft, tuple(o for o in owners_before(root, self.discourse, self.party_at) if o.is_state))

    def _is_inside_description(self, token: Token) -> bool:
        """``police officers``: the compound decides the sector of its head and is no party beside it."""
        if token.dep_ not in ("compound", "nmod") or token.head.i <= token.i:
            return False
        return self.describe(token.head) is not None or token.head.i in self.discourse.at

    def _described(self, noun: Token) -> Draft | None:
        discourse = self.discourse
        entry = noun_of(noun, discourse)
        rank = rank_before(noun, discourse)
        hyphened = noun.i and discourse.words[noun.i - 1] == "-" and rank is None
        if entry is None or noun.i in discourse.spent or hyphened:
            return None
        owners = owners_of(noun, discourse, self.party_at)
        if rank is not None and not owners:
            owners = owners_before(discourse.tokens[rank], discourse, self.party_at)
        if (
            noun.lemma_ in discourse.lists.states
            and is_plural(noun, discourse)
            and not _are_several_states(noun, owners)
        ):
            owners = ()  # ``Arab countries``, ``its member states``: they are not the state or body before them
        around = () if owners or _holds_office(noun, discourse) else owners_around(noun, discourse, self.party_at)
        modifier = _modifier(noun, discourse)
        pronoun = child(noun, "poss") if not owners else None
        pronoun = pronoun if pronoun is not None and pronoun.lower_ in discourse.lists.possessives else None
        if not owners and noun.lemma_ in discourse.lists.colleagues:
            seat = seat_behind(noun.i + 1, discourse)
            owners, pronoun = ((seat,), None) if seat is not None else (owners, pronoun)
        if entry.is_thing and not (owners or pronoun is not None or (around and entry.sector not in ("GOV", "MIL"))):
            return None
        sector = _sector(noun, entry, owners, modifier)
        if sector is None:
            return None
        draft = self._draft(noun, entry, owners, sector)
        draft.inherited = entry.inherits and modifier is None
        draft.is_thing = entry.is_thing
        draft.awaits = pronoun.i if pronoun is not None and noun.lemma_ not in discourse.lists.neighbours else None
        if not owners and pronoun is None:
            owners = _shared_owner(noun, self.party_at)
        belong(draft, owners if owners or pronoun is not None else tuple(o for o in around if o.is_state))
        if entry.sector == "JUD" and any(_is_court_seat(o, noun, discourse) for o in (*owners, *around)):
            draft.country, draft.sector = "IGO", "IGO"
        return draft

    def _draft(self, noun: Token, entry: Noun, owners: Sequence[Draft], sector: str) -> Draft:
        discourse = self.discourse
        rank = rank_before(noun, discourse)
        start, end = _start_of(noun, discourse), noun.i + 1
        if len(owners) > 1 and owners[0].start < start and owners[-1].end <= noun.i:
            start = owners[0].start  # ``French and British embassies``
        behind = [o for o in owners if o.start > noun.i]
        if behind and behind[0].start - noun.i <= 4:
            end = max(end, behind[0].end)
        kind: MentionKind = "role" if entry.is_person and sector in ("GOV", "IGO", "LEG", "JUD") else "noun"
        words = [w.lower() for w in discourse.words[start:end]]
        return Draft(
            start,
            end,
            noun.i,
            kind,
            " ".join(discourse.written(start, end).split()),
            sector=sector,
            role=" ".join(words[: noun.i + 1 - start]) if entry.is_person else None,
            is_person=entry.is_person,
            is_plural=is_plural(noun, discourse),
            is_former=any(w in discourse.lists.former for w in words),
            gender=gender_of([noun.lower_], discourse),
            noun=noun.lemma_.lower() if rank is None else f"{discourse.words[rank].lower()}-general",
        )

    def title(self, head: int, end: int, window: Sequence[int]) -> Draft | None:
        """What the title with its head noun at `head`, in the `window` of words before a name at `end`, says of him."""
        discourse = self.discourse
        entry = noun_of(discourse.tokens[head], discourse)
        if entry is None:
            return None
        before = [i for i in window if i < head]
        owner = _owner_in_title(discourse, head, window)
        known = discourse.lexicon.modifiers
        modifiers = [known[word] for i in before if (word := discourse.words[i].lower()) in known]
        words = [discourse.words[i].lower() for i in before]
        first = head
        while first - 1 in before and first - 1 not in discourse.at and discourse.words[first - 1] != "and":
            first -= 1
        draft = Draft(first, end, head, "role", "", is_person=True)
        draft.sector = _sector(
            discourse.tokens[head], entry, (owner,) if owner else (), modifiers[0] if modifiers else None
        )
        draft.role = " ".join(discourse.written(first, head + 1).split())
        draft.inherited = entry.inherits and not modifiers
        draft.is_former = any(w in discourse.lists.former for w in words)
        draft.gender = gender_of([discourse.words[head].lower()], discourse)
        if owner is not None:
            belong(draft, (owner,))
        return draft


def rank_before(token: Token, discourse: Discourse) -> int | None:
    """Where the noun stands that *general* belongs to: ``**Secretary** General``, ``**Director**-General``."""
    if token.lower_ != "general" or token.i == 0:
        return None
    at = token.i - 2 if discourse.words[token.i - 1] in ("-", "–") else token.i - 1
    noun = discourse.lexicon.nouns.get(discourse.words[max(at, 0)].lower())
    return at if at >= 0 and noun is not None and noun.is_person else None


def noun_of(token: Token, discourse: Discourse) -> Noun | None:
    """The lexicon's noun for a token, by lemma or as written."""
    nouns = discourse.lexicon.nouns
    rank = rank_before(token, discourse)
    if rank is not None:
        word = discourse.words[rank].lower()
        return nouns.get(f"{word}-general") or nouns[word]  # a Director General is no general
    found = nouns.get(token.lower_) or nouns.get(token.lemma_.lower())
    if found is None and token.tag_ in ("NNP", "NNPS") and token.lower_.endswith("s"):
        found = nouns.get(token.lower_[:-1])
    return found


def is_plural(noun: Token, discourse: Discourse) -> bool:
    """Whether the noun names several."""
    return noun.tag_ in ("NNS", "NNPS") or noun.lower_ in discourse.lists.plurals


def _are_several_states(noun: Token, owners: Sequence[Draft]) -> bool:
    """``the governments of Chile and Peru``: as many as are named."""
    return len(owners) > 1 and noun.lemma_ == "government" and all(o.is_state for o in owners)


def _is_court_seat(place: Draft, noun: Token, discourse: Discourse) -> bool:
    """``the Strasbourg judges``, ``a tribunal in The Hague``: towns known for the courts of many states.

    Where the town has others too, only before the noun.
    """
    town = place.name.lower().removeprefix("the ")
    return town in discourse.lists.court_towns or (town in discourse.lists.court_seats and place.start < noun.i)


def _holds_office(noun: Token, discourse: Discourse) -> bool:
    """``presidents met in Munich``: a holder of a state's office is not of the state where he is."""
    entry = discourse.lexicon.nouns.get(noun.lemma_.lower())
    return entry is not None and entry.is_person and entry.sector == "GOV" and not entry.inherits


def _shared_owner(noun: Token, party_at: PartyAt) -> tuple[Draft, ...]:
    """``the Syrian minister and **other officials**``: joined to a described party, of the same state."""
    if noun.dep_ != "conj" or not any(c.lower_ == "other" for c in noun.lefts):
        return ()
    before = party_at(noun.head)
    return (before,) if before is not None and before.country is not None else ()


def _tell_each_other(name: Draft, noun: Draft, discourse: Discourse) -> None:
    name.country, noun.country = name.country or noun.country, noun.country or name.country
    if name.sector is None:
        name.sector = noun.sector
    elif noun.inherited or noun.noun in discourse.lists.plain_groups:
        noun.sector = name.sector


def belong(draft: Draft, owners: Sequence[Draft]) -> None:
    """Give a description the state of its owner; one part for each of several owners."""
    if not owners:
        return
    owners = [part for owner in owners for part in (owner.parts or (owner,))]
    draft.country = owners[0].country
    draft.owner = owners[0]
    if len(owners) > 1 and len({o.country for o in owners}) > 1:
        draft.parts = tuple(_part(draft, owner) for owner in owners)


def _part(draft: Draft, owner: Draft) -> Draft:
    """One of ``the presidents of Argentina and Finland``."""
    noun = draft.noun or draft.name
    name = f"{noun[:1].upper()}{noun[1:]} of {owner.name}" if draft.is_person else f"{draft.name} ({owner.name})"
    part = Draft(draft.start, draft.end, draft.root, draft.kind, name, owner.country, draft.sector, role=noun)
    part.is_person, part.noun = draft.is_person, noun
    return part


def _sector(noun: Token, entry: Noun, owners: Sequence[Draft], modifier: str | None) -> str | None:
    owner = owners[0] if owners else None
    foreign = owner is not None and owner.sector is not None and not owner.is_state and owner.kind in ("group", "noun")
    if entry.is_body:
        if modifier is not None:
            return modifier
        named = noun.pos_ == "PROPN"
        if foreign and owner is not None:
            return owner.sector
        return entry.sector if named or (owner is not None and entry.sector in ("GOV", "MIL")) else None
    if entry.sector == "PTY" and modifier == "OPP":
        return modifier
    if entry.inherits:
        if modifier is not None and not (modifier == "UAF" and entry.sector == "MIL"):
            return modifier
        return owner.sector if foreign and owner is not None else entry.sector
    if foreign and owner is not None and entry.sector in ("GOV", "MIL", "COP") and owner.kind == "group":
        return owner.sector
    return entry.sector


def _modifier(noun: Token, discourse: Discourse) -> str | None:
    """The sector told by the nearest word before the noun that tells one."""
    for c in reversed(list(noun.lefts)):
        named = discourse.at.get(c.i)
        if c.dep_ in ("amod", "compound", "nmod", "poss") and (named is None or named.kind != "group"):
            found = discourse.lexicon.modifiers.get(c.lower_) or discourse.lexicon.modifiers.get(c.lemma_.lower())
            if found is not None:
                return found
            inner = noun_of(c, discourse)
            if inner is not None and not inner.is_body and not inner.inherits and inner.sector not in ("GOV", "CVL"):
                return inner.sector
    return None


def _start_of(noun: Token, discourse: Discourse) -> int:
    """Index of the first word of the phrase before the noun, without an article."""
    doc, i, edge = discourse.doc, noun.i, noun.left_edge.i
    inside = {t.i for t in noun.subtree} if i > edge else set()
    while i > edge:
        token = doc[i - 1]
        if token.lower_ in _NOT_BEFORE or token.pos_ in _NOT_IN_PHRASE or token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        if token.i not in inside:
            break
        i -= 1
    while i < noun.i and (doc[i].lower_ in _ARTICLES or _measures(doc[i], noun)):
        i += 1
    return i


def _measures(word: Token, noun: Token) -> bool:
    """Whether a word only weighs what follows: ``**about** 70 policemen``, ``at **least** 14 people``."""
    after = word.nbor(1)
    counts = after.like_num or (after.i == noun.i and word.tag_ not in ("JJS", "JJR"))
    return word.tag_ in _DEGREES and counts


def _owner_in_title(discourse: Discourse, head: int, window: Sequence[int]) -> Draft | None:
    """Whose title it is: ``**Kremlin** spokesman``, ``President **of Argentina**``, ``**US** envoy to Libya``.

    A name right before the title goes before one behind *of*; of two, the organisation goes before the state that is
    its topic (``UN Syria envoy``).
    """
    before: list[Draft] = []
    behind: list[Draft] = []
    for i in sorted(window, key=lambda i: (i < head, abs(i - head))):
        draft = discourse.at.get(i)
        if draft is None or draft in before or draft in behind or is_stance(draft, discourse):
            continue
        link = discourse.words[draft.start - 1].lower() if draft.start else ""
        if link == "the" and draft.start > 1:
            link = discourse.words[draft.start - 2].lower()
        if link in discourse.lists.of_links:
            if link != "to":
                behind.append(draft)
        elif i < head:
            before.append(draft)
    if len(before) > 1 and before[0].form == "name" and before[0].is_state and before[1].kind == "group":
        return before[1]
    return before[0] if before else (behind[0] if behind else None)
