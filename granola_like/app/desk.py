"""The desk: takes in what was recorded, one meeting after the other, on a thread of its own.

It has an `App` of its own, so its library is its own connection. The window and the terminal look
at `news` and never wait. An engine that fails costs one try: the meeting stays stored, the reason
is told, and `try_again` goes on from there.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from granola_like import jobs, paths
from granola_like.app import desk_claims, desk_work, home_actions, sound_keeping
from granola_like.app.desk_board import Board, DeskNews, MeetingNews, NoteStored, Phase, PhaseBegan
from granola_like.app.now_about import read_about
from granola_like.app.product import App, Writing
from granola_like.errors import GranolaError, NotFound
from granola_like.library import glance, recordings
from granola_like.settings import Settings

if TYPE_CHECKING:
    from granola_like.app.now import MeetingNow

logger = logging.getLogger(__name__)

__all__ = ["Desk", "DeskNews", "MeetingNews"]

_HEAVY = frozenset[Phase]({"hearing", "writing"})
"""Phases that make way for a call, and room for a meeting that has just ended."""
_LOOK_SECONDS = 0.2
DAY_SECONDS = 86_400.0
"""After so long without work, sound and trash are looked at again: windows stay open for weeks."""


_Work: TypeAlias = Callable[[App], jobs.Job[None]]


class _MakeRoom(Exception):  # noqa: N818 - a turn of the queue, not an error
    """The work goes back into the queue, for a meeting that has just ended."""

    def __init__(self, phase: Phase) -> None:
        super().__init__()
        self.phase = phase


@dataclass(slots=True, eq=False)
class _Task:
    meeting: str
    job: _Work
    rest: Mapping[Phase, _Work] = field(default_factory=dict)
    """What is left to do once it has come to a phase; by default all of it, once more."""
    is_first: bool = False
    """Whether heavy work makes room for it: somebody waits to see a meeting that has ended."""
    must_be_kept: bool = False
    """Whether a desk that is closed does it all the same: lines lie in no file."""
    is_cancelled: threading.Event = field(default_factory=threading.Event)


class Desk:
    """Works on meetings in the background until closed."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        make_way: Callable[[], bool] = lambda: False,
    ) -> None:
        """`make_way` says whether a call goes on: until it is over, heavy work stands still."""
        self._settings, self._make_way = settings, make_way
        self._board = Board()
        self._tasks: deque[_Task] = deque()
        self._now: _Task | None = None
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    def start(self, *, recover: bool = True) -> None:
        """Begin; with `recover`, first with what an earlier run left: see `recover`."""
        if recover:
            self.recover()
        self._thread.start()

    # -- what can be asked for; every method returns at once

    def recover(self) -> None:
        """Take in what an earlier run left, and go on with what it had not finished.

        Sound and trash whose time is over are removed, as the person's settings say.
        """
        self._put(_Task("", self._look_around))

    def take(self, now: "MeetingNow") -> str:
        """Take in a meeting whose recording has ended or is about to; gives its id.

        It goes first: what is heard or written meanwhile waits until it is done, and goes on.
        """
        return self._add(
            _Task(
                now.folder_id,
                partial(desk_work.take_in, now=now),
                rest=_go_on(now.folder_id, now.about.language),
                is_first=True,
                must_be_kept=now.never_began and bool(now.lines),
            ),
            now.look().title,
        )

    def write_again(
        self, meeting: str, *, template: str | None = None, writing: Writing | None = None
    ) -> None:
        """Write the note once more, with another template or writer; the older version stays."""
        how = writing or Writing()
        again = partial(desk_work.write_again, meeting=meeting, template=template, writing=how)
        self._add(_Task(meeting, again))

    def hear_again(
        self, meeting: str, *, model: str | None = None, language: str | None = None
    ) -> None:
        """Transcribe once more, and write the note from it; the older versions stay."""
        again = partial(desk_work.hear_again, meeting=meeting, model=model, language=language)
        # Heard already, only the note is left.
        written = partial(desk_work.go_on, meeting=meeting)
        self._add(_Task(meeting, again, rest={"writing": written}))

    def try_again(self, meeting: str) -> None:
        """Go on with a meeting where it failed or was cancelled."""
        self._add(_Task(meeting, partial(self._rest, meeting=meeting), rest=_go_on(meeting)))

    def cancel(self, meeting: str) -> None:
        """Stop the work on a meeting; what is stored of it stays. Nothing to stop is fine."""
        with self._changed:
            for task in [*self._tasks, *([self._now] if self._now else [])]:
                if task.meeting == meeting:
                    task.is_cancelled.set()
            self._changed.notify_all()

    def change_settings(self, settings: Settings) -> None:
        """Work by these from the next meeting on."""
        self._settings = settings

    def news(self, since: int = 0) -> DeskNews:
        """Give what has changed since version `since`; cheap, from any thread."""
        return self._board.news(since)

    def of(self, meeting: str) -> MeetingNews | None:
        """Give the account of one meeting."""
        return self._board.of(meeting)

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do."""
        with self._changed:
            return self._now is None and not self._tasks

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until there is nothing to do; False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: self._now is None and not self._tasks, seconds)

    def close(self) -> None:
        """Stop at the next step; what is left goes on at the next start. Closing twice is fine."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    # -- on the thread

    def _run(self) -> None:
        while (task := self._next()) is not None:
            try:
                self._work(task)
            except Exception:
                logger.exception("work on a meeting broke")
                self._board.change(task.meeting, state="failed", error=_broken())
            with self._changed:
                self._now = None
                if not self._tasks and task.job != self._pack and self._may_pack():
                    self._tasks.append(_Task("", self._pack))
                self._changed.notify_all()

    def _next(self) -> _Task | None:
        with self._changed:
            if not self._changed.wait_for(
                lambda: self._tasks or self._closing.is_set(), DAY_SECONDS
            ):
                self._tasks.append(_Task("", _keep_the_promise))
            if self._closing.is_set():
                self._tasks = deque(task for task in self._tasks if task.must_be_kept)
                if not self._tasks:
                    return None
            self._now = self._tasks.popleft()
            return self._now

    def _work(self, task: _Task) -> None:
        self._board.change(task.meeting, state="working", error=None)
        try:
            with closing(App(self._settings)) as app, closing(task.job(app)) as job:
                self._name(app, task.meeting)
                self._drive(job, task)
        except _MakeRoom as turn:
            self._board.change(
                task.meeting, state="waiting", step="", fraction=None, seconds_left=None
            )
            task.job, task.is_first = task.rest.get(turn.phase, task.job), False
            with self._changed:  # behind what it made room for, before everything else
                self._tasks.insert(self._firsts(), task)
        except jobs.Cancelled:
            self._board.change(task.meeting, state="cancelled", step="", fraction=None)
        except NotFound:  # deleted for good meanwhile, so nobody waits for it
            self._board.change(task.meeting, state="cancelled", step="", fraction=None)
        except GranolaError as error:
            logger.warning("work on a meeting failed: %s", type(error).__name__)
            self._board.change(task.meeting, state="failed", error=error, fraction=None)
        else:
            self._board.change(task.meeting, state="done", step="", fraction=1.0, seconds_left=0.0)

    def _name(self, app: App, meeting: str) -> None:
        """Tell the title of a meeting that was asked for by its id."""
        news = self._board.of(meeting)
        if news is not None and not news.title:
            with suppress(NotFound):
                self._board.change(meeting, title=glance.about(app.library, meeting).title)

    def _drive(self, job: jobs.Job[None], task: _Task) -> None:
        heavy: Phase | None = None
        for progress in job:
            self._board.progress(task.meeting, progress)
            if isinstance(progress, PhaseBegan):
                heavy = progress.phase if progress.phase in _HEAVY else None
            elif isinstance(progress, NoteStored):
                heavy = None  # nothing is left that could be done later
            while heavy and self._make_way() and not self._must_stop(task) and not self._firsts():
                time.sleep(_LOOK_SECONDS)
            if self._must_stop(task):
                raise jobs.Cancelled
            if heavy and self._firsts():
                raise _MakeRoom(heavy)

    def _firsts(self) -> int:
        """How many meetings wait that go first."""
        with self._changed:
            return sum(task.is_first for task in self._tasks)

    def _must_stop(self, task: _Task) -> bool:
        return task.is_cancelled.is_set() or self._closing.is_set()

    def _look_around(self, app: App) -> jobs.Job[None]:
        """Find what an earlier run left, and queue it; then keep what was promised of sound."""
        from granola_like.record.finish import leftovers

        yield jobs.Progress("Looking for what is left to do")
        desk_claims.sweep()
        for folder in leftovers(paths.recordings_dir()):
            if self._may_take(folder.id):
                job = partial(desk_work.recover, folder=folder)
                language = read_about(folder).language  # the file goes with the folder
                self._add(_Task(folder.id, job, rest=_go_on(folder.id, language)), folder.title)
        for meeting in recordings.unfinished(app.library):
            if self._may_take(meeting):
                self._add(_Task(meeting, partial(desk_work.go_on, meeting=meeting)))
        home_actions.keep_the_promise(app.library, app.settings)

    def _may_pack(self) -> bool:
        return self._settings is None or self._settings.sound_format == "opus"

    def _pack(self, app: App) -> jobs.Job[None]:
        """Make heard recordings smaller while there is nothing else to do; calls come first."""
        with closing(sound_keeping.pack_sound(app)) as job:
            for progress in job:
                yield progress
                while self._make_way() and not self._tasks and not self._closing.is_set():
                    time.sleep(_LOOK_SECONDS)
                if self._tasks:
                    return  # and it comes again after them

    def _may_take(self, meeting: str) -> bool:
        """Whether it was left: nobody works on it or will, and this run has not given it up."""
        known = self._board.of(meeting)
        is_known = known is not None and known.state in ("waiting", "failed", "cancelled")
        # A recording that is about to begin is held, too.
        return not is_known and desk_claims.is_free(meeting)

    def _rest(self, app: App, meeting: str) -> jobs.Job[None]:
        """Do what is left for a meeting, wherever it got to."""
        from granola_like.record.finish import leftovers

        for folder in leftovers(paths.recordings_dir()):
            if folder.id == meeting:
                return (yield from desk_work.recover(app, folder))
        if meeting not in app.library.ids():
            raise NotFound(f"There is no meeting “{meeting}”.")
        yield from desk_work.go_on(app, meeting)

    # -- inside

    def _add(self, task: _Task, title: str = "") -> str:
        meeting = task.meeting
        known = self._board.of(meeting)
        if known is None or known.state not in ("waiting", "working"):
            self._board.put(
                MeetingNews(
                    meeting=meeting,
                    title=title or (known.title if known else ""),
                    is_stored=known.is_stored if known else False,
                    receipt=known.receipt if known else None,
                )
            )
        self._put(task)
        return meeting

    def _put(self, task: _Task) -> None:
        with self._changed:
            self._tasks.insert(self._firsts() if task.is_first else len(self._tasks), task)
            self._changed.notify_all()


def _go_on(meeting: str, language: str | None = None) -> Mapping[Phase, _Work]:
    """What is left of a meeting that is in the library with its sound."""
    job = partial(desk_work.go_on, meeting=meeting, language=language)
    return {"hearing": job, "writing": job}


def _keep_the_promise(app: App) -> jobs.Job[None]:
    """Remove the sound and the trash whose time is over."""
    yield jobs.Progress("Looking for sound whose time is over")
    home_actions.keep_the_promise(app.library, app.settings)


def _broken() -> GranolaError:
    return GranolaError(
        "Something went wrong that should not have.",
        hint="The log has the details; what was recorded and typed is kept.",
    )
