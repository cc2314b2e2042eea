"""Three quiet cards; each proves itself, and each may be left out."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from granola_like_ui.theme import Space, set_role
from granola_like_ui.welcome.state import Card, Quality, WelcomeState
from granola_like_ui.widgets.column import Column
from granola_like_ui.widgets.labels import words
from granola_like_ui.widgets.layouts import empty
from granola_like_ui.widgets.meter import Meter


class WelcomePage(QWidget):
    """Shows a WelcomeState, and says what the person asked for."""

    listen_asked = Signal()
    """Hear the microphone."""
    chime_asked = Signal()
    """Play the chime, and hear it back."""
    quality_chosen = Signal(str)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me = _SoundCard(
            self.tr("Say something"),
            self.tr("The microphone hears your side of a call."),
            self.tr("Listen to me"),
        )
        self._them = _SoundCard(
            self.tr("Hear the computer"),
            self.tr("A short sound is played, and must come back: so the others are heard."),
            self.tr("Play the sound"),
        )
        self._quality = _QualityCard()
        self._me.asked.connect(self.listen_asked)
        self._them.asked.connect(self.chime_asked)
        self._quality.chosen.connect(self.quality_chosen)
        self._start = QPushButton(self.tr("Start"))
        set_role(self._start, "primary")
        self._start.clicked.connect(self.finished)
        column = Column(self)
        body = column.body
        body.addWidget(words(self.tr("Before the first call"), role="title", type_="title"))
        body.addSpacing(Space.S)
        body.addWidget(
            words(
                self.tr(
                    "Three things to try, in any order. Each can be left out and found again in "
                    "the settings."
                ),
                role="pencil",
            )
        )
        for card in (self._me, self._them, self._quality):
            body.addSpacing(Space.L)
            body.addWidget(card)
        body.addSpacing(Space.XL)
        foot = QHBoxLayout()
        foot.addWidget(
            words(
                self.tr(
                    "Sound, words and notes stay on this computer. Nothing is sent anywhere "
                    "unless you ask for it."
                ),
                role="pencil",
                type_="small",
            ),
            1,
        )
        foot.addSpacing(Space.XL)
        foot.addWidget(self._start)
        body.addLayout(foot)
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)

    def show_state(self, state: WelcomeState) -> None:
        """Show this and nothing else."""
        self._me.show_state(state.me)
        self._them.show_state(state.them)
        self._quality.show_state(state)


class _SoundCard(QFrame):
    asked = Signal()

    def __init__(self, title: str, about: str, button: str) -> None:
        super().__init__()
        set_role(self, "card")
        self._about, self._button_text = about, button
        self._told = words(about, role="pencil")
        self._meter = Meter(title)
        self._button = QPushButton(button)
        self._button.setAccessibleName(f"{title}: {button}")
        self._button.clicked.connect(self.asked)
        text = QVBoxLayout()
        text.setSpacing(Space.XS)
        text.addWidget(words(title, role="heading", type_="heading"))
        text.addWidget(self._told)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        layout.setSpacing(Space.L)
        layout.addLayout(text, 1)
        layout.addWidget(self._meter)
        layout.addWidget(self._button)

    def show_state(self, card: Card) -> None:
        self._told.setText(card.told or self._about)
        set_role(self._told, "amber" if card.proof == "failed" else "pencil")
        self._meter.setVisible(card.proof in ("trying", "proved"))
        self._meter.show_level(card.level_db)
        trying = card.proof == "trying"
        self._button.setEnabled(not trying)
        again = self.tr("Try again") if card.proof in ("failed", "proved") else self._button_text
        self._button.setText(self.tr("Listening…") if trying else again)


class _QualityCard(QFrame):
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(Space.S)
        self._bar = QProgressBar(textVisible=False)
        self._download = words("", role="pencil", type_="small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        layout.setSpacing(Space.XS)
        layout.addWidget(
            words(self.tr("Choose how good the words shall be"), role="heading", type_="heading")
        )
        layout.addWidget(
            words(
                self.tr("It is fetched once, in the background; you can work meanwhile."),
                role="pencil",
            )
        )
        layout.addSpacing(Space.S)
        layout.addLayout(self._rows)
        layout.addWidget(self._bar)
        layout.addWidget(self._download)
        self._shown: tuple[object, ...] = ()

    def show_state(self, state: WelcomeState) -> None:
        what = (state.qualities, state.chosen)
        if what != self._shown:
            self._shown = what
            empty(self._rows)
            for quality in state.qualities:
                row = _QualityRow(quality, is_chosen=quality.model == state.chosen)
                row.chosen.connect(self.chosen)
                self._rows.addWidget(row)
        self._bar.setVisible(bool(state.download))
        self._bar.setRange(0, 0 if state.fraction is None else 1000)
        self._bar.setValue(round((state.fraction or 0) * 1000))
        self._download.setVisible(bool(state.download))
        self._download.setText(state.download)


class _QualityRow(QFrame):
    """One quality; the whole row is the button."""

    chosen = Signal(str)

    def __init__(self, quality: Quality, *, is_chosen: bool) -> None:
        super().__init__()
        self._model = quality.model
        set_role(self, "chosen" if is_chosen else "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = self.tr("chosen") if is_chosen else self.tr("not chosen")
        self.setAccessibleName(f"{quality.title}, {said}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        layout.setSpacing(Space.L)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(words(quality.title, type_="strong" if is_chosen else "body"))
        text.addWidget(words(quality.about, role="pencil", type_="small"))
        layout.addLayout(text, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        facts = words(quality.facts, role="pencil", type_="small", wrap=False)
        facts.setAlignment(Qt.AlignmentFlag.AlignRight)
        right.addWidget(facts)
        told = self.tr("suits this computer") if quality.is_suggested else ""
        if quality.is_here:
            told = self.tr("is here")
        mark = words(told, role="accent", type_="small", wrap=False)
        mark.setAlignment(Qt.AlignmentFlag.AlignRight)
        right.addWidget(mark)
        layout.addLayout(right)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._model)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and event.key() in keys:
            self.chosen.emit(self._model)
        else:
            super().keyPressEvent(event)
