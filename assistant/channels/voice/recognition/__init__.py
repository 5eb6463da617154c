"""From sound to words: the model, its grammar, the recogniser and the second look at its guesses."""
