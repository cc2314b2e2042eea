"""Times within a meeting, as people write them."""


def clock(at_ms: int) -> str:
    """Show a moment of the meeting, or a length of it: 0:14, 12:05, 1:02:03."""
    seconds = max(0, at_ms) // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"
