"""What every live speech engine promises, on all that there are."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, Listening, LiveTranscriber, Samples
from granola_like.engines.fake import FakeLiveTranscriber, numbered_sound
from granola_like.engines.live_any import AnyLive, open_any_live
from granola_like.engines.whisper_live import HINT_TOKENS, LiveWhisper, open_live_whisper
from granola_like.engines.whisper_live_host import HostedLiveTranscriber, open_live_transcriber
from granola_like.errors import EngineDied, EngineError, ModelMissing
from granola_like_models.catalogue import BUNDLED_SPEECH, known

ENGLISH = Listening(language="en")
SENTENCE = ("The", "sales", "pipeline", "is", "now", "92%", "of", "plan.")
SCRIPT = tuple(Word(text, 14_900 + 400 * at, 15_200 + 400 * at) for at, text in enumerate(SENTENCE))
FROM_S, TO_S = 14.6, 18.4


def whisper_folder() -> Path:
    model = known(BUNDLED_SPEECH)
    assert model is not None
    assert model.folder is not None
    return model.folder


def open_whisper(**about: object) -> LiveWhisper:
    return open_live_whisper(
        str(whisper_folder()), name=BUNDLED_SPEECH, threads=1, plain=True, **about
    )


@pytest.fixture(scope="module")
def whisper() -> Iterator[LiveWhisper]:
    engine = open_whisper()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def live_hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostedLiveTranscriber]:
    engine = open_live_transcriber(BUNDLED_SPEECH, models_dir=tmp_path_factory.mktemp("models"))
    assert isinstance(engine, HostedLiveTranscriber)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def adapted() -> Iterator[AnyLive]:
    """The final pass's engine, as those that are not Whisper are used."""
    model = known(BUNDLED_SPEECH)
    assert model is not None
    engine = open_any_live(
        "granola_like.engines.whisper:open_whisper",
        folder=str(model.folder),
        name=model.name,
        threads=1,
        plain=True,
    )
    yield engine
    engine.close()


@pytest.fixture(params=["fake", "whisper", "live_hosted", "adapted"])
def engine(request: pytest.FixtureRequest) -> LiveTranscriber:
    if request.param == "fake":
        return FakeLiveTranscriber(SCRIPT)
    found: LiveTranscriber = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def sentence(engine: LiveTranscriber, speech: Samples) -> Samples:
    first, last = round(FROM_S * SAMPLE_RATE), round(TO_S * SAMPLE_RATE)
    if isinstance(engine, FakeLiveTranscriber):
        return numbered_sound(first, last)
    return speech[first:last]


def test_it_has_a_name(engine: LiveTranscriber) -> None:
    assert engine.name.strip()


def test_words_lie_in_the_sound_in_order(engine: LiveTranscriber, sentence: Samples) -> None:
    heard = engine.hear(sentence, ENGLISH)
    assert tuple(word.text for word in heard.words) == SENTENCE
    assert heard.text == " ".join(SENTENCE)
    length = len(sentence) * 1000 // SAMPLE_RATE
    starts = [word.start_ms for word in heard.words]
    assert starts == sorted(starts)
    for word in heard.words:
        assert 0 <= word.start_ms <= word.end_ms <= length
        assert 0 <= word.probability <= 1


@pytest.mark.parametrize("count", [1, 3, 5])
def test_what_was_said_does_not_come_again(
    engine: LiveTranscriber, sentence: Samples, count: int
) -> None:
    heard = engine.hear(sentence, ENGLISH, SENTENCE[:count])
    assert tuple(word.text for word in heard.words) == SENTENCE[count:]


def test_words_come_while_they_are_spoken(engine: LiveTranscriber, sentence: Samples) -> None:
    half = engine.hear(sentence[: round(1.6 * SAMPLE_RATE)], ENGLISH)
    assert tuple(word.text for word in half.words)[:3] == SENTENCE[:3]
    assert len(half.words) < len(SENTENCE)


def test_nothing_is_heard_in_nothing(engine: LiveTranscriber) -> None:
    assert engine.hear(np.zeros(0, np.float32), ENGLISH).text == ""


def test_the_same_sound_gives_the_same_words(engine: LiveTranscriber, sentence: Samples) -> None:
    assert engine.hear(sentence, ENGLISH) == engine.hear(sentence, ENGLISH)


def test_it_knows_the_language(engine: LiveTranscriber, sentence: Samples) -> None:
    language, probability = engine.detect_language(sentence)
    assert language == "en"
    assert 0 < probability <= 1


def test_hints_do_no_harm(engine: LiveTranscriber, sentence: Samples) -> None:
    how = Listening(language="en", hints=tuple(f"Person {n}" for n in range(200)))
    assert tuple(word.text for word in engine.hear(sentence, how).words) == SENTENCE


def test_hints_are_taken_within_the_budget(speech: Samples) -> None:
    engine = open_live_whisper(
        str(whisper_folder()), name="takes hints", threads=1, plain=False, falls_back=False
    )
    hints = tuple(f"Person {n}" for n in range(200))
    tokens = engine._hints(engine._tokenizer("en"), hints)
    assert 0 < len(tokens) <= HINT_TOKENS + 1
    sound = speech[round(FROM_S * SAMPLE_RATE) : round(TO_S * SAMPLE_RATE)]
    told = Listening(language="en", hints=hints)
    assert "Person" not in " ".join(w.text for w in engine.hear(sound, told, SENTENCE[:3]).words)
    engine.close()


def test_closing_twice_is_fine() -> None:
    fake = FakeLiveTranscriber()
    fake.close()
    fake.close()
    hosted = open_live_transcriber(BUNDLED_SPEECH, models_dir=Path("nowhere"))
    hosted.close()
    hosted.close()


def test_a_longer_sound_than_it_can_hear_is_no_failure(whisper: LiveWhisper) -> None:
    noise = np.random.default_rng(2).normal(0, 0.1, 40 * SAMPLE_RATE).astype(np.float32)
    heard = whisper.hear(noise, ENGLISH)
    assert heard.end_ms <= 28_000


def test_with_no_silence_behind_the_sound_a_full_window_saves_it(speech: Samples) -> None:
    """With no margin the model runs on; the padded window that follows hears it rightly."""
    sound = speech[round(FROM_S * SAMPLE_RATE) : round(17.9 * SAMPLE_RATE)]
    bad = open_whisper(margin_frames=0, falls_back=False, tokens_a_second=None)
    good = open_whisper(margin_frames=0)
    short = [
        (bad.hear(sound[:end], ENGLISH), good.hear(sound[:end], ENGLISH))
        for end in range(SAMPLE_RATE, len(sound), SAMPLE_RATE // 4)
    ]
    assert good.padded_passes > 0
    assert max(len(one.words) for one, _ in short) > max(len(two.words) for _, two in short)
    for closing in (bad, good):
        closing.close()


def test_an_unknown_model_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        open_live_transcriber("small", models_dir=tmp_path)


def test_a_model_of_english_alone_says_english(whisper: LiveWhisper) -> None:
    assert whisper.detect_language(np.zeros(SAMPLE_RATE, np.float32)) == ("en", 1.0)


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_a_killed_child_is_an_error_at_once(speech: Samples) -> None:
    engine = open_live_transcriber(BUNDLED_SPEECH, models_dir=Path("nowhere"))
    assert isinstance(engine, HostedLiveTranscriber)
    engine.hear(speech[:SAMPLE_RATE], ENGLISH)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    begun = time.monotonic()
    with pytest.raises(EngineDied):
        engine.hear(speech[:SAMPLE_RATE], ENGLISH)
    with pytest.raises(EngineDied):  # it does not come back by itself
        engine.hear(speech[:SAMPLE_RATE], ENGLISH)
    assert time.monotonic() - begun < 3
    engine.close()


def test_closing_from_another_thread_ends_the_wait(speech: Samples) -> None:
    engine = open_live_transcriber(BUNDLED_SPEECH, models_dir=Path("nowhere"))
    failures: list[EngineError] = []

    def ask() -> None:
        try:
            while True:
                engine.hear(speech[: 20 * SAMPLE_RATE], ENGLISH)
        except EngineError as error:
            failures.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.5)
    engine.close()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert len(failures) == 1


def test_an_engine_can_be_opened_again_and_again() -> None:
    again = partial(open_live_transcriber, BUNDLED_SPEECH, models_dir=Path("nowhere"))
    for engine in (again(), again()):
        engine.close()


def test_what_was_said_is_left_out_though_it_is_heard_otherwise_now(
    adapted: AnyLive, speech: Samples
) -> None:
    sound = speech[round(FROM_S * SAMPLE_RATE) : round(TO_S * SAMPLE_RATE)]
    wrongly = ("The", "sale", "pipeline", "is")
    assert adapted.hear(sound, ENGLISH, wrongly).words[0].text == "now"
    assert adapted.hear(sound, ENGLISH, ("quite", "something", "else")).words[0].text == "is"


def test_a_model_in_onnx_is_heard_live(tmp_path: Path, speech: Samples) -> None:
    pytest.importorskip("onnx_asr")
    models = pytest.importorskip("tests.engines.onnx_models")
    folder = models.write_tdt(tmp_path / "speech" / "random")
    engine = open_live_transcriber(str(folder), models_dir=tmp_path)
    heard = engine.hear(speech[: 3 * SAMPLE_RATE], ENGLISH)
    assert all(0 <= word.start_ms <= word.end_ms <= 3000 for word in heard.words)
    engine.close()
