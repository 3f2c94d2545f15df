"""Did: who does what to whom."""

from detente.did.events import find_events

__all__ = ["find_events"]
