"""What a search found, by meeting, while it is being typed."""

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from granola_like.domain.search import Hit, HitKind
from granola_like.domain.times import clock
from granola_like_ui.home.empty import Empty
from granola_like_ui.home.meeting_delegates import column, elided, paint_ground
from granola_like_ui.home.meetings import Index
from granola_like_ui.home.snippets import Piece, fitted, pieces
from granola_like_ui.home.state import Group, SearchState
from granola_like_ui.theme import Space, colors, font

_ROW = 34
_KIND_COLUMN = 64


def kind_name(kind: HitKind) -> str:
    """Say in a word what was found."""
    words: dict[HitKind, str] = {
        "title": QCoreApplication.translate("SearchPage", "title"),
        "note": QCoreApplication.translate("SearchPage", "note"),
        "point": QCoreApplication.translate("SearchPage", "point"),
        "utterance": QCoreApplication.translate("SearchPage", "said"),
    }
    return words[kind]


class HitsModel(QAbstractListModel):
    """Meetings, and below each its passages."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Group | Hit] = []

    def show(self, groups: tuple[Group, ...]) -> None:
        """Show these; the passage of a title is the meeting's own row."""
        self.beginResetModel()
        self._rows = []
        for group in groups:
            self._rows.append(group)
            self._rows += [hit for hit in group.hits if hit.kind != "title"]
        self.endResetModel()

    def at(self, index: Index) -> Group | Hit:
        """Give what stands in a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of a row."""
        row = self._rows[index.row()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(row, Group):
            return row.title
        when = "" if row.start_ms is None else clock(row.start_ms)
        said = "".join(piece.text for piece in pieces(row.text))
        return ", ".join(part for part in (kind_name(row.kind), said, when) if part)


class HitDelegate(QStyledItemDelegate):
    """Paints a meeting's title, or a passage with the found words marked."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Give every row the same height."""
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        model = index.model()
        assert isinstance(model, HitsModel)
        row, tints, box = model.at(index), colors(), column(option.rect)
        paint_ground(painter, box.adjusted(-Space.M, 0, Space.M, 0), option, on_desk=False)
        middle = Qt.AlignmentFlag.AlignVCenter
        small = font("small")
        small.setFeature(QFont.Tag.fromString("tnum"), 1)
        if isinstance(row, Group):
            strong = font("strong")
            titled = next((hit.text for hit in row.hits if hit.kind == "title"), row.title)
            room = QFontMetrics(small).horizontalAdvance(row.when) + Space.L
            lower = box.adjusted(0, 4, 0, 0)
            painter.setFont(small)
            painter.setPen(QColor(tints.faint))
            painter.drawText(lower, middle | Qt.AlignmentFlag.AlignRight, row.when)
            _write(painter, lower.adjusted(0, 0, -room, 0), pieces(titled), strong, tints.ink)
            return
        painter.setFont(small)
        painter.setPen(QColor(tints.faint))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, kind_name(row.kind))
        when = "" if row.start_ms is None else clock(row.start_ms)
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, when)
        room = QFontMetrics(small).horizontalAdvance(when) + Space.L
        words = box.adjusted(_KIND_COLUMN, 0, -room, 0)
        ink = tints.ink if row.kind in ("note", "utterance") else tints.pencil
        _write(painter, words, pieces(row.text), font("list"), ink)


class SearchPage(QWidget):
    """Shows a `SearchState`; walks through the passages by arrows from the field."""

    place_asked = Signal(str, str, str, object)
    """Meeting, kind, id, and where in the sound (int or None)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HitsModel(self)
        self._list = _Hits(self._model)
        self._nothing = Empty()
        self._bodies = QStackedWidget()
        self._bodies.addWidget(self._list)
        self._bodies.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.XXL, 0, 0)
        layout.addWidget(self._bodies)
        self._list.taken.connect(self.take)

    def show_state(self, state: SearchState) -> None:
        """Show what was found; while the answer is on its way, what was found before."""
        if not state.is_answered:
            return
        self._model.show(state.groups)
        self._nothing.say(
            self.tr("Nothing found for “{query}”").format(query=state.query),
            self.tr(
                "Try fewer words, or only the beginning of a word. Titles, notes, points and"
                " everything that was said are searched; what lies in the trash is not."
            ),
        )
        self._bodies.setCurrentWidget(self._list if state.groups else self._nothing)
        self.step(0)

    def step(self, by: int) -> None:
        """Choose the passage so many rows further on."""
        rows = self._model.rowCount()
        if not rows:
            return
        now = self._list.currentIndex()
        at = now.row() + by if now.isValid() else 0
        self._list.setCurrentIndex(self._model.index(min(max(at, 0), rows - 1)))

    def take(self) -> None:
        """Go to the passage that is chosen."""
        index = self._list.currentIndex()
        if not index.isValid():
            return
        row = self._model.at(index)
        if isinstance(row, Group):
            self.place_asked.emit(row.meeting, "title", row.meeting, None)
        else:
            self.place_asked.emit(row.meeting, row.kind, row.id, row.start_ms)


class _Hits(QListView):
    """The list; the field keeps the focus."""

    taken = Signal()

    def __init__(self, model: HitsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(HitDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Found"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go to what is clicked."""
        super().mouseReleaseEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.taken.emit()


def _write(painter: QPainter, box: QRect, of: list[Piece], kind: QFont, ink: str) -> None:
    """Write pieces one after the other; what was found stands on amber, in semi-bold."""
    bold = QFont(kind)
    bold.setWeight(QFont.Weight.DemiBold)
    plain, found = QFontMetrics(kind), QFontMetrics(bold)

    def wide(piece: Piece) -> int:
        return (found if piece.is_found else plain).horizontalAdvance(piece.text)

    tints, x = colors(), box.left()
    base = box.top() + (box.height() + plain.ascent() - plain.descent()) // 2
    for piece in fitted(of, box.width(), wide):
        width = wide(piece)
        room = box.right() - x
        if room <= 0:
            return
        painter.setFont(bold if piece.is_found else kind)
        if piece.is_found:
            ground = QRect(x, base - plain.ascent(), min(width, room), plain.height())
            painter.fillRect(ground, QColor(tints.amber_ground))
        painter.setPen(QColor(tints.amber if piece.is_found else ink))
        shown = piece.text if width <= room else elided(piece.text, painter.font(), room)
        painter.drawText(x, base, shown)
        x += width
