"""Everything by typing: a field and a list that float over the window."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from granola_like_ui.home.meeting_delegates import elided, paint_ground
from granola_like_ui.home.meetings import Index
from granola_like_ui.palette.matching import Entry, ranked
from granola_like_ui.theme import Size, Space, appearance, colors, font, set_role

_ROW = 36
_SHOWN = 10
_WIDTH = 560
_TOP = 72


class EntriesModel(QAbstractListModel):
    """The entries that fit what is typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def at(self, index: Index) -> Entry:
        """Give the entry in a row."""
        return self._entries[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        """Count the rows."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of an entry, and its key for a screen reader."""
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.text}, {entry.aside}" if entry.aside else entry.text
        return None


class EntryDelegate(QStyledItemDelegate):
    """One line: what it does, and its key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Give every row the same height."""
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint an entry."""
        model = index.model()
        assert isinstance(model, EntriesModel)
        entry, tints = model.at(index), colors()
        box = option.rect.adjusted(Space.S, 1, -Space.S, -1)
        paint_ground(painter, box, option, on_desk=False)
        words = box.adjusted(Space.M, 0, -Space.M, 0)
        small = font("small")
        small.setFeature(QFont.Tag.fromString("tnum"), 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(QColor(tints.pencil))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, entry.aside)
        room = words.width() - QFontMetrics(small).horizontalAdvance(entry.aside) - Space.L
        kind = font("list")
        painter.setFont(kind)
        painter.setPen(QColor(tints.ink))
        text = elided(entry.text, kind, room)
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, text)


class Palette(QFrame):
    """Floats over its parent; the field has the focus, the arrows walk, Enter does it."""

    typed = Signal(str)
    """More entries may be found elsewhere for this."""
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._entries: tuple[Entry, ...] = ()
        self._last: Entry | None = None
        self._before: QWidget | None = None
        set_role(self, "card")
        self._field = QLineEdit()
        self._field.setFont(font("body"))
        set_role(self._field, "bare")
        self._model = EntriesModel(self)
        self._list = _Entries(self._model)
        self._nothing = QLabel(self.tr("Nothing is called so."))
        self._nothing.setContentsMargins(Space.XL - Space.XS, Space.S, 0, Space.M)
        set_role(self._nothing, "pencil")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.L, 0, Space.S)
        layout.setSpacing(Space.M)
        field = QVBoxLayout()
        field.setContentsMargins(Space.L + Space.XS, 0, Space.L, 0)
        field.addWidget(self._field)
        layout.addLayout(field)
        layout.addWidget(self._list)
        layout.addWidget(self._nothing)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(Size.SHADOW_BLUR * 1.5)
        shadow.setOffset(0, Size.SHADOW_FALL)
        self.setGraphicsEffect(shadow)
        self._shadow = shadow
        self._field.textChanged.connect(self._type)
        self._field.installEventFilter(self)
        self._list.taken.connect(self._take)
        parent.installEventFilter(self)
        appearance().changed.connect(self._recolor)
        self._recolor()
        self.hide()

    def open(self, entries: Sequence[Entry], *, hint: str, last: Entry | None = None) -> None:
        """Offer these; `last` stays at the end whatever is typed."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._entries, self._last = tuple(entries), last
        self._field.setPlaceholderText(hint)
        self._field.setAccessibleName(hint)
        self._field.clear()
        self._find("")
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus()

    def add(self, entries: Sequence[Entry]) -> None:
        """Offer these too: they were found meanwhile."""
        if self.isVisible():
            known = {entry.id for entry in self._entries}
            self._entries += tuple(entry for entry in entries if entry.id not in known)
            self._find(self._field.text())

    def offer_last(self, last: Entry | None) -> None:
        """Offer this at the end."""
        self._last = last
        self._find(self._field.text())

    @property
    def text(self) -> str:
        """What is typed."""
        return self._field.text()

    def type(self, text: str) -> None:
        """Type this."""
        self._field.setText(text)

    def end(self) -> None:
        """Go away, and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None:
            before.setFocus()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Walk by the arrows of the field; go away when the focus does."""
        if watched is self._over:
            if event.type() == QEvent.Type.Resize:
                self._place()
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.end()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------

    def _press(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: 1 - _SHOWN,
            Qt.Key.Key_PageDown: _SHOWN - 1,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.end()
        else:
            return False
        return True

    def _type(self, text: str) -> None:
        self._find(text)
        self.typed.emit(text)

    def _find(self, text: str) -> None:
        found = ranked(self._entries, text)
        if self._last is not None:
            found.append(self._last)
        self._model.show(found)
        self._list.setFixedHeight(_ROW * min(_SHOWN, len(found)))
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found:
            self._list.setCurrentIndex(self._model.index(0))
        self.adjustSize()
        self._place()

    def _step(self, by: int) -> None:
        rows = self._model.rowCount()
        if rows:
            at = self._list.currentIndex().row()
            to = (at + by) % rows if abs(by) == 1 else min(max(at + by, 0), rows - 1)
            self._list.setCurrentIndex(self._model.index(to))

    def _take(self) -> None:
        index = self._list.currentIndex()
        if not index.isValid():
            return
        entry = self._model.at(index)
        self.end()
        if entry.run is not None:
            entry.run()

    def _place(self) -> None:
        width = min(_WIDTH, self._over.width() - 2 * Space.XL)
        self.setFixedWidth(width)
        self.move((self._over.width() - width) // 2, min(_TOP, self._over.height() // 8))

    def _recolor(self) -> None:
        self._shadow.setColor(QColor(colors().shadow))


class _Entries(QListView):
    """The list; the field keeps the focus."""

    taken = Signal()

    def __init__(self, model: EntriesModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(EntryDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("What can be done"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Do what is clicked."""
        super().mouseReleaseEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.taken.emit()
