"""Decides what the server's lists mean. Pure: values in, values out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from granola_like.audio.calls import MADE_FOR_CALLS
from granola_like.audio.system import Device, MicrophoneUser

NOTHING = 0xFFFFFFFF
HW_VOLUME = 0x0001
"""PA_SINK_HW_VOLUME_CTRL: the volume is turned behind the point where we record."""
_METERS = ("peak detect", "volumemeter", "volume meter", "level meter")
_HEADSETS = ("headphone", "headset", "hands-free", "handsfree")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """An output, as the server lists it."""

    name: str
    description: str
    monitor: str
    index: int = NOTHING
    volume: float = 1.0
    """0 to 1, as the slider shows it."""
    is_muted: bool = False
    flags: int = 0
    form: str = ""
    """Its form factor and active port, for telling headsets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An input, as the server lists it; monitors are inputs too."""

    index: int
    name: str
    description: str
    is_monitor: bool
    is_muted: bool = False
    volume: float = 1.0
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A program's stream, recording from or playing to `device`."""

    device: int
    binary: str = ""
    name: str = ""
    media: str = ""
    pid: int | None = None
    rate: int = 48_000
    resampler: str = ""
    is_corked: bool = False
    is_ours: bool = False


def list_devices(
    sinks: Iterable[Sink], sources: Iterable[Source], *, default_sink: str, default_source: str
) -> tuple[Device, ...]:
    """List what both channels can be recorded from.

    The others' sound is always the monitor that the sink itself names: `@DEFAULT_MONITOR@` is the
    microphone on PipeWire. A default source that is a monitor is no microphone, so then the first
    real one is the default.
    """
    microphones = [source for source in sources if not source.is_monitor]
    if default_source not in {source.name for source in microphones} and microphones:
        default_source = microphones[0].name
    mine = tuple(
        Device(
            id=source.name,
            name=source.description,
            channel="me",
            is_default=source.name == default_source,
            is_headset=_is_headset(source.form),
            is_muted=source.is_muted,
            volume=min(source.volume, 1.0),
        )
        for source in microphones
    )
    theirs = tuple(
        Device(
            id=sink.monitor,
            name=sink.description,
            channel="them",
            is_default=sink.name == default_sink,
            is_headset=_is_headset(sink.form),
            is_muted=sink.is_muted,
            volume=1.0 if sink.flags & HW_VOLUME else min(sink.volume, 1.0),
        )
        for sink in sinks
        if sink.monitor
    )
    return mine + theirs


def programs_in_calls(recording: Iterable[Stream], sources: Iterable[Source]) -> frozenset[str]:
    """Name the binaries made for calls that record a real microphone."""
    microphones = {source.index for source in sources if not source.is_monitor}
    return frozenset(
        _binary(stream.binary)
        for stream in recording
        if _holds(stream, microphones) and _binary(stream.binary) in MADE_FOR_CALLS
    )


def still_playing(programs: Collection[str], playing: Iterable[Stream]) -> frozenset[str]:
    """Keep those that play: letting go of the microphone is how some programs mute."""
    return frozenset(_binary(one.binary) for one in playing if _is_of(one, programs))


def place_of_call(
    streams: Iterable[Stream], programs: Collection[str], *, among: Mapping[int, str], default: str
) -> str:
    """Name the device that the programs in a call use: it may be another one than the default.

    `among` names the devices by their numbers. The default where one of the programs uses it, and
    where there is no call.
    """
    used = [
        among[stream.device]
        for stream in streams
        if stream.device in among and _is_of(stream, programs)
    ]
    return default if not used or default in used else used[0]


def list_microphone_users(
    recording: Iterable[Stream], playing: Collection[Stream], sources: Iterable[Source]
) -> tuple[MicrophoneUser, ...]:
    """List who records a real microphone, each program once.

    Left out: ourselves, sleeping streams, those that record a monitor or nothing, level meters
    (25 Hz peaks), and the server's own modules.
    """
    microphones = {source.index for source in sources if not source.is_monitor}
    found: dict[tuple[str, str], MicrophoneUser] = {}
    for stream in recording:
        if not _holds(stream, microphones):
            continue
        user = MicrophoneUser(
            binary=_binary(stream.binary),
            name=stream.name,
            pid=stream.pid,
            plays=any(_same_program(stream, other) for other in playing if not other.is_corked),
        )
        known = found.get((user.binary, user.name))
        if known is None or user.plays:
            found[user.binary, user.name] = user
    return tuple(found.values())


def _is_of(stream: Stream, programs: Collection[str]) -> bool:
    return not stream.is_corked and not stream.is_ours and _binary(stream.binary) in programs


def _holds(stream: Stream, microphones: Collection[int]) -> bool:
    if stream.is_ours or stream.is_corked or stream.device not in microphones:
        return False
    return not _is_meter(stream) and bool(stream.binary or stream.name)


def _is_meter(stream: Stream) -> bool:
    media = stream.media.casefold()
    return stream.rate <= 100 or stream.resampler == "peaks" or any(m in media for m in _METERS)


def _same_program(one: Stream, other: Stream) -> bool:
    if one.pid is not None and one.pid == other.pid:
        return True
    return bool(one.binary) and _binary(one.binary) == _binary(other.binary)


def _binary(path: str) -> str:
    return PurePosixPath(path).name.casefold()


def _is_headset(form: str) -> bool:
    return any(word in form.casefold() for word in _HEADSETS)
