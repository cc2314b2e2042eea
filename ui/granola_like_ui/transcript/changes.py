"""Texts as they are and as they would be, for review before anything is written."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from granola_like.domain.times import clock
from granola_like_ui.home.meeting_delegates import elided, paint_ground
from granola_like_ui.home.meetings import Index
from granola_like_ui.theme import Space, colors, font
from granola_like_ui.transcript.difference import Part, difference
from granola_like_ui.transcript.state import Change

_ROW = 52
_BOX = 18


class ChangesModel(QAbstractListModel):
    """Changes, each taken or left out."""

    taken_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[Change, ...] = ()
        self._different: list[tuple[Part, ...]] = []
        self._left_out: set[int] = set()

    def show(self, changes: Sequence[Change]) -> None:
        """Show these, all of them taken."""
        self.beginResetModel()
        self._changes = tuple(changes)
        self._different = [difference(one.before, one.after) for one in changes]
        self._left_out = set()
        self.endResetModel()
        self.taken_changed.emit()

    @property
    def taken(self) -> tuple[int, ...]:
        """The numbers of the changes that are taken."""
        return tuple(n for n in range(len(self._changes)) if n not in self._left_out)

    def at(self, index: Index) -> tuple[Change, tuple[Part, ...]]:
        """Give a change, and what differs in it."""
        return self._changes[index.row()], self._different[index.row()]

    def turn(self, index: Index) -> None:
        """Take a change, or leave it out."""
        self._left_out ^= {index.row()}
        self.dataChanged.emit(index, index)
        self.taken_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        """Count the rows."""
        return 0 if parent.isValid() else len(self._changes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of a change, and whether it is taken."""
        change = self._changes[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            taken = index.row() not in self._left_out
            return Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tr("{title}, {time}: “{before}” becomes “{after}”").format(
                title=change.title,
                time=clock(change.start_ms),
                before=change.before,
                after=change.after,
            )
        return None


class ChangeDelegate(QStyledItemDelegate):
    """Paints where it is, and the words with the old struck out before the new."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Give every row the same height."""
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one change."""
        model = index.model()
        assert isinstance(model, ChangesModel)
        change, parts = model.at(index)
        taken = index.row() in model.taken
        box = option.rect.adjusted(Space.S, 1, -Space.S, -1)
        paint_ground(painter, box, option, on_desk=False)
        self._paint_box(painter, box, taken=taken)
        words = box.adjusted(Space.S + _BOX + Space.S, Space.XS, -Space.S, -Space.XS)
        tints, small = colors(), font("small")
        painter.setFont(small)
        painter.setPen(QColor(tints.faint))
        middle = Qt.AlignmentFlag.AlignVCenter
        first = QRect(words.left(), words.top(), words.width(), words.height() // 2)
        when = clock(change.start_ms)
        painter.drawText(first, middle | Qt.AlignmentFlag.AlignRight, when)
        room = first.width() - QFontMetrics(small).horizontalAdvance(when) - Space.S
        title = elided(change.title, small, room)
        painter.drawText(first, middle | Qt.AlignmentFlag.AlignLeft, title)
        second = first.translated(0, words.height() // 2)
        _write(painter, second, parts, faded=not taken)

    def _paint_box(self, painter: QPainter, within: QRect, *, taken: bool) -> None:
        tints = colors()
        top = within.top() + (within.height() - _BOX) // 2
        box = QRect(within.left() + Space.S, top, _BOX - 2, _BOX - 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tints.accent if taken else tints.faint), 1))
        painter.setBrush(QColor(tints.accent) if taken else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        if taken:
            painter.setPen(QPen(QColor(tints.on_accent), 1.6))
            left, middle = box.left(), box.center().y()
            tick = ((4, 1), (7, 4), (12, -3))
            painter.drawPolyline([QPoint(left + x, middle + y) for x, y in tick])
        painter.restore()


class ChangesList(QListView):
    """Shows changes; Space or a click takes one or leaves it out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes = ChangesModel(self)
        self.setModel(self.changes)
        self.setItemDelegate(ChangeDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Changes"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take or leave out by Space."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.changes.turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take or leave out by a click."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.changes.turn(index)


def _write(painter: QPainter, box: QRect, parts: tuple[Part, ...], *, faded: bool) -> None:
    tints, plain = colors(), font("list")
    struck, strong = QFont(plain), QFont(plain)
    struck.setStrikeOut(True)
    strong.setWeight(QFont.Weight.DemiBold)
    kinds = {
        "same": (plain, tints.pencil),
        "old": (struck, tints.amber),
        "new": (strong, tints.ink),
    }
    x, at = box.left(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    space = QFontMetrics(plain).horizontalAdvance(" ")
    for part in parts:
        kind, color = kinds[part.kind]
        room = box.right() - x
        if room <= 0:
            return
        painter.setFont(kind)
        painter.setPen(QColor(tints.faint if faded else color))
        painter.drawText(QRect(x, box.top(), room, box.height()), at, elided(part.text, kind, room))
        x += QFontMetrics(kind).horizontalAdvance(part.text) + space
