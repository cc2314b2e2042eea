"""The meeting's page: header, text, and what floats over it."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QPropertyAnimation, QRect, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from granola_like_ui.note.actions import Actions
from granola_like_ui.note.bar import CallBar
from granola_like_ui.note.captions import CaptionsDrawer
from granola_like_ui.note.conflicts import ConflictsBox
from granola_like_ui.note.header import Header
from granola_like_ui.note.note_sheet import NoteSheet
from granola_like_ui.note.notepad import Notepad
from granola_like_ui.note.sheet import Sheet, column_in
from granola_like_ui.note.shown import ShownLine
from granola_like_ui.note.state import About, CallState, CaptionsState, Trouble, Writing
from granola_like_ui.note.strip import TroubleBox, WritingStrip
from granola_like_ui.note.versions import VersionsView
from granola_like_ui.theme import Motion, Space, appearance


class MeetingPage(QWidget):
    """Shows one meeting: as a notepad, or as a finished note."""

    shown = Signal()
    hidden = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, clock: Callable[[], int | None] = lambda: None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("meeting page")
        self.header = Header()
        self.buttons = Actions(self.header.buttons)
        self.strip, self.trouble = WritingStrip(), TroubleBox()
        self.conflicts = ConflictsBox()
        self.notepad = Notepad(clock=clock)
        self.note = NoteSheet()
        self.versions = VersionsView()
        for part in (self.strip, self.trouble, self.conflicts, self.versions.row):
            self.header.put_below(part)
        self._stack = QStackedWidget()
        for sheet in (self.notepad, self.note, self.versions):
            self._stack.addWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.captions = CaptionsDrawer(self)
        self.captions.hide()
        self.bar = CallBar(self)
        self.bar.hide()
        self._slide = QPropertyAnimation(self.captions, b"geometry", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._slid)
        self.header.resized.connect(self._fit_header)
        self.header.notes_asked.connect(self.go_to_text)
        self.bar.resized.connect(self._place)
        self.bar.captions_asked.connect(self.toggle_captions)
        self.show_notepad()

    # -- which text ----------------------------------------------------------------------------

    @property
    def sheet(self) -> Sheet:
        """The text that is shown."""
        return self.note if self._stack.currentWidget() is self.note else self.notepad

    def go_to_text(self) -> None:
        """Put the caret into the text."""
        self.sheet.setFocus()

    @property
    def shows_note(self) -> bool:
        """Whether the finished note is shown, not the notepad."""
        return self.sheet is self.note

    def show_notepad(self) -> None:
        """Show the person's own lines."""
        self._turn_to(self.notepad)

    def show_note(self, lines: tuple[ShownLine, ...], *, anew: bool = False) -> None:
        """Show a finished note, or one that is being written."""
        self._turn_to(self.note)
        self.note.show_lines(lines, anew=anew)

    def show_versions(self) -> None:
        """Show what is different between two versions."""
        self._turn_to(self.versions)

    def leave_versions(self) -> None:
        """Show the note again."""
        self._turn_to(self.note)

    @property
    def shows_versions(self) -> bool:
        """Whether two versions are compared now."""
        return self._stack.currentWidget() is self.versions

    def _turn_to(self, sheet: Sheet) -> None:
        self.versions.row.setVisible(sheet is self.versions)
        if self._stack.currentWidget() is not sheet or self.header.parent() is None:
            self._stack.setCurrentWidget(sheet)
            for other in (self.notepad, self.note, self.versions):
                if other is not sheet:
                    other.set_header(None)
        self._fit_header()
        self._place()

    # -- states --------------------------------------------------------------------------------

    def show_about(self, about: About) -> None:
        """Show title, date, people and receipt."""
        self.header.show_about(about)

    def show_call(self, call: CallState | None) -> None:
        """Show the bar of a call, or take it away."""
        if call is not None:
            self.bar.show_state(call)
        if self.bar.isHidden() != (call is None):
            self.bar.setVisible(call is not None)
            if call is None:
                self.captions.hide()
                self.bar.show_captions(shown=False)
            self._place()

    def show_captions(self, captions: CaptionsState) -> None:
        """Show what was said up to now, if the drawer is open."""
        self.captions.show_state(captions)

    def show_writing(self, writing: Writing | None) -> None:
        """Show how far the desk is with the note."""
        was = self.strip.isHidden()
        self.strip.show_state(writing)
        if was != self.strip.isHidden():
            self._fit_header()

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say why there is no note."""
        was = self.trouble.isHidden()
        self.trouble.show_state(trouble)
        if trouble is not None or not was:
            self._fit_header()

    # -- captions ------------------------------------------------------------------------------

    @property
    def has_captions(self) -> bool:
        """Whether the drawer is open."""
        return self.captions.isVisibleTo(self)

    def toggle_captions(self) -> None:
        """Open the drawer, or close it. The caret stays where it is."""
        is_open = self.has_captions
        if self.bar.isHidden():
            return
        self.bar.show_captions(shown=not is_open)
        away, here = self._drawer(is_open=False), self._drawer(is_open=True)
        if appearance().may_move and self.isVisible():
            self._slide.stop()
            self._slide.setDuration(Motion.CALM)
            self._slide.setStartValue(here if is_open else away)
            self._slide.setEndValue(away if is_open else here)
            self.captions.setVisible(True)
            self._closing = is_open
            self._slide.start()
        else:
            self.captions.setGeometry(here)
            self.captions.setVisible(not is_open)
        self.captions.stackUnder(self.bar)
        self._place_room()

    def open_captions(self) -> None:
        """Have the drawer open at once."""
        self.captions.setVisible(True)
        self.bar.show_captions(shown=True)
        self._place()

    _closing = False

    def _slid(self) -> None:
        if self._closing:
            self.captions.hide()
        self._closing = False
        self._place()

    # -- places --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put everything where it belongs."""
        super().resizeEvent(event)
        self._fit_header()
        self._place()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Tell whoever offers the page's commands."""
        super().showEvent(event)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The same, when another page is shown."""
        super().hideEvent(event)
        self.hidden.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_header()

    def _fit_header(self) -> None:
        sheet = self._stack.currentWidget()
        assert isinstance(sheet, Sheet)
        _, width = column_in(self.width())
        sheet.set_header(self.header, height=self.header.height_for(width))

    def _place(self) -> None:
        self.bar.fit(self.width() - 2 * Space.S)
        x = (self.width() - self.bar.width()) // 2
        self.bar.move(x, self.height() - self.bar.height() - Space.XL)
        if self._slide.state() != QPropertyAnimation.State.Running:
            self.captions.setGeometry(self._drawer(is_open=True))
        self.captions.raise_()
        self.bar.raise_()
        self._place_room()

    def _place_room(self) -> None:
        room = Space.XXL
        if not self.bar.isHidden():
            room = self.bar.height() + 2 * Space.XL
        if self.has_captions:
            room = self.height() - self._drawer(is_open=True).top() + Space.L
        for sheet in (self.notepad, self.note):
            sheet.set_room(room)

    def _drawer(self, *, is_open: bool) -> QRect:
        left, width = column_in(self.width())
        bottom = self.height() - self.bar.height() - Space.XL - Space.S
        height = max(110, self.height() // 3 - self.bar.height() - Space.XL)
        top = bottom - height if is_open else bottom
        return QRect(left, top, width, height if is_open else 0)
