"""Flat CSV of the statements of an archive: who said what, with the words; data/statements.yaml says what."""

from __future__ import annotations

from detente.archive.answers import StatementRow
from detente.exports.flat import Cell, source_cells

PIECES = " … "
"""Stands between the pieces that the content of a statement comes in."""


def row_of(statement: StatementRow) -> dict[str, Cell]:
    """The cells of one statement; null for what is unknown."""
    speaker, source, spans = statement.speaker, statement.source, statement.spans
    return {
        "statement_id": statement.id,
        "statement_date": statement.date,
        "day": statement.day,
        "kind": statement.kind,
        "speaker": speaker.name if speaker else None,
        "speaker_country": speaker.country if speaker else None,
        "speaker_sector": speaker.sector if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "speaker_id": speaker.entity if speaker else None,
        "cue": statement.cue,
        "addressee": statement.addressee,
        "content": PIECES.join(statement.content),
        "content_start": spans[0][0] if spans else None,
        "content_end": spans[-1][1] if spans else None,
        **source_cells(source),
    }
