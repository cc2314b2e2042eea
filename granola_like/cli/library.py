"""`list`, `show`, `search`, `delete`, `restore`: what is in the library."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from granola_like.cli import options
from granola_like.cli.show import AMBER, INK, PENCIL, console, print_json, print_note
from granola_like.domain.bundle import Bundle
from granola_like.domain.search import HitKind
from granola_like.domain.times import clock
from granola_like.exchange.cleaning import without_controls

if TYPE_CHECKING:
    from granola_like.library import MeetingRow


@click.command("list")
@click.option("--limit", type=click.IntRange(1), default=50, help="How many, newest first.")
@click.option("--trash", is_flag=True, help="Those that were deleted.")
@options.as_json
def list_(limit: int, trash: bool, as_json: bool) -> None:
    """List the meetings, newest first."""
    app = options.open_app()
    rows = app.library.meetings(trash=trash, limit=limit)
    if as_json:
        print_json([_facts(row) for row in rows])
        return
    out = console()
    if not rows:
        out.print("No meetings yet. `granola-like demo` makes one, `import FILE` brings one in.")
        return
    table = Table(box=None, pad_edge=False, header_style=PENCIL)
    for heading in ("id", "when", "min", "title", "people"):
        table.add_column(heading, justify="right" if heading == "min" else "left")
    for row in rows:
        meeting = row.meeting
        table.add_row(
            meeting.id,
            f"{meeting.started_at:%Y-%m-%d %H:%M}",
            str(max(1, round(meeting.duration_ms / 60_000))),
            Text(meeting.title, style=INK),
            Text(", ".join(person.name for person in meeting.people), style=PENCIL),
        )
    out.print(table)


@click.command()
@click.argument("meeting")
@click.option("--transcript", is_flag=True, help="Show what was said, too.")
@options.as_json
def show(meeting: str, transcript: bool, as_json: bool) -> None:
    """Show MEETING (an id, the beginning of one, or a title)."""
    app = options.open_app()
    bundle = options.bundle_of(app, meeting)
    if as_json:
        from granola_like.exchange.bundle import to_json

        click.echo(to_json(bundle))
        return
    from granola_like.app.editing import edited

    out = console()
    bundle, conflicts = edited(app.library, bundle)
    if bundle.enhanced is not None:
        print_note(bundle, bundle.enhanced, to=out)
    else:
        out.print(Text(bundle.meeting.title, style=INK))
        for line in bundle.notes:
            out.print(Text("  " * line.indent + line.text, style=INK))
    if conflicts:
        out.print(Text(f"\n⚠ {len(conflicts)} of your edits do not fit this version.", style=AMBER))
    if transcript or (bundle.enhanced is None and not bundle.notes):
        _print_transcript(bundle)


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["title", "note", "point", "utterance"]),
    help="Only there; may be repeated.",
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, help="How many, best first.")
@options.as_json
def search(query: tuple[str, ...], kinds: tuple[HitKind, ...], limit: int, as_json: bool) -> None:
    """Find QUERY in titles, typed lines, points and what was said."""
    app = options.open_app()
    every: tuple[HitKind, ...] = ("title", "note", "point", "utterance")
    hits = app.library.search(" ".join(query), kinds=frozenset(kinds or every), limit=limit)
    if as_json:
        print_json([asdict(hit) for hit in hits])
        return
    out = console()
    if not hits:
        out.print("Nothing was found.")
    for hit in hits:
        where = "" if hit.start_ms is None else f"  ▸ {clock(hit.start_ms)}"
        out.print(Text.assemble((hit.title, INK), (f"  {hit.kind}{where}  {hit.meeting}", PENCIL)))
        out.print(Text("  " + without_controls(hit.text)))


@click.command()
@click.argument("meeting")
def delete(meeting: str) -> None:
    """Put MEETING into the trash; `restore` takes it out again."""
    app = options.open_app()
    found = app.library.find(meeting)
    app.library.delete(found)
    console().print(f"In the trash. `granola-like restore {found}` takes it out again.")


@click.command()
@click.argument("meeting")
def restore(meeting: str) -> None:
    """Take MEETING out of the trash (`list --trash` shows what is in it)."""
    app = options.open_app()
    app.library.restore(app.library.find(meeting, trash=True))
    console().print("Restored.")


def _facts(row: "MeetingRow") -> dict[str, Any]:
    meeting = row.meeting
    return {
        "id": meeting.id,
        "title": meeting.title,
        "started_at": meeting.started_at.isoformat(),
        "duration_ms": meeting.duration_ms,
        "language": meeting.language,
        "people": [person.name for person in meeting.people],
        "folder": meeting.folder,
        "has_sound": row.has_sound,
        "notes": row.notes,
        "transcripts": row.transcripts,
        "enhanced": row.enhanced,
    }


def _print_transcript(bundle: Bundle) -> None:
    out = console()
    out.print()
    for said in bundle.transcript:
        who = said.speaker or ("me" if said.channel == "me" else "them")
        lead = without_controls(f"{clock(said.start_ms):>7}  {who}: ")
        out.print(Text.assemble((lead, PENCIL), without_controls(said.text)))
