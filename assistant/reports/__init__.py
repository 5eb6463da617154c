"""From an understood report to a balanced transaction, or to the one thing that is still missing. Pure."""
