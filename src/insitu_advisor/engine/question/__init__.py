"""What was asked: the question, the words it may be asked in, and the command that asks it again."""
