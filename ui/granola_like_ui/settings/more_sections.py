"""The sections of the settings that list things: models, templates, style, what is private."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from granola_like_ui.settings.rows import ChoiceRow, SwitchRow
from granola_like_ui.settings.sections import Section, languages, quiet_button, small
from granola_like_ui.settings.state import ModelChoice, SettingsState, Working
from granola_like_ui.theme import Space, set_role
from granola_like_ui.widgets.labels import hairline, words
from granola_like_ui.widgets.layouts import empty

_HERE = ("shipped", "here")


class _ListSection(Section):
    """A section with a list that is made anew when what it shows has changed."""

    def __init__(self, title: str, about: str = "") -> None:
        super().__init__(title, about)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._shown: object = None
        self._top = QWidget()

    def _put_list(self) -> None:
        holder = QWidget()
        holder.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.add(holder)

    def _fill(self, what: object, parts: list[QWidget]) -> None:
        self._shown = what
        empty(self._list)
        for number, part in enumerate(parts):
            if number:
                self._list.addWidget(hairline())
            self._list.addWidget(part)


class ModelsSection(_ListSection):
    """What hears and writes: get it, choose it, let it go."""

    download_asked = Signal(str)
    stop_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            self.tr("Models"),
            self.tr("They run on this computer. Nothing is fetched unless you ask for it."),
        )
        self._speech = ChoiceRow(
            "speech_model", self.tr("Hears with"), self.tr("For the words after the call.")
        )
        self._captions = SwitchRow(
            "live_captions", self.tr("Captions during the call"), self.tr("Words as they are said.")
        )
        self._live = ChoiceRow(
            "live_model",
            self.tr("Captions by"),
            self.tr("A quick one: it must keep up with two people."),
        )
        self._language = ChoiceRow("language", self.tr("What is spoken"))
        for row in (self._speech, self._captions, self._live, self._language):
            self.add(row)
        self._put_list()

    def show_state(self, state: SettingsState) -> None:
        """Show the models and what is going on with them."""
        here = [m for m in state.models if m.kind == "speech" and m.state in _HERE]
        best = ("auto", self.tr("The best for this computer"))
        self._speech.show_value(
            state.settings.speech_model, [best, *((m.name, m.name) for m in here)]
        )
        self._captions.show_value(state.settings.live_captions)
        self._live.show_value(state.settings.live_model, [best, *((m.name, m.name) for m in here)])
        self._live.setEnabled(state.settings.live_captions)
        heard = ("auto", self.tr("Found out by itself"))
        self._language.show_value(state.settings.language, [heard, *languages()])
        working = {one.name: one for one in state.working}
        what = (state.models, state.working)
        if what != self._shown:
            self._fill(what, [self._row(m, working.get(m.name)) for m in state.models])

    def _row(self, model: ModelChoice, working: Working | None) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, Space.M, 0, Space.M)
        layout.setSpacing(Space.L)
        text = QVBoxLayout()
        text.setSpacing(2)
        name = words(model.name, type_="strong" if model.state in _HERE else "body")
        text.addWidget(name)
        text.addWidget(words(model.purpose, role="pencil", type_="small"))
        text.addWidget(small(" · ".join(self._facts(model))))
        if model.limits:
            text.addWidget(small(model.limits))
        if working is not None:
            bar = QProgressBar(textVisible=False)
            bar.setRange(0, 0 if working.fraction is None else 1000)
            bar.setValue(round((working.fraction or 0) * 1000))
            bar.setAccessibleName(working.step)
            text.addWidget(bar)
            text.addWidget(small(working.step))
        layout.addLayout(text, 1)
        layout.addWidget(self._button(model, working))
        return row

    def _facts(self, model: ModelChoice) -> list[str]:
        facts = [self.tr("{0} MB").format(f"{model.megabytes:,}")]
        if model.minutes_per_hour is not None:
            minutes = max(1, round(model.minutes_per_hour))
            facts.append(self.tr("an hour of speech takes %n minute(s)", "", minutes))
        if model.memory_megabytes is not None:
            facts.append(self.tr("{0} MB of memory").format(f"{model.memory_megabytes:,}"))
        many = "*" in model.languages
        facts.append(self.tr("many languages") if many else ", ".join(model.languages))
        if model.licence:
            facts.append(model.licence)
        if model.is_suggested:
            facts.insert(0, self.tr("suits this computer"))
        return [fact for fact in facts if fact]

    def _button(self, model: ModelChoice, working: Working | None) -> QPushButton:
        def asked(button: QPushButton, signal: object, said: str) -> QPushButton:
            button.clicked.connect(lambda: signal.emit(model.name))  # type: ignore[attr-defined]
            button.setAccessibleName(f"{said}: {model.name}")
            return button

        if working is not None:
            return asked(quiet_button(self.tr("Stop")), self.stop_asked, self.tr("Stop"))
        if model.state == "shipped":
            shipped = quiet_button(self.tr("Built in"))
            shipped.setEnabled(False)
            return shipped
        if model.state == "here":
            return asked(quiet_button(self.tr("Remove")), self.remove_asked, self.tr("Remove"))
        text = self.tr("Go on") if model.state == "partly" else self.tr("Download")
        button = QPushButton(text)
        if model.is_suggested:
            set_role(button, "primary")
        return asked(button, self.download_asked, text)


class TemplatesSection(_ListSection):
    """Kinds of notes."""

    folder_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            self.tr("Templates"),
            self.tr("The shape of a note. Yours are text files in a folder; ours can be copied."),
        )
        self._template = ChoiceRow(
            "template", self.tr("New meetings"), self.tr("Each meeting can have another one.")
        )
        self._folder = QPushButton(self.tr("Open the folder of your own"))
        self.add(self._template)
        self._put_list()
        self.add(self._folder)
        self._folder.clicked.connect(lambda: self.folder_asked.emit("templates"))

    def show_state(self, state: SettingsState) -> None:
        """Show the templates and which one is taken."""
        fits = ("auto", self.tr("The one that fits"))
        choices = [fits, *((one.id, one.title) for one in state.templates)]
        self._template.show_value(state.settings.template, choices)
        if state.templates != self._shown:
            parts = []
            for one in state.templates:
                row = QWidget()
                layout = QVBoxLayout(row)
                layout.setContentsMargins(0, Space.S, 0, Space.S)
                layout.setSpacing(2)
                layout.addWidget(words(one.title))
                layout.addWidget(small(" · ".join(one.sections)))
                parts.append(row)
            self._fill(state.templates, parts)


class StyleSection(_ListSection):
    """What was learned from the person's edits."""

    rule_switched = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(
            self.tr("Style"),
            self.tr("Learned from how you change notes, for later notes of the same template."),
        )
        self._put_list()

    def show_state(self, state: SettingsState) -> None:
        """Show the rules, each with its switch."""
        if state.rules == self._shown:
            return
        parts: list[QWidget] = []
        for rule in state.rules:
            shown = self.tr("%n edit(s) of yours show it", "", rule.seen)
            row = SwitchRow(rule.id, rule.told, f"{rule.template} · {shown}")
            row.show_value(rule.is_on)
            row.chosen.connect(self.rule_switched)
            parts.append(row)
        if not parts:
            parts = [words(self.tr("Nothing yet. Change a note, and come back."), role="pencil")]
        self._fill(state.rules, parts)


class PrivacySection(Section):
    """What stays here, and for how long."""

    folder_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Privacy"))
        for sentence in (
            self.tr("Sound, words and notes stay on this computer. There is no telemetry."),
            self.tr(
                "The network is used only for what you ask: a model's download, a server that you "
                "chose to write with."
            ),
            self.tr("The log has facts and figures, never what was said or typed."),
        ):
            self.add(words(sentence, role="pencil"))
        self._sound = ChoiceRow(
            "sound_days",
            self.tr("Keep sound"),
            self.tr("Words and notes stay; only the sound is deleted."),
        )
        self._trash = ChoiceRow("trash_days", self.tr("Keep what is in the trash"))
        self.add(self._sound)
        self.add(self._trash)
        self._place = small("")
        self._folder = QPushButton(self.tr("Open the folder of your data"))
        self._folder.clicked.connect(lambda: self.folder_asked.emit("data"))
        self.add(self._place)
        self.add(self._folder)

    def show_state(self, state: SettingsState) -> None:
        """Show the lengths of time."""
        for row, days in (
            (self._sound, state.settings.sound_days),
            (self._trash, state.settings.trash_days),
        ):
            ever = [("0", self.tr("For ever"))]
            some = [(str(n), self.tr("%n day(s)", "", n)) for n in (1, 7, 30, 90, 365)]
            row.show_value(str(days), [*ever, *some])
        self._place.setText(self.tr("All of it lies in {0}.").format(state.data_folder))
