"""`granola-like demo`: the whole way of a meeting, on a call that comes with the product."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from granola_like import paths
from granola_like.cli import options
from granola_like.cli.show import AMBER, INK, PENCIL, console, print_note, work
from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Person
from granola_like.domain.note import NoteLine
from granola_like_models.catalogue import BUNDLED_SPEECH
from granola_like_models.sample import sample_call

if TYPE_CHECKING:
    from granola_like.app import App, Call

MEETING = "demo"


@click.command()
@options.as_json
def demo(as_json: bool) -> None:
    """Hear a sample call, fill in its typed lines, store it, and show the note."""
    app = options.open_app()
    if as_json:
        from granola_like.exchange.bundle import to_json

        click.echo(to_json(take_in_sample(app)))
        return
    out = console()
    typed = " · ".join(line.text for line in sample_call().notes)
    out.print(Text.assemble("Two channels of sound and a few typed words:  ", (typed, INK)))
    bundle = take_in_sample(app)
    out.print()
    show_sample(bundle, to=out)
    out.print()
    _tell_the_rest(app, out)


def take_in_sample(app: "App") -> Bundle:
    """Go the whole way of a meeting with the sample call, and give what the library holds then."""
    app.settings = app.settings.model_copy(update={"my_name": sample_call().people["me"]})
    return app.library.load(work(app.take_in(_call())))


def show_sample(bundle: Bundle, *, to: Console) -> None:
    """Show the sample's note."""
    if bundle.enhanced is not None:
        print_note(bundle, bundle.enhanced, to=to)


def _call() -> "Call":
    from granola_like.app import Call
    from granola_like.audio.decode import Source

    sample = sample_call()
    return Call(
        tracks={channel: Source(file) for channel, file in sample.tracks.items()},
        title=sample.title,
        started_at=datetime.fromisoformat(sample.started_at),
        people=tuple(Person(name) for name in sample.people.values()),
        glossary=sample.glossary,
        notes=tuple(NoteLine(**asdict(line)) for line in sample.notes),
        speech_model=BUNDLED_SPEECH,
        language=sample.language,
        meeting=MEETING,
    )


def _tell_the_rest(app: "App", out: Console) -> None:
    out.print(
        Text.assemble(
            ("Bold", INK),
            " is what was typed, ",
            ("grey", PENCIL),
            " what the machine wrote from what was said;\n▸ is the moment it rests on, ",
            ("⚠", AMBER),
            " marks what its source does not bear out.\n\n",
            ("Stored in  ", PENCIL),
            f"{paths.library_file()}\n",
            ("its sound  ", PENCIL),
            f"{app.sound_of(MEETING)}\n",
            ("next       ", PENCIL),
            "granola-like show demo --transcript\n",
            "           granola-like search discount\n",
            "           granola-like export demo -o demo.md\n",
            "           granola-like import me.wav --them them.wav --notes notes.txt\n\n",
            (
                "The bundled speech model knows synthetic voices only. For people,\n"
                "`granola-like models list` names models such as small and large-v3-turbo.",
                AMBER,
            ),
        )
    )
