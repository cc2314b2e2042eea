"""Settings: what the person may choose, said in words, each with a default that works."""
