"""How many utterances a line rests on."""

import numpy as np
from numpy.typing import NDArray


def best_count(chances: NDArray[np.floating], expected: float, ceiling: int) -> int:
    """Say how many of the best to return, for the greatest F1 to be expected.

    `chances` are the greatest, falling; `expected` is the sum over all utterances, so about how
    many belong to the line. With k returned, F1 is 2·hits ÷ (k + how many there are); its
    expectation is taken as the ratio of expectations (after Ye et al., ICML 2012).
    """
    chances = chances[:ceiling]
    if not len(chances):
        return 0
    counts = np.arange(1, len(chances) + 1)
    return int(np.argmax(2 * np.cumsum(chances) / (counts + expected))) + 1
