"""The bar that floats over the notepad while a call is recorded."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from granola_like.domain.times import clock
from granola_like_ui.note.meter import LevelMeter
from granola_like_ui.note.state import CallState
from granola_like_ui.theme import Size, Space, appearance, colors, font, set_role

SILENT_AFTER_S = 20
LITTLE_DISK_MIN = 60


class CallBar(QFrame):
    """Time, both levels, and what can be done with the recording; sentences when there is need."""

    pause_asked = Signal()
    resume_asked = Signal()
    off_the_record_asked = Signal()
    stop_asked = Signal()
    keep_recording_asked = Signal()
    captions_asked = Signal()
    resized = Signal()
    """Its height is another now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = CallState()
        set_role(self, "card")
        self.setAccessibleName(self.tr("The recording"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._dot = _Dot()
        self._time = QLabel("0:00")
        self._time.setFont(font("number"))
        strong = self._time.font()
        strong.setWeight(strong.Weight.DemiBold)
        self._time.setFont(strong)
        self._me = LevelMeter(self.tr("Your level"))
        self._them = LevelMeter(self.tr("The others' level"))
        self._pause = self._button(self.tr("Pause"), self._pause_or_resume)
        self._off = self._button(self.tr("Off the record"), self.off_the_record_asked.emit)
        self._off.setToolTip(self.tr("Deletes the last 60 seconds, and marks the place"))
        self._stop = self._button(self.tr("Stop"), self.stop_asked.emit)
        set_role(self._stop, "danger")
        self._captions = self._button("", self.captions_asked.emit)
        self._captions.setCheckable(True)
        self._captions.setToolTip(self.tr("Show what is being said, or hide it"))
        self._sentence = QLabel()
        self._sentence.setFont(font("small"))
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setStyleSheet("background: transparent; padding: 0;")
        self._keep = QPushButton(self.tr("Keep recording"))
        self._keep.setFont(font("list"))
        self._keep.clicked.connect(self.keep_recording_asked)
        self._is_compact = False
        self.show_captions(shown=False)
        self._lay_out()
        self._shade()
        appearance().changed.connect(self._shade)
        self.show_state(self.state)

    def show_state(self, state: CallState) -> None:
        """Show the call as it is now."""
        self.state = state
        is_on = state.step == "recording"
        self._dot.show_on(is_on=is_on)
        self._time.setText(clock(state.elapsed_ms))
        self._time.setAccessibleName(self.tr("Recorded: %1").replace("%1", clock(state.elapsed_ms)))
        for meter, seen in ((self._me, state.me), (self._them, state.them)):
            silent = bool(seen.silent_s or seen.warning)
            meter.show_level(seen.level, is_silent=silent and is_on, is_still=not is_on)
        self._pause.setText(self.tr("Resume") if state.step == "paused" else self.tr("Pause"))
        for button in (self._pause, self._off, self._stop):
            button.setEnabled(state.step in ("recording", "paused"))
        self._stop.setEnabled(state.step != "stopping")
        text, is_amber = self._what_to_say(state)
        self._say(text, is_amber=is_amber)
        self._keep.setVisible(state.countdown_s is not None)

    def show_captions(self, *, shown: bool) -> None:
        """Say whether the captions are open."""
        self._captions.setChecked(shown)
        self._name_captions()

    def fit(self, width: int) -> None:
        """Be no wider than this: what can be told without words is told without them."""
        self._set_compact(is_compact=False)
        if self.sizeHint().width() > width:
            self._set_compact(is_compact=True)
        self.adjustSize()

    def _set_compact(self, *, is_compact: bool) -> None:
        for label in self._names:
            label.setVisible(not is_compact)
        self._controls.setSpacing(Space.XS if is_compact else Space.S)
        self._is_compact = is_compact
        self._name_captions()
        layout = self.layout()
        assert layout is not None
        layout.activate()

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._sentence.text()

    def _name_captions(self) -> None:
        name, arrow = self.tr("Captions"), "▾" if self._captions.isChecked() else "▴"
        self._captions.setText(arrow if self._is_compact else f"{name} {arrow}")
        self._captions.setAccessibleName(name)

    def _what_to_say(self, state: CallState) -> tuple[str, bool]:
        """Choose the one sentence that matters most, and say whether it is a warning."""
        warnings = [state.trouble]
        if state.countdown_s is None and state.step == "recording":
            warnings += [self._silence(state), self._disk(state)]
        for warning in warnings:
            if warning:
                return warning, True
        if state.countdown_s is not None:
            ended = state.countdown_why or self.tr("The call has ended.")
            stopping = self.tr("Stopping in %n s", "", state.countdown_s)
            return f"{ended} {stopping}", False
        steps = {
            "starting": self.tr("Starting…"),
            "paused": self.tr("Paused: nothing is kept until you resume"),
            "stopping": self.tr("Stopping: the last seconds are being saved"),
        }
        return state.said or steps.get(state.step, ""), False

    def _disk(self, state: CallState) -> str:
        minutes = state.minutes_of_disk
        if minutes is None or minutes >= LITTLE_DISK_MIN:
            return ""
        return self.tr("The disk has room for %n min more", "", minutes)

    def _silence(self, state: CallState) -> str:
        if state.them.warning or state.me.warning:
            return state.them.warning or state.me.warning
        if state.them.silent_s >= SILENT_AFTER_S:
            return self.tr("No sound from the call for %n s", "", state.them.silent_s)
        if state.me.silent_s >= SILENT_AFTER_S:
            return self.tr("No sound from your microphone for %n s", "", state.me.silent_s)
        return ""

    def _say(self, text: str, *, is_amber: bool) -> None:
        was = (self._sentence.text(), self._sentence.property("role"))
        role = "amber" if is_amber else "pencil"
        if was != (text, role):
            self._sentence.setText(text)
            set_role(self._sentence, "amber" if is_amber else "pencil")
            self._sentence.setVisible(bool(text))
            self._row.setVisible(bool(text))
            self.adjustSize()
            self.resized.emit()

    def _pause_or_resume(self) -> None:
        (self.resume_asked if self.state.step == "paused" else self.pause_asked).emit()

    def _button(self, text: str, act: object) -> QPushButton:
        button = QPushButton(text)
        button.setFont(font("list"))
        set_role(button, "quiet")
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        self._controls = controls = QHBoxLayout()
        self._names: list[QLabel] = []
        controls.setSpacing(Space.S)
        controls.addWidget(self._dot)
        controls.addWidget(self._time)
        controls.addSpacing(Space.S)
        for name, meter in ((self.tr("me"), self._me), (self.tr("them"), self._them)):
            label = QLabel(name)
            label.setFont(font("list"))
            set_role(label, "pencil")
            self._names.append(label)
            controls.addWidget(label)
            controls.addWidget(meter, alignment=Qt.AlignmentFlag.AlignVCenter)
            controls.addSpacing(Space.S)
        for button in (self._pause, self._off, self._captions, self._stop):
            controls.addWidget(button)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._sentence)
        row.addStretch(1)
        row.addWidget(self._keep)
        self._row.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.S, Space.S, Space.S)
        whole.setSpacing(Space.XS)
        whole.addWidget(self._row)
        whole.addLayout(controls)
        whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _shade(self) -> None:
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(Size.SHADOW_BLUR)
        shadow.setOffset(0, Size.SHADOW_FALL)
        shadow.setColor(QColor(colors().shadow))
        self.setGraphicsEffect(shadow)


class _Dot(QWidget):
    """Red while sound is kept; a ring while it is not."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(10, 10)
        self._is_on = True

    def show_on(self, *, is_on: bool) -> None:
        self._is_on = is_on
        self.setAccessibleName(self.tr("Recording") if is_on else self.tr("Not recording"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colors().record))
        painter.setBrush(QColor(colors().record) if self._is_on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
