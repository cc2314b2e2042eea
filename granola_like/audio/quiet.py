"""Tells a quiet room from a talking one, whatever the room's own noise. Pure.

The floor follows the quietest tenth of the last minute, so an air conditioner is silence and a
distant, faint speaker is not.
"""

import math
from collections import deque

WINDOW_BLOCKS = 600
"""Blocks the floor is taken from: a minute of tenths of a second."""
MARGIN_DB = 8.0
"""Speech stands so far above the room's noise, even a distant speaker's (measured on AMI)."""
LOWEST_DB = -75.0
"""Below this nothing is speech, however silent the room."""
_HISTOGRAM = 0.25


class QuietMeter:
    """Takes the level of each tenth of a second, and knows how long nobody has spoken."""

    def __init__(self) -> None:
        self._recent: deque[int] = deque(maxlen=WINDOW_BLOCKS)
        self._counts: dict[int, int] = {}
        self.quiet_blocks = 0
        """How many tenths of a second have passed since somebody was last heard."""

    def take(self, level_db: float) -> bool:
        """Take the next level (root mean square, dB below full scale); True when it is speech."""
        step = round(max(level_db, -120.0) / _HISTOGRAM)
        if len(self._recent) == WINDOW_BLOCKS:
            oldest = self._recent[0]
            self._counts[oldest] -= 1
        self._recent.append(step)
        self._counts[step] = self._counts.get(step, 0) + 1
        heard = level_db > max(self.floor_db() + MARGIN_DB, LOWEST_DB)
        self.quiet_blocks = 0 if heard else self.quiet_blocks + 1
        return heard

    def floor_db(self) -> float:
        """The level that a tenth of the last minute stayed below."""
        wanted = math.ceil(len(self._recent) / 10)
        for step in sorted(self._counts):
            wanted -= self._counts[step]
            if wanted <= 0:
                return step * _HISTOGRAM
        return -120.0
