"""A list of meetings that the person opens, renames, moves and deletes, by mouse or keys."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyledItemDelegate, QWidget

from granola_like.domain.home import HomeRow
from granola_like_ui.home.meetings import Index, MeetingsModel

_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MeetingList(QListView):
    """Shows a `MeetingsModel`; every row has one height, so that ten thousand cost nothing."""

    opened = Signal(str)
    deleted = Signal(list)
    restored = Signal(list)
    moved = Signal(list, object)
    """Meetings' ids, and the folder's name; None takes them out of theirs."""
    cancelled = Signal(str)
    """The work on this meeting is not wanted any more."""
    tried_again = Signal(str)
    """The work on this meeting went wrong, and shall go on."""
    new_folder_asked = Signal(list)
    undone = Signal()
    """Take back the last thing that was done to meetings."""
    left = Signal()
    """Escape: back to where the person was."""

    def __init__(
        self, model: MeetingsModel, delegate: QStyledItemDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._folders: tuple[str, ...] = ()
        self._is_trash = False
        delegate.setParent(self)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)

    def know_folders(self, names: Sequence[str]) -> None:
        """Offer these folders to move meetings into."""
        self._folders = tuple(names)

    def be_trash(self, *, is_trash: bool) -> None:
        """Say whether what is shown lies in the trash: it is taken out there, not deleted."""
        self._is_trash = is_trash
        self.setDragEnabled(not is_trash)

    def chosen(self) -> list[str]:
        """Give the meetings that are selected, in the order of the list."""
        rows = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return [meeting for row in rows if (meeting := self._model.meeting_at(row))]

    def choose(self, meeting: str) -> None:
        """Select one meeting; an unknown one selects none."""
        index = self._model.find(meeting)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        else:
            self.clearSelection()

    def rename_chosen(self) -> None:
        """Let the person type another title in its place."""
        if self.currentIndex().isValid() and not self._is_trash:
            self.edit(self.currentIndex())

    def delete_chosen(self) -> None:
        """Delete what is selected; what lies in the trash stays there."""
        if not self._is_trash and (chosen := self._in_library()):
            self.deleted.emit(chosen)

    def restore_chosen(self) -> None:
        """Take what is selected out of the trash."""
        if self._is_trash and (chosen := self.chosen()):
            self.restored.emit(chosen)

    def move_chosen(self) -> None:
        """Ask into which folder, beside the row."""
        if self._in_library() and not self._is_trash:
            menu = self._folder_menu()
            menu.popup(self._beside_current())
            menu.setActiveAction(menu.actions()[0])

    # -- what Qt tells -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open by Return, delete by Delete, leave by Escape."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
            return
        match event.key():
            case key if key in _OPENS and index.isValid():
                self._open(index)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.delete_chosen()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Menu if index.isValid():
                self.make_menu().popup(self._beside_current())
            case _:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open what is clicked, unless it is being added to a selection."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._open(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with the meetings that are selected."""
        if self._model.meeting_at(self.indexAt(event.pos())):
            self.make_menu().popup(event.globalPos())

    # -- inside --------------------------------------------------------------------------------

    def _open(self, index: Index) -> None:
        if meeting := self._model.meeting_at(index):
            self.opened.emit(meeting)

    def _in_library(self) -> list[str]:
        rows = (self._model.at(index.row()) for index in self.selectedIndexes())
        there = {row.meeting for row in rows if isinstance(row, HomeRow)}
        return [meeting for meeting in self.chosen() if meeting in there]

    def _beside_current(self) -> QPoint:
        box = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(box.center())

    def make_menu(self) -> QMenu:
        """Make the menu of what is selected."""
        menu = self._popup()
        chosen = self._in_library()
        if self._is_trash:
            menu.addAction(self.tr("Restore"), self.restore_chosen)
            return menu
        menu.addAction(self.tr("Open"), lambda: self._open(self.currentIndex()))
        if not chosen:
            return menu
        if len(chosen) == 1:
            menu.addAction(self.tr("Rename"), self.rename_chosen)
        menu.addMenu(self._folder_menu(menu))
        works = [work for work in map(self._model.work, chosen) if work is not None]
        if any(work.trouble for work in works):
            menu.addAction(self.tr("Try again"), self._try_chosen_again)
        if any(not work.trouble for work in works):
            stop = menu.addAction(self.tr("Stop the work on it"))
            stop.triggered.connect(self._cancel_chosen)
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), self.delete_chosen)
        return menu

    def _try_chosen_again(self) -> None:
        for meeting in self._in_library():
            if (work := self._model.work(meeting)) is not None and work.trouble:
                self.tried_again.emit(meeting)

    def _cancel_chosen(self) -> None:
        for meeting in self._in_library():
            self.cancelled.emit(meeting)

    def _folder_menu(self, within: QMenu | None = None) -> QMenu:
        menu = self._popup(self.tr("Move to folder"), within)
        chosen = self._in_library()
        for name in self._folders:
            entry = menu.addAction(name.replace("&", "&&"))
            entry.triggered.connect(lambda _=False, to=name: self.moved.emit(chosen, to))
        if self._folders:
            menu.addSeparator()
        menu.addAction(self.tr("New folder…"), lambda: self.new_folder_asked.emit(chosen))
        menu.addAction(self.tr("No folder"), lambda: self.moved.emit(chosen, None))
        return menu

    def _popup(self, title: str = "", within: QMenu | None = None) -> QMenu:
        menu = QMenu(title, within or self)
        if within is None:
            menu.aboutToHide.connect(menu.deleteLater)
        return menu
