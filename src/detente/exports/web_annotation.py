"""W3C Web Annotation: each event and statement as an annotation of its report, found by position and by quotation.

Positions are code points of the text as detente has it; the quotation, with what stands around it, finds the words on
the page itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from detente import __version__
from detente.archive import Archive
from detente.archive.answers import EventRow, StatementRow
from detente.exports.each_report import ReadReport, address_of, each_report, told_in_a_line

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and after a quotation that tell it from others like it; what annotation clients use."""


def write_annotations(archive: Archive, out: IO[bytes]) -> None:
    """Write one collection of one page, an annotation a line."""
    head = {"@context": CONTEXT, "id": "urn:detente:annotations", "type": "AnnotationCollection"}
    opening = json.dumps({**head, "label": "Events and statements of an archive"})[:-1]
    out.write(f'{opening}, "first": {{"type": "AnnotationPage", "startIndex": 0, "items": ['.encode())
    total = 0
    for read in each_report(archive):
        for annotation in annotations_of(read):
            out.write((",\n" if total else "\n").encode() + json.dumps(annotation, ensure_ascii=False).encode())
            total += 1
    out.write(f'\n]}}, "total": {total}}}\n'.encode())


def annotations_of(read: ReadReport) -> Iterator[dict[str, Any]]:
    """The annotations of one report: its events, then its statements."""
    for event in read.events:
        yield _event(event, read)
    for statement in read.statements:
        yield _statement(statement, read)


def _event(event: EventRow, read: ReadReport) -> dict[str, Any]:
    told = "; ".join(filter(None, (told_in_a_line(event), event.status, event.date, event.place)))
    body = [
        _words("classifying", event.type),
        _words("tagging", event.status),
        _words("describing", f"“{event.trigger}”: {told}"),
    ]
    return _annotation(event.id, "classifying", body, [_target(read, event.evidence_start, event.evidence_end)])


def _statement(statement: StatementRow, read: ReadReport) -> dict[str, Any]:
    speaker = statement.speaker.name if statement.speaker else "someone unnamed"
    body = [_words("identifying", speaker), _words("tagging", f"{statement.kind} speech")]
    return _annotation(statement.id, "identifying", body, [_target(read, *span) for span in statement.spans])


def _annotation(id_: str, motivation: str, body: list[Any], targets: list[Any]) -> dict[str, Any]:
    return {
        "id": f"urn:detente:{id_}",
        "type": "Annotation",
        "motivation": motivation,
        "generator": {"type": "Software", "name": f"detente {__version__}"},
        "body": body,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _words(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "language": "en", "value": value}


def _target(read: ReadReport, start: int, end: int) -> dict[str, Any]:
    text = read.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": address_of(read.report), "selector": [position, quote]}
