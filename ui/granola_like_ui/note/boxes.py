"""Small things that are painted beside words."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from granola_like_ui.theme import colors


def paint_box(painter: QPainter, where: QRectF, *, is_done: bool) -> None:
    """Paint a box to tick."""
    side = min(where.width(), where.height()) - 2
    box = QRectF(0, 0, side, side)
    box.moveCenter(where.center())
    painter.setPen(QPen(QColor(colors().accent if is_done else colors().pencil), 1.2))
    painter.setBrush(QColor(colors().accent) if is_done else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 2.5, 2.5)
    if is_done:
        painter.setPen(QPen(QColor(colors().on_accent), 1.6))
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(box.left() + side * 0.22, box.top() + side * 0.52),
                    QPointF(box.left() + side * 0.42, box.top() + side * 0.72),
                    QPointF(box.left() + side * 0.78, box.top() + side * 0.28),
                ]
            )
        )


def paint_play(painter: QPainter, at: QPointF, color: str) -> None:
    """Paint a small triangle that points to the right; `at` is the middle of its left side."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawPolygon(
        QPolygonF([at + QPointF(0, -3.5), at + QPointF(5.5, 0), at + QPointF(0, 3.5)])
    )
