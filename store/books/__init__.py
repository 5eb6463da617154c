"""The ledger: entries, postings, lots, orders, places and the catalog they refer to."""
