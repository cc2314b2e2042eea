"""The command line as people run it: another process, an own home."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def granola(own_home: Path) -> Run:
    """Run `granola-like ARGS`; the exit code must be `code`. `env` changes its environment."""

    def run(
        *args: object, code: int = 0, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "granola_like", *map(str, args)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=240,
            env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100", **(env or {})},
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run
