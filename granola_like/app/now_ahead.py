"""Drafting during the call, on a thread of its own, with models that are opened when needed."""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from granola_like.app import choose
from granola_like.app.product import App
from granola_like.errors import GranolaError
from granola_like.settings import Settings

if TYPE_CHECKING:
    from granola_like.engines.base import Embedder
    from granola_like.enhance.ahead import Ahead, Heard
    from granola_like.enhance.writer import Writer

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0


class DraftsAhead:
    """What is written of a meeting before it is over.

    Begins with the first typed line that has words to rest on. What cannot be (a model that is
    missing, too little memory) is left to the time after the call, which tells the person.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        look: Callable[[], "Heard"],
        busy: Callable[[], bool],
        now_ms: Callable[[], int],
    ) -> None:
        """`look` gives the call as it stands, `busy` whether hearing it needs the machine."""
        self._settings, self._look, self._busy, self._now_ms = settings, look, busy, now_ms
        self._models = ExitStack()
        self._embedder: Embedder | None = None
        self._are_open = False
        self._ahead: Ahead | None = None
        self._drafted: frozenset[str] = frozenset()
        self._over, self._changed = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="drafting", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def drafted(self) -> frozenset[str]:
        """The lines whose points are ready."""
        return self._drafted

    def lines_changed(self) -> None:
        """Look at the lines again soon."""
        self._changed.set()

    def end(self) -> None:
        """Stop drafting."""
        self._over.set()
        self._changed.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def wake(self) -> "Ahead | None":
        """Give what was drafted, with its models open; None where nothing was.

        Stops drafting. Raises EngineError when a model cannot be opened.
        """
        self.end()
        if self._ahead is not None and not self._are_open:
            self._ahead.writer = self._open_models()
        return self._ahead

    def rest_models(self) -> None:
        """Let go of the models, so that others have room; `wake` opens them again."""
        self.end()
        self._models.close()
        self._embedder, self._are_open = None, False

    def close(self) -> None:
        """Stop, and let go of the models. Closing twice is harmless."""
        self.rest_models()

    # -- the meeting's clock, as `draft_ahead` asks it

    def now_ms(self) -> int:
        """Say how long the recording has been going on."""
        return self._now_ms()

    def rest(self, until_ms: int) -> None:
        """Come back at that moment, or when a line changed, or when the call is over."""
        self._changed.wait(max(0, until_ms - self._now_ms()) / 1000)
        self._changed.clear()

    # -- on the thread

    def _run(self) -> None:
        try:
            with closing(App(self._settings)) as app:
                first = self._first()
                if first is not None:
                    self._ahead = self._opened(app, first)
                    self._draft(self._ahead)
        except GranolaError as error:
            logger.warning("drafting ahead ended: %s", type(error).__name__)
        except Exception:
            logger.exception("drafting ahead broke")

    def _first(self) -> "Heard | None":
        """Wait until there is something to write about."""
        while not self._over.wait(_LOOK_SECONDS):
            heard = self._look()
            bundle = heard.bundle
            if bundle.transcript.utterances and any(line.text.strip() for line in bundle.notes):
                return heard
        return None

    def _open_models(self) -> "Writer":
        self._models = ExitStack()
        self._embedder = self._models.enter_context(choose.embedder(self._settings))
        self._are_open = True
        return self._models.enter_context(choose.writer(self._settings, self._settings.writer))

    def _opened(self, app: App, heard: "Heard") -> "Ahead":
        from granola_like.enhance.ahead import Ahead
        from granola_like.enhance.align import Aligner

        spoken, language = heard.bundle.meeting.language, self._settings.note_language
        writer = self._open_models()
        template = app.template(heard.bundle)
        return Ahead(
            writer=writer,
            template=template,
            new_aligner=lambda: Aligner(language=spoken, embedder=self._embedder),
            note_language=None if language == choose.AUTO else language,
            style=style_of(app, template.id),
        )

    def _draft(self, ahead: "Ahead") -> None:
        from granola_like.enhance.ahead import draft_ahead
        from granola_like.enhance.job import LineWritten

        job = draft_ahead(
            ahead,
            look=lambda: None if self._over.is_set() else self._look(),
            busy=self._busy,
            clock=self,
        )
        with closing(job):
            for news in job:
                if isinstance(news, LineWritten) and news.blocks:
                    self._drafted |= {news.note}
                if self._over.is_set():
                    return


def style_of(app: App, template: str) -> tuple[str, ...]:
    """Give the person's rules of style as a model is told them."""
    from granola_like.enhance.style import instructions

    # Only a model understands sentences; what the others write is styled when it is read.
    is_model = app.settings.writer != "extractive"
    return instructions(app.library.style_rules(template)) if is_model else ()
