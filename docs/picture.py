"""Draw docs/demo.svg, the picture in the README: `python docs/picture.py` (in the environment)."""

import io
import os
import re
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

from granola_like.app import App
from granola_like.cli.demo import show_sample, take_in_sample
from granola_like.paths import HOME_VARIABLE

DOCS = Path(__file__).parent


def main() -> None:
    """Run the demo in a home of its own, and draw what it shows."""
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        app = App()
        bundle = take_in_sample(app)
        app.close()
    console = Console(record=True, width=86, file=io.StringIO(), force_terminal=True)
    show_sample(bundle, to=console)
    drawn = console.export_svg(title="granola-like demo", theme=DIMMED_MONOKAI)
    # The picture asks no other machine for a font.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    (DOCS / "demo.svg").write_text(drawn, "utf-8")


if __name__ == "__main__":  # the engine's process imports this file again
    main()
