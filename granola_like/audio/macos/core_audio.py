"""Asks Core Audio which programs use sound: its process objects, since macOS 14.2.

Plain C functions, so ctypes is enough, and no permission is needed. Property codes are those of
AudioHardware.h. Tested against a fake of the two functions only.
"""

import ctypes
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Protocol

from granola_like.audio.system import MicrophoneUser, NoSoundSystem

_SYSTEM = 1
_GLOBAL = "glob"
PROCESSES = "prs#"
PID = "ppid"
USES_INPUT = "piri"
USES_OUTPUT = "piro"
DEFAULT_INPUT, DEFAULT_OUTPUT = "dIn ", "dOut"
NAME = "name"
"""An object's name as bytes: an old property, but the new one is an object of its own."""


class Properties(Protocol):
    """Reads properties of Core Audio's objects."""

    def read(self, item: int, code: str) -> bytes:
        """Give a property's bytes; empty when the object has gone or has no such property."""
        ...

    def path_of(self, pid: int) -> str:
        """Give the path of a process's executable; empty when it has gone."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundProcess:
    """A process that uses sound."""

    pid: int
    path: str
    uses_input: bool
    uses_output: bool


def sound_processes(properties: Properties) -> tuple[SoundProcess, ...]:
    """List the processes that use sound at this moment."""
    listed = properties.read(_SYSTEM, PROCESSES)
    items = struct.unpack(f"={len(listed) // 4}I", listed[: len(listed) // 4 * 4])
    found = []
    for item in items:
        pid = _number(properties.read(item, PID))
        if pid:
            found.append(
                SoundProcess(
                    pid=pid,
                    path=properties.path_of(pid),
                    uses_input=bool(_number(properties.read(item, USES_INPUT))),
                    uses_output=bool(_number(properties.read(item, USES_OUTPUT))),
                )
            )
    return tuple(found)


def microphone_users(
    processes: tuple[SoundProcess, ...], *, ours: str
) -> tuple[MicrophoneUser, ...]:
    """List the programs that hold a microphone, each once; `ours` is our own program's name."""
    playing = {program_of(one.path) for one in processes if one.uses_output}
    users = {}
    for one in processes:
        program = program_of(one.path)
        if one.uses_input and program and program.casefold() != ours.casefold():
            users[program] = MicrophoneUser(
                binary=program.casefold(), name=program, pid=one.pid, plays=program in playing
            )
    return tuple(users.values())


def players(processes: tuple[SoundProcess, ...], *, ours: str) -> tuple[str, ...]:
    """Name the programs that play sound."""
    names = dict.fromkeys(program_of(one.path) for one in processes if one.uses_output)
    return tuple(name for name in names if name and name.casefold() != ours.casefold())


def default_device(properties: Properties, which: str) -> str:
    """Name the default input or output as it is now; empty when there is none.

    PortAudio lists devices and defaults once, and learns of no headset that comes later.
    """
    item = _number(properties.read(_SYSTEM, which))
    name = properties.read(item, NAME) if item else b""
    return name.partition(b"\0")[0].decode(errors="replace")


def program_of(path: str) -> str:
    """Name the outermost application that an executable lies in: helpers belong to their app."""
    for part in PurePosixPath(path).parts:
        if part.endswith(".app"):
            return part.removesuffix(".app")
    return PurePosixPath(path).name


def _number(value: bytes) -> int:
    return int.from_bytes(value[:4], sys.byteorder) if len(value) >= 4 else 0


class CoreAudio:
    """The functions of the framework itself."""

    def __init__(self) -> None:
        try:
            folder = "/System/Library/Frameworks/CoreAudio.framework/CoreAudio"
            library = ctypes.CDLL(folder)
            process = ctypes.CDLL("/usr/lib/libproc.dylib")
        except OSError as error:
            raise NoSoundSystem("Core Audio cannot be reached.") from error
        self._size: Callable[..., int] = library.AudioObjectGetPropertyDataSize
        self._data: Callable[..., int] = library.AudioObjectGetPropertyData
        self._path: Callable[..., int] = process.proc_pidpath

    def read(self, item: int, code: str) -> bytes:
        """Give a property's bytes."""
        address = _address(code)
        size = ctypes.c_uint32()
        if self._size(ctypes.c_uint32(item), ctypes.byref(address), 0, None, ctypes.byref(size)):
            return b""
        buffer: Any = ctypes.create_string_buffer(size.value)
        failed = self._data(
            ctypes.c_uint32(item), ctypes.byref(address), 0, None, ctypes.byref(size), buffer
        )
        return b"" if failed else buffer.raw[: size.value]

    def path_of(self, pid: int) -> str:
        """Give the path of a process's executable."""
        buffer = ctypes.create_string_buffer(4096)
        length = self._path(ctypes.c_int(pid), buffer, ctypes.c_uint32(len(buffer)))
        return buffer.raw[: max(0, length)].decode(errors="replace")


class _Address(ctypes.Structure):
    """AudioObjectPropertyAddress."""

    _fields_ = tuple((n, ctypes.c_uint32) for n in ("selector", "scope", "element"))


def _address(code: str) -> _Address:
    selector, scope = (int.from_bytes(c.encode("ascii"), "big") for c in (code, _GLOBAL))
    return _Address(selector, scope, 0)
