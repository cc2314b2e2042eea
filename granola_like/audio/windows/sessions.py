"""Who uses which endpoint on Windows. The only file that names pycaw.

Call detection goes by the sessions of every active capture endpoint: the registry's consent store
is not written any more by newer builds. Tested against a fake of the library only.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any, Protocol, TypeVar

from granola_like.audio.calls import MADE_FOR_CALLS
from granola_like.audio.system import MicrophoneUser, NoSoundSystem
from granola_like.errors import SoundError

T = TypeVar("T")

_ACTIVE = 1
_RENDER, _CAPTURE = 0, 1
_CONSOLE, _COMMUNICATIONS = 0, 2
_DEVICE_ACTIVE = 1
_HEADSETS = ("headphone", "headset", "hands-free", "earphone", "buds", "airpods")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An active endpoint."""

    name: str
    is_microphone: bool
    is_default: bool = False
    is_headset: bool = False
    is_muted: bool = False


class Sessions(Protocol):
    """What the adapter asks about endpoints. All may raise SoundError."""

    def endpoints(self) -> tuple[Endpoint, ...]:
        """List the active endpoints of both directions."""
        ...

    def microphone_users(self) -> tuple[MicrophoneUser, ...]:
        """List the programs with an active session on any microphone."""
        ...

    def players(self) -> tuple[str, ...]:
        """Name the programs with an active session on the default speaker."""
        ...


class PycawSessions:
    """Sessions through pycaw. Calls may come from any thread: COM is begun in each."""

    def __init__(self, *, library: Any = None, name_of: Callable[[int], str] | None = None) -> None:
        self._library = library if library is not None else _import_library()
        self._name_of = name_of if name_of is not None else _process_name
        self._callers: frozenset[str] = frozenset()
        """Programs that are in a call, or were and still play."""
        self._our_name = PureWindowsPath(sys.executable).stem.casefold()

    def endpoints(self) -> tuple[Endpoint, ...]:
        """List the active endpoints; the microphone of calls is the default one, as in calls.

        The default speaker is the one on which a call's program plays, where that is another.
        """
        return self._asked(lambda: tuple(self._endpoints()))

    def microphone_users(self) -> tuple[MicrophoneUser, ...]:
        """List active sessions of all microphones, each program once."""
        return self._asked(self._microphone_users)

    def players(self) -> tuple[str, ...]:
        """Name the programs that play through the default speaker."""
        return self._asked(self._players)

    def _asked(self, question: Callable[[], T]) -> T:
        self._library.CoInitialize()
        try:
            return question()
        except self._library.errors as error:
            raise SoundError("Windows' sound service does not answer.") from error

    def _endpoints(self) -> Iterator[Endpoint]:
        for flow, role in ((_CAPTURE, _COMMUNICATIONS), (_RENDER, _CONSOLE)):
            default = self._library.default_endpoint_id(flow, role)
            if flow == _RENDER:
                default = self._speaker_of_call(default)
            for device in self._library.GetAllDevices(flow, _DEVICE_ACTIVE):
                name = str(device.FriendlyName)
                yield Endpoint(
                    name=name,
                    is_microphone=flow == _CAPTURE,
                    is_default=device.id == default,
                    is_headset=any(word in name.casefold() for word in _HEADSETS),
                    is_muted=bool(device.EndpointVolume.GetMute()),
                )

    def _speaker_of_call(self, default: str) -> str:
        """Headsets often carry the call, and the default the rest."""
        held = {self._name_of(pid) for pid in self._active(_CAPTURE)}
        places = [
            (str(device.id), self._name_of(pid))
            for device in self._library.GetAllDevices(_RENDER, _DEVICE_ACTIVE)
            for pid in self._pids(device)
        ]
        now = held & MADE_FOR_CALLS
        self._callers = frozenset(now | {name for _, name in places if name in self._callers})
        used = [place for place, name in places if name in self._callers]
        return default if not used or default in used else used[0]

    def _microphone_users(self) -> tuple[MicrophoneUser, ...]:
        playing = set(self._active(_RENDER))
        users = {}
        for pid in self._active(_CAPTURE):
            binary = self._name_of(pid)
            if binary == self._our_name:
                continue  # the recorder is another process of the same program
            plays = pid in playing or any(self._name_of(other) == binary for other in playing)
            users[binary] = MicrophoneUser(binary=binary, name=binary, pid=pid, plays=plays)
        return tuple(users.values())

    def _players(self) -> tuple[str, ...]:
        default = self._speaker_of_call(self._library.default_endpoint_id(_RENDER, _CONSOLE))
        pids = self._active(_RENDER, only=default)
        names = dict.fromkeys(self._name_of(pid) for pid in pids)
        return tuple(name for name in names if name != self._our_name)

    def _active(self, flow: int, *, only: str | None = None) -> list[int]:
        pids: list[int] = []
        for device in self._library.GetAllDevices(flow, _DEVICE_ACTIVE):
            if only is not None and device.id != only:
                continue
            pids += self._pids(device)
        return pids

    def _pids(self, device: Any) -> list[int]:
        pids = []
        sessions = device.AudioSessionManager.GetSessionEnumerator()
        for number in range(sessions.GetCount()):
            session = self._library.session_control(sessions.GetSession(number))
            pid = session.GetProcessId()
            if session.GetState() == _ACTIVE and pid not in {0, os.getpid()}:
                pids.append(pid)
        return pids


class _Pycaw:
    """The names that are used of pycaw and comtypes, in one place."""

    def __init__(self) -> None:
        import comtypes  # noqa: PLC0415 - only on Windows
        from pycaw.api.audiopolicy import IAudioSessionControl2  # noqa: PLC0415
        from pycaw.pycaw import AudioUtilities  # noqa: PLC0415

        self._utilities = AudioUtilities
        self._control = IAudioSessionControl2
        self.CoInitialize = comtypes.CoInitialize
        self.errors: tuple[type[Exception], ...] = (OSError, comtypes.COMError)

    def GetAllDevices(self, flow: int, state: int) -> list[Any]:  # noqa: N802 - as in pycaw
        """List endpoints."""
        return list(self._utilities.GetAllDevices(flow, state))

    def default_endpoint_id(self, flow: int, role: int) -> str:
        """Name the default endpoint, or nothing where there is none."""
        try:
            found = self._utilities.GetDeviceEnumerator().GetDefaultAudioEndpoint(flow, role)
        except self.errors:
            return ""
        return str(found.GetId())

    def session_control(self, session: Any) -> Any:
        """Ask a session for the interface that knows its process."""
        return session.QueryInterface(self._control)


def _import_library() -> Any:
    try:
        return _Pycaw()
    except ImportError as error:
        raise NoSoundSystem(
            "The library pycaw is not installed.", hint="`pip install pycaw`"
        ) from error


def _process_name(pid: int) -> str:
    import psutil  # noqa: PLC0415 - comes with pycaw

    try:
        name = psutil.Process(pid).name()
    except psutil.Error:
        return ""
    return PureWindowsPath(name).stem.casefold()
