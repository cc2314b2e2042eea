"""`granola-like transcribe`: sound files become a transcript."""

from pathlib import Path
from typing import Any

import click

from granola_like.cli import options
from granola_like.cli.show import console, work
from granola_like.exchange.reading import to_text


@click.command()
@click.argument("files", nargs=-1, type=options.FILE)
@options.sound_options
@click.option("-o", "--output", type=options.FILE, help="Write a bundle (.meeting.json).")
@options.as_json
def transcribe(files: tuple[Path, ...], output: Path | None, as_json: bool, **asked: Any) -> None:
    """Write down what is said in FILE; with --them, FILE is your own side of the call.

    Prints the transcript, or the bundle with --json, or writes the bundle with -o. Nothing is
    stored in the library: `granola-like import` does that.
    """
    from granola_like.exchange.bundle import to_json, write_bundle

    options.check_output(output)
    app = options.open_app()
    bundle = work(app.transcribe(options.call_of(files, **asked)))
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
