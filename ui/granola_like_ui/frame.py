"""The window's frame: a sidebar, one page, and a panel at its side when it is asked for."""

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QWidget

from granola_like_ui.commands import Commands
from granola_like_ui.messages import MessageBar
from granola_like_ui.theme import Size, set_role


class Frame(QMainWindow):
    """Holds the parts; it knows nothing of meetings."""

    page_changed = Signal(object)
    """The page that is shown from now on."""

    def __init__(self, places: QSettings | None = None) -> None:
        """`places` remembers where the window stood; None forgets it."""
        super().__init__()
        self.places = places
        self.setWindowTitle("granola_like")
        self.setMinimumSize(*Size.SMALLEST_WINDOW)
        self.resize(*Size.WINDOW)
        self.commands = Commands(self)
        self._sidebar = QWidget()
        self._panel = QWidget()
        self._pages = QStackedWidget()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for part in (self._sidebar, self._pages, self._panel):
            self._split.addWidget(part)
        self._split.setStretchFactor(1, 1)
        self._panel_width = Size.SIDE_PANEL
        self._panel.hide()
        self.setCentralWidget(self._split)
        self.messages = MessageBar(self._pages)
        self._restore()

    def set_sidebar(self, sidebar: QWidget) -> None:
        """Put this on the left."""
        set_role(sidebar, "desk")
        sidebar.setMinimumWidth(Size.SIDEBAR * 3 // 4)
        self._swap(0, sidebar)
        self._sidebar = sidebar
        self._split.setSizes([Size.SIDEBAR, Size.WINDOW[0] - Size.SIDEBAR, Size.SIDE_PANEL])

    def set_panel(self, panel: QWidget) -> None:
        """Put this on the right, hidden until `show_panel`."""
        panel.setMinimumWidth(Size.SIDE_PANEL * 2 // 3)
        self._swap(2, panel)
        self._panel = panel
        panel.hide()

    def show_panel(self, *, shown: bool) -> None:
        """Show or hide what is on the right: as wide as it was, at the page's cost alone."""
        if shown == self._panel.isVisibleTo(self):
            return
        side, page, panel = self._split.sizes()
        if not shown:
            self._panel_width = panel
        self._panel.setVisible(shown)
        if shown:
            wide = self._panel_width
            self._split.setSizes([side, max(1, page - wide), wide])

    def show_sidebar(self, *, shown: bool) -> None:
        """Show or hide what is on the left."""
        self._sidebar.setVisible(shown)

    def hold_page(self, page: QWidget) -> None:
        """Take a page in without showing it: dressing it takes a moment, better now than later."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Show this page in the middle; it stays until another is shown."""
        self.hold_page(page)
        if self._pages.currentWidget() is page:
            return
        self._pages.setCurrentWidget(page)
        self.page_changed.emit(page)
        self.messages.raise_()

    @property
    def page(self) -> QWidget | None:
        """The page that is shown, once there is one."""
        return self._pages.currentWidget()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where the window stood."""
        if self.places is not None:
            self.places.setValue("window", self.saveGeometry())
            self.places.setValue("parts", self._split.saveState())
        super().closeEvent(event)

    def _restore(self) -> None:
        if self.places is None:
            return
        if isinstance(stood := self.places.value("window"), QByteArray):
            self.restoreGeometry(stood)

    def _swap(self, place: int, widget: QWidget) -> None:
        old = self._split.replaceWidget(place, widget)
        if old is not None:
            old.deleteLater()
        widget.show()
