from collections.abc import Callable
from threading import current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from granola_like.app import App
from granola_like.errors import EngineError, GranolaError
from granola_like.jobs import Job, Progress
from granola_like_ui.bridge import Reader, RunningJob


def forever() -> Job[str]:
    while True:
        yield Progress("Working")


def broken() -> Job[str]:
    yield Progress("Working")
    raise EngineError("The speech model stopped.")


def badly_broken() -> Job[str]:
    yield Progress("Working")
    raise ZeroDivisionError


def short() -> Job[str]:
    yield Progress("Working")
    return "done"


def test_a_cancelled_job_says_so(qtbot: QtBot) -> None:
    job = RunningJob(forever)
    with qtbot.waitSignal(job.progressed):
        job.start()
    with qtbot.waitSignal(job.cancelled):
        job.cancel()


@pytest.mark.parametrize(("work", "says"), [(broken, "speech model"), (badly_broken, "broke")])
def test_a_failed_job_hands_over_the_error(
    qtbot: QtBot, work: Callable[[], Job[str]], says: str
) -> None:
    job = RunningJob(work)
    with qtbot.waitSignal(job.failed) as caught:
        job.start()
    assert says in str(caught.args[0])


def test_a_finished_job_hands_over_the_result(qtbot: QtBot) -> None:
    job = RunningJob(short)
    with qtbot.waitSignals([job.progressed, job.succeeded], order="strict"):
        job.start()


def test_answers_come_in_order_and_in_the_windows_thread(qtbot: QtBot) -> None:
    reader, answers = Reader(App), []
    threads = set()

    def keep(answer: int) -> None:
        threads.add(current_thread())
        answers.append(answer)

    for number in range(20):
        reader.ask(lambda _, n=number: n, keep)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(answers) == 20)
    reader.close()
    assert answers == list(range(20))
    assert threads == {main_thread()}


def test_a_forgotten_question_is_not_answered(qtbot: QtBot) -> None:
    reader, answers = Reader(App), []
    reader.ask(lambda _: "first", answers.append).forget()
    reader.ask(lambda _: "second", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    reader.close()
    assert answers == ["second"]


def test_a_question_that_fails_is_heard_of(qtbot: QtBot) -> None:
    reader, errors = Reader(App), []

    def fail(_: App) -> None:
        raise GranolaError("No such thing.")

    reader.ask(fail, failed=errors.append)
    with qtbot.waitSignal(reader.failed) as caught:
        reader.ask(fail)
    reader.close()
    assert [str(error) for error in (*errors, caught.args[0])] == ["No such thing."] * 2


def test_what_was_asked_is_done_before_the_window_goes(qtbot: QtBot) -> None:
    reader, done = Reader(App), []
    for number in range(5):
        reader.ask(lambda _, n=number: done.append(n))  # type: ignore[misc]
    reader.close()
    assert done == list(range(5))


def test_what_cannot_be_opened_is_told_and_opened_once_it_can_be(qtbot: QtBot) -> None:
    faults: list[Exception] = [GranolaError("The settings cannot be read."), ZeroDivisionError()]

    def open_app() -> App:
        if faults:
            raise faults.pop(0)
        return App()

    reader = Reader(open_app)
    troubles: list[str] = []
    answers: list[str] = []
    reader.failed.connect(lambda error: troubles.append(str(error)))
    for _ in range(3):
        reader.ask(lambda _: "answer", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    reader.close()
    assert answers == ["answer"]
    assert ["settings" in troubles[0], "broke" in troubles[1]] == [True, True]
