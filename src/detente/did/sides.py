"""Sides: who acts and who is acted upon, read off the syntax around a trigger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.did.arguments import Argument, beneficiary_of, doer_of, outer_phrases, subject_of, undergoer_of
from detente.did.frames import SideLexicon, load_sides
from detente.did.members import Member, members_of, mention_at, unique
from detente.language.syntax import child, conjuncts, direct_object, is_passive, is_verbal, phrases
from detente.record import Party
from detente.who import Cast


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the sides of one trigger stand.

    `actor` and `recipients` name places: ``subject``, ``object``, ``indirect``, ``complement``, ``speaker`` or a
    preposition; empty leaves the choice to the type. `light` is the index of the verb that carries a nominal trigger.
    """

    actor: str = ""
    recipients: tuple[str, ...] = ()
    reciprocal: bool = False
    light: int | None = None


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of an act and the path that led to each side."""

    actors: tuple[Member, ...] = ()
    recipients: tuple[Member, ...] = ()


@dataclass(slots=True)
class _Act:
    """One trigger while its sides are looked for."""

    root: Token
    type: str
    mode: str | None
    frame: Frame
    cast: Cast
    lexicon: SideLexicon = field(default_factory=load_sides)

    @property
    def verbal(self) -> bool:
        return is_verbal(self.root) and self.root.dep_ not in ("amod", "compound")

    @property
    def light(self) -> Token | None:
        return None if self.frame.light is None else self.root.doc[self.frame.light]

    def members(self, argument: Argument | None) -> tuple[Member, ...]:
        """The parties an argument stands for, with the path that led to it."""
        if argument is None:
            return ()
        return tuple(
            Member(m.party, m.start, argument.path if m.path == "named" else f"{argument.path}, {m.path}")
            for m in members_of(argument.token, self.cast)
        )


def sides_of(root: Token, event_type: str, mode: str | None, frame: Frame, cast: Cast) -> Sides:
    """The sides of the act that `root` names, of type `event_type`, by its frame and its sentence."""
    act = _Act(root, event_type, mode, frame, cast)
    actors, recipients = _of_verb(act) if act.verbal else _of_noun(act)
    if act.frame.reciprocal or (event_type in act.lexicon.reciprocal and mode not in ("visit", "third-party")):
        return Sides(unique((*actors, *recipients)), ())
    return Sides(unique(actors), _others(recipients, actors))


def _others(recipients: Iterable[Member], actors: Iterable[Member]) -> tuple[Member, ...]:
    """Recipients without the actors' own mentions: nobody acts upon himself by one word."""
    own = {(m.party.span, m.party.country) for m in actors}
    return unique(m for m in recipients if (m.party.span, m.party.country) not in own)


# -- verbs -------------------------------------------------------------------------------------------------------


def _of_verb(act: _Act) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    actors = act.members(doer_of(act.root))
    places = (*act.frame.recipients, *act.lexicon.recipients[act.type].verb)
    recipients = _first(act, places, actors)
    if act.type == "ASSAULT":
        recipients = (*recipients, *_victims_of_verb(act, recipients))
    if act.type == "ASSAULT" and not actors:
        actors = _means(act)
    return actors, recipients


def _means(act: _Act) -> tuple[Member, ...]:
    """Who stands behind the means: ``killed in a Russian missile attack``, ``by a rocket fired by``."""
    subject = doer_of(act.root)
    tokens = [subject.token] if subject is not None else []
    tokens += [obj for name, obj in phrases(act.root) if name in ("in", "by", "with", "when", "during")]
    for token in tokens:
        fired = next((c for c in token.children if c.dep_ in ("acl", "relcl") and is_verbal(c)), None)
        found = act.members(doer_of(fired)) if fired is not None and is_passive(fired) else ()
        found = found or act.members(_named_before(act, token))
        if found and mention_at(token, act.cast) is None:
            return found
    return ()


def _first(act: _Act, places: Iterable[str], actors: tuple[Member, ...]) -> tuple[Member, ...]:
    """The parties of the first place that names any but the actors."""
    for place in places:
        found = _others(_at(act, place), actors)
        if found and not _is_own(found, actors, place):
            return found
    return ()


def _is_own(found: tuple[Member, ...], actors: tuple[Member, ...], place: str) -> bool:
    """``recalled its ambassador``: an object that is the actor's own is no other side."""
    if place != "object" or not actors:
        return False
    names = {m.party.name for m in actors}
    countries = {m.party.country for m in actors if m.party.country}
    return all(m.party.name in names or ("behind" in m.path and m.party.country in countries) for m in found)


def _at(act: _Act, place: str) -> tuple[Member, ...]:
    if place == "object":
        return act.members(undergoer_of(act.root))
    if place == "indirect":
        return act.members(beneficiary_of(act.root))
    if place == "complement":
        return act.members(_asked(act.root))
    found: list[Member] = []
    for name, obj in outer_phrases(act.root):
        if name == place or name.endswith(f" {place}"):
            found.extend(act.members(Argument(obj, f"{name}-phrase")))
    return tuple(found)


def _asked(root: Token) -> Argument | None:
    """The subject of what is asked for: ``demanding that **Britain** return``, ``calls for **the UN** to act``."""
    for c in root.children:
        if c.dep_ in ("ccomp", "xcomp", "acl", "advcl"):
            subject = child(c, "nsubj", "nsubjpass")
            if subject is not None:
                return Argument(subject, "subject of what is asked")
    for name, obj in phrases(root):
        if name == "for" and not is_verbal(obj):
            return Argument(obj, "for-phrase")
        if name == "for":
            subject = child(obj, "nsubj")
            return Argument(subject, "subject of what is asked") if subject is not None else None
    return None


def _victims_of_verb(act: _Act, known: tuple[Member, ...]) -> tuple[Member, ...]:
    """Victims told by a following participle: ``bombed the town, killing two soldiers``."""
    found: list[Member] = []
    for c in act.root.children:
        if c.dep_ == "advcl" and c.tag_ == "VBG" and c.lemma_ in act.lexicon.harms:
            found.extend(act.members(undergoer_of(c)))
    return tuple(found)


# -- nouns -------------------------------------------------------------------------------------------------------


def _of_noun(act: _Act) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    root, lexicon = act.root, act.lexicon
    between = [
        m for name, obj in phrases(root) if name in ("between", "among") for m in act.members(Argument(obj, name))
    ]
    if len(between) > 1:
        return tuple(between), ()
    by = _phrase(act, root, "by")
    holder = act.members(_possessive(root))
    before = act.members(_named_before(act, root))
    carried = _carried(act)
    suffered = _suffered(act)
    actors = by or carried or holder or before or _phrase(act, root, "from")
    of_taken = False
    if not actors and (
        act.frame.reciprocal or act.type in ("CONSULT", "AGREE", "PROTEST", "REQUEST", "THREATEN", "RETREAT")
    ):
        actors = _phrase(act, root, "of")
        of_taken = bool(actors)
    places = [p for p in (*act.frame.recipients, *lexicon.recipients[act.type].noun) if not (of_taken and p == "of")]
    recipients = suffered or _noun_recipients(act, places, actors)
    if root.lemma_.lower() in lexicon.undergone and not recipients and (holder or before) and not by and not carried:
        return (), holder or before
    if not recipients:
        recipients = _others((*before, *holder), actors)
        if recipients and {m.party.country for m in recipients} <= {m.party.country for m in actors}:
            recipients = ()
    if act.type == "ASSAULT":
        recipients = (*recipients, *_victims_of_noun(act))
    return actors, recipients


def _noun_recipients(act: _Act, places: Iterable[str], actors: tuple[Member, ...]) -> tuple[Member, ...]:
    """The first phrase of the noun, or of the verb that carries it, that names another party."""
    carrier = act.light or _carrier(act.root)
    for place in places:
        if place == "complement":
            found = _others(act.members(_asked(act.root)), actors)
        else:
            found = _others(_phrase(act, act.root, place), actors)
            if not found and carrier is not None and place not in ("of", "in"):
                found = _others(_phrase(act, carrier, place), actors)
        if found:
            return found
    if carrier is not None and act.type in ("AID", "REQUEST", "SUPPORT", "CONCEDE"):
        return _others(act.members(beneficiary_of(carrier)), actors)
    return ()


def _phrase(act: _Act, token: Token, place: str) -> tuple[Member, ...]:
    found: list[Member] = []
    for name, obj in phrases(token):
        if (name == place or name.endswith(f" {place}")) and not is_verbal(obj):
            found.extend(act.members(Argument(obj, f"{name}-phrase")))
    return tuple(found)


def _possessive(root: Token) -> Argument | None:
    found = child(root, "poss")
    return Argument(found, "possessive") if found is not None else None


def _named_before(act: _Act, root: Token) -> Argument | None:
    """A party's name or adjective before the noun: ``US sanctions``, ``Iranian strikes``."""
    for c in root.children:
        if c.dep_ in ("compound", "amod", "nmod", "npadvmod") and c.i < root.i:
            if mention_at(c, act.cast) is not None or act.cast.covering(c) is not None:
                return Argument(c, "name before the noun")
            if c.dep_ in ("compound", "amod"):
                inner = _named_before(act, c)
                if inner is not None:
                    return inner
    return None


def _carrier(root: Token) -> Token | None:
    """The verb that has the act as its object or means."""
    token = root
    for _ in range(6):
        if token.dep_ == "conj" and not is_verbal(token.head):
            token = token.head
        elif token.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and is_verbal(token.head):
            return token.head
        elif (
            token.dep_ == "pobj"
            and token.head.dep_ == "prep"
            and token.head.lower_ in ("with", "in", "to", "on", "through", "for")
        ):
            outer = token.head.head
            return outer if is_verbal(outer) and token.head.lower_ in ("with", "in", "through", "to", "on") else None
        elif token.dep_ in ("compound",):
            token = token.head
        else:
            return None
    return None


def _carried(act: _Act) -> tuple[Member, ...]:
    """The subject of the verb that carries the act, or who is tied to it: *responsibility for*, *accused of*."""
    light = act.light
    if light is not None:
        return act.members(doer_of(light))
    carrier = _carrier(act.root)
    if carrier is not None:
        if carrier.lemma_ in act.lexicon.carriers:
            return act.members(doer_of(carrier))
        return _blamed(act, act.root, carrier)
    return _through_noun(act)


def _through_noun(act: _Act) -> tuple[Member, ...]:
    """``responsibility for the attack``, ``a round of talks``, ``blamed Iran for the strike``."""
    token = act.root
    if token.dep_ != "pobj" or token.head.dep_ not in ("prep", "agent"):
        return ()
    outer = token.head.head
    if is_verbal(outer):
        return _blamed(act, token, outer)
    if outer.lemma_.lower() in act.lexicon.roles:
        inner = _Act(outer, act.type, act.mode, Frame(), act.cast)
        return inner.members(_possessive(outer)) or _carried(inner) or inner.members(_named_before(inner, outer))
    return ()


def _blamed(act: _Act, token: Token, verb: Token) -> tuple[Member, ...]:
    if verb.lemma_ not in act.lexicon.blamers or token.dep_ != "pobj":
        return ()
    return act.members(undergoer_of(verb))


def _suffered(act: _Act) -> tuple[Member, ...]:
    """``faces sanctions``: the subject is on the receiving side."""
    carrier = _carrier(act.root)
    if carrier is None or act.root.dep_ != "dobj" or carrier.lemma_ not in act.lexicon.sufferers or is_passive(carrier):
        return ()
    return act.members(subject_of(carrier))


def _victims_of_noun(act: _Act) -> tuple[Member, ...]:
    """``an air strike hit a bus``, ``an attack which killed two``, ``killed in the attack``."""
    found: list[Member] = []
    for verb in _harming(act.root):
        if verb.lemma_ in act.lexicon.harms:
            found.extend(act.members(undergoer_of(verb)))
    return tuple(found)


def _harming(root: Token) -> Iterator[Token]:
    if root.dep_ == "nsubj" and is_verbal(root.head):
        yield from (t for t in conjuncts(root.head) if is_verbal(t))
    for c in root.children:
        if c.dep_ in ("relcl", "acl") and is_verbal(c) and not is_passive(c):
            yield c
    if root.dep_ == "pobj" and root.head.lower_ in ("in", "by", "during", "with") and is_verbal(root.head.head):
        yield root.head.head
    if root.dep_ == "dobj" and is_verbal(root.head):
        yield from (c for c in root.head.children if c.dep_ == "advcl" and c.tag_ == "VBG")


def object_party(verb: Token, cast: Cast) -> tuple[Party, ...]:
    """The parties of the direct object of `verb`."""
    found = direct_object(verb)
    return tuple(m.party for m in members_of(found, cast)) if found is not None else ()
