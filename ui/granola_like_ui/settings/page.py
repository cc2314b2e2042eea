"""The settings: a list of sections, and the one that was chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from granola_like_ui.settings.more_sections import (
    ModelsSection,
    PrivacySection,
    StyleSection,
    TemplatesSection,
)
from granola_like_ui.settings.sections import (
    AppearanceSection,
    CallsSection,
    GlossarySection,
    Section,
    SoundSection,
    WritingSection,
)
from granola_like_ui.settings.state import SettingsState
from granola_like_ui.theme import Space, font, set_role
from granola_like_ui.widgets.column import Column
from granola_like_ui.widgets.labels import words

_LIST_WIDTH = 180


class SettingsPage(QWidget):
    """Shows a SettingsState, and says what the person chose. There is no button to save."""

    chosen = Signal(str, object)
    """A setting's name and its new value."""
    left = Signal()
    """The page is not on screen any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sound, self.models = SoundSection(), ModelsSection()
        self.templates, self.style_rules = TemplatesSection(), StyleSection()
        self.privacy = PrivacySection()
        self._sections: tuple[Section, ...] = (
            self.sound,
            self.models,
            WritingSection(),
            self.templates,
            self.style_rules,
            GlossarySection(),
            CallsSection(),
            self.privacy,
            AppearanceSection(),
        )
        self._list = QListWidget()
        self._list.setFixedWidth(_LIST_WIDTH)
        self._list.setFont(font("list"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self._list, "list")
        self._list.setAccessibleName(self.tr("Sections of the settings"))
        self._stack = QStackedWidget()
        for section in self._sections:
            self._list.addItem(section.title)
            section.chosen.connect(self.chosen)
            column = Column(width=560)
            column.body.addWidget(section)
            column.body.addStretch(1)
            self._stack.addWidget(column)
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        left = QVBoxLayout()
        left.setContentsMargins(Space.XL, Space.XXL + Space.L, 0, Space.XL)
        left.addWidget(words(self.tr("Settings"), role="label", type_="label"))
        left.addSpacing(Space.S)
        left.addWidget(self._list)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left)
        layout.addWidget(self._stack, 1)
        self._list.setCurrentRow(0)

    def show_state(self, state: SettingsState) -> None:
        """Show what holds, everywhere."""
        for section in self._sections:
            section.show_state(state)

    def go_to(self, title: str) -> None:
        """Open the section of that title."""
        for found in self._list.findItems(title, Qt.MatchFlag.MatchExactly):
            self._list.setCurrentItem(found)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Say so: nobody looks at the levels now."""
        super().hideEvent(event)
        self.left.emit()

    @property
    def titles(self) -> tuple[str, ...]:
        """The sections, in order."""
        return tuple(section.title for section in self._sections)
