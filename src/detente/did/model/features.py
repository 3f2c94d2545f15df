"""What the learned proposer is told beside the words: the parse, the lexicon, and what the rules say.

Every feature is a short string; the vocabulary of a trained model gives each a vector.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice

from spacy.tokens import Doc, Token

from detente.codebook.senses import load_triggers
from detente.did.candidate import Candidate
from detente.did.model.scene import Bearer, Entity, Scene
from detente.did.rules.arguments import Arguments
from detente.knowledge import BEYOND_STATES
from detente.knowledge.name_origins import likeness
from detente.language.syntax import MAX_CHAIN, chain, is_passive, is_verbal, marker
from detente.record import Span
from detente.said import statement_holding
from detente.when import Told
from detente.where import PlaceMention
from detente.who import Mention

OPEN = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "ADV", "AUX", "ADP", "X", "NUM", "INTJ"})
"""Parts of speech whose words may name an act."""

_STEPS, _ABOVE = 5, 4

_MARGINS = (0.25, 0.6, 1.0, 1.6, 2.5, 4.0)
"""Between which differences in likeness of a name to those of two states are told apart."""


@lru_cache(maxsize=50_000)
def _senses(lemma: str, form: str) -> tuple[str, ...]:
    lexicon = load_triggers()
    found = {f"v:{s.type}" for s in lexicon.verbs.get(lemma, ())}
    found |= {f"n:{s.type}" for s in (*lexicon.nouns.get(form, ()), *lexicon.nouns.get(lemma, ()))}
    found |= {f"a:{s.type}" for s in lexicon.adjectives.get(form, ())}
    return tuple(sorted(found))


def word_features(scene: Scene, token: Token) -> list[str]:
    """What is known of a word that may name an act."""
    found = [f"pos={token.pos_}", f"tag={token.tag_}", f"dep={token.dep_}", f"up={token.head.pos_}"]
    found += [f"lex={s}" for s in _senses(token.lemma_.lower(), token.lower_)]
    rule = scene.rules.get(token.i)
    if rule is not None:
        found += [f"rule={rule.type}", f"rules={rule.type},{rule.status}"]
        found.append(f"sided={bool(rule.actors)},{bool(rule.recipients)}")
    else:
        above = _rule_above(scene, token.i)
        if above is not None:
            found.append(f"under={above.type}")
    mention = scene.cast.covering(token)
    if mention is not None:
        found.append(f"mention={mention.kind}{'' if mention.root != token.i else ',root'}")
    if token.ent_type_:
        found.append(f"ent={token.ent_type_}")
    return found


def _rule_above(scene: Scene, i: int) -> Candidate | None:
    """The act that the rules find at the nearest of the words above word `i`."""
    for _ in range(_ABOVE):
        head = scene.heads[i]
        if head == i:
            return None
        i = head
        if i in scene.rules:
            return scene.rules[i]
    return None


def act_features(scene: Scene, token: Token, event_type: str) -> list[str]:
    """What is known of an act of `event_type` told by `token`: how it is embedded, and its status by the rules."""
    status, effects = scene.rule_status(token, event_type)
    found = [f"st={status}", f"tag={token.tag_}", f"dep={token.dep_}"]
    found += [f"eff={effect}" for effect in effects[:3]]
    found += _clause_features(token)
    found += [f"det={c.lower_}" for c in token.children if c.dep_ == "det"]
    statement = statement_holding(Span(token.idx, token.idx + len(token)), scene.statements)
    if statement is not None:
        found.append(f"said={statement.kind}")
    rule = scene.rules.get(token.i)
    if rule is not None and rule.type == event_type:
        found.append(f"mode={rule.mode}")
    lexicon = load_triggers()
    part = lexicon.verbs if is_verbal(token) else lexicon.nouns
    return found + sorted({f"lexmode={s.mode}" for s in part.get(token.lemma_.lower(), ()) if s.type == event_type})


def _clause_features(token: Token) -> Iterator[str]:
    """The verb that `token` is or hangs on, its tense, and what governs it."""
    verb = next((t for t in chain(token) if is_verbal(t) or t.head.i == t.i), token)
    yield from (f"aux={c.lower_}" for c in verb.children if c.dep_ in ("aux", "auxpass"))
    yield from ("neg" for c in verb.children if c.dep_ == "neg")
    if (word := marker(verb)) != "":
        yield f"mark={word}"
    if verb.i != token.i:
        yield f"light={verb.lemma_.lower()}"
    if verb.head.i != verb.i:
        yield from (f"gov={verb.head.lemma_.lower()}", f"vdep={verb.dep_}")
    yield f"vtag={verb.tag_}"
    if is_passive(verb):
        yield "passive"


def path_between(scene: Scene, start: int, end: int) -> str:
    """The way through the parse from word `start` up and down to word `end`, prepositions by their word.

    ``far`` where it is long, ``apart`` where no way was found.
    """
    path = scene.paths.get((start, end))
    if path is None:
        path = scene.paths[start, end] = "same" if start == end else _path(scene, start, end)
    return path


def _path(scene: Scene, start: int, end: int) -> str:
    heads, labels = scene.heads, scene.labels
    ups = _up(heads, start)
    down: list[int] = []
    i = end
    for _ in range(MAX_CHAIN):
        if i in ups:
            break
        down.append(i)
        if heads[i] == i:
            return "apart"
        i = heads[i]
    height = ups.get(i)
    if height is None:
        return "apart"
    if height + len(down) > _STEPS:
        return "far"
    steps = [f"<{labels[k]}" for k in islice(ups, height)]
    steps += [_step_down(scene.doc, k, labels[k]) for k in reversed(down)]
    return "".join(steps)


def _up(heads: Sequence[int], i: int) -> dict[int, int]:
    """The words from `i` up to the root of its sentence, and how far up each is."""
    ups = {i: 0}
    for height in range(1, MAX_CHAIN + 1):
        if heads[i] == i:
            break
        i = heads[i]
        ups[i] = height
    return ups


def _step_down(doc: Doc, i: int, label: str) -> str:
    return f">{label}:{doc[i].lower_}" if label in ("prep", "agent") else f">{label}"


def _bucket(n: int) -> str:
    size = abs(n)
    step = size if size < 4 else 4 if size < 6 else 6 if size < 10 else 10 if size < 20 else 20 if size < 40 else 40
    return f"{'-' if n < 0 else ''}{step}"


def side_features(
    scene: Scene, token: Token, event_type: str, candidate: Entity, mention: Mention, sides: Arguments
) -> list[str]:
    """What speaks for and against `mention` as a side of the act at `token`; `sides` are the rules' own."""
    doc = scene.doc
    root = doc[mention.root]
    path = path_between(scene, token.i, root.i)
    party = mention.parties[0]
    group = "V" if is_verbal(token) else "N"
    passive = "p" if group == "V" and is_passive(token) else ""
    same = scene.sentence_of[root.i] - scene.sentence_of[token.i]
    rule = _rule_side(mention, sides)
    country = "none" if party.country is None else party.country if party.country in BEYOND_STATES else "state"
    found = [
        f"path={group}{passive}{path}",
        f"tpath={event_type},{group}{passive}{path}",
        f"dist={_bucket(root.i - token.i)}",
        f"sent={max(-5, same)}",
        f"kind={mention.kind}",
        f"sec={party.sector}",
        f"tsec={event_type},{party.sector}",
        f"ctry={country},{mention.kind}",
        f"mdep={root.dep_},{root.head.pos_}",
        f"rule={rule}",
        f"trule={event_type},{rule}",
        f"n={min(5, scene.weight_of(mention.entity))}",
    ]
    prep = root.head if root.dep_ == "pobj" else root.head.head if root.dep_ in ("amod", "compound", "poss") else None
    if prep is not None and prep.dep_ in ("prep", "agent"):
        found.append(f"prep={prep.lower_}")
    if root.dep_ in ("amod", "compound", "poss", "nmod"):
        found.append(f"of={root.head.lemma_.lower()}")
    if same == 0:
        low, high = sorted((root.i, token.i))
        between = sum(1 for m in scene.cast.within(low + 1, high) if m.entity != mention.entity)
        found.append(f"between={min(between, 4)},{'L' if root.i < token.i else 'R'}")
    if candidate.is_speaker:
        found += ["speaker", f"tspeaker={event_type},{group}"]
    if mention.entity < 0:
        found += ["unnamed", f"noun={root.lemma_.lower()}", f"tun={event_type},{group}{passive}{path}"]
    elif mention.kind == "noun":
        found.append(f"noun={root.lemma_.lower()}")
    if mention.kind == "pronoun":
        found.append(f"pro={party.text.lower()[:8]}")
    if party.country is not None:
        found.append(f"state={_sides_of(party.country, sides)}")
    if len(mention.parties) > 1:
        found.append("several")
    return found


def _sides_of(country: str, sides: Arguments) -> str:
    """The letters of the sides on which a country is by the rules."""
    return "".join(s for s, ms in (("A", sides.actors), ("R", sides.recipients)) if _of_state(country, ms))


def _of_state(country: str, members: Sequence[object]) -> bool:
    return any(m.party.country == country for m in members)  # type: ignore[attr-defined]


def _rule_side(mention: Mention, sides: Arguments) -> str:
    spans = {p.span for p in mention.parties}
    for name, members in (("A", sides.actors), ("R", sides.recipients)):
        for member in members:
            if member.party.span in spans:
                return name
            if member.start == mention.start:
                return name
    return "-"


def time_features(scene: Scene, token: Token, told: Told, form: str, rule: str | None) -> list[str]:
    """What speaks for a time as that of the act at `token`; `rule` is the date that the rules give it."""
    path = path_between(scene, token.i, told.root.i)
    time = told.time
    same = scene.sentence_of[told.root.i] - scene.sentence_of[token.i]
    return [
        f"path={path}",
        f"dist={_bucket(told.root.i - token.i)}",
        f"sent={max(-6, min(3, same))}",
        f"near={_order(scene, token, told)}",
        f"type={time.type}",
        f"gran={time.granularity}",
        f"anchor={time.anchor}",
        f"rule={form == rule}",
        f"mdep={told.root.dep_},{told.root.head.pos_}",
        f"head={told.root.head.lemma_.lower()}",
        f"rel={date_relation(form, scene.day)}",
    ]


def _order(scene: Scene, token: Token, told: Told) -> int:
    """How many times are told between an act and a time; negative where the time comes first."""
    low, high = sorted((token.i, told.root.i))
    between = sum(1 for other in scene.told if low < other.root.i < high)
    return min(between, 4) if told.root.i > token.i else -1 - min(between, 6)


def date_relation(form: str | None, day: date | None) -> str:
    """Where a date lies by the report's day."""
    if form is None or day is None:
        return "none"
    first, _, last = form.partition("/")
    today = day.isoformat()
    if (last or first) < today[: len(last or first)]:
        return "past"
    if first > today[: len(first)]:
        return "future"
    return "now"


def owner_features(
    scene: Scene, token: Token, mention: Mention, other: Bearer, country: str, rank: int, sides: Arguments
) -> list[str]:
    """What speaks for the country of `other` as that of `mention`, whose country the knowledge cannot tell.

    `rank` is the country's place in the order of how often each is named in the report.
    """
    doc = scene.doc
    root, far = doc[mention.root], doc[other.root]
    first = scene.first_of(mention)
    party = mention.parties[0]
    kind = "place" if isinstance(other, PlaceMention) else other.kind
    theirs = _sides_of(country, sides)
    noun = root.lemma_.lower()
    found = [
        f"path={path_between(scene, root.i, far.i)}",
        f"tpath={path_between(scene, token.i, far.i)}",
        f"dist={_bucket(far.i - root.i)}",
        f"sent={_near(scene, root, far)}",
        f"okind={kind},{mention.kind}",
        f"sec={party.sector},{kind}",
        f"mdep={root.dep_}",
        f"odep={far.dep_}",
        f"noun={noun}",
        f"rule={theirs}",
        f"nrule={noun},{theirs}",
        f"rank={min(rank, 5)}",
        f"krank={mention.kind},{min(rank, 5)}",
    ]
    if first is not mention:
        start = doc[first.root]
        found += [f"fpath={path_between(scene, start.i, far.i)}", f"fdist={_bucket(far.i - start.i)}"]
    if not isinstance(other, PlaceMention):
        found.append(f"osec={other.parties[0].sector}")
    if far.dep_ == "pobj":
        found.append(f"prep={far.head.lower_}")
    if other.root < 15:
        found.append("opens")
    return found


def origin_features(name: str | None, countries: Sequence[str]) -> dict[str, str]:
    """For each of some countries, how like its names the letters of a person's `name` are; empty without a name."""
    if name is None or " " not in name:
        return {}
    known = tuple(sorted({country for country in countries if country not in BEYOND_STATES}))
    ranked = sorted(zip(known, likeness(name, known), strict=True), key=lambda item: (-item[1], item[0]))
    if len(ranked) < 2:
        return {}
    best, second = ranked[0][1], ranked[1][1]
    found = {country: f"origin=-{bisect_right(_MARGINS, best - value)}" for country, value in ranked[1:]}
    found[ranked[0][0]] = f"origin=+{bisect_right(_MARGINS, best - second)}"
    return found


def _near(scene: Scene, here: Token, there: Token) -> int:
    return max(-5, min(2, scene.sentence_of[there.i] - scene.sentence_of[here.i]))
