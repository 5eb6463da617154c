"""What one utterance does: from what was said to entries, requests, questions and an answer."""
