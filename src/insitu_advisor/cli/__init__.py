"""Command line: words in, documents out. Nothing imports this package."""
