"""One channel's thread: reads what was recorded, asks the engine, shows what it answers.

The engine may die, hang or be killed: another one is opened and asked the same again, and the sound
waits meanwhile on the disk.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from granola_like.audio.tail import ChannelTail, TakenBack
from granola_like.domain.recording import Channel
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, LiveTranscriber, SpeechFinder
from granola_like.errors import EngineDied, GranolaError
from granola_like.transcribe.live.board import Board
from granola_like.transcribe.live.ear import Ear, Question

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.05
"""How often it looks for new sound."""
SILENT_SECONDS = 1.5
"""When so long nothing was recorded, it was paused, or has ended: whoever spoke has finished."""
MOST_TRIES = 3
"""A stretch of sound that so many engines die of is left to the final pass."""
_AT_ONCE_SECONDS = 10.0
_TAKEN_MS = 40_000
"""More sound than this waits on the disk rather than in memory."""
_LONG_MS = 4_000
"""Passes over so much new sound tell how quickly a backlog can be dealt with."""
_VOTE_SECONDS = 2.0
_PAUSES = (0.0, 0.5, 2.0, 10.0)
"""Seconds before the next engine is opened, by how many have failed in a row."""

RESTARTING = "The model for the captions stopped and is started again; the recording goes on."


class ChannelWorker:
    """Owns one channel's tail, ear and engine."""

    def __init__(
        self,
        folder: Path,
        channel: Channel,
        *,
        board: Board,
        finder: SpeechFinder,
        open_engine: Callable[[], LiveTranscriber],
        hints: tuple[str, ...],
    ) -> None:
        self._channel, self._board, self._hints = channel, board, hints
        self._open_engine = open_engine
        self._tail = ChannelTail(folder, channel)
        self._ear = Ear(channel, finder, hints=hints)
        self._engine: LiveTranscriber | None = None
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._pass_ms = 0.0
        self._speed: float | None = None
        self._failures = 0
        self._last_sound = time.monotonic()
        self._has_rested = True
        self._language_version = 0
        self._voted: tuple[object, int] = (None, 0)
        self.engine_name = ""
        """The model's name, once it was opened."""
        self._thread = threading.Thread(
            target=self._run, name=f"captions of {channel}", daemon=True
        )

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End soon: an engine at work is killed. Returns at once."""
        self._stop.set()
        self._close_engine()

    def join(self) -> None:
        """Return when the thread has ended; one that never began has."""
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                try:
                    self._engine_at_hand()
                    idle = not self._look()
                except GranolaError as error:
                    self._recover(error)
                    continue
                if idle:
                    self._stop.wait(LOOK_SECONDS)
        except Exception:
            logger.exception("the captions of %s ended", self._channel)
            self._board.trouble(
                self._channel,
                "The captions have stopped; the recording goes on, and the pass after the call "
                "hears it all.",
            )
        finally:
            self._board.waiting(self._channel, 0)
            self._close_engine()

    def _look(self) -> bool:
        """Take what is new and ask once at most; False when there is nothing to do."""
        self._take()
        self._heed_language()
        behind_ms = self._ear.waiting_ms + self._tail.behind_ms()
        self._board.waiting(self._channel, behind_ms)
        may_go = self._board.may_go(self._channel)
        step = self._board.pacing.step_ms(self._pass_ms, behind_ms, may_go=may_go)
        question = self._ear.ask(step)
        self._board.put(self._ear.changes())
        if question is None:
            return False
        self._board.busy(self._channel)
        self._answer(question)
        self._board.put(self._ear.changes())
        return True

    def _take(self) -> None:
        if self._ear.waiting_ms > _TAKEN_MS:
            behind_ms = self._ear.waiting_ms + self._tail.behind_ms()
            if self._board.pacing.is_hopeless(behind_ms, self._speed):
                self._tail.skip(self._board.pacing.kept)
                logger.warning("captions of %s: a backlog is left out", self._channel)
            return
        now = time.monotonic()
        for part in self._tail.read(_AT_ONCE_SECONDS):
            if isinstance(part, TakenBack):
                self._ear.take_back(part.start_ms, part.end_ms)
                continue
            self._ear.take(part.sound, part.start_ms, follows=part.follows)
            self._last_sound, self._has_rested = now, False
        if not self._has_rested and now - self._last_sound > SILENT_SECONDS:
            self._ear.end()
            self._has_rested = True

    def _answer(self, question: Question) -> None:
        for tried in range(MOST_TRIES):
            try:
                begun = time.monotonic()
                heard = self._hear(question)
                self._note_speed(question, (time.monotonic() - begun) * 1000)
                break
            except GranolaError as error:
                if self._stop.is_set() or tried + 1 == MOST_TRIES:
                    self._ear.give_up(question)
                    raise
                self._recover(error)
        self._failures = 0
        self._board.trouble(self._channel, None)
        self._ear.answer(question, heard)

    def _note_speed(self, question: Question, took_ms: float) -> None:
        self._pass_ms = took_ms if not self._pass_ms else 0.7 * self._pass_ms + 0.3 * took_ms
        if question.new_ms >= _LONG_MS:
            self._speed = question.new_ms / max(1.0, took_ms)

    def _hear(self, question: Question) -> Heard:
        engine = self._engine_at_hand()
        language, _, is_settled = self._board.language
        if not is_settled:
            language = self._ask_language(engine, question) or language
        if language is not None:
            self._ear.language = language
        how = Listening(language=language, hints=self._hints, beam_size=1)
        return engine.hear(question.sound, how, question.said)

    def _ask_language(self, engine: LiveTranscriber, question: Question) -> str | None:
        """Let the engine vote on the language, once for each two seconds of new speech."""
        turn, upto = self._voted
        new = question.end - (upto if turn is question.turn else question.start)
        if new >= _VOTE_SECONDS * SAMPLE_RATE or (question.is_last and new > SAMPLE_RATE // 2):
            self._voted = (question.turn, question.end)
            language, probability = engine.detect_language(question.sound)
            self._board.vote(language, probability, new / SAMPLE_RATE)
        return self._board.language[0]

    def _heed_language(self) -> None:
        version = self._board.language[1]
        if version != self._language_version:
            self._language_version = version
            self._voted = (None, 0)
            self._ear.ask_again()

    def _engine_at_hand(self) -> LiveTranscriber:
        """The engine; another one when there is none. Raises GranolaError."""
        with self._lock:
            if self._stop.is_set():
                raise EngineDied("The captions are being closed.")
            if self._engine is None:
                self._engine = self._open_engine()
                self.engine_name = self._engine.name
            return self._engine

    def _close_engine(self) -> None:
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _recover(self, error: GranolaError) -> None:
        """Say what is wrong and make room for another engine."""
        if self._stop.is_set():
            return
        logger.warning("captions of %s: %s", self._channel, type(error).__name__)
        self._close_engine()
        self._board.trouble(self._channel, RESTARTING if self._failures < 2 else str(error))
        pause = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
        self._failures += 1
        self._stop.wait(pause)
