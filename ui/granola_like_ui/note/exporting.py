"""The note for other programs: files and the clipboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from granola_like.app import App, page
from granola_like_ui.bridge import Reader
from granola_like_ui.messages import MessageBar
from granola_like_ui.note.copying import as_html
from granola_like_ui.note.lines import Row
from granola_like_ui.note.page import MeetingPage
from granola_like_ui.note.shown import ShownLine


class Exports(QObject):
    """Asks for a file, and writes it on the reader's thread."""

    saved = Signal(object)
    """The Path of a file that was written."""
    copied = Signal()

    def __init__(
        self,
        page: MeetingPage,
        reader: Reader,
        messages: MessageBar,
        parent: QObject,
        *,
        meeting: Callable[[], str],
    ) -> None:
        super().__init__(parent)
        self._page, self._reader, self._messages = page, reader, messages
        self._meeting = meeting
        self.dialog: QFileDialog | None = None
        page.buttons.exports = self.kinds()
        page.buttons.export_asked.connect(self.ask)
        page.buttons.copy_asked.connect(self.copy)
        self.saved.connect(self._tell)
        self.copied.connect(lambda: messages.say(self.tr("The note is copied.")))

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """List the kinds of files, each with its name."""
        names = {
            "md": self.tr("Markdown…"),
            "html": self.tr("Web page…"),
            "txt": self.tr("Transcript as text…"),
            "vtt": self.tr("Captions (WebVTT)…"),
            "srt": self.tr("Captions (SubRip)…"),
            "json": self.tr("The whole meeting, without sound…"),
            "zip": self.tr("The whole meeting, with its sound…"),
        }
        return tuple((kind, names.get(kind, name)) for kind, name in page.EXPORTS.items())

    def ask(self, kind: str) -> None:
        """Ask where to write the meeting; the window goes on meanwhile."""
        self._page.note.commit()
        meeting, title = self._meeting(), self._page.header.title.toPlainText()
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(documents)
        name = "".join(one if one not in '/\\:*?"<>|' else "-" for one in title).strip(". ")
        dialog = QFileDialog(self._page, self.tr("Save the meeting"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.setNameFilter(f"*.{kind}")
        dialog.selectFile(str(Path(folder) / f"{name or 'meeting'}.{kind}"))
        if QGuiApplication.platformName() == "offscreen":
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.connect(lambda file: self._write(meeting, kind, Path(file)))
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def copy(self, kind: str) -> None:
        """Put the note on the clipboard, as `markdown` or `rich` text."""
        self._page.note.commit()
        if kind == "rich":
            self._copy_rich(self._page.header.title.toPlainText(), self._page.note.shown())
        else:
            self._copy_markdown(self._meeting())

    def _copy_markdown(self, meeting: str) -> None:
        def copy(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit()

        self._reader.ask(lambda app: page.as_text(app.library, meeting), copy)

    def _copy_rich(self, title: str, lines: tuple[ShownLine, ...]) -> None:
        data = QMimeData()
        rows = [Row(line.text, line.indent) for line in lines]
        data.setHtml(as_html(rows, lines))
        data.setText("\n".join([title, *(line.text for line in lines)]))
        QGuiApplication.clipboard().setMimeData(data)
        self.copied.emit()

    def _write(self, meeting: str, kind: str, to: Path) -> None:
        def write(app: App) -> Path:
            page.export(app, meeting, kind, to)
            return to

        self._reader.ask(write, self.saved.emit)

    def _tell(self, file: object) -> None:
        self._messages.say(self.tr("Saved as %1").replace("%1", str(file)))

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
