"""What the program is while its window is away: an icon, an indicator, a key, one of its kind."""
