"""The sound that echo is removed from: mono float32 in −1..1 at 16 kHz, as engines hear it."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
Samples: TypeAlias = NDArray[np.float32]
