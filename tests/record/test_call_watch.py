"""The stream of calls, on a real sound server."""

import queue
import time
from collections.abc import Callable
from contextlib import closing

from granola_like.audio.calls import CallEnded, CallEvent, CallStarted
from granola_like.audio.clock import MachineClock
from granola_like.audio.fake import FakeClock, FakeSoundSystem
from granola_like.audio.linux.pulse import PulseSystem
from granola_like.audio.system import MicrophoneUser
from granola_like.record.calls import CallWatch
from tests.audio.servers import SoundServer, wait_for

ROUNDS = 4
"""A machine that is busy with other things may delay one call and the next, not each of four; a
watch that is too slow is too slow in each."""


def seconds(act: Callable[[], object], told: "queue.Queue[CallEvent]", kind: type) -> float:
    """How long after an act its event was told."""
    at = time.monotonic()
    act()
    assert isinstance(told.get(timeout=30), kind)
    return time.monotonic() - at


def test_a_fake_zoom_is_heard_coming_and_going_within_two_seconds(server: SoundServer) -> None:
    """And our own recording, a meter, and a recorder of the speaker are not."""
    told: queue.Queue[CallEvent] = queue.Queue()
    with closing(CallWatch(PulseSystem(), clock=MachineClock(), on_event=told.put)) as watch:
        server.hold_microphone("python3", "--property=granola_like.ours=1")
        server.hold_microphone("pavucontrol", "--rate=25")
        server.hold_microphone("obs", "--device=spk.monitor")
        coming, going = [], []
        for _ in range(ROUNDS):
            zooms = []
            coming.append(
                seconds(lambda: zooms.append(server.hold_microphone("zoom")), told, CallStarted)  # noqa: B023
            )
            assert watch.calls() == ("Zoom",)
            going.append(seconds(lambda: server.end(zooms[0]), told, CallEnded))  # noqa: B023
            if min(coming) <= 2.0 and min(going) <= 2.0:
                break
    assert min(coming) <= 2.0, coming
    assert min(going) <= 2.0, going
    assert told.empty()


def test_an_event_is_told_once_its_time_has_come_and_not_before() -> None:
    """On a clock that is moved by hand, so that no load can blur it."""
    system, clock, told = FakeSoundSystem(), FakeClock(), queue.Queue[CallEvent]()
    zoom = MicrophoneUser(binary="zoom", name="ZOOM VoiceEngine")
    watch = CallWatch(system, clock=clock, on_event=told.put)

    def looked_again() -> None:
        before = system.looks
        system.change()
        wait_for(
            lambda: system.looks > before + 1, "two looks"
        )  # the second began after the change

    began = clock.now().mono
    system.users = (zoom,)
    looked_again()
    clock.pass_time(1.2)
    looked_again()
    assert told.empty()
    clock.pass_time(0.2)
    assert told.get(timeout=20) == CallStarted("Zoom", "zoom", began)
    looked_again()
    last = clock.now().mono
    system.users = ()
    clock.pass_time(1.5)
    looked_again()
    assert told.empty()
    clock.pass_time(0.2)
    assert told.get(timeout=20) == CallEnded("Zoom", "zoom", last)
    watch.close()
