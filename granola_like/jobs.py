"""Long work as generators: they yield progress, return a result, and may be closed.

Closing a job is cancelling it; what it must tidy up stands in its `finally`. The command line,
the tests, the server and the window all drive jobs through `run`.
"""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. `fraction` (0 to 1) is None while nobody can know."""

    step: str
    fraction: float | None = None
    seconds_left: float | None = None
    """Of this step, by how fast it was so far; None while nobody can know."""


Job: TypeAlias = Generator[Progress, None, T]
"""Long work that returns a T."""


class Cancelled(Exception):  # noqa: N818 - a decision of the person, not an error
    """The person asked to stop, and the job has cleaned up."""


def run(
    job: Job[T],
    *,
    on_progress: Callable[[Progress], object] = lambda _: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> T:
    """Drive `job` to its result.

    Raises Cancelled once `is_cancelled` says so between two steps, and whatever the job raises.
    """
    with closing(job):
        try:
            while not is_cancelled():
                on_progress(next(job))
        except StopIteration as done:
            result: T = done.value
            return result
    raise Cancelled
