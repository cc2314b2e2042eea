"""`granola-like transcribe`: sound files become a transcript."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from granola_like import paths
from granola_like.cli import options
from granola_like.cli.show import console, work
from granola_like.errors import NotFound
from granola_like.exchange.reading import to_text

if TYPE_CHECKING:
    from granola_like.app import App


@click.command()
@click.argument("files", nargs=-1, type=options.FILE)
@options.sound_options
@click.option("-o", "--output", type=options.FILE, help="Write a bundle (.meeting.json).")
@options.as_json
def transcribe(files: tuple[Path, ...], output: Path | None, as_json: bool, **asked: Any) -> None:
    """Write down what is said in FILE; with --them, FILE is your own side of the call.

    Prints the transcript, or the bundle with --json, or writes the bundle with -o. Nothing is
    stored in the library: `granola-like import` does that.

    A stored meeting's name or id instead of a file hears its sound again, with --model and in
    --language, and stores the words as its newest transcript; the older ones and your corrections
    stay.
    """
    from granola_like.exchange.bundle import to_json, write_bundle

    options.check_output(output)
    app = options.open_app()
    meeting = _stored(app, files)
    if meeting is None:
        bundle = work(app.transcribe(options.call_of(files, **asked)))
    else:
        _only_what_fits(asked)
        how = {"model": asked["model"], "language": asked["language"]}
        work(app.transcribe_stored(meeting, **how))
        bundle = app.library.load(meeting)
    if output:
        write_bundle(bundle, to=output)
        console(errors=True).print(
            f"{len(bundle.transcript.utterances)} utterances written to {output}."
        )
    if as_json:
        click.echo(to_json(bundle))
    elif not output:
        click.echo(to_text(bundle), nl=False)
        if not bundle.transcript.utterances:
            console(errors=True).print("Nobody speaks in this sound.")


def _stored(app: "App", files: tuple[Path, ...]) -> str | None:
    """Give the meeting that is meant; None where it is a file, or nothing that is known."""
    if len(files) != 1 or files[0].exists() or not paths.library_file().exists():
        return None
    try:
        return app.library.find(str(files[0]))
    except NotFound:
        return None


def _only_what_fits(asked: dict[str, Any]) -> None:
    """Refuse what belongs to a file and would be passed over."""
    given = [name for name, value in asked.items() if value and name not in ("model", "language")]
    if given:
        name = "--person" if given[0] == "people" else f"--{given[0].replace('_', '-')}"
        raise click.UsageError(f"{name} is for files; a stored meeting has its own.")
