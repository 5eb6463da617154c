"""Finds the pieces of a sentence: what each word may be, and the cheapest way through all of them."""
