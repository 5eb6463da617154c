"""Performance and yields, computed from the books."""
