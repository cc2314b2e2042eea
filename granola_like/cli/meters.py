"""How a running recording looks in a terminal."""

from rich.console import Group
from rich.table import Table
from rich.text import Text

from granola_like.cli.show import AMBER, PENCIL
from granola_like.domain.receipt import Receipt
from granola_like.record.attend import Moment

_LABELS = {"me": "Me", "them": "Them"}
_WIDTH = 24
_FLOOR_DB = -60.0


def bar(level_db: float, *, width: int = _WIDTH) -> Text:
    """Draw a level: dB below full scale on a scale of 60 dB."""
    share = min(max(1 - level_db / _FLOOR_DB, 0.0), 1.0)
    filled = round(share * width)
    colour = "red" if level_db > -1 else "green"
    return Text.assemble(("█" * filled, colour), ("░" * (width - filled), PENCIL))


def running(
    moment: Moment, typed: str, *, title: str, last_lines: tuple[str, ...], help_: str
) -> Group:
    """Draw the recording: time, both levels, what is wrong, the last lines, the one being typed."""
    look = moment.look
    state = "❚❚ paused" if look.is_paused else "● recording"
    colour = "yellow" if look.is_paused else "red"
    head = Text.assemble((state, colour), f"  {duration(look.elapsed_ms)}  ", (title, "bold"))
    table = Table.grid(padding=(0, 1))
    for channel, one in look.channels.items():
        table.add_row(_LABELS[channel], bar(one.level_db), Text(one.device or "–", style=PENCIL))
    parts: list[Text | Table] = [head, table]
    warnings = [one.warning for one in look.channels.values() if one.warning]
    if look.minutes_of_disk < 20:
        warnings.append(f"The disk has room for {look.minutes_of_disk} more minutes.")
    if moment.countdown is not None:
        warnings.append(f"{moment.countdown.sentence} Ctrl-K keeps recording.")
    parts += [Text(f"⚠ {warning}", style=AMBER) for warning in warnings]
    parts += [Text(f"  {line}") for line in last_lines]
    parts += [Text.assemble("› ", typed, ("▏", PENCIL)), Text(help_, style=PENCIL)]
    return Group(*parts)


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
