"""`granola-like templates`: the shapes that a note can have."""

import click
from rich.table import Table
from rich.text import Text

from granola_like import paths
from granola_like.cli import options
from granola_like.cli.show import INK, PENCIL, console, print_json


@click.command()
@options.as_json
def templates(as_json: bool) -> None:
    """List the shapes that a note can have: ours, and your own."""
    app = options.open_app()
    rows = [
        {
            "id": template.id,
            "title": template.titles["en"],
            "sections": [section.headings["en"] for section in template.sections],
        }
        for template in app.templates()
    ]
    if as_json:
        print_json({"folder": str(paths.templates_dir()), "templates": rows})
        return
    table = Table(box=None, pad_edge=False, header_style=PENCIL)
    for heading in ("id", "for", "sections"):
        table.add_column(heading)
    for row in rows:
        sections = Text(", ".join(row["sections"]), style=PENCIL)
        table.add_row(Text(str(row["id"]), style=INK), str(row["title"]), sections)
    out = console()
    out.print(table)
    out.print(Text(f"\nYour own: TOML files in {paths.templates_dir()}.", style=PENCIL))
