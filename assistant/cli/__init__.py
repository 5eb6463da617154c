"""The verbs of the `floor` command, by what they are about; each imports what it needs when it runs."""
