"""What every speech engine promises, on all that there are."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, Samples, Transcriber, Word
from granola_like.engines.fake import FakeTranscriber
from granola_like.engines.host import HostedTranscriber, open_transcriber
from granola_like.engines.onnx_speech import open_onnx_speech, words_of
from granola_like.engines.whisper import WhisperTranscriber, open_whisper
from granola_like.engines.windows import Window
from granola_like.errors import EngineError
from granola_like_models.catalogue import BUNDLED_SPEECH, known
from tests.engines.onnx_models import write_ctc, write_tdt

SCRIPT = (
    Heard(
        start_ms=3_000,
        end_ms=4_500,
        text="Good morning.",
        words=(Word("Good", 3_000, 3_500), Word("morning.", 3_500, 4_500)),
    ),
    Heard(start_ms=15_000, end_ms=17_000, text="92% of plan."),
)

ENGLISH = Listening(language="en")


@pytest.fixture(scope="module")
def whisper() -> Iterator[WhisperTranscriber]:
    model = known(BUNDLED_SPEECH)
    assert model is not None
    engine = open_whisper(str(model.folder), name=model.name, threads=2, plain=True)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def onnx_ctc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transcriber]:
    folder = write_ctc(tmp_path_factory.mktemp("ctc"))
    engine = open_onnx_speech(str(folder), name="ctc", threads=2, languages=("en",))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def onnx_tdt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transcriber]:
    """The kind that Parakeet is, by its folder, in a child process."""
    folder = write_tdt(tmp_path_factory.mktemp("models") / "speech" / "parakeet-tdt-0.6b-v2")
    engine = open_transcriber("parakeet-tdt-0.6b-v2", models_dir=folder.parent.parent)
    assert isinstance(engine, HostedTranscriber)
    yield engine
    engine.close()


@pytest.fixture(params=["fake", "whisper", "hosted", "onnx_ctc", "onnx_tdt"])
def engine(request: pytest.FixtureRequest) -> Transcriber:
    if request.param == "fake":
        return FakeTranscriber(SCRIPT)
    found: Transcriber = request.getfixturevalue(request.param)
    return found


def test_it_has_a_name(engine: Transcriber) -> None:
    assert engine.name.strip()


def test_stretches_come_in_order_and_lie_within_the_sound(
    engine: Transcriber, speech: Samples
) -> None:
    heard = [one for one in engine.transcribe(speech, ENGLISH) if one.text]
    assert heard
    assert [one.start_ms for one in heard] == sorted(one.start_ms for one in heard)
    length = len(speech) * 1000 // SAMPLE_RATE
    for one in heard:
        assert 0 <= one.start_ms <= one.end_ms <= length + 500
        for word in one.words:
            assert word.text == word.text.strip() != ""
            assert one.start_ms <= word.start_ms <= word.end_ms <= one.end_ms
            assert 0 <= word.probability <= 1


def test_words_spell_the_text(engine: Transcriber, speech: Samples) -> None:
    for one in engine.transcribe(speech, ENGLISH):
        if one.words:
            assert " ".join(word.text for word in one.words) == one.text


def test_no_sound_gives_no_words(engine: Transcriber) -> None:
    nothing = np.zeros(0, np.float32)
    assert [one for one in engine.transcribe(nothing, ENGLISH) if one.text] == []


def test_the_same_sound_gives_the_same_words(engine: Transcriber, speech: Samples) -> None:
    first, again = (
        [one for one in engine.transcribe(speech, ENGLISH) if one.text] for _ in range(2)
    )
    assert first == again


def test_it_knows_the_language(engine: Transcriber, speech: Samples) -> None:
    language, probability = engine.detect_language(speech)
    assert language == "en"
    assert 0.5 < probability <= 1


def test_hints_do_no_harm(engine: Transcriber, speech: Samples) -> None:
    how = Listening(language="en", hints=tuple(f"Person {n}" for n in range(200)))
    assert [one for one in engine.transcribe(speech, how) if one.text]


def test_stopping_early_leaves_it_usable(engine: Transcriber, speech: Samples) -> None:
    hearing = engine.transcribe(speech, ENGLISH)
    next(hearing)
    hearing.close()  # type: ignore[attr-defined]
    assert [one for one in engine.transcribe(speech, ENGLISH) if one.text]


def test_the_shipped_whisper_hears_the_numbers(
    whisper: WhisperTranscriber, speech: Samples
) -> None:
    text = " ".join(one.text for one in whisper.transcribe(speech, ENGLISH))
    for number in ("92%", "$75,000", "14"):
        assert number in text


def test_closing_twice_is_fine(speech: Samples) -> None:
    for made in (FakeTranscriber(SCRIPT),):
        made.close()
        made.close()


def test_nothing_reaches_the_terminal(
    hosted: HostedTranscriber, speech: Samples, capfd: pytest.CaptureFixture[str]
) -> None:
    list(hosted.transcribe(speech, ENGLISH))
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc")
def test_the_engine_runs_in_another_process(hosted: HostedTranscriber, speech: Samples) -> None:
    list(hosted.transcribe(speech, ENGLISH))
    assert hosted.pid not in (None, os.getpid())
    assert "ctranslate2" in Path(f"/proc/{hosted.pid}/maps").read_text("utf-8")


def test_tokens_become_words_with_their_times() -> None:
    tokens = [" We", " ag", "re", "ed", " ,", " it", "'s", "  ", " 5", "%", "."]
    times = [0.08, 0.4, 0.48, 0.56, 0.56, 2.0, 2.08, 2.08, 2.96, 2.98, 2.99]
    words = words_of(tokens, times, [0.0, -1.0, *[0.0] * 9], window=Window(10_000, 13_000))
    assert [(word.text, word.start_ms, word.end_ms) for word in words] == [
        ("We", 10_080, 10_320),
        ("agreed,", 10_400, 10_800),
        ("it's", 12_000, 12_320),
        ("5%.", 12_960, 13_000),
    ]
    assert words[0].probability == 1.0 > words[1].probability > 0.7


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "vocab.txt").unlink(), "no vocab.txt"),
        (lambda folder: (folder / "config.json").write_text("{}"), "no kind of model"),
        (lambda folder: (folder / "config.json").write_text("["), "cannot be read"),
        (lambda folder: (folder / "encoder-model.int8.onnx").unlink(), "no encoder-model"),
        (lambda folder: (folder / "encoder-model.int8.onnx").write_bytes(b"x"), "could not be"),
    ],
)
def test_a_damaged_model_is_a_sentence(
    tmp_path: Path, damage: Callable[[Path], object], told: str
) -> None:
    folder = write_tdt(tmp_path / "speech" / "mine")
    damage(folder)
    with (
        pytest.raises(EngineError, match=told),
        closing(open_transcriber("mine", models_dir=tmp_path)) as engine,
    ):
        list(engine.transcribe(np.zeros(SAMPLE_RATE, np.float32), ENGLISH))
