"""What the person does to the recording: from the bar and by keys."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from granola_like.app.now import MeetingNow
from granola_like_ui.note.call import CallFollower
from granola_like_ui.note.page import MeetingPage


class CallActions(QObject):
    """Hands wishes on to the meeting that goes on; each returns at once."""

    def __init__(self, page: MeetingPage, follower: CallFollower, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._follower = page, follower
        bar = page.bar
        bar.pause_asked.connect(lambda: self._wish(MeetingNow.pause))
        bar.resume_asked.connect(lambda: self._wish(MeetingNow.resume))
        bar.stop_asked.connect(lambda: self._wish(MeetingNow.stop))
        bar.keep_recording_asked.connect(lambda: self._wish(MeetingNow.keep_recording))
        bar.off_the_record_asked.connect(self._off_the_record)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Give what can be done, for keys."""
        return {
            "captions": self._page.toggle_captions,
            "pause": self._pause_or_resume,
            "off": self._off_the_record,
            "stop": lambda: self._wish(MeetingNow.stop),
            "keep_recording": lambda: self._wish(MeetingNow.keep_recording),
        }

    def _pause_or_resume(self) -> None:
        is_paused = self._page.bar.state.step == "paused"
        self._wish(MeetingNow.resume if is_paused else MeetingNow.pause)

    def _off_the_record(self) -> None:
        self._wish(MeetingNow.off_the_record)
        self._follower.say(self.tr("The last 60 seconds are deleted; the place is marked."))

    def _wish(self, what: Callable[[MeetingNow], object]) -> None:
        if self._follower.now is not None:
            what(self._follower.now)
