"""Joins the settings page with the settings file, the models and the sound."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from granola_like import paths
from granola_like.app import choices, models, style
from granola_like.errors import GranolaError
from granola_like.jobs import Job, Progress
from granola_like.settings import Settings
from granola_like_ui.bridge import Reader, RunningJob
from granola_like_ui.frame import Frame
from granola_like_ui.settings.page import SettingsPage
from granola_like_ui.settings.state import (
    Heard,
    ModelChoice,
    SettingsState,
    ShownRule,
    ShownTemplate,
    Working,
)
from granola_like_ui.welcome.listening import Listening

if TYPE_CHECKING:
    from granola_like.app import App
    from granola_like.app.models import Entry, Listing
    from granola_like.app.soundcheck import Check

_DAYS = frozenset({"sound_days", "trash_days"})


class SettingsController(QObject):
    """Owns the settings page. What is chosen holds at once; there is nothing to save."""

    changed = Signal(object)
    """The Settings that hold from now on."""
    shown = Signal(object)
    """The SettingsState, whenever it is another one."""

    def __init__(
        self,
        frame: Frame,
        reader: Reader,
        settings: Settings,
        *,
        open_folder: Callable[[str], object] = lambda folder: QDesktopServices.openUrl(
            QUrl.fromLocalFile(folder)
        ),
        hotkeys_work: bool = True,
        may_measure: bool = True,
    ) -> None:
        """`may_measure`: the first list of models may measure this machine for some seconds."""
        super().__init__(frame)
        self._frame, self._reader, self._open_folder = frame, reader, open_folder
        self._may_measure = may_measure
        self._downloads: dict[str, RunningJob] = {}
        self._listening = Listening(self)
        self._listening.heard.connect(self._heard)
        self._listing: RunningJob | None = None
        self._state = SettingsState(
            settings=settings,
            data_folder=paths.data_dir(),
            templates_folder=paths.templates_dir(),
            hotkeys_work=hotkeys_work,
        )
        self.page = SettingsPage()
        self.page.chosen.connect(self.choose)
        self.page.left.connect(self._listening.stop)
        self.page.sound.try_asked.connect(self._try_sound)
        self.page.models.download_asked.connect(self.download)
        self.page.models.stop_asked.connect(self._stop)
        self.page.models.remove_asked.connect(self._remove)
        self.page.templates.folder_asked.connect(self._show_folder)
        self.page.privacy.folder_asked.connect(self._show_folder)
        self.page.style_rules.rule_switched.connect(self._switch_rule)

    @property
    def state(self) -> SettingsState:
        """What is shown now."""
        return self._state

    def open(self) -> None:
        """Show the page, and read again what may have changed."""
        self._frame.show_page(self.page)
        self._show()
        self._read_templates()
        self.read_models()
        self._listening.start(self._state.settings)

    def close(self) -> None:
        """Stop what goes on; a download goes on where it was when it is asked for again."""
        self._listening.stop()
        for job in (*self._downloads.values(), self._listing):
            if job is not None:
                job.cancel()

    # -- settings ------------------------------------------------------------------------------

    def choose(self, name: str, value: Any) -> None:
        """Change one setting."""
        if name in _DAYS:
            value = int(value)
        self._reader.ask(lambda _: choices.change(name, value), self._hold, failed=self._refused)

    def _hold(self, settings: Settings) -> None:
        before = self._state.settings
        self._say(settings=settings)
        self.changed.emit(settings)
        devices = (settings.microphone, settings.speaker)
        if self._listening.is_on and devices != (before.microphone, before.speaker):
            self._listening.start(settings)

    def _refused(self, error: GranolaError) -> None:
        self._frame.messages.trouble(error)
        self._show()

    # -- models --------------------------------------------------------------------------------

    def read_models(self) -> None:
        """List the models; the first time, the machine's speed is measured in the background."""
        self._listing = self._run(
            lambda: models.listing(may_measure=self._may_measure), self._listed
        )

    def download(self, name: str) -> None:
        """Fetch a model in the background."""
        if name in self._downloads:
            return

        def fetch() -> Job[Any]:
            return models.download(name)

        job = RunningJob(fetch, self)
        self._downloads[name] = job
        self._say_working(name, Progress(self.tr("Asking the hub…")))
        job.progressed.connect(lambda progress: self._say_working(name, progress))
        job.succeeded.connect(lambda _: self._ended(name))
        job.cancelled.connect(lambda: self._ended(name))
        job.failed.connect(lambda error: self._ended(name, error))
        job.start()

    def _stop(self, name: str) -> None:
        if name in self._downloads:
            self._downloads[name].cancel()

    def _remove(self, name: str) -> None:
        def gone(_: object) -> None:
            again = self.tr("Fetch it again")
            self._frame.messages.say(
                self.tr("{0} is gone.").format(name), button=again, do=lambda: self.download(name)
            )
            self.read_models()

        self._reader.ask(lambda _: models.remove(name), gone, failed=self._refused)

    def _ended(self, name: str, error: GranolaError | None = None) -> None:
        self._downloads.pop(name, None)
        self._say(working=tuple(one for one in self._state.working if one.name != name))
        if error is not None:
            again = self.tr("Try again")
            self._frame.messages.trouble(error, button=again, do=lambda: self.download(name))
        self.read_models()

    def _say_working(self, name: str, progress: Progress) -> None:
        others = tuple(one for one in self._state.working if one.name != name)
        now = Working(name=name, step=progress.step, fraction=progress.fraction)
        self._say(working=(*others, now))

    def _listed(self, found: "Listing") -> None:
        best = found.suggestion.after
        self._say(models=tuple(_choice(one, best) for one in found.entries))

    # -- templates and style -------------------------------------------------------------------

    def _read_templates(self) -> None:
        language = QLocale().name()[:2]

        def question(app: "App") -> tuple[tuple[ShownTemplate, ...], tuple[ShownRule, ...]]:
            templates = tuple(
                ShownTemplate(
                    id=one.id,
                    title=one.title(language),
                    sections=tuple(section.heading(language) for section in one.sections),
                )
                for one in app.templates()
            )
            rules = tuple(
                ShownRule(
                    id=one.rule.id,
                    template=one.template,
                    told=one.told,
                    is_on=one.rule.is_on,
                    seen=len(one.rule.sources),
                )
                for one in style.learned(app, language=language)
            )
            return templates, rules

        self._reader.ask(question, lambda found: self._say(templates=found[0], rules=found[1]))

    def _switch_rule(self, rule: str, on: object) -> None:
        self._reader.ask(
            lambda app: style.switch(app, rule, on=bool(on)), lambda _: self._read_templates()
        )

    # -- sound ---------------------------------------------------------------------------------

    def _try_sound(self) -> None:
        self._say(is_trying=True, trials=())
        self._listening.start(self._state.settings)
        self._listening.chime()

    def _heard(self, check: "Check") -> None:
        found = tuple(
            Heard(channel=channel, ok=one.found == "heard", fact=one.sentence, hint=one.hint)
            for channel, one in check.channels.items()
            if one.found != "waiting"
        )
        if check.trouble is not None:
            found = (
                Heard(channel="them", ok=False, fact=str(check.trouble), hint=check.trouble.hint),
            )
        devices = {channel: one.devices for channel, one in check.channels.items()}
        trying = check.trouble is None and len(found) < len(devices)
        now = replace(self._state, devices=devices, trials=found, is_trying=trying)
        if now != self._state:
            self._state = now
            self._show()

    # -- inside --------------------------------------------------------------------------------

    def _run(
        self,
        make_job: Callable[[], Job[Any]],
        then: Callable[[Any], object],
        failed: Callable[[GranolaError], object] | None = None,
    ) -> RunningJob:
        job = RunningJob(make_job, self)
        job.succeeded.connect(then)
        job.failed.connect(failed or self._refused)
        job.start()
        return job

    def _show_folder(self, which: str) -> None:
        folder = self._state.templates_folder if which == "templates" else self._state.data_folder
        folder.mkdir(parents=True, exist_ok=True)
        self._open_folder(str(folder))

    def _say(self, **about: object) -> None:
        self._state = replace(self._state, **about)  # type: ignore[arg-type]
        self._show()

    def _show(self) -> None:
        self.page.show_state(self._state)
        self.shown.emit(self._state)


def _choice(entry: "Entry", best: str) -> ModelChoice:
    speed = entry.hours_per_hour
    return ModelChoice(
        name=entry.name,
        kind=entry.kind,
        purpose=entry.purpose,
        state=entry.state,
        megabytes=entry.megabytes,
        memory_megabytes=entry.memory_megabytes,
        minutes_per_hour=None if not speed else 60 / speed,
        languages=entry.languages,
        licence=entry.licence or "",
        is_suggested=entry.name == best,
    )
