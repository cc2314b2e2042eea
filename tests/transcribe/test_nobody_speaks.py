"""Sound without speech gives no words: with a real engine, by means that know no language."""

from collections.abc import Callable, Iterator

import pytest

from granola_like.engines.base import Samples, Transcriber
from granola_like.engines.host import open_transcriber
from granola_like.engines.silero import open_speech_finder
from granola_like.jobs import run
from granola_like.transcribe import final_pass
from tests.transcribe.clips_without_speech import CLIPS


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transcriber]:
    engine = open_transcriber("tiny-synthetic", models_dir=tmp_path_factory.mktemp("models"))
    yield engine
    engine.close()


@pytest.mark.parametrize("clip", CLIPS.values(), ids=CLIPS.keys())
@pytest.mark.parametrize("gain", [1.0, 0.03])
def test_no_words_where_nobody_speaks(
    whisper: Transcriber, clip: Callable[[], Samples], gain: float
) -> None:
    tracks = {"me": clip() * gain}
    said = run(final_pass(tracks, whisper, open_speech_finder(), language="en"))
    assert [one.text for one in said] == []
