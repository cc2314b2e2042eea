"""What differs between two texts, for a line on which both are to be seen."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

_AROUND = 18
"""So many letters of what stays are shown before what differs first."""

Kind: TypeAlias = Literal["same", "old", "new"]


@dataclass(frozen=True, slots=True)
class Part:
    """Some words that stay, go, or come."""

    kind: Kind
    text: str


def difference(before: str, after: str) -> tuple[Part, ...]:
    """Say what differs, in whole words; of a long beginning that stays only its end is given."""
    old, new = before.split(), after.split()
    parts: list[Part] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for how, i1, i2, j1, j2 in matcher.get_opcodes():
        if how == "equal":
            parts.append(Part("same", " ".join(old[i1:i2])))
            continue
        if i2 > i1:
            parts.append(Part("old", " ".join(old[i1:i2])))
        if j2 > j1:
            parts.append(Part("new", " ".join(new[j1:j2])))
    if parts and parts[0].kind == "same" and len(parts[0].text) > _AROUND:
        parts[0] = Part("same", "…" + parts[0].text[-_AROUND:].partition(" ")[2])
    return tuple(parts)
