"""Reading for others: frozen, typed values of what the books hold."""
