"""A doubt about a line, in words, with what can be done about it."""

from html import escape, unescape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from granola_like.domain.times import clock
from granola_like_ui.note.shown import ShownLine, difference
from granola_like_ui.theme import Space, font, set_role


class FindingBox(QFrame):
    """Stands under the line it is about."""

    play_asked = Signal(str)
    fix_asked = Signal(str)
    keep_asked = Signal(str)
    drop_asked = Signal(str)
    compared = Signal(str, bool)
    """The line's id, and whether both sides are shown now."""

    def __init__(self, line: ShownLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        set_role(self, "amber")
        self.setStyleSheet("FindingBox { padding: 0; }")
        self._sentence = QLabel(wordWrap=True)
        self._sentence.setTextFormat(Qt.TextFormat.RichText)
        self._sentence.setFont(font("list"))
        _plain(self._sentence)
        self._links = QHBoxLayout()
        self._links.setSpacing(Space.M + 2)
        self._compare = self._link(self.tr("Side by side"), self._toggle)
        self._play = self._link(self.tr("Play"), lambda: self.play_asked.emit(self.line.id))
        self._fix = self._link(self.tr("Fix"), lambda: self.fix_asked.emit(self.line.id))
        self._keep = self._link(self.tr("Keep"), lambda: self.keep_asked.emit(self.line.id))
        self._drop = self._link(self.tr("Drop"), lambda: self.drop_asked.emit(self.line.id))
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._sentence, 1)
        row.addLayout(self._links)
        self._sides = _Sides()
        self._sides.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        whole.setSpacing(Space.S)
        whole.addLayout(row)
        whole.addWidget(self._sides)
        self.show_line(line)

    def show_line(self, line: ShownLine) -> None:
        """Show the doubt about a line."""
        self.line = line
        text = self._words(line)
        self._sentence.setText(text)
        plain = unescape(text.replace("<b>", "").replace("</b>", ""))
        self.setAccessibleName(self.tr("To check: %1").replace("%1", plain))
        self._play.setVisible(bool(line.quotes))
        self._compare.setVisible(bool(line.quotes))
        self._fix.setVisible(bool(line.quotes))
        self._drop.setVisible(line.finding == "unsupported")
        self._sides.show_line(line)

    def compare(self, *, shown: bool) -> None:
        """Put both sides under the sentence, or take them away."""
        if shown != self._sides.isVisibleTo(self):
            self._toggle()

    @property
    def is_compared(self) -> bool:
        """Whether both sides are shown."""
        return self._sides.isVisibleTo(self)

    def _toggle(self) -> None:
        shown = not self.is_compared
        self._sides.setVisible(shown)
        self._compare.setText(self.tr("Close") if shown else self.tr("Side by side"))
        self.compared.emit(self.line.id, shown)

    def _words(self, line: ShownLine) -> str:
        found = difference(line)
        if line.finding == "unsupported" or not line.quotes:
            return self.tr("Nothing that was said bears this out")
        if found is None:
            return self.tr("This differs from what was said")
        mine = f"<b>{escape(found.in_point)}</b> {escape(found.point_after)}".rstrip()
        if not found.in_source:
            return self.tr("%1 — nobody said that").replace("%1", mine)
        said = f"<b>{escape(found.in_source)}</b> {escape(found.source_after)}".rstrip()
        who = line.quotes[0].speaker
        if not who:
            return self.tr("%1 — what was said is “%2”").replace("%1", mine).replace("%2", said)
        told = self.tr("%1 — %3 said “%2”").replace("%1", mine).replace("%2", said)
        return told.replace("%3", escape(who))

    def _link(self, text: str, act: object) -> QPushButton:
        button = QPushButton(text)
        button.setFont(font("list"))
        set_role(button, "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(act)
        self._links.addWidget(button)
        return button


class _Sides(QWidget):
    """What the note says beside what was said."""

    def __init__(self) -> None:
        super().__init__()
        self._note, self._said = _column(), _column()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, Space.XS, 0, Space.XS)
        grid.setHorizontalSpacing(Space.XL)
        grid.setVerticalSpacing(Space.XS)
        for at, (name, words) in enumerate(
            ((self.tr("The note says"), self._note), (self.tr("What was said"), self._said))
        ):
            label = QLabel(name)
            label.setFont(font("label"))
            set_role(label, "amber")
            _plain(label)
            grid.addWidget(label, 0, at)
            grid.addWidget(words, 1, at)
            grid.setColumnStretch(at, 1)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_line(self, line: ShownLine) -> None:
        found = line.details
        self._note.setText(_marked(line.text, [one.in_point for one in found]))
        self._said.setText(
            "<br>".join(
                f"{escape(clock(quote.start_ms))}&nbsp; "
                + (f"{escape(quote.speaker)}: " if quote.speaker else "")
                + _marked(quote.text, [one.in_source for one in found])
                for quote in line.quotes
            )
        )


def _column() -> QLabel:
    label = QLabel(wordWrap=True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setFont(font("list"))
    return label


def _plain(label: QLabel) -> None:
    set_role(label, "amber")
    label.setStyleSheet("background: transparent; padding: 0;")


def _marked(text: str, words: list[str]) -> str:
    shown = escape(text)
    for word in words:
        if word:
            shown = shown.replace(escape(word), f"<b>{escape(word)}</b>", 1)
    return shown
