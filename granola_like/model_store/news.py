"""What the process that talks to the hub tells the one that waits for it."""

from dataclasses import dataclass
from typing import TypeAlias

from granola_like.model_store.manifest import FileRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFile:
    """One file as the hub describes it."""

    name: str
    bytes: int | None
    sha256: str | None = None
    """What large files are known by; None for small ones, which have `git_blob`."""
    git_blob: str | None = None

    @property
    def key(self) -> str:
        """What tells this content from every other of the same name."""
        return (self.sha256 or self.git_blob or f"{self.bytes}")[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The files to fetch, all of one commit."""

    repository: str
    revision: str
    files: tuple[RemoteFile, ...]

    @property
    def bytes(self) -> int:
        """How large the model is, as far as the hub says."""
        return sum(file.bytes or 0 for file in self.files)


@dataclass(frozen=True, slots=True)
class Came:
    """So many of the plan's bytes are on this disk now."""

    bytes: int


@dataclass(frozen=True, slots=True)
class Checking:
    """The hash of a file is being compared."""

    file: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something went wrong that may pass; the next try begins in `seconds`."""

    why: str
    """A clause that can follow “Waiting: ”."""
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait for what."""

    stall_s: float = 20.0
    """Without one byte for so long, the connection is given up and opened again."""
    tries: int = 6
    """So many in a row without one byte, and it is told as a failure."""
    tries_to_reach: int = 2
    """The same, while nothing has come at all and the hub cannot even be reached."""
    first_wait_s: float = 1.0
    """Doubled from try to try."""
    longest_wait_s: float = 30.0
    longest_asked_s: float = 120.0
    """When the hub itself asks for a longer wait, it is told to the person instead."""


News: TypeAlias = Plan | Came | Checking | Waiting | FileRecord
