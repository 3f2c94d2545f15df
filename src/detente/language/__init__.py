"""The spaCy parse: loaded once, one parse per text, and small helpers over its trees."""

from detente.language.pipeline import DEFAULT_MODEL, load_pipeline, parse, parse_many, text_of

__all__ = ["DEFAULT_MODEL", "load_pipeline", "parse", "parse_many", "text_of"]
