"""``-v``: what the program does, as JSON Lines on standard error, one thing a line.

    {"time": "2026-03-02T08:15:00.123Z", "level": "info", "room": "reading.fetching", "what": "page fetched", …}

A room says something with ``logging.getLogger(__name__).info(what, extra={"told": {…}})``.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

ROOT = "detente"
LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
"""By how often ``-v`` is given."""


class Lines(logging.Formatter):
    """A line of JSON a thing told; nothing in it reaches a terminal as a command, since all but ASCII is escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "room": record.name.removeprefix(f"{ROOT}."),
            "what": record.getMessage(),
            **getattr(record, "told", {}),
        }
        return json.dumps(line, default=str)


def listen(times: int) -> None:
    """Write what the rooms tell to standard error: with ``-v`` what is done, with ``-vv`` every step of it."""
    if not times:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger(ROOT)
    root.handlers = [handler]
    root.setLevel(LEVELS[min(times, len(LEVELS) - 1)])
    root.propagate = False
