"""Dated knowledge of the political world: who a name stands for on a day."""

from detente.knowledge.entry import BEYOND_STATES, Entry, EntryKind, Form
from detente.knowledge.explain import as_rows, explain
from detente.knowledge.lookup import Knowledge, load_knowledge
from detente.knowledge.sites import home_of

__all__ = [
    "BEYOND_STATES",
    "Entry",
    "EntryKind",
    "Form",
    "Knowledge",
    "as_rows",
    "explain",
    "home_of",
    "load_knowledge",
]
