"""What is in a text: words, numbers, days, names. Pure; English and Russian first."""
