"""Icons as SVG files, painted in the colour that the place asks for."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from granola_like_ui.theme.tokens import Size

_FOLDER = Path(__file__).parent / "icons"


def icon(name: str, color: str, *, size: int = Size.ICON) -> QIcon:
    """Paint `icons/NAME.svg`, whose strokes are `currentColor`, in a colour, sharp up to 300 %."""
    made = QIcon()
    for scale in (1, 2, 3):
        made.addPixmap(_painted(name, color, size, scale))
    return made


@cache
def _painted(name: str, color: str, size: int, scale: int) -> QPixmap:
    drawing = (_FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", color)
    pixmap = QPixmap(size * scale, size * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    renderer.render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
