"""The one place that drives durable_rules, and the language of conditions it is given."""
