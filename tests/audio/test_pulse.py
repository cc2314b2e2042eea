"""Recording through a real sound server that has a made speaker and a made microphone."""

import threading
import time

import numpy as np
import pytest

from granola_like.audio.clock import boot_seconds
from granola_like.audio.linux.pulse import PulseSystem
from granola_like.audio.linux.pulse_capture import FRAGMENT_MS
from granola_like.audio.segments import RATE
from granola_like.audio.system import Capture, Device, chosen_device, default_device
from granola_like.domain.recording import Channel
from granola_like.errors import SoundError
from tests.audio.servers import SoundServer, find, noise, wait_for


class Heard:
    """Keeps all that a capture tells."""

    def __init__(self) -> None:
        self.blocks: list[tuple[bytes, float, str | None]] = []
        self.moves: list[str] = []
        self.ends: list[str] = []

    def heard(self, pcm: bytes, *, arrived: float, blank: str | None) -> None:
        self.blocks.append((pcm, arrived, blank))

    def moved(self, device_id: str) -> None:
        self.moves.append(device_id)

    def lost(self, why: str) -> None:
        self.ends.append(why)

    def sound(self) -> np.ndarray:
        return np.frombuffer(b"".join(pcm for pcm, _, _ in list(self.blocks)), "<i2")

    def seconds(self) -> float:
        return len(self.sound()) / RATE

    def starts(self) -> float:
        """When the first sample was heard, by the least delayed block."""
        frames, best = 0, float("inf")
        for pcm, arrived, _ in list(self.blocks):
            frames += len(pcm) // 2
            best = min(best, arrived - frames / RATE)
        return best


@pytest.fixture
def system(server: SoundServer) -> PulseSystem:
    return PulseSystem()


def open_warm(system: PulseSystem, channel: Channel) -> tuple[Capture, Heard]:
    heard = Heard()
    capture = system.open(default_device(system.devices(), channel), heard)
    wait_for(lambda: heard.blocks, f"the first block of {channel}")
    return capture, heard


def test_devices_are_microphones_and_what_speakers_play(
    server: SoundServer, system: PulseSystem
) -> None:
    devices = system.devices()
    assert {d.id for d in devices if d.channel == "me"} >= {"virtmic"}
    assert not [d for d in devices if d.channel == "me" and d.id.endswith(".monitor")]
    assert {d.id for d in devices if d.channel == "them"} >= {"spk.monitor", "headset.monitor"}
    assert default_device(devices, "me").id == "virtmic"
    assert default_device(devices, "them").id == "spk.monitor"
    assert chosen_device(devices, "them", "headset").id == "headset.monitor"
    assert chosen_device(devices, "them", "gone").id == "spk.monitor"
    server.pactl("set-sink-mute", "spk", "1")
    assert default_device(system.devices(), "them").is_muted
    system.close()


def test_both_channels_are_bit_exact_and_aligned(server: SoundServer, system: PulseSystem) -> None:
    """The same noise into speaker and microphone; where each lies tells how well they align."""
    me, my = open_warm(system, "me")
    them, their = open_warm(system, "them")
    sound = noise(1.5)
    server.play(np.repeat(sound[:, None], 2, axis=1), "spk")
    server.play(sound, "micbus")
    piece = sound[RATE : RATE + 400]
    wait_for(lambda: find(sound[-400:], my.sound()) >= 0, "the end on the microphone")
    wait_for(lambda: find(sound[-400:], their.sound()) >= 0, "the end on the speaker")
    me.close()
    them.close()
    for heard in (my, their):
        at = find(piece, heard.sound()) - RATE
        assert np.array_equal(heard.sound()[at : at + len(sound)], sound)
        assert not heard.ends
    system.close()


def test_two_streams_of_one_source_agree_within_two_milliseconds(
    server: SoundServer, system: PulseSystem
) -> None:
    first, one = open_warm(system, "them")
    second, two = open_warm(system, "them")
    sound = noise(1.5)
    server.play(np.repeat(sound[:, None], 2, axis=1), "spk")
    piece = sound[RATE : RATE + 400]
    wait_for(lambda: find(piece, one.sound()) >= 0 and find(piece, two.sound()) >= 0, "the noise")
    wait_for(lambda: one.seconds() > 2.5 and two.seconds() > 2.5, "some more")
    first.close()
    second.close()
    times = [h.starts() + find(piece, h.sound()) / RATE for h in (one, two)]
    assert abs(times[0] - times[1]) <= 0.002
    system.close()


def test_loud_sound_in_the_middle_does_not_clip(server: SoundServer, system: PulseSystem) -> None:
    """PipeWire adds the channels of a monitor when asked for mono."""
    them, heard = open_warm(system, "them")
    tone = (30_000 * np.sin(np.arange(2 * RATE) * 0.05)).astype(np.int16)
    server.play(np.repeat(tone[:, None], 2, axis=1), "spk")
    wait_for(lambda: np.abs(heard.sound().astype(int)).max() > 25_000, "the tone")
    end = len(heard.sound()) + RATE
    wait_for(lambda: len(heard.sound()) > end, "a second of it")
    them.close()
    assert np.abs(heard.sound().astype(int)).max() <= 30_010
    system.close()


def test_a_stream_is_moved_without_reopening(server: SoundServer, system: PulseSystem) -> None:
    """From a sink at 48 kHz to one at 44.1 kHz: the server converts."""
    them, heard = open_warm(system, "them")
    them.move("headset.monitor")
    wait_for(lambda: them.device_id() == "headset.monitor", "the move")
    tone = (8000 * np.sin(np.arange(4 * RATE) * 2 * np.pi * 1000 / RATE)).astype(np.int16)
    server.play(np.repeat(tone[:, None], 2, axis=1), "headset")
    wait_for(lambda: np.abs(heard.sound()[-RATE:].astype(int)).max() > 6000, "the tone")
    end = len(heard.sound()) + RATE
    wait_for(lambda: len(heard.sound()) > end, "a second of it")
    them.close()
    last = heard.sound()[-RATE // 2 :].astype(float)
    peak = np.argmax(np.abs(np.fft.rfft(last * np.hanning(len(last))))) * RATE / len(last)
    assert peak == pytest.approx(1000, abs=4)
    assert not heard.ends
    system.close()


def test_the_microphone_never_enters_the_others_channel(
    server: SoundServer, system: PulseSystem
) -> None:
    """PulseAudio moves the stream to the microphone, without an error, when the sink goes."""
    number = server.pactl(
        "load-module", "module-null-sink", "sink_name=buds", "rate=48000", "channels=2"
    )
    wait_for(lambda: "buds.monitor" in {d.id for d in system.devices()}, "the buds")
    server.pactl("set-default-sink", "buds")
    # PipeWire's session manager takes its time; until then the speaker that stays is the default.
    wait_for(lambda: default_device(system.devices(), "them").id == "buds.monitor", "the default")
    them, heard = open_warm(system, "them")
    assert them.device_id() == "buds.monitor"
    server.play(noise(20, seed=7), "micbus")
    wait_for(lambda: heard.seconds() > 1, "a second")
    if server.kind == "pulseaudio":
        # Nothing else is left: the rescue has only the microphone to offer.
        server.pactl("set-default-sink", "micbus")
    server.pactl("unload-module", number)
    wait_for(lambda: heard.moves or heard.ends, "the loss of the buds", seconds=15)
    until = boot_seconds() + 1.5
    wait_for(lambda: boot_seconds() > until, "three more seconds")
    where = them.device_id()
    them.close()
    if where is not None and not where.endswith(".monitor"):
        assert heard.blocks[-1][2] is not None
    if "micbus.monitor" not in heard.moves:
        assert not heard.sound().any()
    system.close()


def test_a_dead_server_is_told_and_can_be_reached_again(
    server: SoundServer, system: PulseSystem
) -> None:
    them, heard = open_warm(system, "them")
    server.kill()
    wait_for(lambda: heard.ends, "word of it")
    them.close()
    with pytest.raises(SoundError, match=r"does not answer|could not be opened"):
        system.open(Device(id="spk.monitor", name="Speaker", channel="them"), Heard())
    server.start()
    again, more = open_warm(system, "them")
    again.close()
    assert more.blocks
    system.close()


def test_changes_are_told(server: SoundServer, system: PulseSystem) -> None:
    told = threading.Semaphore(0)
    watch = system.watch(told.release)
    assert told.acquire(timeout=20)
    while told.acquire(timeout=0.5):
        pass
    server.pactl("set-default-sink", "headset")
    assert told.acquire(timeout=20)
    watch.close()
    system.close()


def test_programs_on_the_microphone_are_seen_and_meters_are_not(
    server: SoundServer, system: PulseSystem
) -> None:
    server.hold_microphone("pavucontrol", "--rate=25", "--stream-name=Peak detect")
    server.hold_microphone("obs", "--device=spk.monitor")
    server.hold_microphone("zoom")
    me, _ = open_warm(system, "me")
    users = wait_for(system.microphone_users, "zoom", seconds=15)
    assert [user.binary for user in users] == ["zoom"]
    assert not users[0].plays
    server.play(np.zeros((10 * RATE, 2), np.int16), "spk", name="zoom")
    wait_for(lambda: any(u.plays for u in system.microphone_users()), "its sound", seconds=15)
    assert "zoom" in system.players()
    me.close()
    system.close()


def test_our_stream_has_no_role_and_is_marked_as_ours(
    server: SoundServer, system: PulseSystem
) -> None:
    """With the role "Communication" WirePlumber links a monitor's stream to the microphone."""
    them, _ = open_warm(system, "them")
    listed = server.pactl("list", "source-outputs").split("Source Output #")
    (ours,) = [one for one in listed if "granola_like.ours" in one]
    assert "media.role" not in ours
    them.close()
    system.close()


def test_a_fragment_is_one_block_however_the_server_cuts_it(
    server: SoundServer, system: PulseSystem
) -> None:
    """PulseAudio's null sink delivers 50 ms; what follows costs by the block."""
    them, heard = open_warm(system, "them")
    wait_for(lambda: len(heard.blocks) >= 8, "some blocks")
    them.close()
    lengths = [len(pcm) // 2 for pcm, _, _ in heard.blocks]
    assert min(lengths[1:-1]) >= RATE * FRAGMENT_MS // 1000
    arrivals = [arrived for _, arrived, _ in heard.blocks]
    assert arrivals == sorted(arrivals)
    system.close()


def test_a_closed_capture_is_silent(server: SoundServer, system: PulseSystem) -> None:
    me, heard = open_warm(system, "me")
    me.close()
    count = len(heard.blocks)
    until = time.monotonic() + 0.3
    wait_for(lambda: time.monotonic() > until, "a moment")
    assert len(heard.blocks) == count
    assert me.device_id() is None
    with pytest.raises(SoundError):
        me.move("virtmic")
    me.close()
    system.close()
