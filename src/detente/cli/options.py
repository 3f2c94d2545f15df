"""Options and arguments that several commands have."""

from __future__ import annotations

import typer

ARCHIVE = typer.Argument(metavar="ARCHIVE", help="The file of the archive.", show_default=False)
DATE = typer.Option("--date", metavar="YYYY-MM-DD", help="The day of the report, over every other sign of it.")
MODEL = typer.Option(
    "--model",
    metavar="NAME",
    help="A spaCy pipeline for English, or its path; of the coders llm and both, the language model.",
)
CODER = typer.Option(
    "--coder",
    metavar="NAME",
    envvar="DETENTE_CODER",
    help="What codes: learned (the default), rules, llm, both, or the name of a coder that was added.",
)
KNOWLEDGE = typer.Option(
    "--knowledge", metavar="FILE.csv", exists=True, dir_okay=False, help="Your own persons, offices and organisations."
)
LLM = typer.Option(
    "--llm",
    metavar="FILE.yaml",
    envvar="DETENTE_LLM",
    exists=True,
    dir_okay=False,
    help="Which server the coders llm and both ask, and how: see docs/llm.md.",
)
MIN_SCORE = typer.Option(
    "--min-score",
    min=0,
    max=1,
    metavar="P",
    help="Only events at least this likely right, 0 to 1; those without a score stay.",
)
SECONDS = typer.Option(
    "--seconds",
    min=0.01,
    metavar="S",
    help="Seconds of the processor that a report may take behind its parse; beyond, it fails. [default: 10]",
)
MEMORY = typer.Option(
    "--memory", min=1, metavar="MB", help="Megabytes that coding a report may take; beyond, it fails. [default: 1024]"
)
WORKERS = typer.Option("--workers", "-w", min=1, max=256, metavar="N", help="Processes that share the work.")
QUIET = typer.Option("--quiet", "-q", help="No progress bar and no closing line; reasons are still told.")

SINCE = typer.Option("--since", metavar="DATE", help="From this day, month or year on.")
UNTIL = typer.Option("--until", metavar="DATE", help="Up to and with this day, month or year.")
PUBLISHER = typer.Option("--publisher", metavar="NAME", help="Only reports of this outlet.")
REPORT = typer.Option("--report", "-r", metavar="ID", help="Only this report.")
WORDS = typer.Option("--words", metavar="WORDS", help='Only where these words stand; "…" for words in a row.')
LIMIT = typer.Option(
    "--limit", "-n", min=0, metavar="N", help="How many rows, 0 for all. [default: 50 in a table, all for machines]"
)
AS_JSON = typer.Option("--json", help="Print JSON, with everything that is known of a row.")
AS_CSV = typer.Option("--csv", help="Print CSV.")
OLDEST = typer.Option("--oldest", help="The oldest first.")

ACTOR = typer.Option("--actor", metavar="WHO", help="Who acts: RUS, Russia, RUS:MIL, or part of a name or post.")
RECIPIENT = typer.Option("--recipient", metavar="WHO", help="Whom it is done to.")
PARTY = typer.Option("--party", metavar="WHO", help="Who takes part, on either side: RUS, RUS:MIL, or part of a name.")
PAIR = typer.Option(
    "--pair", metavar="ONE OTHER", help="Between two parties, in either direction: states, or bodies like NATO."
)
TYPE = typer.Option("--type", "-t", metavar="TYPE", help="The type of the act. May be given again.")
MODE = typer.Option("--mode", metavar="MODE", help="The mode of the act.")
STATUS = typer.Option("--status", "-s", metavar="STATUS", help="happened, planned, possible or denied.")
PLACE = typer.Option("--place", metavar="PLACE", help="Where: a state, or part of the name of a place.")
SAID_BY = typer.Option("--said-by", metavar="NAME", help="On whose word.")
WRONG = typer.Option("--wrong", help="Also what a person judged wrong.")
ONCE = typer.Option("--once", help="Each act once, however many reports tell it.")
EXCEL = typer.Option("--excel", help="Begin tables of text so that Excel reads them as UTF-8.")
