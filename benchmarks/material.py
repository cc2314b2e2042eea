"""The real meetings that benchmarks measure on; they lie outside the repository."""

import gzip
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Transcript, Utterance, in_order

PLACE = Path(
    os.environ.get(
        "GRANOLA_LIKE_MATERIAL", Path(__file__).resolve().parents[2] / "shared" / "material"
    )
)


@dataclass(frozen=True, slots=True)
class Gold:
    """What people marked as the source of a note, and what they answered."""

    note: str
    evidence: frozenset[str]
    query: str
    answer: str


@dataclass(frozen=True, slots=True)
class Case:
    """A meeting with notes, and what people say belongs to each note."""

    bundle: Bundle
    gold: dict[str, Gold]
    domain: str


def need(path: str) -> Path:
    """Give the path of a piece of material, or say where to get it and stop."""
    found = PLACE / path
    if not found.exists():
        sys.exit(
            f"This benchmark needs {path}, which was not found. Put the material beside the "
            "checkout as shared/material, or name its folder in GRANOLA_LIKE_MATERIAL."
        )
    return found


def terse_notes(part: str) -> Iterator[Case]:
    """Read `train` or `val`: real meetings with terse notes and human evidence."""
    with gzip.open(need(f"terse_notes/{part}.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _case(json.loads(line))


def _case(raw: dict[str, Any]) -> Case:
    said = in_order(
        Utterance(
            id=one["id"],
            speaker=one["speaker"],
            start_ms=round(one["start"] * 1000),
            end_ms=round(one["end"] * 1000),
            text=one["text"],
        )
        for one in raw["utterances"]
    )
    speakers = sorted({one.speaker for one in said if one.speaker})
    notes = tuple(
        NoteLine(id=n["id"], text=n["text"], typed_at_ms=round(n["typed_at"] * 1000))
        for n in raw["notes"]
    )
    about = raw["meeting"]
    meeting = Meeting(
        id=about["id"],
        title=about["id"],
        started_at=datetime(2026, 3, 3, 10, tzinfo=UTC),
        duration_ms=round(about["duration"] * 1000),
        people=tuple(Person(name) for name in speakers),
    )
    gold = {
        g["note"]: Gold(g["note"], frozenset(g["evidence"]), g["query"], g["answer"])
        for g in raw["gold"]
    }
    transcript = Transcript(utterances=said, made_by="imported")
    bundle = Bundle(meeting=meeting, transcript=transcript, notes=notes)
    return Case(bundle, gold, about["domain"])
