"""What happens beside a conversation: warnings, digests, recalls, shipping notices, rule settings, figures."""
