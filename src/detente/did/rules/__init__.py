"""The rule proposer: acts by lexicon and grammar. It weighs nothing and learns nothing."""

from detente.did.rules.proposer import RULES, RuleProposer, ruled

__all__ = ["RULES", "RuleProposer", "ruled"]
