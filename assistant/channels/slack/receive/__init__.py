"""What comes from Slack: acknowledged, then understood and acted on."""
