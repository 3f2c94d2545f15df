"""``detente demo``: the record of the sample report, and what to try next."""

from __future__ import annotations

from importlib.resources import as_file, files

from detente.cli.coders import Choice
from detente.cli.output import opened, silence_stdout
from detente.exports import write
from detente.reading import read_reports

SAMPLE = files("detente") / "samples" / "report.json"

NEXT = """
Three things to try next:
  detente code FILE.txt --date 2021-06-11          a report of your own, as of the day it was written
  detente code FOLDER -o records.jsonl --workers 2  many of them, one record a line
  detente who "the president of Finland" --date 2023-06-09   who held an office on a day, and how detente knows
"""


def run() -> None:
    """Code the sample report and print its record."""
    try:
        with as_file(SAMPLE) as path, opened(None, machine=False) as out:
            write(Choice().make().stream(read_reports([path])), out, "pretty")
            print(NEXT, file=out)
    except BrokenPipeError:
        silence_stdout()
