"""The fields over the text: title and people, looking like the paper they stand on."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QTextEdit, QWidget

from granola_like_ui.theme import Space, font, set_role


class TitleField(QTextEdit):
    """A title of one paragraph, as many lines high as it needs."""

    renamed = Signal(str)
    left = Signal()
    """Enter or Down: the person wants to go on to the notes."""
    grew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setFont(font("title"))
        set_role(self, "bare")
        self.setAccessibleName(self.tr("Title"))
        self.setPlaceholderText(self.tr("Untitled meeting"))
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown = ""
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def show_title(self, title: str) -> None:
        """Show a title, unless another is being typed."""
        if title == self._shown:
            return
        is_typed = self.hasFocus() and self.toPlainText() != self._shown
        self._shown = title
        if not is_typed:
            self.setPlainText(title)
        self._fit()

    def give(self) -> None:
        """Send the title, if the person changed it."""
        title = " ".join(self.toPlainText().split())
        if title and title != self._shown:
            self._shown = title
            self.renamed.emit(title)
        elif not title:
            self.setPlainText(self._shown)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the words."""
        return QSize(super().sizeHint().width(), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go on to the notes on Enter; Escape takes back what was typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.give()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._shown)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was typed."""
        super().focusOutEvent(event)
        self.give()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break the lines anew."""
        super().resizeEvent(event)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste words, in one paragraph."""
        self.insertPlainText(" ".join(source.text().split()))

    def height_for(self, width: int) -> int:
        """Say how high it is at a width."""
        document = self.document().clone()
        document.setTextWidth(width)
        return max(QFontMetrics(self.font()).height(), round(document.size().height())) + 2

    def _fit(self) -> None:
        height = self.height_for(max(1, self.viewport().width()))
        if height != self.height():
            self.setFixedHeight(height)
            self.grew.emit()


class PeopleField(QLineEdit):
    """Names, separated by commas; as wide as they are."""

    people_changed = Signal(tuple)
    """Of str."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font("small"))
        set_role(self, "meta")
        self.setAccessibleName(self.tr("People, separated by commas"))
        self.setPlaceholderText(self.tr("Add people"))
        self._shown: tuple[str, ...] = ()
        self.editingFinished.connect(self.give)
        self.textChanged.connect(lambda _: self.updateGeometry())

    def show_people(self, people: tuple[str, ...]) -> None:
        """Show who is there, unless names are being typed."""
        if people != self._shown and not self.hasFocus():
            self.setText(", ".join(people))
        self._shown = people

    def names(self) -> tuple[str, ...]:
        """Give the names as they are typed now, each once."""
        return tuple(dict.fromkeys(one.strip() for one in self.text().split(",") if one.strip()))

    def give(self) -> None:
        """Send the names, if the person changed them."""
        people = self.names()
        if people != self._shown:
            self._shown = people
            self.people_changed.emit(people)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the names, with room for the caret."""
        shown = self.text() or self.placeholderText()
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(shown) + Space.S, metrics.height() + Space.XS)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same: it is not pressed together."""
        return self.sizeHint()
