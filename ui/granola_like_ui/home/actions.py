"""What a person does to meetings and folders: shown at once, written, and taken back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from granola_like.errors import GranolaError
from granola_like_ui.bridge import Reader
from granola_like_ui.home import work
from granola_like_ui.home.meetings import MeetingsModel
from granola_like_ui.messages import MessageBar

if TYPE_CHECKING:
    from granola_like.app import App


class MeetingActions(QObject):
    """Does them through the reader; each can be taken back by the message's button or Ctrl+Z."""

    done = Signal()
    """Something was written."""
    failed = Signal()
    """It was not: what was shown in advance is not true."""

    def __init__(
        self,
        reader: Reader,
        messages: MessageBar,
        models: Sequence[MeetingsModel],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader, self._messages, self._models = reader, messages, models
        self._undo: Callable[[], object] | None = None

    def undo(self) -> None:
        """Take back what was done last."""
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    def rename(self, meeting: str, title: str) -> None:
        """Give a meeting another title."""
        old = self._title(meeting)
        for model in self._models:
            model.retitle(meeting, title)
        self._undo = (lambda: self.rename(meeting, old)) if old else None
        self._do(lambda app: work.rename(app, meeting, title))

    def delete(self, meetings: list[str]) -> None:
        """Put meetings into the trash."""
        title = self._title(meetings[0]) if len(meetings) == 1 else ""
        self._leave_out(meetings)
        self._do(lambda app: work.delete(app, meetings))
        said = (
            self.tr("“{title}” is in the trash.").format(title=title)
            if title
            else self.tr("%n meeting(s) are in the trash.", "", len(meetings))
        )
        self._offer(said, lambda: self.restore(meetings))

    def restore(self, meetings: list[str]) -> None:
        """Take meetings out of the trash."""
        self._do(lambda app: work.restore(app, meetings))
        self._undo = lambda: self.delete(meetings)

    def move(self, meetings: list[str], folder: str | None) -> None:
        """Put meetings into a folder, or out of theirs."""
        rows = [row for model in self._models for row in model.meetings]
        before = {row.meeting: row.folder for row in rows if row.meeting in meetings}
        self.put(meetings, folder)

        def back() -> None:
            for old in dict.fromkeys(before.values()):
                inside = [meeting for meeting, its in before.items() if its == old]
                self.put(inside, old)

        said = (
            self.tr("%n meeting(s) moved to “{folder}”.", "", len(meetings)).format(folder=folder)
            if folder
            else self.tr("%n meeting(s) moved out of the folder.", "", len(meetings))
        )
        self._offer(said, back)

    def put(self, meetings: list[str], folder: str | None) -> None:
        """Put meetings into a folder and say nothing."""
        self._do(lambda app: work.move(app, meetings, folder))

    def create_folder(self, name: str, meetings: list[str]) -> None:
        """Make a folder, with these meetings in it."""
        self._do(lambda app: work.create_folder(app, name, meetings))

    def rename_folder(self, old: str, new: str) -> None:
        """Give a folder another name."""
        self._undo = lambda: self.rename_folder(new, old)
        self._do(lambda app: work.rename_folder(app, old, new))

    def delete_folder(self, name: str) -> None:
        """Remove a folder; its meetings stay."""
        said = self.tr("The folder “{name}” was deleted. Its meetings stay.").format(name=name)

        def gone(inside: tuple[str, ...]) -> None:
            def back() -> None:
                self._do(lambda app: work.put_back_folder(app, name, inside))

            self.done.emit()
            self._offer(said, back)

        self._reader.ask(lambda app: work.delete_folder(app, name), gone, failed=self._fail)

    def order_folders(self, names: list[str]) -> None:
        """Put the folders into an order."""
        self._do(lambda app: work.order_folders(app, names))

    def empty_trash(self) -> None:
        """Delete for good what lies in the trash."""
        self._undo = None
        self._do(work.empty_trash)

    # -- inside --------------------------------------------------------------------------------

    def _do(self, act: "Callable[[App], object]") -> None:
        self._reader.ask(act, lambda _: self.done.emit(), failed=self._fail)

    def _fail(self, error: GranolaError) -> None:
        self._messages.trouble(error)
        self.failed.emit()

    def _offer(self, said: str, undo: Callable[[], None]) -> None:
        def once() -> None:
            self._undo = None
            undo()

        self._undo = once
        self._messages.say(said, button=self.tr("Undo"), do=once)

    def _leave_out(self, meetings: Sequence[str]) -> None:
        for model in self._models:
            model.leave_out(meetings)

    def _title(self, meeting: str) -> str:
        rows = (row for model in self._models for row in model.meetings)
        return next((row.title for row in rows if row.meeting == meeting), "")
