"""A coder that asks a language model, and takes from its answer what the text bears out."""
