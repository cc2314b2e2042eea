"""Boosted trees as plain data, read with numpy alone.

Scored by the bit-vector method of QuickScorer (Lucchese et al., SIGIR 2015): each inner node that
sends a row to the right strikes out the leaves to its left; the lowest leaf that remains is the
row's. It needs one pass over the rows per node, without branching, and no library.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from granola_like.enhance.align.index import Floats

LEAVES = 16
"""At most, in one tree: the bits of a uint16."""

_LOWEST = np.zeros(1 << LEAVES, np.uint8)
for _bit in reversed(range(LEAVES)):
    _LOWEST[1 << _bit :: 1 << (_bit + 1)] = _bit


@dataclass(frozen=True, slots=True)
class Node:
    """An inner node: a row whose `column` is above `threshold` loses the leaves not in `keeps`."""

    column: int
    threshold: float
    missing_left: bool
    keeps: np.uint16


@dataclass(frozen=True, slots=True)
class Forest:
    """A sum of trees over named columns, given as a chance by the logistic function."""

    columns: tuple[str, ...]
    base: float
    trees: tuple[tuple[tuple[Node, ...], NDArray[np.float32]], ...]

    def chances(self, rows: Floats) -> Floats:
        """Give each row's chance, 0 to 1. `rows` has shape (rows, columns); NaN means unknown."""
        by_column = np.ascontiguousarray(rows.T)
        total = np.full(len(rows), self.base, np.float64)
        for nodes, leaves in self.trees:
            alive = np.full(len(rows), 0xFFFF, np.uint16)
            for node in nodes:
                values = by_column[node.column]
                # A comparison with NaN is false: it picks the side on which NaN stays.
                right = (
                    values > node.threshold if node.missing_left else ~(values <= node.threshold)
                )
                np.bitwise_and(alive, node.keeps, out=alive, where=right)
            total += leaves[_LOWEST[alive]]
        return (1.0 / (1.0 + np.exp(-total))).astype(np.float32)


def chances_together(asked: Sequence[tuple[Forest, Floats]]) -> list[Floats]:
    """Give the chances of each table of rows by its forest, as `Forest.chances` does.

    A forest costs most for its nodes, however few the rows; so tables of one forest are one pass.
    """
    found: list[Floats] = [np.zeros(0, np.float32)] * len(asked)
    for forest in {id(forest): forest for forest, _ in asked}.values():
        places = [at for at, (other, _) in enumerate(asked) if other is forest]
        tables = [asked[at][1] for at in places]
        ends = np.cumsum([len(rows) for rows in tables])
        parts = np.split(forest.chances(np.concatenate(tables)), ends[:-1])
        for at, part in zip(places, parts, strict=True):
            found[at] = part
    return found


def read_forest(data: Mapping[str, Any]) -> Forest:
    """Read what the training script wrote: each tree a list in pre-order.

    A leaf is its value, an inner node is [column, threshold, missing goes left (1 or 0)], followed
    by its left and then its right part.
    """
    trees = tuple(_read_tree(tree) for tree in data["trees"])
    return Forest(tuple(data["columns"]), float(data["base"]), trees)


def _read_tree(flat: list[Any]) -> tuple[tuple[Node, ...], NDArray[np.float32]]:
    nodes: list[Node] = []
    leaves: list[float] = []
    _read_part(flat, 0, nodes, leaves)
    if len(leaves) > LEAVES:
        raise ValueError(f"a tree has {len(leaves)} leaves, {LEAVES} are possible")
    return tuple(nodes), np.array(leaves, np.float32)


def _read_part(flat: list[Any], at: int, nodes: list[Node], leaves: list[float]) -> int:
    """Read the part that starts at `at`, and say where the next one does."""
    if not isinstance(flat[at], list):
        leaves.append(float(flat[at]))
        return at + 1
    column, threshold, missing_left = flat[at]
    first = len(leaves)
    middle = _read_part(flat, at + 1, nodes, leaves)
    struck = ((1 << len(leaves)) - 1) ^ ((1 << first) - 1)
    nodes.append(
        Node(int(column), float(threshold), bool(missing_left), np.uint16(0xFFFF & ~struck))
    )
    return _read_part(flat, middle, nodes, leaves)
