"""The captions of a running recording: opened when they can be, a sentence where they cannot."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from granola_like.app import choose
from granola_like.app.hearing import speakers_of
from granola_like.app.now_about import About
from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript
from granola_like.errors import GranolaError
from granola_like.settings import Settings

if TYPE_CHECKING:
    from granola_like.transcribe.live import LiveCaptions, LiveUtterance

logger = logging.getLogger(__name__)

_MARGIN_MS = 1_000
"""Sound that the recorder has heard, and nobody has looked for on the disk yet."""
SWITCHED_OFF = "Captions are switched off in the settings."


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionNews:
    """What has changed in the captions since somebody last asked.

    The same as `transcribe.live` tells, but to be had before that, and all it needs, is loaded.
    """

    version: int = 0
    """Pass it to the next call."""
    changed: "tuple[LiveUtterance, ...]" = ()
    """Those that changed since, in the order of their start."""
    lag_ms: Mapping[Channel, int] = field(default_factory=dict)
    """Recorded sound that no words were looked for in yet."""
    trouble: str | None = None
    """A sentence: captions fall behind, their engine is started again, …"""


class Captions:
    """The captions of one recording. A recording needs none: whatever fails here is a sentence."""

    def __init__(self, settings: Settings, *, about: About) -> None:
        self._settings = settings
        self._source: LiveCaptions | None = None
        self._trouble: str | None = None if settings.live_captions else SWITCHED_OFF
        self._language = about.language or settings.language
        self._hints = tuple(
            dict.fromkeys([*(person.name for person in about.people), *settings.glossary])
        )
        self._seen = 0
        self._open: dict[str, int] = {}
        """Utterances that may still grow, and their start."""
        self._lock = threading.Lock()

    def open(self, folder: Path) -> None:
        """Begin to listen to a recording's folder; what cannot be becomes `trouble`."""
        if self._trouble is not None:
            return
        try:
            from granola_like.transcribe.live import LiveCaptions

            source = LiveCaptions(
                folder,
                open_engine=choose.open_live(self._settings),
                language=None if self._language == choose.AUTO else self._language,
                hints=self._hints,
            )
            source.start()
            self._source = source
        except GranolaError as error:
            self._trouble = f"{error} {error.hint}"
        except Exception:
            logger.exception("captions broke")
            self._trouble = "Captions could not be started; the recording goes on without them."

    @property
    def trouble(self) -> str | None:
        """Why there are no captions, or what is wrong with them."""
        return self._trouble or (None if self._source is None else self.news(1 << 62).trouble)

    def news(self, since: int = 0) -> CaptionNews:
        """Give what has changed since version `since`; cheap, from any thread."""
        if self._source is None:
            return CaptionNews(trouble=self._trouble)
        told = self._source.news(since)
        return CaptionNews(
            version=told.version,
            changed=told.changed,
            lag_ms=told.lag_ms,
            trouble=told.trouble,
        )

    def lag_ms(self) -> int:
        """How much recorded sound no words were looked for in yet, on the slower channel."""
        return max(self.news(1 << 62).lag_ms.values(), default=0)

    def transcript(self, about: About) -> Transcript:
        """Give the firm words so far, with their speakers' names; empty without captions."""
        if self._source is None:
            return Transcript()
        said = self._source.transcript()
        names = speakers_of(self._settings, about.people)
        return replace(
            said,
            utterances=tuple(replace(one, speaker=names[one.channel]) for one in said),
        )

    def firm_until_ms(self, clock_ms: int) -> int:
        """Say until when nothing will change any more: no utterance is open, no sound unheard."""
        with self._lock:
            news = self.news(self._seen)
            self._seen = max(self._seen, news.version)
            for one in news.changed:
                if one.is_done or not (one.firm or one.tentative):
                    self._open.pop(one.id, None)
                else:
                    self._open[one.id] = one.start_ms
            heard = clock_ms - max(news.lag_ms.values(), default=clock_ms) - _MARGIN_MS
            return max(0, min([heard, *self._open.values()]))

    def change_language(self, language: str | None) -> None:
        """Hear another language from now on; None finds it out."""
        self._language = language or choose.AUTO
        if self._source is not None:
            self._source.change_language(language)

    def close(self) -> None:
        """End threads and engines; what was heard can still be asked for."""
        if self._source is not None:
            self._source.close()
