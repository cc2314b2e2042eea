"""What a live pass costs against plain faster-whisper, fed the same growing sound."""

import time
from pathlib import Path

import faster_whisper

from benchmarks.live_shaped import SHAPES, TOKENS_A_SECOND, make_whisper, said_word
from benchmarks.live_simulated import Followed
from granola_like.engines.base import SAMPLE_RATE, Listening, Samples
from granola_like.engines.whisper_live import LiveWhisper
from granola_like_models.catalogue import BUNDLED_SPEECH, known

Question = tuple[Samples, tuple[str, ...]]


def bundled(followed: Followed, *, most: int) -> None:
    """Compare on the bundled model: the words are its own."""
    model = known(BUNDLED_SPEECH)
    assert model is not None
    live = LiveWhisper(str(model.folder), name=model.name, threads=1, plain=True)
    _compare(model.name, str(model.folder), live, _some(followed.asked, most), is_shaped=False)


def shaped(name: str, folder: Path, followed: Followed, *, most: int) -> None:
    """Compare on random weights of a real model's shape: as many tokens on both sides."""
    made = str(make_whisper(folder, SHAPES[name]))
    live = LiveWhisper(
        made, name=name, threads=1, tokens_a_second=TOKENS_A_SECOND, falls_back=False
    )
    asked = [
        (sound, tuple(said_word(number) for number in range(len(said))))
        for sound, said in _some(followed.asked, most)
    ]
    _compare(f"{name} (random weights)", made, live, asked, is_shaped=True)


def _some(asked: list[Question], most: int) -> list[Question]:
    """Every so-manieth question, from short ones to long ones as they came."""
    return asked[:: max(1, len(asked) // most)][:most]


def _compare(
    name: str, folder: str, live: LiveWhisper, asked: list[Question], *, is_shaped: bool
) -> None:
    plain = faster_whisper.WhisperModel(
        folder, device="cpu", compute_type="int8", cpu_threads=1, num_workers=1
    )
    how = Listening(language="en", beam_size=1)
    ours = theirs = heard = 0.0
    for warm in (True, False):
        for sound, said in asked[:1] if warm else asked:
            begun = time.process_time()
            live.hear(sound, how, said)
            middle = time.process_time()
            _plain(plain, sound, is_shaped=is_shaped)
            ended = time.process_time()
            if not warm:
                ours, theirs = ours + middle - begun, theirs + ended - middle
                heard += len(sound) / SAMPLE_RATE
    each, alike = ours / heard * 1000, theirs / heard * 1000
    print(
        f"  {name:26} ours {each:6.1f} ms, plain {alike:7.1f} ms for a second of sound; ratio "
        f"{ours / theirs:.3f}; a pass {ours / len(asked):.2f} s against "
        f"{theirs / len(asked):.2f} s ({len(asked)} of {heard / len(asked):.1f} s each)",
        flush=True,
    )


def _plain(model: faster_whisper.WhisperModel, sound: Samples, *, is_shaped: bool) -> None:
    """The whole buffer again, greedily, with word times, as streaming on faster-whisper does.

    Random weights get none: their word times would make it go over the sound again and again.
    """
    seconds = len(sound) / SAMPLE_RATE
    fixed = {"max_new_tokens": max(1, round(TOKENS_A_SECOND * seconds))} if is_shaped else {}
    segments, _ = model.transcribe(
        sound,
        language="en",
        beam_size=1,
        temperature=0.0,
        condition_on_previous_text=False,
        without_timestamps=is_shaped,
        word_timestamps=not is_shaped,
        vad_filter=False,
        **fixed,
    )
    for _ in segments:
        pass
