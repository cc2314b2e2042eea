"""`import` and `export`: meetings in and out of the library."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from granola_like.cli import options
from granola_like.cli.languages import AUTO
from granola_like.cli.show import console, print_json, work
from granola_like.domain.meeting import Person
from granola_like.exchange.typed import read_notes
from granola_like.jobs import Job

if TYPE_CHECKING:
    from granola_like.app import App


@click.command("import")
@click.argument("files", nargs=-1, type=options.FILE)
@options.sound_options
@options.notes_file
@options.template
@options.as_json
def import_(
    files: tuple[Path, ...], notes: Path | None, template: str | None, as_json: bool, **asked: Any
) -> None:
    """Bring a meeting into the library.

    FILE is a bundle (.meeting.json), an exported .zip, captions (.vtt, .srt), or sound or video,
    which is transcribed; with your typed lines the note is written too.
    """
    from granola_like.exchange.formats import is_meeting

    app = options.open_app()
    if len(files) == 1 and is_meeting(files[0]) and not (asked["me"] or asked["them"]):
        job = _meeting_of(app, files[0], notes=notes, template=template, **asked)
    else:
        call = options.call_of(files, notes=notes, **asked)
        job = app.take_in(replace(call, template=template))
    meeting = work(job)
    if as_json:
        print_json({"meeting": meeting})
    else:
        click.echo(meeting)
        console(errors=True).print(
            f"Stored. `granola-like show {meeting}` shows it.", style="bright_black"
        )


def _meeting_of(
    app: "App",
    file: Path,
    *,
    notes: Path | None,
    template: str | None,
    title: str | None,
    started: datetime | None,
    people: tuple[str, ...],
    language: str | None,
    model: str | None,
    split_stereo: bool,
    **_: Any,
) -> Job[str]:
    """Import what is a meeting already: nothing in it is left to be heard."""
    for option, is_given in (("--model", model is not None), ("--split-stereo", split_stereo)):
        if is_given:
            raise click.UsageError(f"{option} is for sound, and {file.name} is a meeting already.")
    return app.import_file(
        file,
        notes=read_notes(notes) if notes else None,
        title=title,
        template=template,
        started_at=started,
        people=tuple(Person(name) for name in people),
        language=None if language == AUTO else language,
    )


@click.command()
@click.argument("meeting")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["md", "json", "vtt", "srt", "txt", "zip"]),
    help="Otherwise by the output's ending, or md.",
)
@click.option("-o", "--output", type=options.FILE, help="Write a file instead of printing.")
@click.option("--without-transcript", is_flag=True, help="Leave the transcript out of md.")
def export(meeting: str, kind: str | None, output: Path | None, without_transcript: bool) -> None:
    """Write MEETING (an id, a title, or a bundle's file) for reading, or as a lossless bundle.

    json is the whole meeting, zip adds its sound.
    """
    from granola_like.app.editing import edited
    from granola_like.exchange.formats import (
        TEXT_FORMATS,
        meeting_as_text,
        write_archive,
        write_text,
    )

    app = options.open_app()
    kind = kind or (output.suffix.lower().lstrip(".") if output else "md")
    bundle = options.bundle_of(app, meeting)
    if kind == "zip":
        if output is None:
            raise click.UsageError("A zip needs -o FILE.")
        write_archive(bundle, sound=app.sound_of(bundle.meeting.id), to=output)
        return
    if kind not in TEXT_FORMATS:
        raise click.UsageError(f"“{kind}” is no format to export; give --format.")
    if kind == "md":
        bundle, _ = edited(app.library, bundle)
    text = meeting_as_text(bundle, kind, transcript=not without_transcript)
    if output:
        write_text(output, text)
    else:
        click.echo(text, nl=False)
