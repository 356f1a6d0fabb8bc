"""What is said and in which order: one page per command."""
