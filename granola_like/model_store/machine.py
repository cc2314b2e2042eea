"""What this machine has that decides which models suit it: cores, memory, graphics cards."""

import ctypes
import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from granola_like.engines.host import threads

_CGROUP_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """One machine."""

    processor: str
    """Its name, as far as the system tells it."""
    threads: int
    """How many threads an engine uses here."""
    memory_megabytes: int | None
    """What programs may use in all (10^6 bytes); None where the system does not tell."""
    cuda_cards: int = 0
    """How many graphics cards CTranslate2 finds."""
    cards_used: bool = False
    """Whether the speech engine would run on a card."""


def this_machine(*, cuda_cards: int = 0, cards_used: bool = False) -> Machine:
    """Look at this machine."""
    return Machine(
        processor=_processor(),
        threads=threads(),
        memory_megabytes=_memory(),
        cuda_cards=cuda_cards,
        cards_used=cards_used,
    )


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> int | None:
    total = _windows_memory() if sys.platform == "win32" else _posix_memory()
    limits = [total] if total else []
    for path in _CGROUP_LIMITS:
        with suppress(OSError, ValueError):
            limits.append(int(Path(path).read_text("ascii")))
    return round(min(limits) / 1e6) if limits else None


def _posix_memory() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 0


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = (
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        ("total", ctypes.c_ulonglong),
        ("others", ctypes.c_ulonglong * 6),
    )


def _windows_memory() -> int:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    windll = getattr(ctypes, "windll", None)
    if windll is None or not windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return 0
    return int(status.total)
