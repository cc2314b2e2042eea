"""The buttons at the top right: write again, versions, export."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QMenu, QToolButton

from granola_like_ui.note.state import TemplateChoice
from granola_like_ui.theme import font, set_role


class Actions(QObject):
    """What can be done with a note as a whole. A menu is made when it is opened."""

    write_asked = Signal(str)
    """A template's id; empty for the one that it has."""
    as_typed_asked = Signal()
    """Show the person's own lines alone, or the note again."""
    versions_asked = Signal()
    export_asked = Signal(str)
    """The kind of file."""
    copy_asked = Signal(str)
    """`markdown` or `rich`."""
    writer_asked = Signal(str)

    def __init__(self, row: QBoxLayout) -> None:
        super().__init__()
        self.templates: tuple[TemplateChoice, ...] = ()
        self.writers: tuple[TemplateChoice, ...] = ()
        self.is_as_typed = False
        """Whether only the person's lines are shown."""
        self.exports: tuple[tuple[str, str], ...] = ()
        """Kinds of files, each with its name."""
        self._row = row
        self.write = self._button(self.tr("Write again"), self._write_menu)
        self.versions = self._button(self.tr("Versions"))
        self.versions.clicked.connect(self.versions_asked)
        self.export = self._button(self.tr("Export"), self._export_menu)
        self.show_for(has_note=False, can_write=False, versions=0)

    def show_for(self, *, has_note: bool, can_write: bool, versions: int) -> None:
        """Show what makes sense now."""
        text = self.tr("Write again") if has_note else self.tr("Write the note")
        self.write.setText(f"{text} ▾")
        self.write.setVisible(can_write)
        self.versions.setVisible(versions > 1)
        self.export.setVisible(has_note)

    def open_write_menu(self) -> None:
        """Open the menu of templates, from the keyboard."""
        self.write.showMenu()

    def open_export_menu(self) -> None:
        """Open the menu of kinds of files, from the keyboard."""
        self.export.showMenu()

    def _write_menu(self, menu: QMenu) -> None:
        menu.addAction(self.tr("As it is"), lambda: self.write_asked.emit(""))
        menu.addSeparator()
        for choice in self.templates:
            action = menu.addAction(choice.name, partial(self.write_asked.emit, choice.id))
            action.setCheckable(True)
            action.setChecked(choice.is_now)
        if self.writers:
            menu.addSeparator()
        for choice in self.writers:
            action = menu.addAction(choice.name, partial(self.writer_asked.emit, choice.id))
            action.setCheckable(True)
            action.setChecked(choice.is_now)
        menu.addSeparator()
        typed = menu.addAction(self.tr("Show only what I typed"), self.as_typed_asked.emit)
        typed.setCheckable(True)
        typed.setChecked(self.is_as_typed)

    def _export_menu(self, menu: QMenu) -> None:
        menu.addAction(self.tr("Copy as Markdown"), lambda: self.copy_asked.emit("markdown"))
        menu.addAction(self.tr("Copy as rich text"), lambda: self.copy_asked.emit("rich"))
        menu.addSeparator()
        for kind, name in self.exports:
            menu.addAction(name, partial(self.export_asked.emit, kind))

    def _button(self, text: str, fill: Callable[[QMenu], None] | None = None) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setFont(font("list"))
        set_role(button, "quiet")
        if fill is not None:
            menu = QMenu(button)
            menu.aboutToShow.connect(partial(_refill, menu, fill))
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setText(f"{text} ▾")
        self._row.addWidget(button)
        return button


def _refill(menu: QMenu, fill: Callable[[QMenu], None]) -> None:
    menu.clear()
    fill(menu)
