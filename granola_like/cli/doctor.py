"""`granola-like doctor`: try each part, and say what to do about those that do not work."""

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from granola_like import paths
from granola_like.cli import options
from granola_like.cli.log import open_log
from granola_like.cli.show import AMBER, PENCIL, console, print_json
from granola_like.errors import GranolaError

if TYPE_CHECKING:
    from granola_like.engines.base import Transcriber

_LITTLE_SPACE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What was tried, how it went, and what to do about it."""

    part: str
    ok: bool
    fact: str
    hint: str = ""


@click.command()
@click.option("--sound", is_flag=True, help="Play a soft tone, and prove both channels by it.")
@options.as_json
def doctor(*, sound: bool, as_json: bool) -> None:
    """Try each part of the product, and say what to do about those that do not work."""
    open_log()
    findings = [_tried(part, check) for part, check in _CHECKS.items()]
    if sound:
        findings += _channels()
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        out = console()
        for finding in findings:
            mark = ("✓ ", "green") if finding.ok else ("✗ ", "bold red")
            out.print(Text.assemble(mark, (f"{finding.part}: ", "bold"), finding.fact))
            if finding.hint:
                out.print(Text(f"  {finding.hint}", style=PENCIL if finding.ok else AMBER))
    if not all(finding.ok for finding in findings):
        sys.exit(1)


def _tried(part: str, check: Callable[[], tuple[str, str]]) -> Finding:
    try:
        fact, hint = check()
    except GranolaError as error:
        return Finding(part, False, str(error), error.hint)
    except OSError as error:
        fact = error.strerror or type(error).__name__
        where = f" ({error.filename})" if error.filename else ""
        hint = "Check that it is there and that you may use it."
        return Finding(part, False, f"{fact}{where}", hint)
    return Finding(part, True, fact, hint)


def _channels() -> list[Finding]:
    from granola_like.audio.system import this_system
    from granola_like.record.trial import try_channels

    try:
        trials = try_channels(this_system())
    except GranolaError as error:
        return [Finding("Sound", False, str(error), error.hint)]
    names = {"me": "Microphone", "them": "Computer sound"}
    return [Finding(names[one.channel], one.ok, one.fact, one.hint) for one in trials]


def _settings() -> tuple[str, str]:
    from granola_like.app import App

    App()
    file = paths.settings_file()
    return (str(file) if file.exists() else "nothing changed, all defaults"), ""


def _library() -> tuple[str, str]:
    from granola_like.app import App

    app = App()
    with closing(app):
        app.library.check()
        count = len(app.library.ids())
    return f"{count} meetings in {paths.library_file()}", ""


def _disk() -> tuple[str, str]:
    free = shutil.disk_usage(_existing(paths.data_dir())).free
    hint = "An hour of a call takes some 50 MB as FLAC." if free < _LITTLE_SPACE else ""
    return f"{free / 1e9:.1f} GB free", hint


def _speech() -> tuple[str, str]:
    from granola_like.app import App, choose
    from granola_like_models.catalogue import BUNDLED_SPEECH

    app = App()
    name = choose.speech_model(app.settings)
    with closing(choose.open_transcriber(name)) as engine:
        heard = " ".join(_hear_sample(engine))
    if name != BUNDLED_SPEECH:
        return f"{name} runs", ""
    return (
        f"{name} runs and heard {len(heard.split())} words of the sample",
        "It knows synthetic voices only. `granola-like models list` names models for people.",
    )


def _hear_sample(engine: "Transcriber") -> Iterator[str]:
    from granola_like.audio.decode import blocks
    from granola_like.engines.base import Listening
    from granola_like_models.sample import sample_call

    first = next(blocks(sample_call().tracks["me"]))
    for heard in engine.transcribe(first.samples, Listening(language="en")):
        yield heard.text


def _meaning() -> tuple[str, str]:
    from granola_like.app import App, choose
    from granola_like.engines.found import can_run

    if not can_run("embedding"):
        return (
            "lines are found by time and words",
            "`pip install granola-like[llama]` and an embedding model add meaning.",
        )
    with closing(App()) as app:
        name = choose.embedding_model(app.settings)
    if name is None:
        return "lines are found by time and words", "An embedding model adds meaning."
    return f"{name} adds meaning to aligning", ""


def _python() -> tuple[str, str]:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}", ""


def _existing(folder: Path) -> Path:
    # A drive that is not there is its own parent.
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


_CHECKS: dict[str, Callable[[], tuple[str, str]]] = {
    "Python": _python,
    "Settings": _settings,
    "Library": _library,
    "Disk": _disk,
    "Speech": _speech,
    "Meaning": _meaning,
}
