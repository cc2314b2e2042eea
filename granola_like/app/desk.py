"""The desk: takes in what was recorded, one meeting after the other, on a thread of its own.

It has an `App` of its own, so its library is its own connection. The window and the terminal look
at `news` and never wait. An engine that fails costs one try: the meeting stays stored, the reason
is told, and `try_again` goes on from there.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from granola_like import jobs, paths
from granola_like.app import desk_claims, desk_work, home_actions, sound_keeping
from granola_like.app.desk_board import Board, DeskNews, MeetingNews, PhaseBegan
from granola_like.app.product import App, Writing
from granola_like.errors import GranolaError, NotFound
from granola_like.library import glance, recordings
from granola_like.settings import Settings

if TYPE_CHECKING:
    from granola_like.app.now import MeetingNow

logger = logging.getLogger(__name__)

__all__ = ["Desk", "DeskNews", "MeetingNews"]

_HEAVY = frozenset({"hearing", "writing"})
"""Phases that make way for a call."""
_LOOK_SECONDS = 0.2
DAY_SECONDS = 86_400.0
"""After so long without work, sound and trash are looked at again: windows stay open for weeks."""


@dataclass(slots=True, eq=False)
class _Task:
    meeting: str
    job: Callable[[App], jobs.Job[None]]
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
        """Take in a meeting whose recording has ended or is about to; gives its id."""
        job = partial(desk_work.take_in, now=now)
        is_nowhere_else = now.never_began and bool(now.lines)
        return self._add(now.folder_id, now.look().title, job, must_be_kept=is_nowhere_else)

    def write_again(
        self, meeting: str, *, template: str | None = None, writing: Writing | None = None
    ) -> None:
        """Write the note once more, with another template or writer; the older version stays."""
        how = writing or Writing()
        again = partial(desk_work.write_again, meeting=meeting, template=template, writing=how)
        self._add(meeting, "", again)

    def hear_again(
        self, meeting: str, *, model: str | None = None, language: str | None = None
    ) -> None:
        """Transcribe once more, and write the note from it; the older versions stay."""
        again = partial(desk_work.hear_again, meeting=meeting, model=model, language=language)
        self._add(meeting, "", again)

    def try_again(self, meeting: str) -> None:
        """Go on with a meeting where it failed or was cancelled."""
        self._add(meeting, "", partial(self._rest, meeting=meeting))

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
        is_heavy = False
        for progress in job:
            self._board.progress(task.meeting, progress)
            if isinstance(progress, PhaseBegan):
                is_heavy = progress.phase in _HEAVY
            while is_heavy and self._make_way() and not self._must_stop(task):
                time.sleep(_LOOK_SECONDS)
            if self._must_stop(task):
                raise jobs.Cancelled

    def _must_stop(self, task: _Task) -> bool:
        return task.is_cancelled.is_set() or self._closing.is_set()

    def _look_around(self, app: App) -> jobs.Job[None]:
        """Find what an earlier run left, and queue it; then keep what was promised of sound."""
        from granola_like.record.finish import leftovers

        yield jobs.Progress("Looking for what is left to do")
        desk_claims.sweep()
        for folder in leftovers(paths.recordings_dir()):
            if self._may_take(folder.id):
                self._add(folder.id, folder.title, partial(desk_work.recover, folder=folder))
        for meeting in recordings.unfinished(app.library):
            if self._may_take(meeting):
                self._add(meeting, "", partial(desk_work.go_on, meeting=meeting))
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
        """Whether it was left: nobody works on it, and this run has not given it up."""
        known = self._board.of(meeting)
        was_given_up = known is not None and known.state in ("failed", "cancelled")
        # A recording that is about to begin is held, too.
        return not was_given_up and desk_claims.is_free(meeting)

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

    def _add(
        self,
        meeting: str,
        title: str,
        job: Callable[[App], jobs.Job[None]],
        *,
        must_be_kept: bool = False,
    ) -> str:
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
        self._put(_Task(meeting, job, must_be_kept=must_be_kept))
        return meeting

    def _put(self, task: _Task) -> None:
        with self._changed:
            self._tasks.append(task)
            self._changed.notify_all()


def _keep_the_promise(app: App) -> jobs.Job[None]:
    """Remove the sound and the trash whose time is over."""
    yield jobs.Progress("Looking for sound whose time is over")
    home_actions.keep_the_promise(app.library, app.settings)


def _broken() -> GranolaError:
    return GranolaError(
        "Something went wrong that should not have.",
        hint="The log has the details; what was recorded and typed is kept.",
    )
