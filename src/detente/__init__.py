"""detente: turns news reports into a record you can check."""

__version__ = "0.1.0"
