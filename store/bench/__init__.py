"""Measurements of the store that a plant can repeat on its own machine."""
