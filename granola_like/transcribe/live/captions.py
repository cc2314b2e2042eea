"""Captions of a recording that goes on: the front of everything in this package."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript, Utterance, in_order
from granola_like.engines.base import LiveTranscriber
from granola_like.engines.silero import open_speech_finder
from granola_like.transcribe.final import SPEAKERS
from granola_like.transcribe.live.board import Board, CaptionNews
from granola_like.transcribe.live.pacing import Pacing
from granola_like.transcribe.live.worker import ChannelWorker
from granola_like.transcribe.utterances import text_of

CHANNELS: tuple[Channel, ...] = get_args(Channel)


class LiveCaptions:
    """Captions of a recording that goes on. Owns its threads and its engine's child processes.

    `folder` is the recording's folder; it is only read. `open_engine` is called once for each
    channel, and again when an engine has died. `language` is ISO 639-1, or None to find it out.
    Words of sound that captions could not keep up with are left to the final pass.
    """

    def __init__(
        self,
        folder: Path,
        *,
        open_engine: Callable[[], LiveTranscriber],
        language: str | None,
        hints: tuple[str, ...],
        pacing: Pacing | None = None,
    ) -> None:
        finder = open_speech_finder()
        self._board = Board(CHANNELS, language=language, pacing=pacing or Pacing())
        self._workers = [
            ChannelWorker(
                folder,
                channel,
                board=self._board,
                finder=finder,
                open_engine=open_engine,
                hints=hints,
            )
            for channel in CHANNELS
        ]
        self._is_open = False

    def start(self) -> None:
        """Begin, from the recording's first sound; a second call does nothing."""
        if not self._is_open:
            self._is_open = True
            for worker in self._workers:
                worker.start()

    def news(self, since: int = 0) -> CaptionNews:
        """Say what changed after the version `since`; cheap, from any thread, never waits."""
        return self._board.news(since)

    def transcript(self) -> Transcript:
        """All firm words until now, as utterances with the captions' ids."""
        language = self._board.language[0] or "en"
        said = (
            Utterance(
                id=line.id,
                channel=line.channel,
                speaker=SPEAKERS[line.channel],
                start_ms=line.start_ms,
                end_ms=line.end_ms,
                text=text_of(line.firm, language),
                words=line.firm,
            )
            for line in self._board.lines()
            if line.firm
        )
        name = next((worker.engine_name for worker in self._workers if worker.engine_name), "")
        return Transcript(utterances=in_order(said), made_by="live", engine=name, language=language)

    def change_language(self, language: str | None) -> None:
        """Listen for another language from the open utterance on; None finds it out anew."""
        self._board.set_language(language)

    def close(self) -> None:
        """End threads and children; what is firm stays readable. Harmless twice."""
        for worker in self._workers:
            worker.stop()
        for worker in self._workers:
            worker.join()
