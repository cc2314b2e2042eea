"""Makes the finished recording out of a folder: after a stop and after a crash alike."""

import json
import logging
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import filelock

from granola_like.audio.assemble import Assembled, assemble, to_ms
from granola_like.audio.channel_files import ChannelFiles, read_channel
from granola_like.audio.journal import read_journal
from granola_like.audio.timeline import Stretch, reason_of, stretches
from granola_like.domain.note import NoteLine
from granola_like.domain.receipt import ChannelReceipt, Receipt
from granola_like.domain.recording import Channel, Gap, Recording, Track
from granola_like.errors import SoundError
from granola_like.jobs import Job
from granola_like.record.folder import RecordingFolder, end_of, open_folder, write_whole
from granola_like.record.notes import read_notes

logger = logging.getLogger(__name__)

CHANNELS: tuple[Channel, ...] = get_args(Channel)
SMALL_GAP_MS = 20
"""Holes shorter than this are inaudible and not told."""
START_SECONDS = 60.0
"""So long a recorder may take to begin writing into its folder."""
LATE_START_MS = 1000
"""A channel may begin this much after the other without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedRecording:
    """A recording that is complete: what the library takes over.

    `folder.path / track.file` is 48 kHz mono 16-bit FLAC whose position is the meeting clock.
    """

    folder: RecordingFolder
    recording: Recording
    receipt: Receipt
    notes: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    files: ChannelFiles
    parts: tuple[Stretch, ...]


def finish(folder: RecordingFolder, *, recovered: bool = False) -> Job[FinishedRecording]:
    """Join, place and check the tracks; then the segments are removed, for the tracks hold them.

    May be closed or killed at any time and run again. A finished folder is only read. Raises
    SoundError when the folder is still being written to, holds no sound, or cannot be completed;
    then it is as it was.
    """
    if folder.is_finished():
        return load_finished(folder)
    lock = filelock.FileLock(folder.path / "recorder.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)  # so nobody else records into it, or finishes it, meanwhile
    except filelock.Timeout as error:
        raise SoundError("This recording is still running.", hint="Stop it first.") from error
    try:
        return (yield from _finished(folder, recovered=recovered))
    finally:
        lock.release()


def _finished(folder: RecordingFolder, *, recovered: bool) -> Job[FinishedRecording]:
    placed = _placed(folder.path)
    if not any(one.parts for one in placed):
        raise SoundError(
            "No sound was recorded.",
            hint="`granola-like doctor` tries both channels and says what to do.",
        )
    origin = _origin(folder.path, placed)
    made: dict[Channel, Assembled] = {}
    for one in placed:
        if one.parts:
            channel = one.files.channel
            to = folder.path / f"{channel}.flac"
            made[channel] = yield from assemble(folder.path, one.parts, to=to, origin=origin)
    end_ms = max(to_ms(track.frames / 48_000) for track in made.values())
    gaps = tuple(gap for one in placed for gap in _gaps(one, origin, end_ms))
    recording = Recording(
        tracks=tuple(Track(c, t.file.name, to_ms(t.frames / 48_000)) for c, t in made.items()),
        gaps=gaps,
    )
    receipt = Receipt(
        started_at=folder.started_at,
        duration_ms=end_ms,
        channels=tuple(_channel_receipt(one, made, _headsets(folder.path)) for one in placed),
        gaps=gaps,
        ended=end_of(folder) or "the recorder was interrupted",
        recovered=recovered,
    )
    _write_finished(folder.path, recording, receipt)
    _remove_segments(folder.path, placed)
    logger.info("finished a recording of %d s, %d gaps", end_ms // 1000, len(gaps))
    return FinishedRecording(
        folder=folder, recording=recording, receipt=receipt, notes=read_notes(folder.path)
    )


def load_finished(folder: RecordingFolder) -> FinishedRecording:
    """Read a finished recording. Raises SoundError when `finished.json` cannot be understood."""
    try:
        facts = json.loads((folder.path / "finished.json").read_text("utf-8"))
        gaps = tuple(Gap(**gap) for gap in facts["gaps"])
        receipt = facts["receipt"]
        return FinishedRecording(
            folder=folder,
            recording=Recording(tuple(Track(**t) for t in facts["tracks"]), gaps),
            receipt=Receipt(
                started_at=datetime.fromisoformat(receipt["started_at"]),
                duration_ms=receipt["duration_ms"],
                channels=tuple(ChannelReceipt(**c) for c in receipt["channels"]),
                gaps=gaps,
                ended=receipt["ended"],
                recovered=receipt["recovered"],
            ),
            notes=read_notes(folder.path),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SoundError(
            f"The finished recording in {folder.path} could not be read.",
            hint="Its tracks me.flac and them.flac can be imported as files.",
        ) from error


def leftovers(inside: Path) -> tuple[RecordingFolder, ...]:
    """Find what crashes left behind: nobody is writing it and nobody has stored it; oldest first.

    Finished but not yet stored ones are among them: `finish` gives them at once. The folder of a
    recording that never began, with neither sound nor a typed line, is removed.
    """
    found = []
    for file in sorted(inside.glob("*/recording.json")):
        try:
            folder = open_folder(file.parent)
        except SoundError:
            logger.warning("a recording's folder could not be read")
            continue
        if folder.is_running():
            continue
        if _never_began(folder.path):
            shutil.rmtree(folder.path, ignore_errors=True)
        else:
            found.append(folder)
    return tuple(found)


def _never_began(path: Path) -> bool:
    """Whether it is empty, and old enough that no recorder is about to write into it."""
    age = time.time() - (path / "recording.json").stat().st_mtime
    has_sound = any(any(path.glob(f"{channel}*.[wf]*")) for channel in CHANNELS)
    return age > START_SECONDS and not has_sound and not read_notes(path)


def _placed(path: Path) -> tuple[_Placed, ...]:
    """Read both channels on one clock: that of the run which began first."""
    files = [read_channel(path, channel) for channel in CHANNELS]
    runs = [one.first for one in files if one.first is not None]
    if runs:
        first = min(runs, key=lambda run: run.wall)
        files = [read_channel(path, channel, first=first) for channel in CHANNELS]
    return tuple(_Placed(one, stretches(one.segments)) for one in files)


def _origin(path: Path, placed: Sequence[_Placed]) -> float:
    """Find the meeting clock's zero: where the sound begins, unless its beginning was taken off."""
    begins = min(part.start for one in placed for part in one.parts)
    first = next((one.files.first for one in placed if one.files.first), None)
    for fact in read_journal(path / "events.jsonl"):
        if fact["e"] == "origin" and first is not None and fact.get("boot_id") == first.boot_id:
            told = fact.get("boot")
            if isinstance(told, float) and begins - told > LATE_START_MS / 1000:
                return told
    return begins


def _gaps(one: _Placed, origin: float, end_ms: int) -> Iterator[Gap]:
    """All holes of a channel in their order, those taken off the record included."""
    found = []
    reached, smallest = 0, LATE_START_MS
    for part in one.parts:
        start = to_ms(part.start - origin)
        if start - reached >= smallest:
            found.append(Gap(one.files.channel, reached, start, reason_of(part.after)))
        found += _blank_gaps(one, part, origin)
        reached, smallest = to_ms(part.end - origin), SMALL_GAP_MS
    if one.parts and end_ms - reached >= LATE_START_MS:
        reason = "this channel delivered nothing more"
        if any(to_ms(end - origin) > reached for _, end in one.files.drops):
            reason = "off the record"
        found.append(Gap(one.files.channel, reached, end_ms, reason))
    yield from sorted(found, key=lambda gap: gap.start_ms)


def _blank_gaps(one: _Placed, part: Stretch, origin: float) -> Iterator[Gap]:
    """The places of a stretch where silence stands for sound that must not be kept, joined."""
    at = 0
    spans: list[tuple[int, int, str]] = []
    for segment in part.segments:
        for blank in one.files.blanks:
            if blank.file != segment.file or blank.start >= segment.frames:
                continue
            start, end = at + blank.start, at + min(blank.end, segment.frames)
            if spans and spans[-1][1] >= start and spans[-1][2] == blank.why:
                spans[-1] = (spans[-1][0], end, blank.why)
            else:
                spans.append((start, end, blank.why))
        at += segment.frames
    rate = part.segments[0].rate * (1 + part.ppm * 1e-6)
    for start, end, why in spans:
        begin, stop = (to_ms(part.start - origin + f / rate) for f in (start, end))
        if stop - begin >= SMALL_GAP_MS:
            yield Gap(one.files.channel, begin, stop, why)


def _headsets(path: Path) -> frozenset[str]:
    """Which channels were a headset all the time, as far as the recorder could tell."""
    told: dict[str, bool] = {}
    for fact in read_journal(path / "events.jsonl"):
        if fact["e"] == "device":
            channel = str(fact.get("channel"))
            told[channel] = told.get(channel, True) and fact.get("headset") is True
    return frozenset(channel for channel, always in told.items() if always)


def _channel_receipt(
    one: _Placed, made: dict[Channel, Assembled], headsets: frozenset[str]
) -> ChannelReceipt:
    channel = one.files.channel
    track = made.get(channel)
    longest = max(one.parts, key=lambda part: part.frames, default=None)
    return ChannelReceipt(
        channel=channel,
        recorded_ms=to_ms(track.recorded / 48_000) if track else 0,
        heard_ms=track.heard_ms if track else 0,
        drift_ppm=round(longest.ppm, 1) if longest else 0.0,
        headset=channel in headsets,
    )


def _write_finished(path: Path, recording: Recording, receipt: Receipt) -> None:
    told: dict[str, Any] = asdict(receipt)
    told["started_at"] = receipt.started_at.isoformat()
    del told["gaps"]
    facts = {
        "format": 1,
        "tracks": [asdict(track) for track in recording.tracks],
        "gaps": [asdict(gap) for gap in recording.gaps],
        "receipt": told,
    }
    try:
        write_whole(path / "finished.json", json.dumps(facts))
    except OSError as error:
        raise SoundError(
            "The recording's account could not be written.",
            hint="Make room on the disk; the recording is kept and finished at the next start.",
        ) from error


def _remove_segments(path: Path, placed: Sequence[_Placed]) -> None:
    for one in placed:
        for file in path.glob(f"{one.files.channel}-?????.*"):
            file.unlink(missing_ok=True)
