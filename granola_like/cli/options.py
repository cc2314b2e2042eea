"""What several commands ask for in the same words, and how a name becomes a meeting or a file."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from granola_like.cli.languages import Language
from granola_like.cli.log import open_log
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Person
from granola_like.domain.recording import Channel
from granola_like.errors import ExchangeError

if TYPE_CHECKING:
    from granola_like.app import App, Call
    from granola_like.audio.decode import Source

FILE = click.Path(path_type=Path, dir_okay=False)
BUNDLE_SUFFIXES = (".json",)

_YEARS = range(1900, 3000)
"""When a meeting can have begun, on every system's calendar."""


class Moment(click.ParamType[datetime]):
    """2024-05-01 10:00 in local time, or any moment of ISO 8601."""

    name = "moment"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Give the moment with its offset."""
        moment: datetime | None = None
        # OSError: Windows counts local time from 1970 on.
        with suppress(ValueError, OverflowError, OSError):
            given = datetime.fromisoformat(str(value).strip())
            moment = given if given.tzinfo else given.astimezone()
        if moment is None or moment.year not in _YEARS:
            self.fail(f"“{value}” is no moment such as “2024-05-01 10:00”.", param, ctx)
        return moment


as_json = click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")
template = click.option("--template", help="The note's shape; see `granola-like templates`.")
notes_file = click.option(
    "--notes", type=FILE, help="Your typed lines, one a line; [12:34] in front says when."
)


def open_app() -> "App":
    """Start the product for one command, and close it when the command ends."""
    from granola_like.app import App

    open_log()
    app = App()
    click.get_current_context().call_on_close(app.close)
    return app


def sound_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every command that takes sound asks for."""
    for option in (
        click.option("--title", help="The meeting's title; otherwise the file's name."),
        click.option("--started", type=Moment(), help="When it began, such as “2024-05-01 10:00”."),
        click.option("--person", "people", multiple=True, help="Who took part; may be repeated."),
        click.option(
            "--language",
            type=Language(),
            help="What is spoken, such as en or ru; otherwise detected.",
        ),
        click.option("--model", help="A speech model's name or folder; see `models list`."),
        click.option("--split-stereo", is_flag=True, help="Left is me, right is them."),
        click.option("--them", type=FILE, help="The other side's sound."),
        click.option("--me", type=FILE, help="Your own side's sound, where FILE is not."),
    ):
        command = option(command)
    return command


def call_of(
    files: tuple[Path, ...],
    *,
    me: Path | None,
    them: Path | None,
    split_stereo: bool,
    title: str | None,
    started: datetime | None,
    people: tuple[str, ...],
    language: str | None,
    model: str | None,
    notes: Path | None = None,
) -> "Call":
    """Make a call of what was asked for. Raises SoundError, ExchangeError."""
    from granola_like.app import Call
    from granola_like.app.incoming import began
    from granola_like.exchange.typed import read_notes

    tracks = _tracks(files, me=me, them=them, stereo=split_stereo)
    first = next(iter(tracks.values())).path
    return Call(
        tracks=tracks,
        title=title or first.stem.replace("_", " "),
        started_at=started or began(first),
        notes=read_notes(notes) if notes else (),
        people=tuple(Person(name) for name in people),
        speech_model=model,
        language=language,
    )


def check_output(file: Path | None) -> None:
    """Say before long work, not after it, that its result has no place. Raises ExchangeError."""
    if file is None:
        return
    folder = file.absolute().parent
    if not folder.is_dir():
        trouble = f"there is no folder {folder}"
    elif not os.access(folder, os.W_OK):
        trouble = f"the folder {folder} may not be written to"
    else:
        return
    raise ExchangeError(
        f"{file} cannot be written: {trouble}.",
        hint="Choose a folder that exists and may be written to.",
    )


def is_bundle(name: str) -> bool:
    """Tell a bundle's file from a meeting's id or title."""
    return Path(name).suffix.lower() in BUNDLE_SUFFIXES


def bundle_of(app: "App", name: str) -> Bundle:
    """Read a bundle from a file, or from the library by id or title."""
    from granola_like.exchange.bundle import read_bundle

    if is_bundle(name):
        return read_bundle(Path(name))
    return app.library.load(app.library.find(name))


def _tracks(
    files: tuple[Path, ...], *, me: Path | None, them: Path | None, stereo: bool
) -> "dict[Channel, Source]":
    from granola_like.audio.decode import Source, split_stereo

    if len(files) > 1:
        raise click.UsageError("Give one file, and the other side with --them or --me.")
    file = files[0] if files else None
    if stereo:
        if file is None or me or them:
            raise click.UsageError("--split-stereo takes one stereo FILE, without --me and --them.")
        return split_stereo(file)
    if file and me and them:
        raise click.UsageError("With --me and --them there is no place for FILE.")
    # A file alone is a whole call, heard from one place: nobody is known to be "me".
    if file and them:
        me, file = file, None
    elif file:
        them, file = file, None
    if me is None and them is None:
        raise click.UsageError("Give FILE, or --me and --them.")
    given: dict[Channel, Path | None] = {"me": me, "them": them}
    return {channel: Source(path) for channel, path in given.items() if path is not None}
