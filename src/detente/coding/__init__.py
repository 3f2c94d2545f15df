"""Coding: any coder by its name, one path from reports to records, one gate for what a coder claims."""

from detente.coding.protocol import UNSUPPORTED, Coder, Settings, Spends
from detente.coding.registry import DEFAULT_CODER, coder_names, make_coder

__all__ = ["DEFAULT_CODER", "UNSUPPORTED", "Coder", "Settings", "Spends", "coder_names", "make_coder"]
