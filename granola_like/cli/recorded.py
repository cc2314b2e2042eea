"""What a terminal tells of recordings on their way into the library."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from granola_like.app.desk import Desk, MeetingNews
from granola_like.cli.meters import receipt_lines
from granola_like.cli.show import console, work
from granola_like.jobs import Cancelled, Job, Progress
from granola_like.settings import Settings

if TYPE_CHECKING:
    from granola_like.app.now import MeetingNow
    from granola_like.domain.receipt import Receipt

_TICK = 0.05
_AT_WORK = ("waiting", "working")


class Recorded:
    """A desk, and a terminal that waits for it."""

    def __init__(
        self,
        settings: Settings,
        *,
        as_json: bool,
        keep_only: bool,
        calls: Callable[[], tuple[str, ...]],
    ) -> None:
        """With `keep_only`, recordings are finished and left for the next time."""
        self.out = console(errors=True)
        self._as_json, self._keep_only = as_json, keep_only
        self._desk = Desk(settings, make_way=lambda: bool(calls()))
        self._own: set[str] = set()
        self._told: dict[str, MeetingNews] = {}

    def __enter__(self) -> Self:
        if not self._keep_only:
            self._desk.start(recover=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._keep_only:
            self._desk.close()

    def recover(self) -> None:
        """Work off what an earlier run left, in the background."""
        if not self._keep_only:
            self._desk.recover()

    def take(self, meeting: "MeetingNow") -> None:
        """Take in a meeting that has ended; returns when it and its sound are stored.

        Raises GranolaError when it could not be stored.
        """
        if self._keep_only:
            self._keep(meeting)
            return
        self._own.add(self._desk.take(meeting))
        news = self._wait(meeting.folder_id, until=lambda one: one.receipt is not None)
        if news.error is not None and not news.is_stored:
            raise news.error

    def finish(self) -> None:
        """Wait until everything is done, that of earlier runs too, and tell of each meeting."""
        self.recover()
        self.tell(until=lambda: False)
        for meeting in self._own:
            news = self._desk.of(meeting)
            if news is not None and news.error is not None and not news.receipt:
                raise news.error

    def tell(self, *, until: Callable[[], bool]) -> None:
        """Show how the work goes until there is none, or until told otherwise."""
        while not until():
            todo = [one for one in self._desk.news().changed if self._told.get(one.meeting) != one]
            if not todo and self._desk.is_idle:
                return
            for one in todo:
                self._tell(one, until=until)
            time.sleep(_TICK)

    def _tell(self, news: MeetingNews, *, until: Callable[[], bool]) -> None:
        if news.state in _AT_WORK:
            try:
                news = self._wait(news.meeting, until=lambda _: until())
            except Cancelled:
                return
        if news.state in _AT_WORK:
            return
        self._told[news.meeting] = news
        for sentence in news.told:
            self.out.print(sentence)
        if news.error is not None:
            where = f" Meeting {news.meeting} is stored." if news.is_stored else ""
            self.out.print(f"{news.error} {news.error.hint}{where}")
        elif news.receipt is not None and news.state == "done":
            self._print(news.receipt, title=news.title, meeting=news.meeting)

    def _wait(self, meeting: str, *, until: Callable[[MeetingNews], bool]) -> MeetingNews:
        """Show the work on a meeting until it ends, or until what is told of it is enough."""
        before = self._desk.of(meeting)
        if meeting not in self._own and before is not None and not before.is_stored:
            self.out.print(f"“{before.title}” was left by an earlier recording; storing it…")
        had = before is not None and before.receipt is not None
        work(self._followed(meeting, until=until))
        news = self._desk.of(meeting)
        assert news is not None
        if not had and news.receipt is not None:
            for line in receipt_lines(news.receipt):
                self.out.print(line)
        return news

    def _followed(self, meeting: str, *, until: Callable[[MeetingNews], bool]) -> Job[None]:
        while (news := self._desk.of(meeting)) is not None:
            if news.state not in _AT_WORK or until(news):
                return
            yield Progress(news.step or "Waiting", news.fraction)
            time.sleep(_TICK)

    def _keep(self, meeting: "MeetingNow") -> None:
        from granola_like.record.finish import finish

        finished = work(finish(meeting.hand_over().recording))
        for line in receipt_lines(finished.receipt):
            self.out.print(line)
        if self._as_json:
            self._print(finished.receipt, title=meeting.look().title)
        else:
            where = finished.folder.path
            click.echo(f"Kept in {where}; the next `granola-like record` stores it.")

    def _print(self, receipt: "Receipt", *, title: str, meeting: str | None = None) -> None:
        if self._as_json:
            facts = {**asdict(receipt), "started_at": receipt.started_at.isoformat()}
            told = {"meeting": meeting, "title": title, "receipt": facts}
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"Stored. `granola-like show {meeting}` shows the note.")
