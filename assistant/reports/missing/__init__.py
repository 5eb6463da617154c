"""Finds what a report does not say: one module for each thing that may be missing."""
