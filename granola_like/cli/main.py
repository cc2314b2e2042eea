"""The entry point: finds the command, runs it, turns errors into a sentence and an exit code.

Commands are imported when they are called, so that `--help` and completion are quick.
"""

import importlib
import multiprocessing
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any, NoReturn

import click

from granola_like.errors import GranolaError

COMMANDS = {
    "app": "granola_like.cli.window:window",
    "demo": "granola_like.cli.demo:demo",
    "record": "granola_like.cli.record:record",
    "watch": "granola_like.cli.watch:watch",
    "devices": "granola_like.cli.devices:devices",
    "transcribe": "granola_like.cli.transcribe:transcribe",
    "enhance": "granola_like.cli.enhance:enhance",
    "edit": "granola_like.cli.edit:edit",
    "style": "granola_like.cli.edit:style",
    "correct": "granola_like.cli.wording:correct",
    "rename": "granola_like.cli.wording:rename",
    "corrections": "granola_like.cli.wording:corrections",
    "align": "granola_like.cli.enhance:align",
    "guard": "granola_like.cli.enhance:guard",
    "import": "granola_like.cli.exchange:import_",
    "export": "granola_like.cli.exchange:export",
    "list": "granola_like.cli.library:list_",
    "show": "granola_like.cli.library:show",
    "search": "granola_like.cli.library:search",
    "delete": "granola_like.cli.library:delete",
    "restore": "granola_like.cli.library:restore",
    "templates": "granola_like.cli.templates:templates",
    "models": "granola_like.cli.models:models",
    "doctor": "granola_like.cli.doctor:doctor",
}
"""In the order in which `--help` shows them."""

HIDDEN = {"recorder-process": "granola_like.cli.recorder_process:recorder_process"}
"""What the program calls itself with; no person needs them."""

INTERRUPTED = 130


class Commands(click.Group):
    """Imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of a meeting's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        place = COMMANDS.get(cmd_name) or HIDDEN.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="granola-like", prog_name="granola-like")
def commands() -> None:
    """Fill in what your few typed words meant, from what was said, on this machine."""


def main() -> NoReturn:
    """Run the command line: exit code 0, 1 for an error with a sentence, 2 for wrong usage."""
    code: object
    try:
        # A frozen program starts its child processes through this same entry point.
        multiprocessing.freeze_support()
        # Meetings are nobody else's: what we make may be read by this user alone.
        os.umask(0o077)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _note_the_wish)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                # A terminal that cannot show an arrow gets a question mark, not a traceback. A
                # pipe or file gets every letter, whatever the system's old code page is.
                encoding = None if stream.isatty() else "utf-8"
                stream.reconfigure(encoding=encoding, errors="replace")
        code = commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except GranolaError as error:
        click.echo(f"{error} {error.hint}", err=True)
        code = 1
    except (click.Abort, KeyboardInterrupt):
        code = _stopped()
    except BrokenPipeError:
        # The reader of a pipe has gone; Python would complain once more while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except Exception as error:  # noqa: BLE001 - the last resort: say so, and log where
        code = _unexpected(error)
    sys.exit(code if isinstance(code, int) else 0)


_wish_to_stop = threading.Event()


def _note_the_wish(number: int, frame: FrameType | None) -> None:
    _wish_to_stop.set()
    signal.default_int_handler(number, frame)


def _stopped() -> int:
    click.echo("Stopped. Nothing was left half-written.", err=True)
    return INTERRUPTED


def _unexpected(error: Exception) -> int:
    # A library in C that is being imported turns Ctrl-C into its own ImportError.
    if isinstance(error, ImportError) and _wish_to_stop.is_set():
        return _stopped()
    if os.environ.get("GRANOLA_LIKE_DEBUG"):
        raise error
    from granola_like.cli.log import log_crash

    where: Any = log_crash(error)
    click.echo(
        f"Something went wrong inside granola_like ({type(error).__name__}). Nothing stored was "
        f"changed half-way. {where} has the details, without any words of your meetings.",
        err=True,
    )
    return 1
