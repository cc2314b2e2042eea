"""What is taken out of files from elsewhere: numbers and characters that nothing here can hold."""

import math
import re
from typing import Any

LONGEST = 10**12
"""No number of a meeting is larger; as milliseconds it is 31 years."""

_NUMBERS = frozenset({"probability", "drift_ppm", "indent", "from_word", "to_word"})
_LONE = re.compile("[\ud800-\udfff]")
# Tabs and line ends lay text out; the other controls can only drive a terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def without_controls(text: str) -> str:
    """Drop what is no character to see: controls but tab and line feed; lone surrogates show as �.

    The controls of ISO 6429, C0 and C1, start the escape sequences that drive a terminal.
    """
    return _CONTROLS.sub("", whole_characters(text))


def whole_characters(text: str) -> str:
    """Put � for lone surrogates, which no file and no database takes."""
    return _LONE.sub("\ufffd", text)


def held(value: Any) -> Any:
    """Copy what `json.loads` gave, with whole characters and with numbers that can be meant.

    Lengths and times (`…_ms`) lie within 0 and LONGEST; a probability is put between 0 and 1.
    Raises ValueError for other numbers, RecursionError for what is nested without end.
    """
    if isinstance(value, str):
        return whole_characters(value)
    if isinstance(value, dict):
        return {whole_characters(key): _field(key, part) for key, part in value.items()}
    return [held(part) for part in value] if isinstance(value, list) else value


def _field(key: str, value: Any) -> Any:
    is_time = key.endswith("_ms")
    number = _number(value) if is_time or key in _NUMBERS else None
    if number is None:
        return held(value)
    if key == "probability":
        return value if 0 <= number <= 1 else float(number > 1)
    if not (0 if is_time else -LONGEST) <= number <= LONGEST:
        raise ValueError(f"{key}: {number:.6g} is out of range")
    return value


def _number(value: Any) -> float | None:
    """Read a number, also where it is written as text: the model of the file does so too."""
    try:
        return float(value) if isinstance(value, str | int | float) else None
    except OverflowError:
        return math.inf
    except ValueError:
        return None
