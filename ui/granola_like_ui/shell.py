"""Joins the parts of the window: what one of them wants, another one does.

It starts in two steps. First the list of meetings, with nothing but the library; then, when that is
on screen, everything else: settings, the desk, the ear for calls, the tray.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from granola_like import paths
from granola_like.errors import GranolaError
from granola_like.jobs import Job, Progress
from granola_like_ui.bridge import Reader, RunningJob
from granola_like_ui.commands import Command
from granola_like_ui.frame import Frame
from granola_like_ui.home.controller import HomeController
from granola_like_ui.home.watch import Watch
from granola_like_ui.palette.controller import PaletteController

if TYPE_CHECKING:
    from granola_like.app import App
    from granola_like.settings import Settings
    from granola_like_ui.desktop import Desktop

WARM = (
    "granola_like.app.now",
    "granola_like.record.session",
    "granola_like.app.desk",
    "granola_like.app.calls",
    "granola_like.app.editing",
    "granola_like.app.wording",
    "granola_like.app.choices",
    "granola_like.app.style",
    "granola_like.enhance.templates",
    "granola_like_ui.desktop",
)
"""Imported beside the window, so that no click waits for them."""


class Shell(QObject):
    """The window's parts, joined. One a process."""

    ready = Signal()
    """The list of meetings is on screen and takes keys."""
    complete = Signal()
    """Everything works."""
    gone = Signal()
    """Everything has been let go of; the process may end."""

    def __init__(self, frame: Frame, open_app: "Callable[[], App]") -> None:
        super().__init__(frame)
        self.frame = frame
        self.reader = Reader(open_app, self)
        self.reader.failed.connect(frame.messages.trouble)
        self.watch = Watch(self.reader, self)
        self.home = HomeController(frame, self.reader, self.watch)
        self.palette = PaletteController(frame, self.reader)
        self.desktop: Desktop | None = None
        self._is_on_screen = False
        self._jobs: dict[str, RunningJob] = {}
        self.home.palette_asked.connect(self.palette.open)
        self.palette.search_asked.connect(self._search)
        self.home.sample_asked.connect(self.take_in_sample)
        self.home.import_asked.connect(self.choose_files)
        self.home.files_dropped.connect(self.take_in_files)

    def start(self) -> None:
        """Show the list; then complete the rest."""
        self.frame.commands.add(
            Command(id="shell.quit", text=self.tr("Quit"), run=self.close, key="Ctrl+Q")
        )
        self.home.start()
        self._begin()

    def show_window(self) -> None:
        """Bring the window to the front."""
        if self.desktop is not None:
            self.desktop.outside.open_window()
        else:
            self.frame.show()
            self.frame.raise_()

    def close(self) -> None:
        """Let go of everything. A recording goes on; the next window joins it."""
        self.frame.hide()  # what follows may take a moment, and nobody need watch it
        for job in self._jobs.values():
            job.cancel()
        self.watch.stop()
        if self.desktop is not None:
            self.desktop.close()
        self.reader.close()
        self.gone.emit()

    def close_if_alone(self) -> None:
        """Close when the window has been closed and there is no tray to come back from."""
        if self.desktop is None:  # its settings cannot be read, or it was quick
            self.close()

    # -- the second step -----------------------------------------------------------------------

    def _begin(self) -> None:
        # Questions are answered in order: this answer comes after the list's.
        self.reader.ask(lambda _: None, lambda _: self._is_ready(), failed=self._without_settings)

    def _is_ready(self) -> None:
        if not self._is_on_screen:
            self._is_on_screen = True
            self.ready.emit()
            self.watch.start()

        def warm(app: "App") -> "Settings":
            for module in WARM:
                import_module(module)
            return app.settings

        self.reader.ask(warm, self._complete, failed=self._without_settings)

    def _complete(self, settings: "Settings") -> None:
        from granola_like_ui.desktop import Desktop  # noqa: PLC0415 - warm by now

        self.desktop = Desktop(self, settings)
        self.frame.commands.add(
            Command(
                id="shell.import",
                text=self.tr("Bring in files"),
                run=self.choose_files,
                key="Ctrl+O",
                words=self.tr("import sound video captions"),
            ),
        )
        self.desktop.start()
        self.complete.emit()

    def _without_settings(self, error: GranolaError) -> None:
        # The rest works by settings; the person sees what is wrong with them, and mends it.
        self.frame.show()
        self.frame.messages.trouble(
            error, button=self.tr("Try again"), do=lambda: QTimer.singleShot(0, self._once_more)
        )

    def _once_more(self) -> None:
        self.home.refresh()
        self._begin()

    # -- what comes in -------------------------------------------------------------------------

    def take_in_sample(self) -> None:
        """Hear the sample call, and open it."""

        def job(app: "App") -> Job[str]:
            from granola_like.app import incoming  # noqa: PLC0415 - not before it is wanted

            return incoming.take_in_sample(app)

        self._bring_in(self.tr("the sample call"), job, of="")

    def choose_files(self) -> None:
        """Let the person choose files, and bring them in one after the other."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self.frame,
            self.tr("Bring in meetings, captions or sound"),
            str(Path.home()),
            self.tr(
                "Meetings, captions, sound and video (*.json *.zip *.vtt *.srt *.wav *.flac *.mp3 "
                "*.m4a *.ogg *.opus *.mp4 *.mkv *.mov *.webm);;All files (*)"
            ),
        )
        self.take_in_files(chosen)

    def take_in_files(self, files: list[str]) -> None:
        """Bring in files."""
        for file in files:
            self.take_in_file(Path(file))

    def take_in_file(self, file: Path) -> None:
        """Bring in one file, and open what came of it."""

        def job(app: "App") -> Job[str]:
            from granola_like.app import incoming  # noqa: PLC0415 - not before it is wanted

            return incoming.take_in_file(app, file)

        self._bring_in(file.name, job, of=str(file))

    def _bring_in(self, name: str, make_job: "Callable[[App], Job[str]]", *, of: str) -> None:
        if of in self._jobs:  # two folders may hold files of one name
            return

        def work() -> Job[str]:
            from granola_like.app import App  # noqa: PLC0415

            app = App()
            try:
                return (yield from make_job(app))
            finally:
                app.close()

        job = self._jobs[of] = RunningJob(work, self)
        stop = self.tr("Stop")

        def told(progress: Progress) -> None:
            share = (
                ""
                if progress.fraction is None
                else QLocale().toString(round(progress.fraction * 100)) + " %"
            )
            self.frame.messages.say(
                f"{name}: {progress.step} {share}".strip(), button=stop, do=job.cancel
            )

        def over() -> None:
            del self._jobs[of]
            if waiting := next(iter(self._jobs.values()), None):
                waiting.start()
            self.watch.look()

        def came(meeting: str) -> None:
            over()
            self.frame.messages.say(
                self.tr("{0} is here.").format(name),
                button=self.tr("Open"),
                do=lambda: self.home.meeting_asked.emit(meeting),
            )
            self.home.meeting_asked.emit(meeting)

        def failed(error: GranolaError) -> None:
            over()
            self.frame.messages.trouble(error)

        def stopped() -> None:
            over()
            self.frame.messages.say(self.tr("Stopped; nothing was stored."))

        job.progressed.connect(told)
        job.succeeded.connect(came)
        job.failed.connect(failed)
        job.cancelled.connect(stopped)
        if len(self._jobs) == 1:  # each may need a speech model: the others wait their turn
            job.start()

    def _search(self, words: str) -> None:
        self.home.sidebar.search.setFocus()
        self.home.sidebar.search.setText(words)


def open_app() -> "App":
    """Open the product for a thread of the window."""
    from granola_like.app import App  # noqa: PLC0415 - on the thread, beside the window

    return App()


def places_file() -> Path:
    """Where the window remembers how it stood, and what it must know before the settings."""
    return paths.config_dir() / "window.ini"
