"""Reading: files, folders and standard input as reports, one by one and in order."""

from detente.reading.fields import report_of
from detente.reading.sources import STDIN, read_reports

__all__ = ["STDIN", "read_reports", "report_of"]
