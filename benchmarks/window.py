"""How quick the window is, and what it takes while nothing happens.

    python -m benchmarks.window [--meetings 10000] [--runs 7] [--idle 20]

Starts the real window without a screen on a library of its own, beside an empty window of Qt alone
in the same run. Goals: a usable window in 0.8 s with 10,000 meetings, recording 1.2 s after the
click, typing within 16 ms (95 of 100 keys) while captions come, at most 0.5 % of a core and 110 MB
while nothing happens.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.library import Library
from tests.audio.servers import SoundServer

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show()
QTimer.singleShot(0, lambda: (print(time.monotonic(), flush=True), app.quit()))
sys.exit(app.exec())
"""

STARTED = """
import sys, time
from granola_like_ui.app import main
def ready(shell):
    print(time.monotonic(), flush=True)
    if {stays}: return
    shell.close()
sys.exit(main(on_ready=ready))
"""

RECORDED = """
import json, sys, time
from PySide6.QtCore import QTimer
from granola_like_ui.app import main
seen = {}
def ready(shell):
    shell.complete.connect(lambda: QTimer.singleShot(3000, lambda: click(shell)))
def click(shell):
    seen["clicked"] = time.monotonic()
    shell.desktop.record()
    seen["returned"] = time.monotonic()
    timer = QTimer(shell, interval=10)
    timer.timeout.connect(lambda: look(shell, timer))
    timer.start()
def look(shell, timer):
    now = shell.desktop.recording.now
    if now is None or now.look().state != "recording": return
    if now.clock_ms() <= 0: return
    timer.stop()
    print(json.dumps({"returned": seen["returned"] - seen["clicked"],
        "recording": time.monotonic() - seen["clicked"] - now.clock_ms() / 1000}), flush=True)
    shell.desktop.recording.stop()
    QTimer.singleShot(1500, shell.close)
sys.exit(main(on_ready=ready))
"""


def fill(home: Path, meetings: int) -> None:
    """Make a library as somebody has it after years of calls."""
    began = datetime(2026, 11, 20, 17, tzinfo=UTC)
    with Library(home / "library.sqlite") as library:
        for number in range(meetings):
            about = Meeting(
                id=f"m{number:05}",
                title=f"{('Acme', 'Stand-up', 'Board', '1:1 Boris')[number % 4]} {number}",
                started_at=began - timedelta(hours=number * 3),
                duration_ms=(number % 50 + 5) * 60_000,
                folder=("Sales", None, "Board", None)[number % 4],
            )
            line = NoteLine(id="n1", text=f"{number}k for the pilot", typed_at_ms=1000)
            library.save(Bundle(meeting=replace(about), notes=(line,)))


def environment(home: Path) -> dict[str, str]:
    """Run without a screen, in a home of its own."""
    return {
        **os.environ,
        "GRANOLA_LIKE_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
    }


def started(code: str, home: Path) -> float:
    """Give the seconds from the start of the process until it says that it is ready."""
    began = time.monotonic()
    child = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(child.stdout.split()[0]) - began


def cost(pid: int) -> tuple[float, float, float]:
    """Read processor seconds, resident and proportional megabytes."""
    stat = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    rss = int(rollup.split("Rss:")[1].split()[0]) / 1024
    pss = int(rollup.split("Pss:")[1].split()[0]) / 1024
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK"), rss, pss


def idle(home: Path, seconds: float) -> tuple[float, float, float]:
    """Leave the window alone, and give its share of a core and its megabytes."""
    child = subprocess.Popen(
        [sys.executable, "-c", STARTED.format(stays=True)],
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(8)
        before, _, _ = cost(child.pid)
        time.sleep(seconds)
        after, rss, pss = cost(child.pid)
    finally:
        child.terminate()
        child.wait()
    return (after - before) / seconds, rss, pss


def recorded(home: Path) -> dict[str, Any]:
    """Click on Record with a real sound server there."""
    server = SoundServer("pulseaudio")
    server.start()
    try:
        child = subprocess.run(
            [sys.executable, "-c", RECORDED],
            env={**server.environment(), **environment(home)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=120,
        )
    finally:
        server.stop()
    found: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return found


def middle(values: list[float]) -> str:
    """Tell the median and the range."""
    return f"{statistics.median(values):.2f} s ({min(values):.2f}–{max(values):.2f})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--idle", type=float, default=20.0)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fill(home, wanted.meetings)
        bare, ours = [], []
        for _ in range(wanted.runs):
            bare.append(started(BARE, home))
            ours.append(started(STARTED.format(stays=False), home))
        print(f"start, {wanted.meetings:,} meetings: {middle(ours)}, goal 0.80")
        print(f"an empty window of Qt:      {middle(bare)}")
        ratio = statistics.median(ours) / statistics.median(bare)
        print(f"ratio: {ratio:.2f}")
        share, rss, pss = idle(home, wanted.idle)
        print(
            f"idle: {share:.2%} of a core, goal 0.5 %; "
            f"{rss:.0f} MB resident, goal 110 ({pss:.0f} of its own)"
        )
        found = recorded(home)
        print(
            f"click on Record: returns after {found['returned'] * 1000:.0f} ms, "
            f"sound is kept from {found['recording']:.2f} s on, goal 1.20"
        )


if __name__ == "__main__":
    main()
