"""`granola-like models`: see them, get them, check them, and let them go."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from granola_like import paths
from granola_like.cli import options
from granola_like.cli.log import open_log
from granola_like.cli.show import AMBER, INK, PENCIL, console, print_json, work

if TYPE_CHECKING:
    from granola_like.model_store.listing import Entry, Listing
    from granola_like.model_store.verify import Verified

_MARKS = {"shipped": "✓", "here": "✓", "partly": "…", "damaged": "✗", "absent": ""}
_WIDE = 120
"""Columns; in fewer there is no room for what each model is for."""
_ON_THIS_MACHINE = ("shipped", "here")


@click.group()
def models() -> None:
    """See which models there are, get them, check them, and let them go."""


@models.command("list")
@options.as_json
def list_(as_json: bool) -> None:
    """List models, and which suit this machine.

    The first time, its speed is measured for some seconds. Nothing is downloaded.
    """
    from granola_like.app import choose
    from granola_like.model_store.listing import list_models

    app = options.open_app()
    found = work(list_models(models_dir=paths.models_dir()))
    used = {"during": choose.live_model(app.settings), "after": choose.speech_model(app.settings)}
    if as_json:
        print_json({**_facts(found), "used": used})
    else:
        _print(found)
        _print_used(used)


@models.command()
@click.argument("name")
@click.option("--again", is_flag=True, help="Fetch it even though it is here.")
def download(name: str, again: bool) -> None:
    """Fetch the model NAME from the hub.

    Stopped, it goes on where it was. HF_ENDPOINT names a mirror, HF_TOKEN is sent to the hub if you
    set it, HTTPS_PROXY and SSL_CERT_FILE are heeded, and your system's certificates are trusted.
    """
    from granola_like.model_store.download import download as fetch
    from granola_like.model_store.pace import megabytes

    open_log()
    done = work(fetch(name, models_dir=paths.models_dir(), again=again))
    if done.was_here:
        click.echo(f"{done.name} is on this machine already: {done.path}")
    else:
        click.echo(f"{done.name} is here ({megabytes(done.bytes)} MB): {done.path}")


@models.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--name", help="What to call it; otherwise the file's or folder's own name.")
def add(source: Path, name: str | None) -> None:
    """Take in a model that you have.

    SOURCE is a GGUF file, or the folder of a Whisper in CTranslate2's format. It is copied.
    """
    from granola_like.model_store.add import add as take_in

    open_log()
    done = work(take_in(source, models_dir=paths.models_dir(), name=name))
    tried = "" if done.tried else " It was not tried: what runs such models is not installed."
    click.echo(f"{done.name} is here, a {done.kind} model: {done.path}.{tried}")


@models.command()
@click.argument("name", required=False)
@options.as_json
def verify(name: str | None, as_json: bool) -> None:
    """Check that models are whole and run.

    They are compared with what was stored, and loaded; all of them where there is no NAME.
    """
    from granola_like.model_store.verify import verify as check

    open_log()
    found = work(check(name, models_dir=paths.models_dir()))
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        for one in found:
            _print_verdict(one)
    if any(one.verdict == "damaged" for one in found):
        sys.exit(1)


@models.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Delete the model NAME.

    What came of an unfinished download of it goes too.
    """
    from granola_like.model_store.pace import megabytes
    from granola_like.model_store.remove import removable
    from granola_like.model_store.remove import remove as let_go

    open_log()
    going = removable(name, models_dir=paths.models_dir())
    size = f"{megabytes(going.bytes)} MB"
    if not yes:
        click.confirm(f"Delete {going.name} ({size})?", abort=True, err=True)
    let_go(name, models_dir=paths.models_dir())
    click.echo(f"{going.name} is gone; {size} are free again.")


def _facts(found: "Listing") -> dict[str, Any]:
    """What scripts get; it stays as it is."""
    rows = [asdict(entry) for entry in found.entries]
    for row, entry in zip(rows, found.entries, strict=True):
        row["on_this_machine"] = entry.state in _ON_THIS_MACHINE
    return {
        "folder": str(found.folder),
        "machine": asdict(found.machine),
        "estimate": found.estimate,
        "suggestion": asdict(found.suggestion),
        "models": rows,
    }


def _print_used(used: dict[str, str]) -> None:
    """Say what the settings come to, and how to have it otherwise."""
    said = Text.assemble(
        "In use: ", (used["during"], INK), " during a call, ", (used["after"], INK), " after it. "
    )
    way = "The settings live_model and speech_model, or --model with a command, choose others."
    console().print(said.append(way, style=PENCIL))


def _print(found: "Listing") -> None:
    out = console()
    table = Table(box=None, pad_edge=False, header_style=PENCIL)
    headings = ["", "name", "kind", "MB", "memory", "speed", "languages", "licence", "for"]
    if out.width < _WIDE:
        headings.pop()
    for heading in headings:
        right = heading in ("MB", "memory", "speed")
        table.add_column(heading, justify="right" if right else "left", no_wrap=heading != "for")
    for entry in found.entries:
        table.add_row(*_row(entry)[: len(headings)])
    out.print(table)
    suggestion = found.suggestion
    said = Text.assemble("\nFor this machine: ", (suggestion.live, INK))
    if suggestion.after == suggestion.live:
        said.append(", during the call and after it. ")
    else:
        said.append(" during the call; better after it: ").append(suggestion.after, style=INK)
        said.append(". ")
    out.print(said.append(suggestion.because, style=PENCIL))
    out.print(
        Text(
            "\n✓ is on this machine, … came in part, ✗ is damaged. Speed: hours of speech heard in "
            f"an hour. {found.estimate} Memory with ~ is estimated. "
            "`granola-like models download NAME` gets one.",
            style=PENCIL,
        )
    )


def _row(entry: "Entry") -> tuple[Text | str, ...]:
    here = entry.state in _ON_THIS_MACHINE
    memory = entry.memory_megabytes
    about = "~" if entry.memory_is_estimated else ""
    speed = entry.hours_per_hour
    size = f"{entry.megabytes:,}"
    if entry.came_megabytes is not None:
        size = f"{entry.came_megabytes:,} of {size}"
    return (
        Text(_MARKS[entry.state], style=AMBER if entry.state == "damaged" else ""),
        Text(entry.name, style=INK if here else ""),
        entry.kind,
        size,
        "" if memory is None else f"{about}{memory:,}",
        "" if speed is None else f"~{speed:.0f}×" if speed >= 10 else f"~{speed:.1f}×",
        _languages(entry.languages),
        entry.licence or "",
        Text(entry.purpose, style=PENCIL),
    )


def _languages(codes: tuple[str, ...]) -> str:
    if "*" in codes:
        return "many"
    return ", ".join(codes) if len(codes) < 5 else str(len(codes))


def _print_verdict(one: "Verified") -> None:
    out = console()
    said = {
        "whole": "is as it was stored, and runs",
        "unrecorded": "runs; nobody recorded its hashes, so its bytes cannot be compared",
        "untried": "is as it was stored; what runs such models is not installed here",
        "damaged": f"is damaged: {one.problem}",
    }[one.verdict]
    bad = one.verdict == "damaged"
    mark = ("✗ ", "bold red") if bad else ("✓ ", "green")
    out.print(Text.assemble(mark, (one.name, INK), f" {said}"))
    if one.hint:
        out.print(Text(f"  {one.hint}", style=AMBER))
