"""The learned proposer: a small network that weighs which words are acts, of which type, whose, and when."""

from detente.did.model.network import Network, load_network
from detente.did.model.proposer import ModelProposer

__all__ = ["ModelProposer", "Network", "load_network"]
