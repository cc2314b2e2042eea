"""The others' voices in the microphone: removed where they are, and nothing else touched."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.audio.echo.clean import Cleaned, EchoCleaner, remove_echo
from granola_like.audio.echo.delay import EchoSearch, find_echo
from granola_like.audio.echo.repeats import repeats
from granola_like.audio.echo.sound import SAMPLE_RATE, Samples
from granola_like.domain.transcript import Utterance
from granola_like.jobs import run

SECONDS = 30


def talk(seed: int, *, seconds: int = SECONDS) -> Samples:
    """Something like speech: coloured noise in syllables and pauses."""
    rng = np.random.default_rng(seed)
    count = seconds * SAMPLE_RATE
    spectrum = np.fft.rfft(rng.standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    noise = np.fft.irfft(spectrum / (1 + (hertz / 800) ** 2), count)
    syllables = np.repeat(rng.random(seconds * 5) * (rng.random(seconds * 5) > 0.3), 3200)
    sound = noise * np.convolve(syllables, np.hanning(800) / 400, "same")
    return (sound * 0.3 / np.abs(sound).max()).astype(np.float32)


def room(
    sound: Samples, *, delay_ms: int, ppm: float = 0, gain: float = 1.0, seed: int = 1
) -> Samples:
    rng = np.random.default_rng(seed)
    response = rng.standard_normal(3000) * np.exp(-np.arange(3000) / 600) * 0.3
    response[0] = 1
    size = 1 << 20
    echo = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)
    echo = np.concatenate([np.zeros(delay_ms * 16), echo])[: len(sound)]
    place = np.arange(len(echo))
    return (gain * np.interp(place * (1 + ppm * 1e-6), place, echo)).astype(np.float32)


def hum(seed: int, count: int) -> Samples:
    return (np.random.default_rng(seed).standard_normal(count) * 0.0008).astype(np.float32)


def db(sound: Samples) -> float:
    return float(10 * np.log10(np.square(sound.astype(float)).mean() + 1e-12))


def clean(mic: Samples, far: Samples) -> Cleaned:
    return run(remove_echo(mic, far))


@pytest.fixture(scope="module")
def call() -> tuple[Samples, Samples, Samples]:
    """The far end, the person (from 12 to 24 s), and the echo."""
    far, near = talk(1), talk(2)
    near[: 12 * SAMPLE_RATE] = 0
    near[24 * SAMPLE_RATE :] = 0
    far[12 * SAMPLE_RATE : 18 * SAMPLE_RATE] = 0
    return far, near, room(far, delay_ms=60)


@pytest.mark.parametrize(("delay_ms", "gain"), [(60, 1.4), (220, 0.7)])
def test_an_echo_is_removed_and_the_voice_is_not(
    call: tuple[Samples, Samples, Samples], delay_ms: int, gain: float
) -> None:
    far, near, _ = call
    echo = room(far, delay_ms=delay_ms, gain=gain)
    mic = echo + near + hum(3, len(far))
    done = clean(mic, far)
    alone, person, both = (
        slice(a * SAMPLE_RATE, b * SAMPLE_RATE) for a, b in ((4, 11), (13, 17), (19, 23))
    )
    assert done.path is not None
    assert done.path.delay / 16 == pytest.approx(delay_ms, abs=2)
    assert db(mic[alone]) - db(done.samples[alone]) > 15
    assert abs(db(done.samples[person]) - db(mic[person])) < 0.3
    left_over = done.samples[both] - near[both]
    assert db(echo[both]) - db(left_over) > 10
    assert len(done.samples) == len(mic)


def test_only_echo_is_told_from_the_voice(call: tuple[Samples, Samples, Samples]) -> None:
    far, near, echo = call
    done = clean(echo + near + hum(3, len(far)), far)
    dropped = np.zeros(SECONDS * 2, bool)
    for start, end in done.echo_only:
        dropped[start // 500 : end // 500] = True
    halves = [slice(k * 8000, (k + 1) * 8000) for k in range(SECONDS * 2)]
    voice = np.array([db(near[half]) > -50 for half in halves])
    only = np.array([db(echo[half]) > -45 and not near[half].any() for half in halves])
    assert not (dropped & voice).any()
    assert dropped[6:][only[6:]].mean() >= 0.9


def test_a_drifting_clock_is_found_and_followed(call: tuple[Samples, Samples, Samples]) -> None:
    far = talk(5, seconds=45)
    mic = room(far, delay_ms=60, ppm=100) + hum(3, len(far))
    done = clean(mic, far)
    assert done.path is not None
    assert abs(done.path.ppm) == pytest.approx(100, abs=15)
    last = slice(35 * SAMPLE_RATE, 44 * SAMPLE_RATE)
    assert db(mic[last]) - db(done.samples[last]) > 15


def test_another_loudspeaker_is_another_path() -> None:
    """From 30 s on the echo comes 150 ms later and from another place in the room."""
    far = talk(6, seconds=60)
    change = 30 * SAMPLE_RATE
    mic = room(far, delay_ms=40)
    mic[change:] = room(far, delay_ms=190, seed=4)[change:]
    mic += hum(3, len(far))
    search = EchoSearch()
    search.feed(far, mic)
    first, second = search.paths()
    assert (first.start, first.delay / 16) == (0, pytest.approx(40, abs=2))
    assert second.start / SAMPLE_RATE == pytest.approx(30, abs=4)
    assert second.delay / 16 == pytest.approx(195, abs=10)  # the loudest way, not the first
    done = clean(mic, far)
    for start, end in ((4, 27), (36, 58)):
        part = slice(start * SAMPLE_RATE, end * SAMPLE_RATE)
        assert db(mic[part]) - db(done.samples[part]) > 15


def test_a_room_that_changes_is_known_at_once() -> None:
    """What is learned later in the same half minute serves the moment of the change."""
    far = talk(7, seconds=60)
    change = 40 * SAMPLE_RATE
    mic = room(far, delay_ms=60)
    mic[change:] = room(far, delay_ms=60, seed=5)[change:]
    mic += hum(3, len(far))
    done = clean(mic, far)
    after = slice(change + SAMPLE_RATE, change + 4 * SAMPLE_RATE)
    assert db(mic[after]) - db(done.samples[after]) > 12


@settings(max_examples=4, deadline=None)
@given(cuts=st.lists(st.integers(1, 40 * SAMPLE_RATE), max_size=6))
def test_portions_do_not_matter(call: tuple[Samples, Samples, Samples], cuts: list[int]) -> None:
    far, near, echo = call
    mic = echo + near + hum(3, len(far))
    search = EchoSearch()
    edges = sorted({0, len(mic), *(cut for cut in cuts if cut < len(mic))})
    parts = [slice(a, b) for a, b in itertools.pairwise(edges)]
    for part in parts:
        search.feed(far[part], mic[part])
    cleaner = EchoCleaner(search.paths())
    found = [cleaner.feed(mic[part], far[part]) for part in parts]
    whole = clean(mic, far)
    assert np.array_equal(np.concatenate([*found, cleaner.finish()]), whole.samples)
    assert cleaner.echo_only() == whole.echo_only


def test_with_a_headset_nothing_is_touched(call: tuple[Samples, Samples, Samples]) -> None:
    far, near, _ = call
    mic = near + hum(3, len(far))
    done = clean(mic, far)
    assert done.path is None
    assert done.echo_only == ()
    assert done.samples is mic


def test_a_silent_far_end_has_no_echo(call: tuple[Samples, Samples, Samples]) -> None:
    _, near, _ = call
    assert find_echo(np.zeros_like(near), near) is None


@settings(max_examples=10, deadline=None)
@given(mine=st.integers(0, 60_000), theirs=st.integers(0, 60_000))
def test_any_two_lengths_can_be_cleaned(mine: int, theirs: int) -> None:
    done = clean(hum(1, mine), hum(2, theirs))
    assert len(done.samples) == mine


def said(text: str, start: int, end: int, number: int = 0) -> Utterance:
    return Utterance(id=f"u{number}", start_ms=start, end_ms=end, text=text)


def test_their_words_come_back_are_a_repeat() -> None:
    theirs = [said("We ship on the tenth of March.", 10_000, 13_000)]
    mine = [said("we ship on the tenth of march", 10_400, 13_300, 1)]
    assert repeats(mine, theirs) == {"u1"}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("yes exactly", 10_400, 11_000),  # short agreement is never judged
        ("we ship on the tenth of march", 20_000, 23_000),  # said later: the person repeats it
        ("no we cannot do that before April", 10_400, 13_300),  # other words at the same time
        ("we ship on the tenth of march and I will write the report for it", 10_400, 17_000),
    ],
)
def test_what_the_person_says_stays(text: str, start: int, end: int) -> None:
    theirs = [said("We ship on the tenth of March.", 10_000, 13_000)]
    assert repeats([said(text, start, end, 1)], theirs) == frozenset()


def test_an_echo_over_two_of_their_lines_is_found() -> None:
    theirs = [
        said("we ship on the tenth", 10_000, 12_000),
        said("of march then", 12_000, 13_500, 2),
    ]
    assert repeats([said("on the tenth of march then", 10_900, 13_900, 3)], theirs) == {"u3"}
