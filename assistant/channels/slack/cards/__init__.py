"""What Slack shows: cards, lists, the home tab and their sentences."""
