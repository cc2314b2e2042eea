"""What stands over the text: title, date, people, the receipt, and what can be done with a note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from granola_like_ui.note.flow import Flow
from granola_like_ui.note.state import About
from granola_like_ui.note.title import PeopleField, TitleField
from granola_like_ui.theme import Space, font, set_role

_TOP = Space.L
_ACTIONS = 32
_UNDER = 28


class Header(QWidget):
    """Scrolls with the text. Its height follows from its width."""

    renamed = Signal(str)
    people_changed = Signal(tuple)
    notes_asked = Signal()
    """The caret shall go on to the text."""
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleField()
        self.people = PeopleField()
        self._when, self._folder = _small("pencil"), _small("pencil")
        self.receipt = QToolButton()
        self.receipt.setCheckable(True)
        self.receipt.setFont(font("small"))
        set_role(self.receipt, "quiet")
        self.receipt.setToolTip(self.tr("What was recorded, and what is missing"))
        self.receipt.setStyleSheet("padding: 1px 0 0 0; border: none;")
        self._details = _small("pencil")
        self._details.setWordWrap(True)
        self._details.hide()
        self.buttons = QHBoxLayout()
        """Buttons at the top right; the page puts them there."""
        self._below = QVBoxLayout()
        self._lay_out()
        self.title.renamed.connect(self.renamed)
        self.title.left.connect(self.notes_asked)
        self.title.grew.connect(self.resized)
        self.people.people_changed.connect(self.people_changed)
        self.people.returnPressed.connect(self.notes_asked)
        self.receipt.toggled.connect(self._open_receipt)

    def show_about(self, about: About) -> None:
        """Show what is known of the meeting."""
        self.title.show_title(about.title)
        self.people.show_people(about.people)
        for label, text in ((self._when, about.when), (self._folder, about.folder)):
            label.setText(text)
            label.setVisible(bool(text))
        self.receipt.setText(about.receipt)
        self.receipt.setAccessibleName(about.receipt)
        self.receipt.setVisible(bool(about.receipt))
        self.receipt.setEnabled(bool(about.details))
        self._details.setText("\n".join(about.details))
        self.resized.emit()

    def put_below(self, widget: QWidget) -> None:
        """Put something between the header and the text."""
        self._below.addWidget(widget)
        self.resized.emit()

    def height_for(self, width: int) -> int:
        """Say how high it is at a width."""
        layout = self.layout()
        assert layout is not None
        title = self.title.height_for(width)
        if title != self.title.height():
            self.title.setFixedHeight(title)
        layout.activate()
        return layout.totalHeightForWidth(width)

    def _open_receipt(self, is_open: bool) -> None:
        self._details.setVisible(is_open)
        self.resized.emit()

    def _lay_out(self) -> None:
        top = QWidget()
        top.setFixedHeight(_ACTIONS)
        top.setLayout(self.buttons)
        self.buttons.setContentsMargins(0, 0, 0, 0)
        self.buttons.setSpacing(Space.XS)
        self.buttons.addStretch(1)
        facts = QWidget()
        row = Flow(facts, gap=Space.M + 2)
        for part in (self._when, self.people, self._folder, self.receipt):
            row.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, _TOP, 0, _UNDER)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addSpacing(Space.S)
        whole.addWidget(self.title)
        whole.addSpacing(Space.XS + 2)
        whole.addWidget(facts)
        whole.addSpacing(Space.XS)
        whole.addWidget(self._details)
        whole.addLayout(self._below)


def _small(role: str) -> QLabel:
    label = QLabel()
    label.setFont(font("small"))
    label.setTextFormat(Qt.TextFormat.PlainText)
    set_role(label, role)  # type: ignore[arg-type]
    return label
