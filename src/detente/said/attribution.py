"""A cue with what it attributes, as token indices: what every reading of a cue gives."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue and the token indices of its content.

    `speaker` is set only where the frame itself names it; `voiced` is false where nobody is named and none is to be
    looked for.
    """

    cue: Token
    cue_words: tuple[int, ...]
    frame: str
    content: tuple[int, ...]
    addressee: Token | None = None
    speaker: Token | None = None
    voiced: bool = True


def subtree(head: Token, without: tuple[Token, ...] = ()) -> list[int]:
    """Token indices of the subtree of `head`, less the subtrees of `without`."""
    cut = {t.i for w in without for t in w.subtree}
    return [t.i for t in head.subtree if t.i not in cut]


def that_marks(clause: Token) -> tuple[Token, ...]:
    """The *that* that opens a clause: no part of what is said."""
    return tuple(m for m in clause.children if m.dep_ == "mark" and m.lower_ == "that")
