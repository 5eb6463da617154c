"""A language as data: its words, how they change their form, how they are spelled and how they sound."""
