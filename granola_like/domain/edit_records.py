"""Edits and rules of style as plain data for a file or a database, and back, without loss."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from granola_like.domain.edits import (
    Accept,
    Change,
    Drop,
    Edit,
    Insert,
    Move,
    Reassign,
    Rekind,
    Reschedule,
    Reword,
    Tick,
)
from granola_like.domain.enhanced import Block, Detail, Evidence
from granola_like.domain.style import StyleRule

Record = dict[str, Any]
"""Only what JSON knows."""


def edit_record(edit: Edit) -> Record:
    """Write an edit down."""
    return {
        "id": edit.id,
        "made_at": edit.made_at.isoformat(),
        "on": _block_record(edit.on),
        **_change_record(edit.change),
    }


def edit_from(record: Record) -> Edit:
    """Read an edit. Raises ValueError or KeyError for what `edit_record` never wrote."""
    return Edit(
        id=record["id"],
        made_at=datetime.fromisoformat(record["made_at"]),
        change=_change_from(record),
        on=_block_from(record["on"]),
    )


def rule_record(rule: StyleRule) -> Record:
    """Write a rule down."""
    return {
        "template": rule.template,
        "kind": rule.kind,
        "choice": rule.choice,
        "words": rule.words,
        "sources": list(rule.sources),
        "against": rule.against,
        "is_on": rule.is_on,
    }


def rule_from(record: Record) -> StyleRule:
    """Read a rule. Raises ValueError or KeyError for what `rule_record` never wrote."""
    return StyleRule(**{**record, "sources": tuple(record["sources"])})


def _change_record(change: Change) -> Record:
    match change:
        case Reword(text):
            found: Record = {"text": text}
        case Reassign(owner):
            found = {"owner": owner}
        case Reschedule(due):
            found = {"due": None if due is None else due.isoformat()}
        case Rekind(kind):
            found = {"kind": kind}
        case Tick(is_done):
            found = {"done": is_done}
        case Move(after):
            found = {"after": _block_record(after)}
        case Insert(text, after, indent, kind):
            place = {"after": _block_record(after), "indent": indent}
            found = {"text": text, "kind": kind, **place}
        case Accept() | Drop():
            found = {}
    return {"do": type(change).__name__.lower(), **found}


def _change_from(record: Record) -> Change:
    if record["do"] not in _READERS:
        raise ValueError(f"there is no edit of the kind {record['do']!r}")
    return _READERS[record["do"]](record)


_READERS: dict[str, Callable[[Record], Change]] = {
    "reword": lambda record: Reword(record["text"]),
    "reassign": lambda record: Reassign(record["owner"]),
    "reschedule": lambda record: Reschedule(_day(record["due"])),
    "rekind": lambda record: Rekind(record["kind"]),
    "tick": lambda record: Tick(_truth(record["done"])),
    "move": lambda record: Move(_block_from(record["after"])),
    "insert": lambda record: Insert(
        record["text"], _block_from(record["after"]), record["indent"], record["kind"]
    ),
    "accept": lambda _: Accept(),
    "drop": lambda _: Drop(),
}


def _block_record(block: Block | None) -> Record | None:
    if block is None:
        return None
    return {
        "id": block.id,
        "kind": block.kind,
        "text": block.text,
        "note": block.note,
        "indent": block.indent,
        "evidence": [[one.utterance, one.from_word, one.to_word] for one in block.evidence],
        "finding": block.finding,
        "details": [[one.kind, one.in_point, one.in_source] for one in block.details],
        "owner": block.owner,
        "due": None if block.due is None else block.due.isoformat(),
        "writer": block.writer,
    }


def _block_from(record: Record | None) -> Block | None:
    if record is None:
        return None
    return Block(
        **{
            **record,
            "evidence": tuple(Evidence(*one) for one in record["evidence"]),
            "details": tuple(Detail(*one) for one in record["details"]),
            "due": _day(record["due"]),
        }
    )


def _truth(written: object) -> bool:
    if not isinstance(written, bool):
        raise ValueError(f"it is done or it is not, and not {written!r}")
    return written


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
