"""Batches: many questions from a table, one answer a row."""
