"""A call without a headset: the others' words are theirs alone, and the person's all stay."""

from collections.abc import Iterator

import jiwer
import numpy as np
import pytest

from granola_like.audio.decode import decode
from granola_like.domain.transcript import Transcript, Word
from granola_like.engines.base import SAMPLE_RATE, Samples, Transcriber
from granola_like.engines.host import open_transcriber
from granola_like.engines.silero import open_speech_finder
from granola_like.jobs import run
from granola_like.transcribe import final_pass
from granola_like.transcribe.echoes import without_echo
from granola_like_models.sample import sample_call


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transcriber]:
    engine = open_transcriber("tiny-synthetic", models_dir=tmp_path_factory.mktemp("models"))
    yield engine
    engine.close()


def through_a_room(sound: Samples) -> Samples:
    """Played by a small loudspeaker, heard 60 ms later by the microphone of the same laptop."""
    rng = np.random.default_rng(5)
    length = SAMPLE_RATE // 4
    room = rng.standard_normal(length) * np.exp(-np.arange(length) / SAMPLE_RATE * 23) * 0.12
    room[0] = 1
    size = 1 << (len(sound) + length).bit_length()
    played = np.tanh(2 * sound) / 2
    echo = np.fft.irfft(np.fft.rfft(played, size) * np.fft.rfft(room, size), size)
    late = np.concatenate([np.zeros(SAMPLE_RATE * 60 // 1000), echo])[: len(sound)]
    return (late / np.sqrt(np.square(room).sum())).astype(np.float32)


def bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c in "'%$" else " " for c in text.lower()).split())


def errors(said: Transcript) -> dict[str, float]:
    call = sample_call()
    sides = ("me", "them")
    heard = {side: bare(" ".join(s.text for s in said if s.channel == side)) for side in sides}
    return {side: jiwer.wer(bare(call.words_of(side)), heard[side]) for side in sides}


def test_their_words_appear_once_and_mine_are_all_kept(whisper: Transcriber) -> None:
    """Without cleaning, the errors on my side are 1.4: each of their words comes twice."""
    call = sample_call()
    me, them = (run(decode(call.tracks[side])) for side in ("me", "them"))
    count = max(len(me), len(them))
    me, them = (np.pad(side, (0, count - len(side))) for side in (me, them))
    hiss = np.random.default_rng(6).standard_normal(count) * 0.0008
    microphone = (me + 1.4 * through_a_room(them) + hiss).astype(np.float32)
    tracks = {"me": microphone, "them": them}
    said = run(final_pass(tracks, whisper, open_speech_finder(), language="en"))
    found = errors(said)
    assert found["them"] <= 0.06
    assert found["me"] <= 0.1
    mine = bare(call.words_of("me"))
    strangers = [one.text for one in said if one.channel == "me" and bare(one.text) not in mine]
    theirs = bare(call.words_of("them"))
    assert not [text for text in strangers if bare(text) in theirs]


def word(text: str, start: int, *, probability: float = 0.9) -> Word:
    return Word(text, start, start + 300, probability)


THEIRS = [word(text, 10_000 + 400 * n) for n, text in enumerate("we ship on the tenth".split())]
BACK = [word(text, 10_100 + 400 * n) for n, text in enumerate("we ship on the tents".split())]
ECHO = ((9_500, 12_500),)


def test_an_echo_is_left_out_although_it_is_read_with_a_mistake() -> None:
    mine = [word("so", 8_000), *BACK, word("right", 13_000)]
    assert [one.text for one in without_echo(mine, THEIRS, ECHO)] == ["so", "right"]


def test_sound_alone_removes_nothing() -> None:
    mine = [word(text, 10_100 + 400 * n) for n, text in enumerate("I disagree with that".split())]
    assert list(without_echo(mine, THEIRS, ECHO)) == mine


def test_text_alone_removes_nothing() -> None:
    assert list(without_echo(BACK, THEIRS, ())) == BACK


def test_what_they_said_earlier_is_not_an_echo() -> None:
    later = [word(one.text, one.start_ms + 5_000) for one in BACK]
    assert list(without_echo(later, THEIRS, ((14_500, 17_500),))) == later


def test_words_that_the_engine_itself_doubts_are_left_out_of_an_echo() -> None:
    mine = [word("Paul", 10_200, probability=0.3)]
    assert without_echo(mine, THEIRS, ECHO) == ()
