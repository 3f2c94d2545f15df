"""The archive: records kept in one SQLite file with their originals beside it, asked, corrected and checked."""

from detente.archive.archive import Archive

__all__ = ["Archive"]
