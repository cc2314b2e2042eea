"""Sounds of rooms and computers in which nobody says a word, made from nothing but numbers."""

import numpy as np

from granola_like.engines.base import SAMPLE_RATE, Samples

SECONDS = 30
COUNT = SECONDS * SAMPLE_RATE
TIME = np.arange(COUNT) / SAMPLE_RATE


def silence() -> Samples:
    return np.zeros(COUNT, np.float32)


def hiss() -> Samples:
    return _scaled(np.random.default_rng(1).standard_normal(COUNT), 0.05)


def fan() -> Samples:
    """Brownish noise that swells, as a fan's."""
    spectrum = np.fft.rfft(np.random.default_rng(2).standard_normal(COUNT))
    hertz = np.maximum(np.fft.rfftfreq(COUNT, 1 / SAMPLE_RATE), 20)
    return _scaled(np.fft.irfft(spectrum / hertz, COUNT) * (1 + 0.5 * np.sin(TIME / 3)), 0.1)


def hum() -> Samples:
    return _scaled(sum(np.sin(2 * np.pi * 50 * n * TIME) / n for n in (1, 2, 3, 5)), 0.2)


def keyboard() -> Samples:
    """Clicks of a few milliseconds in uneven rows over a quiet room."""
    rng = np.random.default_rng(3)
    sound = rng.standard_normal(COUNT) * 0.0008
    at = 0
    while at < COUNT - 800:
        click = rng.standard_normal(400) * np.exp(-np.arange(400) / rng.uniform(30, 90))
        sound[at : at + 400] += click * rng.uniform(0.05, 0.4)
        at += int(rng.choice([1500, 2200, 3000, 12_000], p=[0.3, 0.35, 0.25, 0.1]))
    return sound.astype(np.float32)


def music() -> Samples:
    """Broken chords on something like a piano, with a bass."""
    sound = np.zeros(COUNT)
    rng = np.random.default_rng(4)
    chords = ((0, 4, 7, 12), (-3, 0, 4, 9), (5, 9, 12, 17), (7, 11, 14, 19))
    for number in range(SECONDS * 4):
        chord = chords[number // 8 % 4]
        for note in (chord[number % 4], chord[0] - 12):
            start = number * SAMPLE_RATE // 4
            length = min(SAMPLE_RATE, COUNT - start)
            moment = np.arange(length) / SAMPLE_RATE
            pitch = 261.6 * 2 ** (note / 12)
            tone = sum(np.sin(2 * np.pi * pitch * n * moment) / n**1.5 for n in range(1, 7))
            sound[start : start + length] += tone * np.exp(-moment * 3) * rng.uniform(0.7, 1)
    return _scaled(sound, 0.2)


def ringing() -> Samples:
    """A call that nobody takes: two tones, one second on, three off."""
    on = (TIME % 4) < 1
    return _scaled((np.sin(2 * np.pi * 440 * TIME) + np.sin(2 * np.pi * 480 * TIME)) * on, 0.2)


CLIPS = {made.__name__: made for made in (silence, hiss, fan, hum, keyboard, music, ringing)}


def _scaled(sound: np.ndarray, peak: float) -> Samples:
    return (sound * peak / np.abs(sound).max()).astype(np.float32)
