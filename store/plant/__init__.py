"""A plant's master data and opening stock, from files into the books."""
