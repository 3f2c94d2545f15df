"""What can go wrong, as one tree. Every message says what failed, where, and what to do.

DetenteError
├── UsageError            wrong use: an option, a path or a date that cannot be (exit code 2)
├── ReadError             a file, line or page that cannot be read as a report
│   ├── MissingFile       the path does not exist or may not be opened
│   ├── BrokenLine        one line or row of a file is not a report
│   ├── NoArticle         a page without an article, or no text at all
│   ├── NotText           a binary file, or text in no known encoding
│   ├── TooLong           a text or file beyond the size that is read
│   └── FetchError        an address that may not or cannot be fetched
├── OverBudget            coding a report takes more time or memory than it may
├── ModelError            the spaCy model is missing or lacks a component
├── DataError             a lexicon, ontology or knowledge table is not valid
├── AskingError           a language model that was asked
│   ├── ServerError       its server cannot be reached, refuses or breaks down
│   ├── AnswerError       what it wrote is no coding
│   ├── NotKept           its answer is not in the cache, and only that may be asked
│   └── BudgetError       asking on would cost more than was allowed
├── DeliveryError         an alert that could not be sent, or a feed that could not be written
└── ArchiveError          an archive cannot be opened, is of another schema, or refuses a change
"""

from __future__ import annotations


class DetenteError(Exception):
    """Base of all errors raised on purpose; `code` names the kind in reason rows."""

    code = "error"


class UsageError(DetenteError):
    """Wrong use: an option, a path or a date that cannot be."""

    code = "usage"


class ReadError(DetenteError):
    """A file, line or page that cannot be read as a report; `code` may name the kind more closely."""

    code = "unreadable"

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code or type(self).code


class MissingFile(ReadError):
    """The path does not exist or may not be opened."""

    code = "missing-file"


class BrokenLine(ReadError):
    """One line or row of a file is not a report."""

    code = "broken-line"


class NoArticle(ReadError):
    """A page without an article, or no text at all."""

    code = "no-article"


class NotText(ReadError):
    """A binary file, or text in no known encoding."""

    code = "not-text"


class TooLong(ReadError):
    """A text or file beyond the size that is read."""

    code = "too-long"


class FetchError(ReadError):
    """An address that may not or cannot be fetched."""

    code = "fetch"


class OverBudget(DetenteError):
    """Coding a report takes more time or memory than it may."""

    code = "over-budget"


class ModelError(DetenteError):
    """The spaCy model is missing or lacks a component."""

    code = "model"


class DataError(DetenteError):
    """A lexicon, ontology or knowledge table is not valid."""

    code = "data"


class AskingError(DetenteError):
    """A language model that was asked gave no coding."""

    code = "llm"


class ServerError(AskingError):
    """The server of a language model cannot be reached, refuses or breaks down."""

    code = "llm-server"


class AnswerError(AskingError):
    """What a language model wrote is no coding."""

    code = "llm-answer"


class NotKept(AskingError):
    """The answer is not in the cache, and nothing else may be asked."""

    code = "llm-offline"


class BudgetError(AskingError):
    """Asking on would cost more than was allowed."""

    code = "llm-budget"


class DeliveryError(DetenteError):
    """An alert could not be sent, or its feed not be written."""

    code = "delivery"


class ArchiveError(DetenteError):
    """An archive cannot be opened, is of another schema, or refuses a change."""

    code = "archive"
