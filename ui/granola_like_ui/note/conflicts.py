"""Edits that do not fit the newest version, for the person to choose."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from granola_like_ui.theme import Space, font, set_role
from granola_like_ui.widgets.layouts import empty


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownConflict:
    """One edit and what it met."""

    edit: str
    """Its id."""
    mine: str
    """What the person made of the line."""
    now: str
    """What the newest version says; empty where the line is gone."""


class ConflictsBox(QWidget):
    """One quiet box for each; nothing is lost until the person chooses."""

    chosen = Signal(str, str)
    """The edit's id, and `mine` or `theirs`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ShownConflict, ...] = ()
        self._put_off: set[str] = set()
        """Edits that wait for a version which has their line: shown again with the next one."""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, Space.M, 0, 0)
        self._layout.setSpacing(Space.S)
        self.hide()

    def show_conflicts(self, conflicts: tuple[ShownConflict, ...]) -> None:
        """Show what is to be chosen."""
        if conflicts == self._rows:
            return
        if {one.edit for one in conflicts} != {one.edit for one in self._rows}:
            self._put_off.clear()
        self._rows = conflicts
        self._fill()

    def _fill(self) -> None:
        conflicts = [one for one in self._rows if one.edit not in self._put_off]
        empty(self._layout)
        for conflict in conflicts:
            self._layout.addWidget(self._box(conflict))
        self.setVisible(bool(conflicts))

    def _box(self, conflict: ShownConflict) -> QWidget:
        box = QWidget()
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(box, "amber")
        text = QLabel(wordWrap=True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setFont(font("list"))
        text.setStyleSheet("background: transparent; padding: 0;")
        set_role(text, "amber")
        if conflict.now:
            said = self.tr("You wrote “%1”. The new version says “%2”.")
            text.setText(
                said.replace("%1", _bare(conflict.mine)).replace("%2", _bare(conflict.now))
            )
        else:
            said = self.tr("You wrote “%1”. The new version has no such line.")
            text.setText(said.replace("%1", _bare(conflict.mine)))
        row = QHBoxLayout(box)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(text, 1)
        keep = self.tr("Use mine") if conflict.now else self.tr("Keep it for later")
        drop = self.tr("Use the new one") if conflict.now else self.tr("Let it go")
        for words, side in ((keep, "mine"), (drop, "theirs")):
            button = QPushButton(words)
            button.setFont(font("list"))
            set_role(button, "link")
            button.clicked.connect(partial(self._choose, conflict, side))
            row.addWidget(button)
        return box

    def _choose(self, conflict: ShownConflict, side: str) -> None:
        if side == "mine" and not conflict.now:
            self._put_off.add(conflict.edit)
            self._fill()
        else:
            self.chosen.emit(conflict.edit, side)


def _bare(text: str) -> str:
    return text.rstrip(". ")
