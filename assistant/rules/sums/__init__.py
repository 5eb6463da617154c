"""Sums that facts are made of: netted lines, yields."""
