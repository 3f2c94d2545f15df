"""Did: who does what to whom."""

from detente.did.assemble import assembled, find_candidates, find_events
from detente.did.candidate import Candidate, Member, Proposer, Reason

__all__ = ["Candidate", "Member", "Proposer", "Reason", "assembled", "find_candidates", "find_events"]
