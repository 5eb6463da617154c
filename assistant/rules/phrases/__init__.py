"""Parts of sentences that the rules of every stage say alike."""
