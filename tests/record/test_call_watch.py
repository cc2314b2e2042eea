"""The stream of calls, on a real sound server."""

import queue
import time

from granola_like.audio.calls import CallEnded, CallEvent, CallStarted
from granola_like.audio.clock import MachineClock
from granola_like.audio.linux.pulse import PulseSystem
from granola_like.record.calls import CallWatch
from tests.audio.servers import SoundServer


def test_a_fake_zoom_is_heard_coming_and_going_within_two_seconds(server: SoundServer) -> None:
    """And our own recording, a meter, and a recorder of the speaker are not."""
    events: queue.Queue[tuple[float, CallEvent]] = queue.Queue()
    watch = CallWatch(
        PulseSystem(),
        clock=MachineClock(),
        on_event=lambda event: events.put((time.monotonic(), event)),
    )
    server.hold_microphone("python3", "--property=granola_like.ours=1")
    server.hold_microphone("pavucontrol", "--rate=25")
    server.hold_microphone("obs", "--device=spk.monitor")
    zoom = server.hold_microphone("zoom")
    at, started = events.get(timeout=20)
    assert isinstance(started, CallStarted)
    assert started.program == "Zoom"
    assert at - started.at <= 2.0
    left = time.monotonic()
    server.end(zoom)
    at, ended = events.get(timeout=20)
    assert isinstance(ended, CallEnded)
    assert at - left <= 2.5  # two seconds, and half a second for a machine under load
    watch.close()
    assert events.empty()
