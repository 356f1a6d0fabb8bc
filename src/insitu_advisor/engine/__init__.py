"""Engine: a question and a knowledge base in, advice out."""
