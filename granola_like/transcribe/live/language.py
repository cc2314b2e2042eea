"""Which language is spoken, by a vote of several windows; then it stays. Pure."""

from collections import defaultdict

ENOUGH_SECONDS = 10.0
"""Speech that decides; less does when it is certain."""
CERTAIN = 3
"""So many windows in a row that agree and are sure are enough."""
_SURE = 0.8


class LanguageVote:
    """Windows vote by their length and their certainty."""

    def __init__(self) -> None:
        self._votes: dict[str, float] = defaultdict(float)
        self._seconds = 0.0
        self._last = ""
        self._in_a_row = 0

    def add(self, language: str, probability: float, seconds: float) -> None:
        """Count one window of speech."""
        self._votes[language] += probability * seconds
        self._seconds += seconds
        sure = probability >= _SURE
        self._in_a_row = (self._in_a_row + 1 if language == self._last else 1) if sure else 0
        self._last = language

    @property
    def leading(self) -> str | None:
        """The likeliest until now."""
        return max(self._votes, key=lambda one: (self._votes[one], one), default=None)

    @property
    def decided(self) -> str | None:
        """The language, once there is no need to ask again."""
        if self._in_a_row >= CERTAIN or self._seconds >= ENOUGH_SECONDS:
            return self.leading
        return None
