"""Said: who says what."""

from detente.said.dates import dated
from detente.said.statements import find_statements, statement_holding

__all__ = ["dated", "find_statements", "statement_holding"]
