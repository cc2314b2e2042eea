"""How a meeting is painted: one quiet line at the side, two lines with a snippet on the page."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from granola_like.domain.home import HomeRow
from granola_like_ui.home import telling
from granola_like_ui.home.meetings import Heading, Index, MeetingsModel
from granola_like_ui.home.state import Running, Work
from granola_like_ui.theme import Size, Space, colors, font

DOT = 7
ROW = 31
PAGE_ROW = 62
_TIME_COLUMN = 64
_BAR = 3


def elided(text: str, kind: QFont, width: int) -> str:
    """Cut a text at its end to fit."""
    return QFontMetrics(kind).elidedText(text, Qt.TextElideMode.ElideRight, width)


def paint_ground(
    painter: QPainter, box: QRect, option: QStyleOptionViewItem, *, on_desk: bool
) -> None:
    """Paint what lies behind a row that is chosen, pointed at, or has the focus."""
    tints, state = colors(), option.state
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    over = bool(state & QStyle.StateFlag.State_MouseOver)
    if not chosen and not over:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
    edge = tints.accent if focused else tints.hairline
    pen = QPen(QColor(edge), Size.FOCUS if focused else 1)
    painter.setPen(pen if chosen else Qt.PenStyle.NoPen)
    ground = tints.paper if on_desk == chosen else tints.desk
    if on_desk and over and not chosen:
        ground = tints.hairline
    painter.setBrush(QColor(ground))
    inset = pen.widthF() / 2
    painter.drawRoundedRect(
        QRectF(box).adjusted(inset, inset, -inset, -inset), Size.CORNER - 1, Size.CORNER - 1
    )
    painter.restore()


def paint_dot(painter: QPainter, x: int, middle: float) -> None:
    """Paint the red dot of a recording."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colors().record))
    painter.drawEllipse(QRectF(x, middle - DOT / 2, DOT, DOT))
    painter.restore()


class TitleEditor(QStyledItemDelegate):
    """Lets a name be typed in its place."""

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Give a field with the name in it."""
        field = QLineEdit(parent)
        field.setFont(font("list"))
        field.setAccessibleName(self.tr("New name"))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Start with the old name, all of it selected."""
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(  # noqa: N802 - Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """Hand over what was typed."""
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text())


class SidebarDelegate(TitleEditor):
    """One line: the title, and when it was."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Give every row the same height."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a heading, or a meeting with its time."""
        model = index.model()
        assert isinstance(model, MeetingsModel)
        row, tints = model.at(index.row()), colors()
        box = option.rect.adjusted(Space.M, 0, _to_edge(option) - Space.M, 0)
        words = box.adjusted(Space.S, 0, -Space.S, 0)
        if isinstance(row, Heading):
            painter.setFont(font("label"))
            painter.setPen(QColor(tints.faint))
            below = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(words.adjusted(0, 0, 0, -Space.XS), below, row.text)
            return
        paint_ground(painter, box, option, on_desk=True)
        aside, right = self._aside(model, row, option), Qt.AlignmentFlag.AlignVCenter
        small = font("small")
        small.setFeature(QFont.Tag.fromString("tnum"), 1)
        painter.setFont(small)
        painter.setPen(QColor(tints.faint))
        painter.drawText(words, right | Qt.AlignmentFlag.AlignRight, aside)
        room = QFontMetrics(small).horizontalAdvance(aside) + Space.S
        if isinstance(row, Running):
            paint_dot(painter, words.left(), words.center().y() + 1)
            words = words.adjusted(DOT + Space.S, 0, 0, 0)
        kind = font("list")
        painter.setFont(kind)
        painter.setPen(QColor(tints.ink))
        title = elided(row.title, kind, words.width() - room)
        painter.drawText(words, right | Qt.AlignmentFlag.AlignLeft, title)

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Put the field where the title is."""
        editor.setGeometry(option.rect.adjusted(Space.M, 0, -Space.M, 0))

    def _aside(
        self, model: MeetingsModel, row: HomeRow | Running, option: QStyleOptionViewItem
    ) -> str:
        work = model.work(row.meeting)
        if work is not None and work.fraction is not None and not work.trouble:
            return f"{int(work.fraction * 100)} %"
        return telling.near_time(row.started_at, today=model.today, locale=option.locale)


class PageDelegate(TitleEditor):
    """Two lines: time, title and length, and below the first points of the note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Give every row the same height."""
        return QSize(0, PAGE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a day, or a meeting."""
        model = index.model()
        assert isinstance(model, MeetingsModel)
        row, tints, box = model.at(index.row()), colors(), column(option.rect)
        if isinstance(row, Heading):
            kind = font("small")
            kind.setWeight(QFont.Weight.DemiBold)
            painter.setFont(kind)
            painter.setPen(QColor(tints.faint))
            below = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(box.adjusted(0, 0, 0, -Space.S), below, row.text)
            return
        paint_ground(painter, box.adjusted(-Space.M, 1, Space.M, -1), option, on_desk=False)
        if _is_followed(model, index):
            painter.setPen(QColor(tints.hairline))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        first = QRect(box.left(), box.top() + Space.S + 1, box.width(), 23)
        second = QRect(first.left(), first.bottom() + 1, first.width(), 20)
        at = Qt.AlignmentFlag.AlignVCenter
        number = font("number")
        painter.setFont(number)
        painter.setPen(QColor(tints.pencil))
        if isinstance(row, Running):
            paint_dot(painter, first.left() + 1, first.center().y() + 1)
            length = ""
        else:
            length = telling.length(row.duration_ms)
            when = telling.time_of_day(row.started_at, locale=option.locale)
            painter.drawText(first, at | Qt.AlignmentFlag.AlignLeft, when)
        painter.drawText(first, at | Qt.AlignmentFlag.AlignRight, length)
        room = QFontMetrics(number).horizontalAdvance(length) + Space.L
        body = font("body")
        painter.setFont(body)
        painter.setPen(QColor(tints.ink))
        first.setLeft(first.left() + _TIME_COLUMN)
        second.setLeft(first.left())
        title = elided(row.title, body, first.width() - room)
        painter.drawText(first, at | Qt.AlignmentFlag.AlignLeft, title)
        work = model.work(row.meeting)
        if work is not None:
            self._paint_work(painter, work, second)
            return
        small = font("small")
        painter.setFont(small)
        painter.setPen(QColor(tints.pencil))
        text = self.tr("Being recorded now") if isinstance(row, Running) else self._below(row)
        fitting = elided(text, small, second.width())
        painter.drawText(second, at | Qt.AlignmentFlag.AlignLeft, fitting)

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Put the field where the title is."""
        box = column(option.rect)
        editor.setGeometry(box.adjusted(_TIME_COLUMN - Space.M, 4, -_TIME_COLUMN, -24))

    def _below(self, row: HomeRow) -> str:
        if row.snippet:
            return row.snippet
        if row.has_sound and not row.is_heard:
            return self.tr("Not transcribed yet")
        if row.is_heard and not row.is_written:
            return self.tr("No note yet")
        return self.tr("Nothing in it yet")

    def _paint_work(self, painter: QPainter, work: Work, box: QRect) -> None:
        """Tell how far it is, in words with a thin bar behind them; trouble in amber."""
        tints, small = colors(), font("small")
        painter.setFont(small)
        painter.setPen(QColor(tints.amber if work.trouble else tints.pencil))
        text = work.trouble or telling_work(work)
        at = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, at, elided(text, small, box.width()))
        if work.trouble or work.fraction is None:
            return
        start = box.left() + QFontMetrics(small).horizontalAdvance(text) + Space.M
        width = min(120, box.right() - start)
        if width < Space.XL:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(start, box.center().y(), width, _BAR)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tints.hairline))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        bar.setWidth(max(_BAR, width * work.fraction))
        painter.setBrush(QColor(tints.accent))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def telling_work(work: Work) -> str:
    """Tell how far the work is: "Transcribing, 40 %, 3 min left"."""
    parts = [work.step]
    if work.fraction is not None:
        parts.append(f"{int(work.fraction * 100)} %")
    if work.left_ms is not None:
        parts.append(telling.time_left(work.left_ms))
    return ", ".join(parts)


def column(within: QRect) -> QRect:
    """Give the column of text in the middle of a row or page."""
    width = min(Size.TEXT_COLUMN, within.width() - 2 * Space.XL)
    left = within.left() + (within.width() - width) // 2
    return QRect(left, within.top(), width, within.height())


def _to_edge(option: QStyleOptionViewItem) -> int:
    """Say how much of the margin at the right a scroll bar has taken already."""
    view = option.widget
    if not isinstance(view, QAbstractScrollArea):
        return 0
    return min(Space.M, view.width() - view.viewport().width())


def _is_followed(model: MeetingsModel, index: Index) -> bool:
    below = index.row() + 1
    return below < model.rowCount(QModelIndex()) and not isinstance(model.at(below), Heading)
