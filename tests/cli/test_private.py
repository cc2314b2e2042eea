"""Private by construction: no network, no words in logs, nothing left in temporary folders."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from granola_like_models.sample import sample_call
from tests.cli.conftest import Run

SPY = """
import os, sys

def watch(event, args):
    if event not in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        return
    asked = args[0] if event == "socket.getaddrinfo" else args[1]
    if event == "socket.connect" and not isinstance(asked, tuple):
        return  # a Unix socket
    with open(os.environ["NETWORK_SPY"], "a") as file:
        file.write(f"{event} {asked}\\n")

sys.addaudithook(watch)
"""


@pytest.fixture
def spied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Watch the sockets of every process that the command starts."""
    (tmp_path / "spy").mkdir()
    (tmp_path / "spy" / "sitecustomize.py").write_text(SPY)
    told = tmp_path / "told.txt"
    monkeypatch.setenv("NETWORK_SPY", str(told))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "spy"))
    return told


def test_the_whole_way_asks_no_other_machine(
    granola: Run, spied: Path, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    # ONNX Runtime reports nothing where it believes to be tested; here it shall do as at home.
    for name in ("CI", "GITHUB_ACTIONS", "ORT_RUNNING_UNIT_TESTS", "ORT_DISABLE_TELEMETRY"):
        monkeypatch.delenv(name, raising=False)
    granola("demo")
    granola("search", "discount")
    granola("models", "list")
    assert not spied.exists(), spied.read_text()
    # Its reports begin with a session file here, sent by native code that the spy cannot see.
    # (libpulse, which a library brings, may leave an empty folder: that says nothing of a meeting.)
    assert [path for path in scratch.rglob("*") if path.is_file()] == []
    assert not list(own_home.rglob("*onnx*"))
    if os.name == "posix":
        kept = [path for path in (own_home / "granola").rglob("*") if path.is_file()]
        assert kept
        assert not [path for path in kept if path.stat().st_mode & 0o077], "others may read it"
    logs = "".join(file.read_text("utf-8") for file in own_home.rglob("*.log*"))
    assert "transcribed" in logs
    said = set(re.findall(r"[a-z]{5,}", sample_call().words.lower()))
    ours = {"channels", "support", "number", "start", "thing"}
    told = said & set(re.findall(r"[a-z]{5,}", logs.lower())) - ours
    assert not told


def test_the_spy_would_notice(spied: Path) -> None:
    code = "import socket; s = socket.socket(); s.settimeout(0); s.connect_ex(('127.0.0.1', 9))"
    subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert "127.0.0.1" in spied.read_text()
