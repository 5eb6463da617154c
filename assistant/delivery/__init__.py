"""Brings what was committed to those it is for, at least once."""
