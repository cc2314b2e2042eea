"""`granola-like app`: the window."""

import subprocess
import sys
from importlib.util import find_spec

import click

from granola_like.errors import GranolaError


@click.command("app")
@click.option("--hidden", is_flag=True, help="Stay in the tray, as at the start of the computer.")
def window(hidden: bool) -> None:
    """Open the window.

    A second start brings the first one to the front.
    """
    if find_spec("granola_like_ui") is None or find_spec("PySide6") is None:
        raise GranolaError(
            "The window is not installed.",
            hint="`pip install 'granola-like[window]'` brings it; in a checkout, `make run`.",
        )
    # A process of its own: nothing of the command line weighs on it.
    sys.exit(
        subprocess.call(
            [sys.executable, "-m", "granola_like_ui", *(["--hidden"] if hidden else [])]
        )
    )
