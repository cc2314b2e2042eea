"""`granola-like devices`: what can be recorded, with live levels."""

import time
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.live import Live
from rich.table import Table
from rich.text import Text

from granola_like.cli import options
from granola_like.cli.meters import bar
from granola_like.cli.show import AMBER, PENCIL, console, print_json

if TYPE_CHECKING:
    from granola_like.audio.meter import LevelMeter
    from granola_like.audio.system import Device, SoundSystem

_HEADS = {"me": "Microphones (me)", "them": "What you hear (them)"}


@click.command()
@click.option("--watch", is_flag=True, help="Show live levels until Ctrl-C.")
@options.as_json
def devices(watch: bool, as_json: bool) -> None:
    """List microphones and speakers, and what each hears."""
    from granola_like.audio.system import this_system

    system = this_system()
    try:
        found = system.devices()
        if as_json:
            print_json([asdict(device) for device in found])
        elif watch:
            _watch(system, found)
        else:
            console().print(_table(found, None))
            if not found:
                console(errors=True).print("There is nothing to record from. Connect a microphone.")
    finally:
        system.close()


def _watch(system: "SoundSystem", found: "tuple[Device, ...]") -> None:
    from granola_like.audio.meter import LevelMeter

    meters = {device.id: LevelMeter(system, device) for device in found}
    try:
        with Live(console=console(), refresh_per_second=10) as live:
            while True:
                live.update(_table(found, meters))
                time.sleep(0.1)
    finally:
        for meter in meters.values():
            meter.close()


def _table(found: "tuple[Device, ...]", meters: "dict[str, LevelMeter] | None") -> Table:
    table = Table.grid(padding=(0, 2))
    for channel, head in _HEADS.items():
        table.add_row(Text(head, style="bold"))
        for device in found:
            if device.channel != channel:
                continue
            facts = [
                "default" if device.is_default else "",
                "headset" if device.is_headset else "",
                f"volume {round(device.volume * 100)} %" if device.volume < 0.995 else "",
            ]
            about = Text(" · ".join(fact for fact in facts if fact), style=PENCIL)
            if device.is_muted:
                about.append(" muted", style=AMBER)
            level = bar(meters[device.id].level_db()) if meters else Text()
            table.add_row(Text(f"  {device.name}"), about, level)
    return table
