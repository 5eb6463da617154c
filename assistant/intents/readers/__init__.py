"""Readers of one kind of word each: numbers, codes, dates, the plant's names."""
