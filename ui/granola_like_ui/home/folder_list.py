"""The folders at the side: made, renamed, put in order; meetings are dropped on them."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragMoveEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyleOptionViewItem, QWidget

from granola_like.domain.home import Folder
from granola_like_ui.home.meeting_delegates import ROW, TitleEditor, elided, paint_ground
from granola_like_ui.home.meetings import MIME, Index
from granola_like_ui.theme import Space, colors, font

SHOWN = 8
"""So many folders are seen at once; the list scrolls beyond."""


class FolderModel(QAbstractListModel):
    """Folders, and at the end the one that is being made, which has no name yet."""

    created = Signal(str)
    renamed = Signal(str, str)
    dropped = Signal(list, object)
    """Ids of meetings, and the folder on which they were dropped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders: tuple[Folder, ...] = ()
        self._is_making = False
        self._pending: tuple[Folder, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The folders' names, in the person's order."""
        return tuple(folder.name for folder in self._folders)

    def show(self, folders: tuple[Folder, ...]) -> None:
        """Show these folders."""
        self._pending = None
        if folders == self._folders:
            return
        if [one.name for one in folders] == list(self.names):
            self._folders = folders  # other counts: nothing moves, no field is taken away
            self.dataChanged.emit(self.index(0), self.index(len(folders) - 1))
        elif self._is_making:
            self._pending = folders  # not while a name is being typed
        else:
            self.beginResetModel()
            self._folders = folders
            self.endResetModel()

    def begin_folder(self) -> QModelIndex:
        """Add a row in which a name can be typed."""
        if not self._is_making:
            at = len(self._folders)
            self.beginInsertRows(QModelIndex(), at, at)
            self._is_making = True
            self.endInsertRows()
        return self.index(len(self._folders))

    def end_folder(self) -> None:
        """Take the row without a name away."""
        if self._is_making:
            at = len(self._folders)
            self.beginRemoveRows(QModelIndex(), at, at)
            self._is_making = False
            self.endRemoveRows()
            if self._pending is not None:
                self.show(self._pending)

    def folder(self, index: Index) -> Folder | None:
        """Give the folder in a row; None for the one that is being made."""
        there = index.isValid() and index.row() < len(self._folders)
        return self._folders[index.row()] if there else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        """Count the rows."""
        return 0 if parent.isValid() else len(self._folders) + self._is_making

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a folder's name, and for a screen reader how many meetings are in it."""
        folder = self.folder(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return folder.name if folder else ""
            case Qt.ItemDataRole.AccessibleTextRole:
                if folder is None:
                    return self.tr("New folder")
                counted = self.tr("%n meeting(s)", "", folder.meetings)
                return f"{folder.name}, {counted}"
            case Qt.ItemDataRole.ToolTipRole if folder:
                return folder.name
        return None

    def setData(  # noqa: N802 - Qt's name
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tell of the name that was typed."""
        name = " ".join(str(value).split())
        folder = self.folder(index)
        if folder is None:
            if name:
                self.created.emit(name)
            return bool(name)
        if name and name != folder.name:
            self.renamed.emit(folder.name, name)
            return True
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let folders be chosen, renamed, and dropped on."""
        flags = (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        )
        return flags | Qt.ItemFlag.ItemIsDropEnabled if self.folder(index) else flags

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Name what may be dropped."""
        return [MIME]

    def dropMimeData(  # noqa: N802 - Qt's name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Tell which meetings were dropped on which folder."""
        folder = self.folder(parent)
        if folder is None or not data.hasFormat(MIME):
            return False
        meetings = [one for one in data.data(MIME).toStdString().splitlines() if one]
        self.dropped.emit(meetings, folder.name)
        return bool(meetings)


class FolderDelegate(TitleEditor):
    """One line: the name, and how many meetings are in it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Give every row the same height."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a folder."""
        model = index.model()
        assert isinstance(model, FolderModel)
        folder, tints = model.folder(index), colors()
        box = option.rect.adjusted(Space.M, 0, -Space.M, 0)
        paint_ground(painter, box, option, on_desk=True)
        if folder is None:
            return
        words = box.adjusted(Space.S, 0, -Space.S, 0)
        small = font("small")
        small.setFeature(QFont.Tag.fromString("tnum"), 1)
        counted = option.locale.toString(folder.meetings)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(QColor(tints.faint))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, counted)
        kind = font("list")
        painter.setFont(kind)
        painter.setPen(QColor(tints.ink))
        room = words.width() - QFontMetrics(small).horizontalAdvance(counted) - Space.S
        painter.drawText(
            words, middle | Qt.AlignmentFlag.AlignLeft, elided(folder.name, kind, room)
        )

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Put the field where the name is."""
        editor.setGeometry(option.rect.adjusted(Space.M, 0, -Space.M, 0))


class FolderList(QListView):
    """Shows the folders; as high as they are, up to a few."""

    opened = Signal(str)
    deleted = Signal(str)
    ordered = Signal(list)
    """All names, in the order that the person made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folders = FolderModel(self)
        self.setModel(self.folders)
        delegate = FolderDelegate(self)
        delegate.closeEditor.connect(self.folders.end_folder)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setAccessibleName(self.tr("Folders"))
        for signal in (
            self.folders.modelReset,
            self.folders.rowsInserted,
            self.folders.rowsRemoved,
        ):
            signal.connect(self._fit)
        self._fit()

    def begin_folder(self) -> None:
        """Let the person type the name of a new folder."""
        index = self.folders.begin_folder()
        self.scrollTo(index)
        self.setCurrentIndex(index)
        self.edit(index)

    def rename_chosen(self) -> None:
        """Let the person type another name in its place."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def choose(self, name: str) -> None:
        """Select a folder; an unknown one selects none."""
        names = self.folders.names
        if name in names:
            self.setCurrentIndex(self.folders.index(names.index(name)))
        else:
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open by Return, delete by Delete, put in order by Alt and the arrows."""
        folder = self.folders.folder(self.currentIndex())
        moving = event.modifiers() & Qt.KeyboardModifier.AltModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if folder:
                self.opened.emit(folder.name)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if folder:
                self.deleted.emit(folder.name)
            case Qt.Key.Key_Up | Qt.Key.Key_Down if folder and moving:
                self._shift(folder.name, -1 if event.key() == Qt.Key.Key_Up else 1)
            case _:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open what is clicked."""
        super().mouseReleaseEvent(event)
        folder = self.folders.folder(self.indexAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.LeftButton and folder:
            self.opened.emit(folder.name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with a folder."""
        folder = self.folders.folder(self.indexAt(event.pos()))
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if folder:
            menu.addAction(self.tr("Open"), lambda: self.opened.emit(folder.name))
            menu.addAction(self.tr("Rename"), self.rename_chosen)
            menu.addAction(self.tr("Delete"), lambda: self.deleted.emit(folder.name))
            menu.addSeparator()
        menu.addAction(self.tr("New folder"), self.begin_folder)
        menu.popup(event.globalPos())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Light up the folder under the meetings."""
        super().dragMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self.folders.folder(index):
            self.setCurrentIndex(index)
            event.acceptProposedAction()

    def _shift(self, name: str, by: int) -> None:
        names = list(self.folders.names)
        at = names.index(name)
        to = min(max(at + by, 0), len(names) - 1)
        names.insert(to, names.pop(at))
        if to != at:
            self.ordered.emit(names)

    def _fit(self) -> None:
        rows: Sequence[int] = (self.folders.rowCount(), SHOWN)
        self.setFixedHeight(ROW * min(rows))
        self.setVisible(self.folders.rowCount() > 0)
