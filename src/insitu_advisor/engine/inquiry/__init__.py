"""What else can be asked of an answer: why, what would change it, plans, comparisons, precedents."""
