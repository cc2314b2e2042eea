"""Tells a quiet room from a talking one, whatever the room's own noise. Pure.

The floor follows the quietest tenth of the last minute, so an air conditioner is silence and a
distant, faint speaker is not.
"""

import bisect
from collections import deque

WINDOW_BLOCKS = 600
"""Blocks the floor is taken from: a minute of tenths of a second."""
MARGIN_DB = 8.0
"""Speech stands so far above the room's noise, even a distant speaker's (measured on AMI)."""
LOWEST_DB = -75.0
"""Below this nothing is speech, however silent the room."""


class QuietMeter:
    """Takes the level of each tenth of a second, and knows how long nobody has spoken."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=WINDOW_BLOCKS)
        self._ordered: list[float] = []
        self.quiet_blocks = 0
        """How many tenths of a second have passed since somebody was last heard."""

    def take(self, level_db: float) -> bool:
        """Take the next level (root mean square, dB below full scale); True when it is speech."""
        if len(self._recent) == WINDOW_BLOCKS:
            del self._ordered[bisect.bisect_left(self._ordered, self._recent[0])]
        self._recent.append(level_db)
        bisect.insort(self._ordered, level_db)
        heard = level_db > max(self.floor_db() + MARGIN_DB, LOWEST_DB)
        self.quiet_blocks = 0 if heard else self.quiet_blocks + 1
        return heard

    def pass_over(self, blocks: int) -> None:
        """Count tenths of a second in which nothing was delivered, as quiet ones."""
        self.quiet_blocks += blocks

    def floor_db(self) -> float:
        """The level that a tenth of the last minute stayed below."""
        return self._ordered[(len(self._ordered) - 1) // 10] if self._ordered else -120.0
