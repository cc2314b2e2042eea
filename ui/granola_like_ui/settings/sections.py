"""The sections of the settings: which rows each has, and how they show what holds."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from granola_like.domain.recording import Channel
from granola_like_ui.settings.rows import ChoiceRow, Row, SwitchRow, TextRow, WordsRow
from granola_like_ui.settings.state import SettingsState
from granola_like_ui.theme import Space, set_role
from granola_like_ui.widgets.labels import hairline, words
from granola_like_ui.widgets.layouts import empty


class Section(QWidget):
    """A heading and rows with hairlines between."""

    chosen = Signal(str, object)
    """A setting's name and its new value."""

    def __init__(self, title: str, about: str = "") -> None:
        super().__init__()
        self.title = title
        self.rows: list[Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, Space.XXL)
        self._layout.setSpacing(0)
        self._layout.addWidget(words(title, role="title", type_="title"))
        if about:
            self._layout.addSpacing(Space.S)
            self._layout.addWidget(words(about, role="pencil"))
        self._layout.addSpacing(Space.M)

    def add(self, part: QWidget) -> None:
        """Put another row or widget below, with a hairline between rows."""
        if isinstance(part, Row):
            if self.rows:
                self._layout.addWidget(hairline())
            self.rows.append(part)
            part.chosen.connect(self.chosen)
        self._layout.addWidget(part)

    def show_state(self, state: SettingsState) -> None:
        """Show what holds."""
        raise NotImplementedError


class SoundSection(Section):
    """Which devices, whether they work, and what is kept."""

    try_asked = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Sound"))
        self._microphone = ChoiceRow(
            "microphone", self.tr("Microphone"), self.tr("Your side of the call.")
        )
        self._speaker = ChoiceRow(
            "speaker",
            self.tr("Computer sound"),
            self.tr("The other side: what this device plays is recorded. Nobody joins the call."),
        )
        self._try = QPushButton(self.tr("Try both"))
        self._try.clicked.connect(self.try_asked)
        self._trials = QVBoxLayout()
        self._keep = SwitchRow(
            "keep_sound",
            self.tr("Keep a copy of imported sound"),
            self.tr("Recordings are always kept until you delete them, or for as long as you say."),
        )
        self.add(self._microphone)
        self.add(self._speaker)
        trial = QWidget()
        row = QHBoxLayout(trial)
        row.setContentsMargins(0, Space.S, 0, Space.M)
        row.addLayout(self._trials, 1)
        row.addWidget(self._try)
        self._format = ChoiceRow(
            "sound_format",
            self.tr("Recordings are kept as"),
            self.tr("FLAC keeps every sample; Opus takes about a third of the room."),
        )
        self.add(trial)
        self.add(self._format)
        self.add(self._keep)

    def show_state(self, state: SettingsState) -> None:
        """Show devices and the last trial."""
        chosen = state.settings
        self._microphone.show_value(chosen.microphone, self._devices(state, "me"))
        self._speaker.show_value(chosen.speaker, self._devices(state, "them"))
        self._keep.show_value(chosen.keep_sound)
        self._format.show_value(chosen.sound_format, (("flac", "FLAC"), ("opus", "Opus")))
        self._try.setEnabled(not state.is_trying)
        self._try.setText(self.tr("Listening…") if state.is_trying else self.tr("Try both"))
        empty(self._trials)
        if not state.trials:
            self._trials.addWidget(
                words(self.tr("A short sound is played and must come back."), role="pencil")
            )
        for one in state.trials:
            told = one.fact if one.ok else f"{one.fact} {one.hint}"
            self._trials.addWidget(words(told, role="pencil" if one.ok else "amber"))

    def _devices(self, state: SettingsState, channel: Channel) -> list[tuple[str, str]]:
        found = [(name, name) for name in state.devices.get(channel, ())]
        return [("auto", self.tr("The system's choice")), *found]


class WritingSection(Section):
    """Who writes the note, in which language, and who "me" is."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Writing"),
            self.tr("Your lines stay as you type them. The writer adds what they meant."),
        )
        self._writer = ChoiceRow("writer", self.tr("Writer"))
        self._local = ChoiceRow(
            "language_model",
            self.tr("Model on this computer"),
            self.tr("Models are downloaded in “Models”."),
        )
        self._url = TextRow(
            "endpoint_url",
            self.tr("Server"),
            self.tr(
                "OpenAI-compatible: Ollama, LM Studio, llama-server, vLLM. Your words go there."
            ),
            hint="http://localhost:11434/v1",
        )
        self._model = TextRow("endpoint_model", self.tr("Model there"))
        self._key = TextRow("endpoint_key", self.tr("Key"), is_secret=True)
        self._note_language = ChoiceRow("note_language", self.tr("Notes are written in"))
        self._me = TextRow("my_name", self.tr("Your name"), self.tr("Signs your lines."))
        for row in (self._writer, self._local, self._url, self._model, self._key):
            self.add(row)
        self.add(self._note_language)
        self.add(self._me)

    def show_state(self, state: SettingsState) -> None:
        """Show the writer, and of the rest what belongs to it."""
        chosen = state.settings
        self._writer.show_value(
            chosen.writer,
            (
                ("extractive", self.tr("Without a model")),
                ("local", self.tr("A model on this computer")),
                ("endpoint", self.tr("A server")),
            ),
        )
        here = [
            (model.name, model.name)
            for model in state.models
            if model.kind == "language" and model.state in ("shipped", "here")
        ]
        self._local.show_value(
            chosen.language_model, [("auto", self.tr("The largest here")), *here]
        )
        self._local.setVisible(chosen.writer == "local")
        for row, value in (
            (self._url, chosen.endpoint_url),
            (self._model, chosen.endpoint_model),
            (self._key, chosen.endpoint_key.get_secret_value()),
        ):
            row.show_value(value)
            row.setVisible(chosen.writer == "endpoint")
        spoken = ("auto", self.tr("As spoken"))
        self._note_language.show_value(chosen.note_language, [spoken, *languages()])
        self._me.show_value(chosen.my_name)


class GlossarySection(Section):
    """Names and terms."""

    def __init__(self) -> None:
        super().__init__(self.tr("Glossary"))
        self._glossary = WordsRow(
            "glossary",
            self.tr("Names and terms"),
            self.tr("Those that you use a lot, one a line. They help the machine spell."),
            hint=self.tr("Acme\nKubernetes\nNina Krüger"),
        )
        self.add(self._glossary)

    def show_state(self, state: SettingsState) -> None:
        """Show the list."""
        self._glossary.show_value(state.settings.glossary)


class CallsSection(Section):
    """How calls are noticed."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Calls"),
            self.tr(
                "When another program opens the microphone, you are asked whether to record. "
                "Nothing is recorded before you say so."
            ),
        )
        self._never = WordsRow(
            "not_calls",
            self.tr("Never a call"),
            self.tr("Programs that use the microphone for something else, one a line."),
            hint="obs",
        )
        self.add(self._never)

    def show_state(self, state: SettingsState) -> None:
        """Show the list."""
        self._never.show_value(state.settings.not_calls)


class AppearanceSection(Section):
    """Colours, language, keys, and how it starts."""

    def __init__(self) -> None:
        super().__init__(self.tr("Appearance and keys"))
        self._theme = ChoiceRow("theme", self.tr("Colours"))
        self._contrast = SwitchRow("high_contrast", self.tr("High contrast"))
        self._language = ChoiceRow(
            "interface_language",
            self.tr("Language of the window"),
            self.tr("Holds from the next start."),
        )
        self._hotkey = TextRow(
            "hotkey",
            self.tr("Record from anywhere"),
            self.tr("A key that starts and stops recording while another program is in front."),
            hint="Ctrl+Alt+R",
        )
        self._login = SwitchRow(
            "launch_at_login",
            self.tr("Start with the computer"),
            self.tr("Stays in the tray until a call begins."),
        )
        self._no_hotkey = words(
            self.tr("This system lets no program have such a key; its own settings can start one."),
            role="pencil",
            type_="small",
        )
        for row in (self._theme, self._contrast, self._language, self._hotkey):
            self.add(row)
        self.add(self._no_hotkey)
        self.add(self._login)

    def show_state(self, state: SettingsState) -> None:
        """Show what holds."""
        chosen = state.settings
        self._theme.show_value(
            chosen.theme,
            (
                ("system", self.tr("As the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ),
        )
        self._contrast.show_value(chosen.high_contrast)
        self._language.show_value(
            chosen.interface_language,
            (("auto", self.tr("As the system")), ("en", "English"), ("ru", "Русский")),
        )
        self._hotkey.show_value(chosen.hotkey)
        self._hotkey.setEnabled(state.hotkeys_work)
        self._no_hotkey.setVisible(not state.hotkeys_work)
        self._login.show_value(chosen.launch_at_login)


def languages(
    codes: Sequence[str] = ("en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "uk"),
) -> list[tuple[str, str]]:
    """Name languages as their speakers do."""
    return [(code, QLocale(code).nativeLanguageName().capitalize()) for code in codes]


def quiet_button(text: str) -> QPushButton:
    """Make a button that is only words."""
    button = QPushButton(text)
    set_role(button, "quiet")
    return button


def small(text: str) -> QLabel:
    """Make a line of small, grey words."""
    return words(text, role="pencil", type_="small")
