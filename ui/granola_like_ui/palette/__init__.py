"""Everything that can be done, found by typing."""
