"""`edit` and `style`: change a note, and see what was learned from it."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import click
from rich.text import Text

from granola_like.cli import options
from granola_like.cli.show import AMBER, INK, PENCIL, console, print_json
from granola_like.domain.edits import (
    Accept,
    Change,
    Drop,
    Insert,
    Reassign,
    Rekind,
    Reschedule,
    Reword,
)
from granola_like.domain.enhanced import WRITTEN
from granola_like.errors import NotFound

if TYPE_CHECKING:
    from granola_like.app import App


@click.command()
@click.argument("meeting")
@click.argument("block", required=False)
@click.option("--text", help="It says this instead; without BLOCK, a new line on top.")
@click.option("--accept", is_flag=True, help="It is right as it stands.")
@click.option("--drop", is_flag=True, help="Leave it out.")
@click.option("--owner", help="Who has it to do; an empty name takes the owner away.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="When it is due.")
@click.option("--kind", type=click.Choice(sorted(WRITTEN)), help="What it is.")
@click.option("--undo", help="Take an edit away, by its id.")
@options.as_json
def edit(
    *,
    meeting: str,
    block: str | None,
    undo: str | None,
    as_json: bool,
    text: str | None,
    accept: bool,
    drop: bool,
    owner: str | None,
    due: datetime | None,
    kind: str | None,
) -> None:
    """Change BLOCK of MEETING's note; without a change, list blocks and edits.

    Your edits are kept apart from the machine's text and put onto every later version.
    """
    from granola_like.app import editing

    app = options.open_app()
    found = app.library.find(meeting)
    changes = _changes(text, accept=accept, drop=drop, owner=owner, due=due, kind=kind, on=block)
    if undo:
        editing.undo_edit(app.library, found, undo)
    for change in changes:
        try:
            editing.edit(app.library, found, change, block=block)
        except ValueError as error:
            raise click.UsageError(f"{error}.") from error
    if not (changes or undo):
        _list(app, found, as_json=as_json)


@click.command()
@click.argument("template", default="general")
@click.option("--off", help="Switch a rule off, by its kind.")
@click.option("--on", "switch_on", help="Switch it on again.")
@options.as_json
def style(template: str, off: str | None, switch_on: str | None, as_json: bool) -> None:
    """Show what was learned from your edits for notes of TEMPLATE."""
    from granola_like.enhance.style_rules import told

    app = options.open_app()
    rules = app.library.style_rules(template)
    if wanted := off or switch_on:
        if wanted not in {rule.kind for rule in rules}:
            raise NotFound(
                f"There is no rule “{wanted}” for {template}.",
                hint=f"`granola-like style {template}` lists them.",
            )
        rules = tuple(
            replace(rule, is_on=off is None) if rule.kind == wanted else rule for rule in rules
        )
        app.library.save_style_rules(template, rules)
    facts = [
        {
            "kind": rule.kind,
            "choice": rule.choice,
            "is_on": rule.is_on,
            "edits": len(rule.sources),
            "told": told(rule),
        }
        for rule in rules
    ]
    if as_json:
        print_json(facts)
        return
    out = console()
    if not rules:
        out.print("Nothing yet: three edits that agree make a rule.")
    for rule in rules:
        mark = ("✓ ", "green") if rule.is_on else ("  off ", PENCIL)
        seen = (f"  from {len(rule.sources)} edits", PENCIL)
        out.print(Text.assemble(mark, (rule.kind, INK), ": ", told(rule), seen))


def _changes(
    text: str | None,
    *,
    accept: bool,
    drop: bool,
    owner: str | None,
    due: datetime | None,
    kind: str | None,
    on: str | None,
) -> list[Change]:
    made: list[Change] = []
    if text is not None:
        made.append(Reword(text) if on else Insert(text, after=None))
    if accept:
        made.append(Accept())
    if drop:
        made.append(Drop())
    if owner is not None:
        made.append(Reassign(owner or None))
    if due is not None:
        made.append(Reschedule(due.date()))
    if kind is not None:
        made += [Rekind(one) for one in sorted(WRITTEN) if one == kind]
    if on is None and any(not isinstance(change, Insert) for change in made):
        raise click.UsageError("Name the BLOCK to change.")
    return made


def _list(app: "App", meeting: str, *, as_json: bool) -> None:
    from granola_like.app import editing

    bundle = app.library.load(meeting)
    blocks = bundle.enhanced.blocks if bundle.enhanced else ()
    _, conflicts = editing.edited(app.library, bundle)
    clashes = {conflict.edit.id: conflict.clash for conflict in conflicts}
    edits = [
        {
            "id": one.id,
            "block": one.on.id if one.on else None,
            "change": type(one.change).__name__.lower(),
            "made_at": one.made_at.isoformat(),
            "conflict": clashes.get(one.id),
        }
        for one in bundle.edits
    ]
    if as_json:
        listed = [{"id": one.id, "kind": one.kind, "text": one.text} for one in blocks]
        print_json({"blocks": listed, "edits": edits})
        return
    out = console()
    for block in blocks:
        if block.kind in WRITTEN:
            out.print(Text.assemble((f"{block.id}  ", PENCIL), block.text))
    for edit in edits:
        doubt = f"  ⚠ {edit['conflict']}" if edit["conflict"] else ""
        told = f"{edit['id']}  {edit['change']}  {edit['block'] or 'a line of yours'}"
        out.print(Text.assemble((told, INK), (doubt, AMBER)))
