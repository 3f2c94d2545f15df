"""Mentions led back to parties told elsewhere: pronouns, nouns for a party named before, nouns for two."""
