"""The shape of the code: small files, a quick start, and no words in what we log."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(p for d in ("granola_like", "ui", "models") for p in (ROOT / d).rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_the_command_line_starts_without_heavy_libraries() -> None:
    code = (
        "import granola_like.cli.main, sys;"
        "print(*sorted({m.split('.')[0] for m in sys.modules}"
        " & {'PySide6', 'faster_whisper', 'ctranslate2', 'llama_cpp', 'numpy', 'torch', 'av',"
        " 'pydantic', 'sqlite_utils'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_packaging_is_not_a_package() -> None:
    """With an __init__.py it would hide the `packaging` library for anyone at the root."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_pinned_versions_name_no_registry() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"https?://|index-url|find-links", lock.read_text("utf-8")), lock


def test_names_are_of_the_field() -> None:
    vague = {"utils.py", "helpers.py", "common.py", "manager.py", "misc.py"}
    assert not [path for path in SOURCES if path.name in vague]
