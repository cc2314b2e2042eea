"""`correct`, `rename` and `corrections`: put right what was said, by whom, once and for later."""

from typing import TYPE_CHECKING, Any, Literal

import click
from rich.text import Text

from granola_like.cli import options
from granola_like.cli.show import AMBER, PENCIL, console, print_json
from granola_like.domain.times import clock
from granola_like.domain.transcript_edits import Reassign, Rename, Reword, TranscriptEdit
from granola_like.exchange.cleaning import without_controls

if TYPE_CHECKING:
    from granola_like.app import App


@click.command()
@click.argument("meeting")
@click.argument("utterance", required=False)
@click.option("--text", help="It says this instead; an empty text leaves it out.")
@click.option("--speaker", help="Who said it; an empty name: nobody knows.")
@click.option("--find", help="Replace these words wherever the meeting has them.")
@click.option("--put", help="What to put there, with --find.")
@click.option("--everywhere", is_flag=True, help="With --find: in all meetings, and learn it.")
@click.option("--undo", help="Take an edit away, by its id.")
@click.option("--keep-mine", help="End an edit's conflict with your words, by its id.")
@click.option("--keep-theirs", help="End it with what was heard now.")
@options.as_json
def correct(
    *,
    meeting: str,
    utterance: str | None,
    text: str | None,
    speaker: str | None,
    find: str | None,
    put: str | None,
    everywhere: bool,
    undo: str | None,
    keep_mine: str | None,
    keep_theirs: str | None,
    as_json: bool,
) -> None:
    """Correct what was said in MEETING; without a change, list utterances and edits.

    Your edits are kept apart from what was heard, and put onto every later transcript.
    """
    from granola_like.app import wording

    app = options.open_app()
    found = app.library.find(meeting)
    if (find is None) != (put is None) or (everywhere and find is None):
        raise click.UsageError("--find and --put go together.")
    if utterance is None and (text is not None or speaker is not None):
        raise click.UsageError("Name the UTTERANCE to change.")
    made: list[tuple[str, TranscriptEdit]] = []
    if undo:
        wording.undo(app, found, undo)
    if keep := keep_mine or keep_theirs:
        side: Literal["mine", "theirs"] = "mine" if keep_mine else "theirs"
        wording.settle(app, found, keep, side)
    if utterance is not None and text is not None:
        edit = wording.reword(app, found, utterance, text)
        made += [(found, edit)] if edit else []
    if utterance is not None and speaker is not None:
        given = wording.reassign(app, found, [utterance], speaker or None)
        made += [(found, edit) for edit in given]
    if find is not None and put is not None:
        replaced = wording.find_and_replace(app, found, find, put)
        made += [(found, edit) for edit in replaced]
        if everywhere:
            made += wording.correct(app, wording.same_mistake(app, find, put))
    changed = any(one is not None for one in (undo, keep, text, speaker, find))
    if changed:
        _tell_made(app, made, as_json=as_json)
    else:
        _list(app, found, as_json=as_json)


@click.command()
@click.argument("meeting")
@click.argument("old")
@click.argument("new")
@click.option("--everywhere", is_flag=True, help="In every meeting with a speaker called so.")
@options.as_json
def rename(*, meeting: str, old: str, new: str, everywhere: bool, as_json: bool) -> None:
    """Call the speaker OLD of MEETING by the name NEW, now and in every later transcript."""
    from granola_like.app import wording

    app = options.open_app()
    if not new.strip():
        raise click.UsageError("Give a NEW name.")
    made = wording.rename_speaker(app, app.library.find(meeting), old, new, everywhere=everywhere)
    _tell_made(app, list(made), as_json=as_json)


@click.command()
@click.argument("wrong", required=False)
@click.argument("right", required=False)
@click.option("--off", is_flag=True, help="Correct WRONG no more, and keep it in the list.")
@click.option("--on", "switch_on", is_flag=True, help="Correct it again.")
@click.option("--forget", is_flag=True, help="Remove it from the list.")
@options.as_json
def corrections(
    *,
    wrong: str | None,
    right: str | None,
    off: bool,
    switch_on: bool,
    forget: bool,
    as_json: bool,
) -> None:
    """List what future transcripts get corrected; with WRONG and RIGHT, learn it.

    It also lists where past meetings have WRONG; `correct --find --everywhere` mends them.
    """
    from granola_like.app import corrections as learned

    app = options.open_app()
    if wrong is None:
        _list_learned(app, as_json=as_json)
        return
    if off or switch_on:
        learned.switch(app, wrong, on=switch_on)
    elif forget:
        learned.forget(app, wrong)
    elif right is None:
        raise click.UsageError("Say what is RIGHT, or --off, --on or --forget.")
    else:
        taught = learned.teach(app, wrong, right, sure=True)
        places = learned.same_mistake(app, wrong, right)
        if as_json:
            print_json({"learned": taught, "places": [_place(place) for place in places]})
            return
        out = console()
        if not taught:
            told = "Not learned: numbers and ordinary words are right in most meetings."
            out.print(Text(told, style=AMBER))
        for place in places:
            where = f"{without_controls(place.title)}  {clock(place.start_ms)}  "
            out.print(Text.assemble((where, PENCIL), without_controls(place.mended)))


def _place(place: Any) -> dict[str, Any]:
    return {
        "meeting": place.meeting,
        "title": place.title,
        "utterance": place.utterance,
        "start_ms": place.start_ms,
        "text": place.text,
        "mended": place.mended,
    }


def _list_learned(app: "App", *, as_json: bool) -> None:
    from granola_like.app import corrections as learned

    known = learned.learned(app)
    if as_json:
        print_json(
            [
                {
                    "wrong": one.wrong,
                    "right": one.right,
                    "made_at": one.made_at.isoformat(),
                    "is_on": one.is_on,
                }
                for one in known
            ]
        )
        return
    out = console()
    if not known:
        out.print("Nothing yet: `granola-like corrections WRONG RIGHT` teaches a name.")
    for one in known:
        off = "" if one.is_on else "  off"
        out.print(Text.assemble(one.wrong, " → ", (one.right, "bold"), (off, PENCIL)))


def _tell_made(app: "App", made: list[tuple[str, TranscriptEdit]], *, as_json: bool) -> None:
    if as_json:
        print_json([{"meeting": meeting, **_facts(edit, None)} for meeting, edit in made])
        return
    from granola_like.app import corrections

    for meeting, edit in made:
        title = without_controls(app.library.load(meeting).meeting.title)
        told = f"{edit.id}  {title}  "
        console().print(Text.assemble((told, PENCIL), without_controls(_in_words(edit))))
        fix = corrections.taught_by(edit) if len(made) == 1 else None
        places = corrections.same_mistake(app, fix.wrong, fix.right) if fix else ()
        if fix and places:
            command = f"--find “{fix.wrong}” --put “{fix.right}” --everywhere"
            offer = f"The same words stand in {len(places)} more place(s): {command} mends them."
            console().print(Text(without_controls(offer), style=AMBER))


def _list(app: "App", meeting: str, *, as_json: bool) -> None:
    from granola_like.app import wording

    bundle = app.library.load(meeting)
    clashes = {one.edit.id: one for one in wording.conflicts(app, meeting)}
    edits = wording.edits(app, meeting)
    heard = wording.heard_otherwise(bundle)
    if as_json:
        facts: list[dict[str, Any]] = []
        for edit in edits:
            clash = clashes.get(edit.id)
            now = clash.now.text if clash and clash.now else None
            mine = clash.mine if clash else None
            facts.append({**_facts(edit, clash.clash if clash else None), "now": now, "mine": mine})
        print_json(
            {
                "utterances": [
                    {"id": one.id, "speaker": one.speaker, "start_ms": one.start_ms,
                     "text": one.text}
                    for one in bundle.transcript
                ],
                "edits": facts,
                "corrected": [
                    {"utterance": one.utterance, "word": one.word, "heard": one.heard,
                     "text": one.text}
                    for one in heard
                ],
            }
        )  # fmt: skip
        return
    out = console()
    for said in bundle.transcript:
        who = f"{said.id}  {clock(said.start_ms)}  {without_controls(said.speaker or '')}  "
        out.print(Text.assemble((who, PENCIL), without_controls(said.text)))
    for one in heard:
        told = f"{one.utterance}  heard “{one.heard}”, says “{one.text}”"
        out.print(Text(without_controls(told), style=PENCIL))
    for edit in edits:
        found = clashes.get(edit.id)
        doubt = f"  ⚠ {_CLASHES[found.clash]}" if found else ""
        out.print(Text.assemble((f"{edit.id}  ", PENCIL), without_controls(_in_words(edit)),
                                (doubt, AMBER)))  # fmt: skip


_CLASHES = {
    "gone": "nothing is said there now",
    "changed": "something else is heard there now",
}


def _facts(edit: TranscriptEdit, clash: str | None) -> dict[str, Any]:
    change = edit.change
    return {
        "id": edit.id,
        "change": type(change).__name__.lower(),
        "utterance": edit.on.id if edit.on else None,
        "was": edit.on.text if edit.on and isinstance(change, Reword) else None,
        "text": change.text if isinstance(change, Reword) else None,
        "speaker": _speaker(change),
        "lesson": _lesson(edit),
        "made_at": edit.made_at.isoformat(),
        "conflict": clash,
    }


def _lesson(edit: TranscriptEdit) -> dict[str, str] | None:
    from granola_like.app import corrections

    fix = corrections.taught_by(edit)
    return None if fix is None else {"wrong": fix.wrong, "right": fix.right}


def _speaker(change: Reword | Reassign | Rename) -> str | None:
    match change:
        case Reassign(speaker):
            return speaker
        case Rename(_, new):
            return new
        case Reword():
            return None


def _in_words(edit: TranscriptEdit) -> str:
    at = edit.on.id if edit.on else ""
    match edit.change:
        case Reword(text):
            return f"{at} says “{text}”" if text else f"{at} is left out"
        case Reassign(speaker):
            return f"{at} is said by {speaker or 'nobody known'}"
        case Rename(old, new):
            return f"{old or 'Nobody known'} is {new}"
