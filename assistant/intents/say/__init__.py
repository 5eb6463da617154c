"""The other way round: sentences and spoken forms made from the lexicon and the plant's names."""
