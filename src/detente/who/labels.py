"""Transcripts: the house that briefs, told above the first speaker's label, and the speakers it lends its state."""

from __future__ import annotations

from detente.codebook.cues import load_cues
from detente.language.labels import Label, speaker_labels
from detente.who.discourse import Discourse, Draft

_HEADING = 400
"""Characters within which a heading ends; what stands further above a label is text."""


def house_of(discourse: Discourse) -> Draft | None:
    """The institution or office holder named above the first label of a transcript; null where there is none."""
    labels = _labels(discourse)
    if len(labels) < 2 or labels[0].outer.start > _HEADING:
        return None
    first = labels[0].span.start
    heading = [d for d in discourse.drafts if discourse.tokens[d.start].idx < first and _briefs(d, discourse)]
    house = min(heading, key=lambda d: d.start, default=None)
    told = {part.country for d in heading for part in (d.parts or (d,)) if part.country is not None}
    if house is None or len(told) > 1:
        return None
    return house if house.country is not None else None


def _labels(discourse: Discourse) -> list[Label]:
    return [label for label in speaker_labels(discourse.text) if label.kind == "capitals"]


def _briefs(draft: Draft, discourse: Discourse) -> bool:
    return not draft.is_state and draft.sector in discourse.lists.domestic


def speak_for(house: Draft, discourse: Discourse) -> None:
    """Give the speakers named by labels the state and sector of the `house`, where nothing else tells theirs."""
    number = {token.idx: token.i for token in discourse.tokens}
    lists, askers = discourse.lists, load_cues().askers
    for label in _labels(discourse):
        words = label.span.of(discourse.text).partition(" (")[0].rstrip()
        *titles, name = words.replace(",", " ").split()
        if name.lower().strip(".") in askers or not {t.lower() for t in titles} <= lists.courtesy:
            continue  # whoever has a title of his own may be a guest
        last = number.get(label.span.start + len(words) - len(name))
        if last is None:
            continue
        draft = discourse.at.get(last)
        if draft is None and titles:  # without a title it may be any heading: ``SUMMARY:``
            draft = discourse.add(Draft(last, last + 1, last, "person", name.title(), is_person=True))
        if draft is None:
            continue
        for known in (draft, draft.first):
            if known.country is None and known.kind == "person":
                known.country, known.sector = house.country, known.sector or house.sector
