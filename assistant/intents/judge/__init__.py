"""Decides whether a sentence reports anything at all, and whether it corrects."""
