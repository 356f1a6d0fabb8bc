"""How sure an answer is, in numbers."""
