"""The player, on a real sound server: what is asked for is what is heard, when it says so."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from granola_like.app import App
from granola_like.app.player import Player, open_player
from granola_like.audio.linux.pulse import PulseSystem
from granola_like.audio.replay import replay
from granola_like.audio.system import Device
from granola_like.domain.recording import Channel
from granola_like.errors import NotFound, SoundError
from tests.audio.servers import SoundServer, wait_for
from tests.strategies import small_bundle

RATE = 48_000
SECONDS = 6


def tone(hertz: float, seconds: float = SECONDS) -> np.ndarray:
    return 0.25 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)


@pytest.fixture(scope="module")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> dict[Channel, Path]:
    """`me` hums at 400 Hz; `them` rises a hundred hertz a second, so a tone tells the second."""
    folder = tmp_path_factory.mktemp("tracks")
    steps = np.concatenate([tone(1000 + 100 * second, 1) for second in range(SECONDS)])
    made: dict[Channel, Path] = {"me": folder / "me.flac", "them": folder / "them.flac"}
    soundfile.write(made["me"], tone(400), RATE, subtype="PCM_16")
    soundfile.write(made["them"], steps, RATE, subtype="PCM_16")
    return made


def sound(pieces: Iterator[bytes]) -> np.ndarray:
    return np.frombuffer(b"".join(pieces), "<i2").astype(np.float64) / 32767


def loudest(heard: np.ndarray, *, above: float = 700) -> float:
    power = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    hertz = np.fft.rfftfreq(len(heard), 1 / RATE)
    power[hertz < above] = 0
    return float(hertz[power.argmax()])


# -- what is played, without a speaker


def test_both_tracks_are_mixed_and_as_loud_as_wanted(tracks: dict[Channel, Path]) -> None:
    both = sound(replay(tracks))
    assert len(both) == SECONDS * RATE
    assert abs(np.abs(both).max() - 0.5) < 0.02
    alone = sound(replay(tracks, volumes=lambda channel: 1.0 if channel == "me" else 0.0))
    assert np.abs(alone - tone(400)).max() < 1e-3


@pytest.mark.parametrize("start", [0, 1, 1500, 3217, 5990])
def test_it_begins_and_ends_at_the_very_sample(tracks: dict[Channel, Path], start: int) -> None:
    end = min(start + 500, SECONDS * 1000)
    whole = sound(replay(tracks))
    part = sound(replay(tracks, start_ms=start, end_ms=end))
    np.testing.assert_array_equal(part, whole[start * 48 : end * 48])


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0])
def test_another_speed_keeps_the_pitch(tracks: dict[Channel, Path], speed: float) -> None:
    heard = sound(replay(tracks, start_ms=2000, end_ms=3000, speed=speed))
    assert abs(len(heard) / RATE - 1 / speed) < 0.06
    assert abs(loudest(heard) - 1200) < 15


def test_sound_in_a_container_of_video_is_played_too(
    tracks: dict[Channel, Path], tmp_path: Path
) -> None:
    """What libsndfile cannot read, such as AAC in MP4: to a tenth of a second, codecs add some."""
    import av

    file = tmp_path / "me.m4a"
    with av.open(str(file), "w") as made, av.open(str(tracks["them"])) as given:
        stream = made.add_stream("aac", rate=44_100)
        for frame in given.decode(audio=0):
            frame.pts = None
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    heard = sound(replay({"me": file}, start_ms=3200, end_ms=3800))
    assert abs(len(heard) / RATE - 0.6) < 0.01
    assert abs(loudest(heard[4800:-4800]) - 1300) < 10


def test_a_shorter_track_is_silent_after_its_end(
    tracks: dict[Channel, Path], tmp_path: Path
) -> None:
    short = tmp_path / "short.flac"
    soundfile.write(short, tone(400, 1), RATE, subtype="PCM_16")
    both = sound(replay({"me": short, "them": tracks["them"]}))
    assert len(both) == SECONDS * RATE
    assert sound(replay({"me": short}, start_ms=1200)).size == 0


def test_what_is_no_sound_gets_a_sentence(tmp_path: Path) -> None:
    for file in (tmp_path / "gone.flac", tmp_path / "text.flac"):
        (tmp_path / "text.flac").write_text("words")
        with pytest.raises(SoundError, match="cannot be played"):
            next(replay({"me": file}))


# -- on a sound server


class Ear:
    """Records what the speaker plays."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        speaker = Device(id="spk.monitor", name="Loud", channel="them")
        self._system = PulseSystem()
        self._capture = self._system.open(speaker, self)
        wait_for(lambda: self.blocks, "the monitor")

    def heard(self, pcm: bytes, *, arrived: float, blank: str | None) -> None:
        del arrived, blank
        self.blocks.append(pcm)

    def moved(self, device_id: str) -> None: ...

    def lost(self, why: str) -> None: ...

    def sound(self) -> np.ndarray:
        return sound(iter(list(self.blocks)))

    def loud(self) -> np.ndarray:
        """Everything between the first and the last sound that is not silence."""
        heard = self.sound()
        at = np.flatnonzero(np.abs(heard) > 0.01)
        return heard[at[0] : at[-1] + 1] if len(at) else heard[:0]

    def close(self) -> None:
        self._capture.close()
        self._system.close()


@pytest.fixture
def ear(pulseaudio: SoundServer) -> Iterator[Ear]:
    opened = Ear()
    yield opened
    opened.close()


@pytest.fixture
def player(pulseaudio: SoundServer, tracks: dict[Channel, Path]) -> Iterator[Player]:
    opened = Player(tracks, duration_ms=SECONDS * 1000)
    yield opened
    opened.close()


def stopped(player: Player) -> None:
    wait_for(lambda: player.look().state == "stopped", "the end")


def test_a_range_is_heard_and_then_it_stops(ear: Ear, player: Player) -> None:
    player.play(2100, 2900)
    assert player.look().state == "playing"
    stopped(player)
    assert player.position_ms == 2900
    assert player.look().trouble is None
    time.sleep(0.3)  # what the monitor still has
    heard = ear.loud()
    assert abs(len(heard) / RATE - 0.8) < 0.05
    assert abs(loudest(heard) - 1200) < 10


def test_the_position_is_what_is_heard(ear: Ear, player: Player) -> None:
    """On average within 60 ms of what the speaker played, which is told in blocks of 100 ms."""
    player.play(1000)
    wait_for(lambda: player.position_ms >= 1500, "the sound")
    ahead = []
    for _ in range(10):
        time.sleep(0.13)
        ahead.append(player.position_ms - 1000 - len(ear.loud()) / 48)
    assert abs(float(np.mean(ahead))) < 60
    player.pause()
    wait_for(lambda: player.look().state == "paused", "the pause")


def test_pause_seek_speed_and_volume(ear: Ear, player: Player) -> None:
    player.set_volume("me", 0)
    player.set_volume("them", 9)
    assert player.look().volumes == {"me": 0, "them": 2}
    player.play(500)
    wait_for(lambda: player.position_ms > 700, "some sound")
    player.pause()
    held = player.position_ms
    time.sleep(0.15)
    assert abs(player.position_ms - held) < 60
    player.seek(4100)
    wait_for(lambda: player.position_ms == 4100, "the jump")
    assert player.look().state == "paused"
    player.set_speed(2)
    ear.blocks.clear()
    player.play(None, 4900)
    stopped(player)
    time.sleep(0.3)
    heard = ear.loud()
    assert abs(len(heard) / RATE - 0.4) < 0.06
    assert abs(loudest(heard) - 1400) < 20


def test_played_to_the_end_it_begins_again(player: Player) -> None:
    player.play(SECONDS * 1000 - 150)
    stopped(player)
    assert player.look().trouble is None
    assert player.position_ms == SECONDS * 1000
    player.play()
    wait_for(lambda: 0 < player.position_ms < 2000, "the beginning")


def test_without_a_speaker_it_says_so(pulseaudio: SoundServer, player: Player) -> None:
    pulseaudio.kill()
    player.play(0)
    trouble = wait_for(lambda: player.look().trouble, "a sentence")
    assert "cannot be played" in str(trouble)
    assert player.look().state == "stopped"


def test_a_meeting_without_sound_has_no_player(tracks: dict[Channel, Path]) -> None:
    app = App()
    try:
        app.library.save(small_bundle())
        with pytest.raises(SoundError, match="no sound"):
            open_player(app, "acme")
        with pytest.raises(NotFound):
            open_player(app, "nobody")
    finally:
        app.close()
