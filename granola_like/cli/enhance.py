"""`enhance`, `align`, `guard`: typed lines and a transcript become a note with its sources."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from granola_like.cli import options
from granola_like.cli.languages import Language
from granola_like.cli.show import console, print_json, print_note, work
from granola_like.exchange.typed import read_notes

if TYPE_CHECKING:
    from granola_like.settings import WriterName


@click.command()
@click.argument("meeting")
@options.notes_file
@options.template
@click.option(
    "--writer",
    type=click.Choice(["extractive", "local", "endpoint"]),
    help="Who writes: extractive needs no model, local and endpoint ask a language model.",
)
@click.option("--note-language", type=Language(), help="Write the note in it, such as en or ru.")
@click.option("-o", "--output", type=options.FILE, help="Write the bundle with its note.")
@options.as_json
def enhance(
    *,
    meeting: str,
    notes: Path | None,
    template: str | None,
    writer: "WriterName | None",
    note_language: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Fill in what your lines meant, for MEETING (an id, a title, or a bundle's file).

    A meeting of the library keeps the note as a new version; a bundle stays as it is, and -o
    writes one with the note in it.
    """
    from granola_like.app import Writing
    from granola_like.exchange.bundle import enhanced_to_json, write_bundle

    options.check_output(output)
    app = options.open_app()
    typed = read_notes(notes) if notes else None
    writing = Writing(writer=writer, language=note_language)
    if options.is_bundle(meeting):
        bundle = options.bundle_of(app, meeting)
        bundle = replace(bundle, notes=bundle.notes if typed is None else typed)
        note = work(app.enhance(bundle, template=template, writing=writing))
        bundle = replace(bundle, enhanced=note)
    else:
        stored = app.library.find(meeting)
        if typed is not None:
            app.library.save_notes(stored, typed)
        note = work(app.enhance_stored(stored, template=template, writing=writing))
        bundle = app.library.load(stored)
    if output:
        write_bundle(bundle, to=output)
    if as_json:
        print_json(enhanced_to_json(note))
    else:
        print_note(bundle, note, to=console())


@click.command()
@click.argument("bundle")
@click.option("--top", type=click.IntRange(1, 50), default=8, help="How many utterances a line.")
@options.as_json
def align(bundle: str, top: int, as_json: bool) -> None:
    """Show what each typed line of BUNDLE (a file, or a stored meeting) rests on."""
    app = options.open_app()
    whole = options.bundle_of(app, bundle)
    found = app.align(whole, top=top)
    if as_json:
        print_json(
            [
                {
                    "note": line.id,
                    "evidence": [
                        {"utterance": one.utterance, "score": round(one.score, 4)}
                        for one in found.get(line.id, ())
                    ],
                }
                for line in whole.notes
            ]
        )
        return
    said = whole.transcript.by_id()
    out = console()
    for line in whole.notes:
        out.print(line.text, style="bold")
        for one in found.get(line.id, ()):
            out.print(f"  {one.score:.2f}  {said[one.utterance].text}")
        if not found.get(line.id):
            out.print("  nothing in the transcript", style="bright_black")


@click.command()
@click.argument("bundle")
@options.as_json
def guard(bundle: str, as_json: bool) -> None:
    """Check every written line of BUNDLE against the words that it points at."""
    app = options.open_app()
    whole = options.bundle_of(app, bundle)
    if whole.enhanced is None:
        raise click.UsageError(
            "This meeting has no enhanced note; `granola-like enhance` makes one."
        )
    checked = app.guard(whole)
    if as_json:
        print_json(
            [
                {
                    "block": block.id,
                    "finding": block.finding,
                    "details": [asdict(detail) for detail in block.details],
                }
                for block in checked.blocks
                if block.finding is not None
            ]
        )
    else:
        print_note(whole, checked, to=console())
