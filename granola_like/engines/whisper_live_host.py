"""Live speech engines in child processes, one for each channel.

A pass is asked for as a stream, so that closing from another thread ends the wait, and a child that
does not answer is killed like one that died.
"""

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from granola_like.engines.base import Heard, Listening, LiveTranscriber, Samples
from granola_like.engines.found import find_model, is_onnx_speech
from granola_like.engines.host import Host, threads
from granola_like.errors import EngineDied
from granola_like_models.catalogue import known

HUNG_SECONDS = 45.0
"""No pass over 28 s of sound takes so long on a machine that can do this at all."""

CHANNELS = 2


def open_live_transcriber(name: str, *, models_dir: Path) -> LiveTranscriber:
    """Give the speech model `name` for one channel, loading in a child process.

    One thread for each of two channels costs less than two threads on one pass after the other.
    Raises ModelMissing or EngineError at once when it is not here or not whole; what only loading
    can show is raised by the first question.
    """
    found = find_model(name, "speech", models_dir)
    about = known(found.name, "speech")
    arguments: dict[str, Any] = {
        "folder": str(found.path),
        "name": found.name,
        "threads": max(1, threads() // CHANNELS),
    }
    if is_onnx_speech(found.path):
        arguments["factory"] = "granola_like.engines.onnx_speech:open_onnx_speech"
        arguments["languages"] = about.languages if about is not None else ()
        return HostedLiveTranscriber(
            "granola_like.engines.live_any:open_any_live", arguments, name=found.name
        )
    arguments["plain"] = found.bundled and about is not None and about.plain
    return HostedLiveTranscriber(
        "granola_like.engines.whisper_live:open_live_whisper", arguments, name=found.name
    )


class HostedLiveTranscriber(Host):
    """A live speech engine in a child process. Once closed, or once its child died, it is over."""

    def __init__(self, factory: str, arguments: Mapping[str, Any], *, name: str) -> None:
        self._over = threading.Event()
        super().__init__(factory, arguments, name=name)

    def hear(self, sound: Samples, how: Listening, said: tuple[str, ...] = ()) -> Heard:
        """Give the words that follow `said`.

        Raises EngineError; EngineDied also when `close` was called meanwhile or the child hangs.
        """
        heard: Heard = self._ask("hear", sound, how, said)
        return heard

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say which language is spoken and how sure that is. Raises EngineError."""
        language, probability = self._ask("detect_language", sound)
        return language, probability

    def close(self) -> None:
        """Kill the child, also in the middle of a question from another thread."""
        self._over.set()
        super().close()

    def _ask(self, method: str, *arguments: object) -> Any:
        if self._over.is_set():
            raise EngineDied(f"The model “{self.name}” has ended.")
        begun = time.monotonic()
        answer = None
        for found in self.stream("answers", method, *arguments):
            if found is not None:
                answer = found
            elif self._over.is_set():
                break
            elif self._facts is None:
                begun = time.monotonic()  # it is still loading
            elif time.monotonic() - begun > HUNG_SECONDS:
                break
        if answer is None:
            self.close()
            raise EngineDied(f"The model “{self.name}” did not answer.")
        return answer
