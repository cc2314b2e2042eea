"""Every screen in every state looks as it did when somebody last looked at it.

`UPDATE_LOOKS=1 python -m pytest tests/ui/test_looks.py` renews the pictures; look at each.
"""

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from granola_like_ui.gallery import draw, shots
from granola_like_ui.theme import Scheme

LOOKS = Path(__file__).parent / "looks"
TOLERATED = 0.002
"""Share of pixels that may differ: letters are smoothed a hair differently elsewhere."""
A_LITTLE = 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", sorted(shots()))
def test_a_screen_looks_right(
    qapp: QApplication, name: str, scheme: Scheme, tmp_path: Path
) -> None:
    golden, seen = LOOKS / f"{name}-{scheme}.png", tmp_path / f"{name}-{scheme}.png"
    draw(shots()[name], scheme=scheme, to=seen)
    if os.environ.get("UPDATE_LOOKS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(seen.read_bytes())
    assert golden.exists(), "no picture yet: UPDATE_LOOKS=1 makes it"
    assert difference(QImage(str(golden)), QImage(str(seen))) <= TOLERATED, f"see {seen}"


def test_no_picture_is_left_of_a_screen_that_has_gone() -> None:
    wanted = {f"{name}-{scheme}.png" for name in shots() for scheme in ("light", "dark")}
    assert {file.name for file in LOOKS.glob("*.png")} == wanted


def difference(a: QImage, b: QImage) -> float:
    """Share of pixels of which a channel differs by more than a little; 1 for another size."""
    import numpy as np

    if a.size() != b.size():
        return 1.0

    def pixels(image: QImage) -> "np.ndarray[tuple[int, ...], np.dtype[np.int16]]":
        made = image.convertToFormat(QImage.Format.Format_RGB32)
        return np.frombuffer(made.constBits(), np.uint8).astype(np.int16)

    apart = np.abs(pixels(a) - pixels(b)).reshape(-1, 4).max(axis=1)
    return float((apart > A_LITTLE).mean())
