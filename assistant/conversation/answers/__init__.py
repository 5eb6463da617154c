"""Answers to questions about the books: stock, traces, orders. Nothing is changed."""
