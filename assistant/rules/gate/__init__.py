"""What may stop a report before it posts: conditions, what they look up, their sentences."""
