"""Work on threads, told to the window in its own thread. The only file of the window with threads.

A thread never touches Qt: it leaves its latest news, and a timer of the window reads it. So a job
may report a million times a second, and no signal crosses a thread.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from granola_like import jobs
from granola_like.errors import GranolaError

if TYPE_CHECKING:
    from granola_like.app import App

logger = logging.getLogger(__name__)

LOOK_EVERY_MS = 50
_ANSWERS_EVERY_MS = 8
T = TypeVar("T")


class RunningJob(QObject):
    """One job at work. Sends exactly one of `succeeded`, `failed`, `cancelled`, and that last."""

    progressed = Signal(object)
    """jobs.Progress, the latest one."""
    succeeded = Signal(object)
    failed = Signal(object)
    """A GranolaError."""
    cancelled = Signal()

    def __init__(
        self, make_job: Callable[[], jobs.Job[Any]], parent: QObject | None = None
    ) -> None:
        """`make_job` is called on the job's own thread: a library it opens belongs to that."""
        super().__init__(parent)
        self._make_job = make_job
        self._cancel = Event()
        self._news: jobs.Progress | None = None
        self._outcome: object = None
        self._thread = Thread(target=self._work, name="job", daemon=True)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Ask the job to stop at its next step. Never kills the thread."""
        self._cancel.set()

    def _work(self) -> None:
        try:
            self._outcome = jobs.run(
                self._make_job(), on_progress=self._keep, is_cancelled=self._cancel.is_set
            )
        except (jobs.Cancelled, GranolaError) as outcome:
            self._outcome = outcome
        except Exception:
            logger.exception("a job broke")
            self._outcome = broken()

    def _keep(self, news: jobs.Progress) -> None:
        self._news = news

    def _look(self) -> None:
        alive = self._thread.is_alive()
        if (news := self._news) is not None:
            self._news = None
            self.progressed.emit(news)
        if not alive:
            self._timer.stop()
            self._tell_the_end()

    def _tell_the_end(self) -> None:
        match self._outcome:
            case jobs.Cancelled():
                self.cancelled.emit()
            case GranolaError() as error:
                self.failed.emit(error)
            case result:
                self.succeeded.emit(result)


@dataclass(slots=True)
class Asked(Generic[T]):
    """A question on its way. Whoever no longer wants the answer forgets it."""

    _question: "Callable[[App], T]"
    _then: Callable[[T], object]
    _failed: Callable[[GranolaError], object]
    _answer: T | GranolaError | None = None
    is_forgotten: bool = False

    def forget(self) -> None:
        """Don't want the answer any more: neither callback will be called."""
        self.is_forgotten = True

    def find_out(self, app: "App") -> None:
        """On the reader's thread: do it, and keep what came of it."""
        if self.is_forgotten:
            return
        try:
            self._answer = self._question(app)
        except GranolaError as error:
            self._answer = error
        except Exception:
            logger.exception("a question broke")
            self._answer = broken()

    def fail(self, error: GranolaError) -> None:
        """On the reader's thread: it could not even be asked."""
        self._answer = error

    def tell(self) -> None:
        """In the window's thread: hand the answer over."""
        if self.is_forgotten:
            return
        if isinstance(self._answer, GranolaError):
            self._failed(self._answer)
        else:
            self._then(self._answer)  # type: ignore[arg-type]


class Reader(QObject):
    """Asks the product on one thread, in order; answers come back in the window's thread.

    Whatever touches the disk goes this way, reading and writing alike, so that the window never
    waits for it.
    """

    failed = Signal(object)
    """A GranolaError of a question that said nothing about failing."""

    def __init__(self, open_app: "Callable[[], App]", parent: QObject | None = None) -> None:
        """`open_app` is called on the reader's thread: the library it opens belongs to that."""
        super().__init__(parent)
        self._open_app = open_app
        self._questions: SimpleQueue[Asked[Any] | None] = SimpleQueue()
        self._answers: deque[Asked[Any]] = deque()
        self._waiting = 0
        self._thread = Thread(target=self._work, name="reader", daemon=True)
        self._thread.start()
        self._timer = QTimer(self, interval=_ANSWERS_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def ask(
        self,
        question: "Callable[[App], T]",
        then: Callable[[T], object] = lambda _: None,
        *,
        failed: Callable[[GranolaError], object] | None = None,
    ) -> Asked[T]:
        """Ask, and return at once. Exactly one of `then` and `failed` is called later."""
        asked = Asked(question, then, failed or self.failed.emit)
        self._waiting += 1
        self._questions.put(asked)
        self._timer.start()
        return asked

    def close(self, *, timeout_s: float = 10.0) -> None:
        """Do what was asked before, tell nothing more, and let go of the library."""
        self._timer.stop()
        self._questions.put(None)
        self._thread.join(timeout_s)

    def _work(self) -> None:
        app: App | None = None
        try:
            while (asked := self._questions.get()) is not None:
                try:
                    # What cannot be opened now may be with a later question: it was mended.
                    app = app or self._open_app()
                except GranolaError as error:
                    asked.fail(error)
                except Exception:
                    logger.exception("the product could not be opened")
                    asked.fail(broken())
                else:
                    asked.find_out(app)
                self._answers.append(asked)
        finally:
            if app is not None:
                app.close()

    def _look(self) -> None:
        while self._answers:
            self._waiting -= 1
            self._answers.popleft().tell()
        if not self._waiting:
            self._timer.stop()


def aside(work: Callable[[], object]) -> Thread:
    """Do what takes a moment and gives no answer, such as letting go of a device."""
    thread = Thread(target=work, name="aside", daemon=True)
    thread.start()
    return thread


def broken() -> GranolaError:
    """Say that something of ours broke."""
    return GranolaError("Something in the program broke.", hint="The log has the details.")
