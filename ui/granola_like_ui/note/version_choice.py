"""Comparing versions of a note, and going back to one."""

from PySide6.QtCore import QObject, Signal

from granola_like.app import page as product
from granola_like_ui.bridge import Reader
from granola_like_ui.note.page import MeetingPage
from granola_like_ui.note.reading import diff_of
from granola_like_ui.note.state import VersionChoice


class VersionsOf(QObject):
    """Shows two versions over the page until it is closed."""

    closed = Signal()
    """The note shall be shown again; it may be another."""

    def __init__(self, page: MeetingPage, reader: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._reader = page, reader
        self._meeting = ""
        page.versions.chosen.connect(self._compare)
        page.versions.restore_asked.connect(self._restore)
        page.versions.closed.connect(self._close)

    @property
    def is_shown(self) -> bool:
        """Whether versions are compared now."""
        return self._page.shows_versions

    def open(self, meeting: str, versions: tuple[VersionChoice, ...]) -> None:
        """Compare the two newest versions; closed when they are shown already."""
        if self.is_shown:
            self._close()
            return
        if len(versions) < 2:
            return
        self._meeting = meeting
        new, old = versions[0].number, versions[1].number
        self._page.versions.show_versions(versions, old, new)
        self._page.show_versions()
        self._compare(old, new)

    def _compare(self, old: int, new: int) -> None:
        meeting = self._meeting
        older, newer = sorted((old, new))
        self._reader.ask(
            lambda app: product.compare(app.library, meeting, older, newer),
            lambda changes: self._page.versions.show_diff(diff_of(changes)),
        )

    def _restore(self, number: int) -> None:
        meeting = self._meeting
        self._reader.ask(
            lambda app: product.restore(app.library, meeting, number), lambda _: self._close()
        )

    def _close(self) -> None:
        self._page.leave_versions()
        self.closed.emit()
