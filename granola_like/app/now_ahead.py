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
    from granola_like.enhance.ahead import Ahead, Heard

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

    def end(self) -> "Ahead | None":
        """Stop drafting, and give what was drafted; its models stay open until `close`."""
        self._over.set()
        self._changed.set()
        if self._thread.is_alive():
            self._thread.join()
        return self._ahead

    def close(self) -> None:
        """Stop, and let go of the models. Closing twice is harmless."""
        self.end()
        self._models.close()

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

    def _opened(self, app: App, heard: "Heard") -> "Ahead":
        from granola_like.enhance.ahead import Ahead
        from granola_like.enhance.align import Aligner
        from granola_like.enhance.style import instructions

        settings, meeting = self._settings, heard.bundle.meeting
        embedder = self._models.enter_context(choose.embedder(settings))
        writer = self._models.enter_context(choose.writer(settings, settings.writer))
        language = settings.note_language
        # Drafts of lines do not depend on it; the note gets its own at the end.
        template = app.template(heard.bundle)
        return Ahead(
            writer=writer,
            template=template,
            style=instructions(app.library.style_rules(template.id)),
            new_aligner=lambda: Aligner(language=meeting.language, embedder=embedder),
            note_language=None if language == choose.AUTO else language,
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
