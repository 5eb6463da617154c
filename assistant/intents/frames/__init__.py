"""From pieces to frames: scopes, items, slots, reports, questions, answers, and how sure each is."""
