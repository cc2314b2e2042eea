"""What the terminal shows is what stands there, and why a model did not write is told once."""

import pytest

from granola_like.cli.show import console, work
from granola_like.enhance.writer import TakenOver
from granola_like.jobs import Job, Progress


def test_brackets_and_colons_are_text(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("[/x] [red]sure[/] :smile:", "[/tmp]"):
        console().print(text)
        console(errors=True).print(text, style="bright_black")
        assert capsys.readouterr() == (f"{text}\n", f"{text}\n")


def test_why_another_writer_stood_in_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    def job() -> Job[int]:
        yield Progress("Writing line 1 of 2", 0.1)
        yield TakenOver("without the model", 0.2, reason="The server did not answer.")
        yield TakenOver("without the model", 0.4, reason="The [model] is too small.")
        yield TakenOver("without the model", 0.6, reason="The server did not answer.")
        return 7

    assert work(job()) == 7
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == ["The server did not answer.", "The [model] is too small."]
