"""Curation: looking at knowledge itself: what it lacks, what a change of it would change, how it is grounded."""
