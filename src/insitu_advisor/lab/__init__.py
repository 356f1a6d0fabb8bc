"""Lab profile: the instruments a laboratory can reach, how soon, and at what cost."""
