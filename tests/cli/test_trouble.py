"""What goes wrong around a command is a sentence or nothing, never a traceback."""

import errno
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from granola_like import paths
from granola_like.cli import doctor
from granola_like.cli import main as entry
from granola_like.cli.log import open_log


@pytest.fixture
def own_log() -> Iterator[logging.Logger]:
    """The product's log, not yet opened."""
    log = logging.getLogger("granola_like")
    before, level, loud = list(log.handlers), log.level, logging.raiseExceptions
    log.handlers.clear()
    yield log
    for handler in log.handlers:
        handler.close()
    log.handlers[:] = before
    log.setLevel(level)
    log.propagate = True
    logging.raiseExceptions = loud


def test_a_home_of_nobody_is_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(paths.HOME_VARIABLE, "~nosuchuser/x")
    assert paths.data_dir() == tmp_path / "~nosuchuser" / "x"


class Gone(type(Path())):  # type: ignore[misc]
    """Of a drive that is not there."""

    asked = 0

    def exists(self) -> bool:
        type(self).asked += 1
        assert self.asked < 20, "it goes round in circles"
        return False


def test_doctor_looks_no_higher_than_the_drive() -> None:
    assert doctor._existing(Gone("/mnt/deep/granola")).as_posix() == "/"


def test_doctor_goes_on_where_the_system_refuses() -> None:
    def refuse() -> tuple[str, str]:
        raise PermissionError(errno.EACCES, "Permission denied", "library.sqlite")

    assert doctor._tried("Disk", refuse) == doctor.Finding(
        "Disk",
        False,
        "Permission denied (library.sqlite)",
        "Check that it is there and that you may use it.",
    )


def test_a_log_that_cannot_be_opened_is_silent(
    own_log: logging.Logger, capfd: pytest.CaptureFixture[str]
) -> None:
    paths.log_file().mkdir(parents=True)
    open_log()
    own_log.info("a fact")
    assert [type(handler) for handler in own_log.handlers] == [logging.NullHandler]
    assert capfd.readouterr().err == ""


def test_a_log_that_fails_later_is_silent(
    own_log: logging.Logger, capfd: pytest.CaptureFixture[str]
) -> None:
    open_log()
    own_log.info("%d", "no number")
    assert capfd.readouterr().err == ""


def test_ctrl_c_before_the_command_begins_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["granola-like", "list"])
    monkeypatch.setattr("multiprocessing.freeze_support", press)
    with pytest.raises(SystemExit) as left:
        entry.main()
    assert left.value.code == entry.INTERRUPTED
    assert "Stopped." in capsys.readouterr().err
