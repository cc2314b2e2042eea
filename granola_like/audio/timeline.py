"""Puts segments on one clock: where each began, where sound is missing, how fast a device ran.

Pure. The only evidence is when blocks arrived. A block is never early but may be late, so all that
counts is the lower edge of "arrival minus place in the sound". Its slope is the drift between the
device's clock and the computer's (Moon, Skelly, Towsley: "Estimation and removal of clock skew
from network delay measurements", INFOCOM 1999: the edge of the convex hull below the mean time).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

HOLE_SECONDS = 0.02
"""A difference smaller than this between where a segment should go on and where its anchors put it
is the anchors' own uncertainty."""
STALE_SECONDS = 0.25
"""Where a block was merely late, only a jump this large is taken for missing sound: a sound server
on a busy machine delivers later by a whole period (PipeWire's longest is 0.17 s) and loses nothing.
So what was lost below this length shifts the rest of the channel by as much, and no more."""
DRIFT_SECONDS = 30.0
"""From this length on a drift can be told from jitter."""
CERTAIN = 5.0
"""A drift counts once it has moved the end by so many times the delays' own unrest. A busy machine
looked like 100 millionths over half a minute, and a longer period of the server like a thousand."""
STEEPEST = 1e-3
"""No clock drifts by more than a thousandth; a steeper line is a damaged journal."""
_REASONS = {
    "late": "the computer's sound system delivered nothing",
    "moved": "the sound moved to another device",
    "start": "the recorder had not started",
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """`frames` of a segment had arrived at `time` (seconds)."""

    frames: int
    time: float


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of a channel. `after` says why the one before it ended ("full": it simply was)."""

    file: str
    rate: int
    frames: int
    anchors: tuple[Anchor, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Segments with no hole between them, on the clock."""

    segments: tuple[Segment, ...]
    start: float
    """When its first frame was heard, in seconds."""
    ppm: float
    """How much too fast the device ran, in millionths."""
    after: str

    @property
    def frames(self) -> int:
        """All frames of the stretch."""
        return sum(segment.frames for segment in self.segments)

    @property
    def seconds(self) -> float:
        """How long it lasts on the computer's clock."""
        return self.frames / self.segments[0].rate / (1 + self.ppm * 1e-6)

    @property
    def end(self) -> float:
        """When its last frame was heard, in seconds."""
        return self.start + self.seconds


def stretches(segments: Iterable[Segment]) -> tuple[Stretch, ...]:
    """Join segments without a hole between them, and place what comes out.

    Segments come in the order of their numbers. One without anchors goes right behind the one
    before it. Nothing ever overlaps: what the anchors put too early starts at the end before it.
    """
    found: list[Stretch] = []
    group: list[Segment] = []
    for segment in segments:
        if segment.frames == 0:
            continue
        if group and _goes_on(group, segment):
            group.append(segment)
        else:
            if group:
                found.append(_placed(group, found))
            group = [segment]
    if group:
        found.append(_placed(group, found))
    return tuple(found)


def reason_of(after: str) -> str:
    """Say in words why sound is missing before a stretch."""
    return _REASONS.get(after, after)


def fit(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Fit the line under `points` (seconds of sound, delay), as (delay at 0, slope).

    The slope is 0 below DRIFT_SECONDS of sound, and where unrest could be mistaken for it.
    """
    flat = min(delay for _, delay in points), 0.0
    span = points[-1][0] - points[0][0]
    if span < DRIFT_SECONDS:
        return flat
    middle = sum(x for x, _ in points) / len(points)
    for (x0, y0), (x1, y1) in pairwise(_lower_hull(points)):
        if x0 <= middle <= x1:
            slope = (y1 - y0) / (x1 - x0)
            edge = y0 - slope * x0
            unrest = median(y - (edge + slope * x) for x, y in points)
            is_drift = CERTAIN * unrest < abs(slope) * span and abs(slope) <= STEEPEST
            return (edge, slope) if is_drift else flat
    return flat


def _goes_on(group: Sequence[Segment], segment: Segment) -> bool:
    if not segment.anchors:
        return True
    before = _points(group)
    if not before:
        return segment.after == "full"
    if segment.after == "full":
        return True
    at = sum(s.frames for s in group)
    here = min(a.time - (at + a.frames) / segment.rate for a in segment.anchors)
    edge, slope = fit(before)
    limit = STALE_SECONDS if segment.after == "late" else HOLE_SECONDS
    return abs(here - (edge + slope * at / segment.rate)) < limit


def _placed(group: Sequence[Segment], before: Sequence[Stretch]) -> Stretch:
    earliest = before[-1].end if before else float("-inf")
    points = _points(group)
    if points:
        start, slope = fit(points)
    else:
        start, slope = (before[-1].end if before else 0.0), 0.0
    stretch = Stretch(tuple(group), start, -slope / (1 + slope) * 1e6, group[0].after)
    return stretch if start >= earliest else replace(stretch, start=earliest)


def _points(group: Sequence[Segment]) -> list[tuple[float, float]]:
    points = []
    at = 0
    for segment in group:
        for anchor in segment.anchors:
            seconds = (at + anchor.frames) / segment.rate
            points.append((seconds, anchor.time - seconds))
        at += segment.frames
    return points


def _lower_hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    hull: list[tuple[float, float]] = []
    for x, y in points:
        if hull and x <= hull[-1][0]:
            if y >= hull[-1][1]:
                continue
            hull.pop()
        while len(hull) > 1 and _turns_right(hull[-2], hull[-1], (x, y)):
            hull.pop()
        hull.append((x, y))
    return hull


def _turns_right(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) <= (b[1] - a[1]) * (c[0] - a[0])
