"""Work on batches of about equally long sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.cores import side_by_side

# More leave the caches of a processor, and have more padding among them.
_SENTENCES = 8


def by_length[Found](work: Callable[[NDArray[np.int64]], Sequence[Found]], lengths: Sequence[int]) -> list[Found]:
    """Do a piece of work on each batch, on all cores; what is found is in the order of the sentences.

    Parameters
    ----------
    work : callable
        Takes places in `lengths`, gives what it finds for each.
    lengths : sequence of int
        Of the sentences.
    """
    order = np.argsort(lengths, kind="stable")
    batches = [order[start : start + _SENTENCES] for start in range(0, len(order), _SENTENCES)]
    batches.reverse()  # the longest first, so that no core is left with much at the end
    found = dict(
        pair
        for batch, rows in zip(batches, side_by_side(work, batches), strict=True)
        for pair in zip(batch.tolist(), rows, strict=True)
    )
    return [found[place] for place in range(len(lengths))]
