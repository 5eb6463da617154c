"""The rule book as data: the project's rules, the plant's own files, what overrides what."""
