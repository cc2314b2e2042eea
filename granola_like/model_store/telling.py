"""The news of the process that downloads, as progress that a person can read."""

from granola_like.jobs import Progress
from granola_like.model_store.news import Came, Checking, News, Waiting
from granola_like.model_store.pace import Pace


class Telling:
    """Remembers what was heard last, so that silence can be told too."""

    def __init__(self, doing: str, *, total: int | None = None) -> None:
        self._doing = doing
        self._pace: Pace | None = None
        self._total = total
        self._done = 0
        self._checking: str | None = None
        self._waiting: tuple[str, float] | None = None

    def after(self, news: News | None, now_s: float) -> Progress:
        """Tell how things stand after one piece of news, or after a while without any."""
        match news:
            case Waiting(why=why, seconds=seconds):
                self._waiting = (why, now_s + seconds)
            case Checking(file=file):
                self._checking, self._waiting = file, None
            case Came(bytes=done):
                self._pace = self._pace or Pace(self._total)
                self._done, self._checking, self._waiting = done, None, None
        if self._pace is not None:
            self._pace.note(self._done, now_s)
        fraction = self._pace.fraction if self._pace is not None else None
        return Progress(self._step(now_s), fraction)

    def _step(self, now_s: float) -> str:
        if self._waiting is not None and now_s < self._waiting[1]:
            why, until_s = self._waiting
            return f"{self._doing}: {why} Next try in {max(1, round(until_s - now_s))} s"
        if self._checking is not None:
            return f"{self._doing}: checking {self._checking}"
        if self._pace is None:
            return self._doing
        return f"{self._doing}: {self._pace.in_words(now_s)}"
