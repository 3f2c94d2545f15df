"""Said: who says what."""

from detente.said.statements import find_statements, statement_holding

__all__ = ["find_statements", "statement_holding"]
