"""Texts with their evidence marked: cut into pieces, and as HTML that stands alone, for notebooks."""

from detente.marking.pieces import Mark, Piece, pieces_of

__all__ = ["Mark", "Piece", "pieces_of"]
