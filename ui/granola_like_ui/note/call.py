"""Follows a meeting that goes on: looks ten times a second, and only while there is one."""

from PySide6.QtCore import QObject, QTimer, Signal

from granola_like.app.now import MeetingNow
from granola_like.app.now_captions import CaptionNews
from granola_like_ui.note.reading import call_of
from granola_like_ui.note.state import Caption, CaptionsState

LOOK_EVERY_MS = 100
_SAID_STAYS_MS = 8000
_KEPT = 40
"""Utterances in the drawer; the transcript has them all."""
_LATE_S = 5
"""From then on the person is told that words are late."""


class CallFollower(QObject):
    """Turns snapshots of a `MeetingNow` into states of the bar and of the captions."""

    looked = Signal(object)
    """A CallState."""
    heard = Signal(object)
    """A CaptionsState, when it is another."""
    renamed = Signal()
    ended = Signal(object)
    """The MeetingNow whose recording has ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now: MeetingNow | None = None
        self._said = ""
        self._title = ""
        self._version = 0
        self._lines: dict[str, Caption] = {}
        self._captions = CaptionsState()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._forget = QTimer(self, singleShot=True, interval=_SAID_STAYS_MS)
        self._forget.timeout.connect(lambda: self.say(""))

    def follow(self, now: MeetingNow) -> None:
        """Look at this meeting from now on."""
        self.let_go()
        self.now, self._title = now, now.look().title
        self._timer.start()
        self.look()

    def let_go(self) -> None:
        """Look at none any more; its recording goes on."""
        self._timer.stop()
        self.now, self._version = None, 0
        self._lines.clear()
        self._captions = CaptionsState()
        self.heard.emit(self._captions)

    def clock_ms(self) -> int | None:
        """Give the meeting clock; None where no meeting goes on."""
        return None if self.now is None else self.now.clock_ms()

    def say(self, sentence: str) -> None:
        """Say in the bar what was just done; it goes by itself."""
        self._said = sentence
        if sentence:
            self._forget.start()

    def look(self) -> None:
        """Take one look."""
        now = self.now
        if now is None:
            return
        seen = now.look()
        state = call_of(seen, said=self._said)
        if state is None:
            self.let_go()
            self.ended.emit(now)
            return
        self.looked.emit(state)
        if seen.title != self._title:
            self._title = seen.title
            self.renamed.emit()
        self._hear(now, now.captions(self._version), seen.captions_trouble)

    def _hear(self, now: MeetingNow, news: CaptionNews, trouble: str | None) -> None:
        self._version = news.version
        others = [person.name for person in now.about.people]
        for one in news.changed:
            firm = " ".join(word.text.strip() for word in one.firm)
            if not firm and not one.tentative:
                self._lines.pop(one.id, None)
                continue
            self._lines[one.id] = Caption(
                id=one.id,
                channel=one.channel,
                speaker=others[0] if len(others) == 1 else "",
                firm=firm,
                tentative=one.tentative,
            )
        while len(self._lines) > _KEPT:
            del self._lines[next(iter(self._lines))]
        lag = max(news.lag_ms.values(), default=0) // 1000
        state = CaptionsState(
            lines=tuple(self._lines.values()),
            lag_s=lag if lag >= _LATE_S else 0,
            trouble=trouble or news.trouble or "",
        )
        if state != self._captions:
            self._captions = state
            self.heard.emit(state)
