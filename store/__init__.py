"""The plant's books: an append-only double-entry ledger of lots, and what it implies."""
