"""What goes to Slack: queued, paced, and updated when decided."""
