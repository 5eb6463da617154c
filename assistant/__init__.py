"""A floor assistant for food plants: what workers say or type becomes checked, traceable ledger entries."""
