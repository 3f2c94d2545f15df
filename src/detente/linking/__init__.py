"""Linking: what the reports of an archive have to do with each other, found by comparing them."""
