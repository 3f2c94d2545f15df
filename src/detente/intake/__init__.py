"""Intake: reports read, coded and kept in an archive, once, however often the work is cut off."""
