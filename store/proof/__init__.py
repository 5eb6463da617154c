"""Proves the ledger: entries, balances, lineage and the chain of seals."""
