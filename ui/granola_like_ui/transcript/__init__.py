"""What was said: read, heard, corrected."""
