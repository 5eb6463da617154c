"""Slack: where supervisors already are. The only place that knows slack_bolt and slack_sdk; it translates, no more."""
