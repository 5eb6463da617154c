"""Every sentence said to people, the names in them, and the examples of what to say."""
