"""The first minute: both sides of the sound are proved, and how good the words shall be chosen."""
