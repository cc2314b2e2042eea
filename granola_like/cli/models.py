"""`granola-like models`: which models there are, and which are on this machine."""

import click
from rich.table import Table
from rich.text import Text

from granola_like import paths
from granola_like.cli import options
from granola_like.cli.show import INK, PENCIL, console, print_json
from granola_like_models.catalogue import catalogue


@click.group()
def models() -> None:
    """See which models there are, and which are on this machine."""


@models.command("list")
@options.as_json
def list_(as_json: bool) -> None:
    """List the models we know, and the ones in your folder of models."""
    from granola_like.engines.found import installed

    folder = paths.models_dir()
    here = {
        found.name: found
        for kind in ("speech", "embedding", "language")
        for found in installed(kind, folder)
    }
    known = {model.name: model for model in catalogue()}
    rows = [
        {
            "name": model.name,
            "kind": model.kind,
            "megabytes": model.megabytes,
            "memory_megabytes": model.memory_megabytes,
            "languages": list(model.languages),
            "licence": model.licence,
            "on_this_machine": model.name in here,
            "purpose": model.purpose,
        }
        for model in known.values()
    ]
    if as_json:
        print_json(
            {"folder": str(folder), "models": rows, "others": sorted(set(here) - set(known))}
        )
        return
    out = console()
    table = Table(box=None, pad_edge=False, header_style=PENCIL)
    for heading in ("", "name", "kind", "MB", "for"):
        table.add_column(heading, justify="right" if heading == "MB" else "left")
    for row in rows:
        table.add_row(
            "✓" if row["on_this_machine"] else "",
            Text(str(row["name"]), style=INK if row["on_this_machine"] else ""),
            str(row["kind"]),
            str(row["megabytes"]),
            Text(str(row["purpose"]), style=PENCIL),
        )
    for name in sorted(set(here) - set(known)):
        table.add_row("✓", Text(name, style=INK), here[name].kind, "", "your own")
    out.print(table)
    out.print(
        Text(
            "\n✓ is on this machine. Put a speech model's folder into "
            f"{folder / 'speech'}, and GGUF files into {folder / 'embedding'}.",
            style=PENCIL,
        )
    )
