"""One quiet row over the text: the desk at work, or why there is no note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from granola_like_ui.note.state import Trouble, Writing
from granola_like_ui.note.words import about_left
from granola_like_ui.theme import Space, font, set_role


class WritingStrip(QWidget):
    """What is being done, how far it is, how long it will take still, and a way to stop it."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step, self._left = QLabel(), QLabel()
        for label in (self._step, self._left):
            label.setFont(font("small"))
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_role(label, "pencil")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(3)
        self._bar.setAccessibleName(self.tr("How far the note is"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setFont(font("small"))
        set_role(self._cancel, "quiet")
        self._cancel.clicked.connect(self.cancel_asked)
        words = QHBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(self._step)
        words.addStretch(1)
        words.addWidget(self._left)
        words.addWidget(self._cancel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, Space.S, 0, 0)
        whole.setSpacing(Space.XS)
        whole.addLayout(words)
        whole.addWidget(self._bar)
        self.hide()

    def show_state(self, writing: Writing | None) -> None:
        """Show the work, or nothing."""
        self.setVisible(writing is not None)
        if writing is None:
            return
        self._step.setText(writing.step)
        left = writing.left_s
        self._left.setText("" if left is None else about_left(left))
        if writing.fraction is None:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(writing.fraction * 1000))


class TroubleBox(QWidget):
    """Why there is no note, as a sentence with a button that helps."""

    action_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._action = ""
        self._text = QLabel(wordWrap=True)
        self._text.setFont(font("list"))
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton()
        self._button.clicked.connect(lambda: self.action_asked.emit(self._action))
        self._box = QWidget()
        self._box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self._box, "amber")
        self._text.setStyleSheet("background: transparent; padding: 0;")
        set_role(self._text, "amber")
        row = QHBoxLayout(self._box)
        row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, Space.M, 0, 0)
        whole.addWidget(self._box)
        self.hide()

    def show_state(self, trouble: Trouble | None) -> None:
        """Show what is wrong, or nothing."""
        self.setVisible(trouble is not None)
        if trouble is not None:
            self._text.setText(trouble.text)
            self._text.setAccessibleName(trouble.text)
            self._button.setText(trouble.button)
            self._button.setVisible(bool(trouble.button))
            self._action = trouble.action
