"""A window over a real library with the sample call in it, and a player without a speaker."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from granola_like.app import App
from granola_like.app.player import Player, open_player
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting
from granola_like.domain.transcript import Transcript, Utterance, Word, in_order
from granola_like.jobs import run
from granola_like_models.sample import sample_call
from granola_like_ui.bridge import Reader
from granola_like_ui.frame import Frame
from granola_like_ui.home.watch import Watch
from granola_like_ui.transcript.controller import TranscriptController


def sample_bundle() -> Bundle:
    """The sample call with its exact words; each has its share of the time."""
    call = sample_call()
    said = []
    for one in call.utterances:
        texts = one.text.split()
        each = (one.end_ms - one.start_ms) // len(texts)
        words = tuple(
            Word(text, one.start_ms + n * each, one.start_ms + (n + 1) * each, 0.9)
            for n, text in enumerate(texts)
        )
        said.append(
            Utterance(
                id=one.id,
                channel=one.channel,
                speaker=one.speaker,
                start_ms=one.start_ms,
                end_ms=one.end_ms,
                text=" ".join(texts),
                words=words,
            )
        )
    return Bundle(
        meeting=Meeting(
            id="sample",
            title=call.title,
            started_at=datetime.fromisoformat(call.started_at),
            duration_ms=call.duration_ms,
        ),
        transcript=Transcript(utterances=in_order(iter(said))),
    )


class SilentSpeaker:
    """Takes sound as a speaker does, at once, and says nothing waits."""

    def __init__(self) -> None:
        self.is_closed = threading.Event()

    def write(self, pcm: bytes) -> None:
        self.is_closed.wait(len(pcm) / 2 / 48_000)

    def waiting_ms(self) -> int:
        return 0

    def close(self, *, at_once: bool = True) -> None:
        self.is_closed.set()


class Place:
    """The frame, the transcript's panel, and what the library really says."""

    def __init__(self, qtbot: QtBot) -> None:
        with_app = App()
        tracks = dict(sample_call().tracks)
        run(with_app.store(sample_bundle(), sound=tracks))
        with_app.close()
        self.frame, self.reader = Frame(), Reader(App)
        qtbot.addWidget(self.frame)
        self.watch = Watch(self.reader, self.frame)
        self.transcript = TranscriptController(
            self.frame, self.reader, self.watch, open_=self.open_player
        )
        self.panel, self.view = self.transcript.panel, self.transcript.panel.view
        self.frame.show()
        self.watch.start()
        self.transcript.take("sample")
        self.transcript.open()
        qtbot.waitUntil(lambda: bool(self.view.rows))

    def open_player(self, app: App, meeting: str) -> Player:
        made = open_player(app, meeting)
        made._open_output = SilentSpeaker
        return made

    def close(self) -> None:
        self.watch.stop()
        self.transcript.stop()
        self.reader.close()

    def ask(self, question: Callable[[App], object]) -> object:
        """Ask the library itself, behind the window's back."""
        app = App()
        try:
            return question(app)
        finally:
            app.close()

    def text(self, utterance: str) -> str:
        said = self.ask(lambda app: app.library.load("sample").transcript.by_id()[utterance].text)
        return str(said)


@pytest.fixture
def place(qtbot: QtBot, own_home: Path) -> Iterator[Place]:
    made = Place(qtbot)
    yield made
    made.close()
