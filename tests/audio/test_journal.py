"""The side file of a channel, when there is no room for a whole line."""

import subprocess
import sys
from pathlib import Path

from granola_like.audio.journal import Journal, read_journal

FULL = """
import resource, signal, sys
from pathlib import Path
from granola_like.audio.journal import Journal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
journal = Journal(Path(sys.argv[1]))
journal.write("whole", n=1)
size = Path(sys.argv[1]).stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 7, resource.RLIM_INFINITY))
try:
    journal.write("cut", n=2)
except OSError as error:
    print(error.errno)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
journal.write("end", why="the disk was full")
"""


def test_a_line_that_a_full_disk_cut_does_not_swallow_the_next(tmp_path: Path) -> None:
    """The last word of a recording on a full disk is why it ended."""
    file = tmp_path / "events.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(file)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip()
    assert [fact["e"] for fact in read_journal(file)] == ["whole", "end"]


def test_what_a_crash_cut_does_not_swallow_the_next_line(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_bytes(b'{"e": "one"}\n{"e": "tw')
    journal = Journal(file)
    journal.write("three")
    journal.close()
    journal.close()
    assert [fact["e"] for fact in read_journal(file)] == ["one", "three"]
