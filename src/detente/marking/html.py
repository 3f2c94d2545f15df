"""HTML that stands alone, as a notebook shows it: evidence marked in its text, no style sheet, no script.

Each status has a colour and a kind of line, as in the workbench. All that comes from reports is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from detente.marking.pieces import Mark, Piece, pieces_of

if TYPE_CHECKING:
    from detente.record import Event, Record

LINES = {
    "happened": "background:#cfe8d799;border-bottom:2px solid #1d6040",
    "planned": "background:#fbe6b499;border-bottom:2px dashed #7a5200",
    "possible": "background:#e6dff199;border-bottom:2px dotted #5c4586",
    "denied": "background:#f6d0ca99;border-bottom:3px double #9b2c1b",
    "said": "background:#dbe7f899",
    "content": "border-bottom:1px dotted #1f4b8a",
    "odd": "outline:1px dotted #58606f",
    "trigger": "font-weight:bold",
}
"""How each kind of mark looks; the first of a piece's kinds gives the ground."""

SOFT = "color:#808894;font-size:85%"
FRAME = "font-family:Georgia,serif;line-height:1.6;max-width:46em"


def record_html(record: Record) -> str:
    """The text of a record with the evidence of its events and statements marked, and what was odd about it."""
    pieces = pieces_of(record.text, _marks_of(record))
    told = record.report_date
    head = " · ".join(filter(None, (record.publisher, told.date, None if told.certain else "not certain")))
    checks = "".join(f'<li style="{SOFT}">{escape(check.message)}</li>' for check in record.checks)
    body = "".join(f"<p>{''.join(map(_piece, paragraph))}</p>" for paragraph in pieces)
    counted = f"{len(record.events)} events, {len(record.statements)} statements"
    title = f"<b>{escape(record.title)}</b><br>" if record.title else ""
    return (
        f'<div style="{FRAME}">{title}<span style="{SOFT}">{escape(head)} · {counted}</span>'
        f"{f'<ul>{checks}</ul>' if checks else ''}{body}{_legend()}</div>"
    )


def act_html(
    line: str, status: str, words: str, trigger: tuple[int, int], foot: Sequence[str | None], lead: str = ""
) -> str:
    """An act: who did what to whom in words, its evidence with the trigger set off, and where that stands.

    `trigger` is where the trigger stands in `words`; `lead` comes before the line.
    """
    marks = (Mark(0, len(words), status), Mark(*trigger, "trigger"))
    evidence = " ".join("".join(map(_piece, paragraph)) for paragraph in pieces_of(words, marks))
    below = " · ".join(escape(part) for part in foot if part)
    return (
        f'<div style="{FRAME};margin:.4em 0">{escape(lead)}<b>{escape(line)}</b> <span style="{SOFT}">{status}</span>'
        f'<br>{evidence}<br><span style="{SOFT}">{below}</span></div>'
    )


def quote_html(speaker: str, content: Sequence[str], foot: Sequence[str | None]) -> str:
    """A statement: who says it, the words, and where they stand."""
    words = " … ".join(map(escape, content))
    below = " · ".join(escape(part) for part in foot if part)
    return (
        f'<div style="{FRAME};margin:.4em 0"><b>{escape(speaker)}</b><br><span style="{LINES["said"]}">“{words}”</span>'
        f'<br><span style="{SOFT}">{below}</span></div>'
    )


def _marks_of(record: Record) -> Iterator[Mark]:
    for event in record.events:
        yield Mark(*event.evidence, event.status, _about(event))
        yield Mark(*event.trigger, "trigger", _about(event))
    for statement in record.statements:
        yield from (Mark(*span, "content") for span in statement.content)
        source = statement.source.span if statement.source else None
        yield from (Mark(*span, "said") for span in (source, statement.cue) if span)
    for check in record.checks:
        yield from (Mark(*span, "odd") for span in check.spans)


def _about(event: Event) -> str:
    sides = " → ".join(", ".join(party.name for party in side) or "?" for side in (event.actors, event.recipients))
    return f"{event.id} {event.type} {event.status}: {sides}"


def _piece(piece: Piece) -> str:
    words = escape(piece.words)
    if not piece.kinds:
        return words
    grounds = [kind for kind in piece.kinds if kind not in ("trigger", "content", "odd")][:1]
    style = ";".join(LINES[kind] for kind in dict.fromkeys((*grounds, *piece.kinds[:1], *_bold(piece))))
    about = escape(" | ".join(piece.of))
    return f'<span style="{style}"{f" title={chr(34)}{about}{chr(34)}" if about else ""}>{words}</span>'


def _bold(piece: Piece) -> tuple[str, ...]:
    return ("trigger",) if "trigger" in piece.kinds else ()


def _legend() -> str:
    shown = ("happened", "planned", "possible", "denied", "said")
    return f'<p style="{SOFT}">' + " ".join(f'<span style="{LINES[kind]}">{kind}</span>' for kind in shown) + "</p>"
