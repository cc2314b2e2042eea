"""How a running recording looks in a terminal."""

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from granola_like.cli.keys import HELP
from granola_like.cli.show import AMBER, PENCIL
from granola_like.domain.receipt import Receipt
from granola_like.exchange.cleaning import without_controls

if TYPE_CHECKING:
    from granola_like.app.now import CaptionNews, Now
    from granola_like.transcribe.live import LiveUtterance

_LABELS = {"me": "Me", "them": "Them"}
_WIDTH = 24
_FLOOR_DB = -60.0
_CAPTIONS, _CAPTION_WIDTH = 3, 90


def bar(level_db: float, *, width: int = _WIDTH) -> Text:
    """Draw a level: dB below full scale on a scale of 60 dB."""
    share = min(max(1 - level_db / _FLOOR_DB, 0.0), 1.0)
    filled = round(share * width)
    colour = "red" if level_db > -1 else "green"
    return Text.assemble(("█" * filled, colour), ("░" * (width - filled), PENCIL))


def running(now: "Now", typed: str, *, said: "Captions", last_lines: tuple[str, ...]) -> Group:
    """Draw the meeting: time, levels, captions, what is wrong, the lines, the one being typed."""
    colour = "red" if now.state == "recording" else "yellow"
    state = {"recording": "● recording", "paused": "❚❚ paused"}.get(now.state, f"◌ {now.state}")
    head = Text.assemble((state, colour), f"  {duration(now.elapsed_ms)}  ", (now.title, "bold"))
    if now.drafted:
        head.append(f"  {now.drafted} of your lines written up", PENCIL)
    table = Table.grid(padding=(0, 1))
    for channel, one in now.channels.items():
        table.add_row(_LABELS[channel], bar(one.level_db), Text(one.device or "–", style=PENCIL))
    parts: list[Text | Table] = [head, table, *said.last(_CAPTIONS)]
    parts += [Text(f"⚠ {warning}", style=AMBER) for warning in _warnings(now)]
    parts += [Text(f"  {line}") for line in last_lines]
    parts += [Text.assemble("› ", typed, ("▏", PENCIL)), Text(HELP, style=PENCIL)]
    return Group(*parts)


def _warnings(now: "Now") -> list[str]:
    found = [] if now.trouble is None else [f"{now.trouble} {now.trouble.hint}"]
    found += [one.warning for one in now.channels.values() if one.warning]
    if now.countdown is not None:
        found.append(f"{now.countdown.sentence} Ctrl-K keeps recording.")
    if now.captions_trouble is not None:
        found.append(now.captions_trouble)
    return found


class Captions:
    """What has been said, as a terminal shows it: the firm words, and lighter what may change."""

    def __init__(self) -> None:
        self.version = 0
        self._said: dict[str, LiveUtterance] = {}

    def take(self, news: "CaptionNews") -> None:
        """Take in what has changed."""
        self.version = max(self.version, news.version)
        for one in news.changed:
            self._said.pop(one.id, None)
            if one.firm or one.tentative:
                self._said[one.id] = one
        # Only the end is ever shown.
        for old in list(self._said)[: -4 * _CAPTIONS]:
            del self._said[old]

    def last(self, count: int) -> list[Text]:
        """Draw the last utterances in the order of time, each on one line, cut at its beginning."""
        shown = sorted(self._said.values(), key=lambda one: one.start_ms)[-count:]
        return [_caption(one) for one in shown]


def _caption(one: "LiveUtterance") -> Text:
    firm = without_controls(" ".join(word.text.strip() for word in one.firm))
    tentative = without_controls(one.tentative.strip())
    if len(firm) + len(tentative) > _CAPTION_WIDTH:
        kept = max(0, _CAPTION_WIDTH - len(tentative))
        firm = "…" + firm[-kept:] if kept else ""
    label = Text(f"{_LABELS[one.channel]}: ", style=PENCIL)
    return (
        label + Text(f"{firm} ", style="default") + Text(tentative[:_CAPTION_WIDTH], style=PENCIL)
    )


def receipt_lines(receipt: Receipt) -> list[str]:
    """Tell what was recorded, what is missing and why, in sentences."""
    lines = [f"Recorded {duration(receipt.duration_ms)}; {receipt.ended.rstrip('.')}."]
    if receipt.recovered:
        lines.insert(0, "This recording had been interrupted; it was recovered.")
    for one in receipt.channels:
        name = _LABELS[one.channel]
        if not one.recorded_ms:
            lines.append(f"{name}: nothing was recorded.")
            continue
        heard = "silent throughout" if not one.heard_ms else f"sound in {duration(one.heard_ms)}"
        lines.append(f"{name}: {duration(one.recorded_ms)} recorded, {heard}.")
    for gap in receipt.gaps:
        span = f"{duration(gap.start_ms)}–{duration(gap.end_ms)}"
        lines.append(f"Missing in {_LABELS[gap.channel]}: {span}, {gap.reason}.")
    return lines


def duration(ms: int) -> str:
    """Write a time as 4:05 or 1:02:03."""
    seconds = ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
