"""What is warned of by the clock: conditions, what they look up, their sentences."""
