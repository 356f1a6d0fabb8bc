"""From a question to advice: constraints, criteria, score."""
