"""`granola-like demo`: the whole way of a meeting, on a call that comes with the product."""

from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from granola_like import paths
from granola_like.app import incoming
from granola_like.cli import options
from granola_like.cli.show import AMBER, INK, PENCIL, console, print_note, work
from granola_like.domain.bundle import Bundle
from granola_like_models.sample import sample_call

if TYPE_CHECKING:
    from granola_like.app import App


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
    return app.library.load(work(incoming.take_in_sample(app)))


def show_sample(bundle: Bundle, *, to: Console) -> None:
    """Show the sample's note."""
    if bundle.enhanced is not None:
        print_note(bundle, bundle.enhanced, to=to)


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
            f"{app.sound_of(incoming.SAMPLE)}\n",
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
