"""All prose of an answer, worded once for every format."""
