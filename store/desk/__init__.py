"""What waits or is to be told: approvals, questions, warnings, inbox and outbox."""
