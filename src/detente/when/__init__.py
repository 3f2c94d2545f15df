"""When: time expressions, the report date, and which time an act takes."""

from __future__ import annotations

from detente.when.attach import EventDate, date_of
from detente.when.attachment import Told, told_times
from detente.when.creation_time import find_report_date
from detente.when.find import find_times
from detente.when.gatherings import with_gatherings

__all__ = ["EventDate", "Told", "date_of", "find_report_date", "find_times", "told_times", "with_gatherings"]
