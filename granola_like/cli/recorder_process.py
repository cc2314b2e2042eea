"""`granola-like recorder-process`: the recorder of a program that is frozen into one file.

Such a program has no `python -m`, so it starts itself with this hidden command.
"""

import sys

import click


@click.command(
    "recorder-process",
    hidden=True,
    add_help_option=False,
    context_settings={"ignore_unknown_options": True},
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def recorder_process(words: tuple[str, ...]) -> None:
    """Record into a folder until told to stop, as `granola_like.record.process` does."""
    from granola_like.record.process import main

    sys.exit(main(list(words)))
