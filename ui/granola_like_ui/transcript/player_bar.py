"""Playing the meeting's sound: play and pause, five seconds back and on, speed, a slider."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from granola_like.domain.times import clock
from granola_like_ui.theme import Space, appearance, colors, font, icon, set_role
from granola_like_ui.transcript.keys import STEP_MS
from granola_like_ui.transcript.state import SPEEDS, PlayState


class PlayerBar(QWidget):
    """Shows a `PlayState`; tells what the person wants to hear."""

    play_asked = Signal()
    """Play, or pause."""
    sought = Signal(int)
    """Go to this ms."""
    jumped = Signal(int)
    speed_chosen = Signal(float)
    follow_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = PlayState()
        self._slider = _Seeking()
        self._slider.setAccessibleName(self.tr("Position"))
        self._play = self._button(self.tr("Play"))
        self._back = self._button(self.tr("5 seconds back"))
        self._on = self._button(self.tr("5 seconds on"))
        self._time = QLabel()
        self._time.setFont(font("small"))
        set_role(self._time, "pencil")
        self._follow = QPushButton(self.tr("Follow"))
        self._follow.setFont(font("small"))
        set_role(self._follow, "quiet")
        self._follow.setToolTip(self.tr("Go along with what is heard"))
        self._speed = QToolButton()
        set_role(self._speed, "quiet")
        self._speed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._speed.setToolTip(self.tr("Speed"))
        self._speed.setMenu(self._speeds())
        self._lay_out()
        self._play.clicked.connect(self.play_asked)
        self._back.clicked.connect(lambda: self.jumped.emit(-STEP_MS))
        self._on.clicked.connect(lambda: self.jumped.emit(STEP_MS))
        self._follow.clicked.connect(self.follow_asked)
        self._slider.sought.connect(self.sought)
        appearance().changed.connect(self._paint_icons)
        self.show_state(self._state, length_ms=0)

    def show_state(self, state: PlayState, *, length_ms: int) -> None:
        """Show what is played, and how long all of it is."""
        self._state = state
        self._slider.setRange(0, max(1, length_ms))
        self._slider.go_to(state.position_ms)
        self._time.setText(f"{clock(state.position_ms)} / {clock(length_ms)}")
        self._speed.setText(_told(state.speed))
        self._speed.setAccessibleName(self.tr("Speed {speed}").format(speed=_told(state.speed)))
        self._follow.setVisible(not state.is_following)
        what = self.tr("Pause") if state.is_playing else self.tr("Play")
        self._play.setAccessibleName(what)
        self._play.setToolTip(self.tr("{what} (Space)").format(what=what))
        self._paint_icons()

    # -- inside --------------------------------------------------------------------------------

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        set_role(button, "quiet")
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _speeds(self) -> QMenu:
        menu = QMenu(self)
        for speed in SPEEDS:
            entry = menu.addAction(_told(speed))
            entry.triggered.connect(lambda _=False, to=speed: self.speed_chosen.emit(to))
        return menu

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        for widget in (self._back, self._play, self._on):
            row.addWidget(widget)
        row.addSpacing(Space.S)
        row.addWidget(self._time)
        row.addStretch(1)
        row.addWidget(self._follow)
        row.addWidget(self._speed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.XS)
        layout.addWidget(self._slider)
        layout.addLayout(row)

    def _paint_icons(self) -> None:
        tints = colors()
        self._play.setIcon(icon("pause" if self._state.is_playing else "play", tints.ink))
        self._back.setIcon(icon("back", tints.pencil))
        self._on.setIcon(icon("forward", tints.pencil))


class _Seeking(QSlider):
    """A slider that goes where it is clicked; five seconds by an arrow."""

    sought = Signal(int)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSingleStep(STEP_MS)
        self.setPageStep(12 * STEP_MS)
        self.setTracking(False)
        self.sliderReleased.connect(lambda: self.sought.emit(self.sliderPosition()))

    def go_to(self, ms: int) -> None:
        """Stand here, unless the person holds the handle."""
        if not self.isSliderDown():
            self.setValue(ms)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go where it is clicked at once, and hold the handle there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderPosition(
                QStyle.sliderValueFromPosition(
                    self.minimum(), self.maximum(), round(event.position().x()), self.width()
                )
            )
            self.setSliderDown(True)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the handle along."""
        if self.isSliderDown():
            self.setSliderPosition(
                QStyle.sliderValueFromPosition(
                    self.minimum(), self.maximum(), round(event.position().x()), self.width()
                )
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Play from here."""
        if self.isSliderDown():
            self.setSliderDown(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go five seconds or a minute by keys."""
        before = self.sliderPosition()
        super().keyPressEvent(event)
        if self.sliderPosition() != before:
            self.sought.emit(self.sliderPosition())


def _told(speed: float) -> str:
    return f"{speed:g}×"
