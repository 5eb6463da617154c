"""What is warned of after a report has posted: conditions, what they look up, their sentences."""
