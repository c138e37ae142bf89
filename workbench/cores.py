"""How work is shared among cores: whole pieces side by side, each with linear algebra in one thread.

Two threads of a linear-algebra library wait for each other at every small product; on a busy machine that costs ten times what
it gains.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from joblib import Parallel, delayed


def alone() -> AbstractContextManager[Any]:
    """Keep linear algebra to one thread inside a ``with`` block."""
    limited: AbstractContextManager[Any] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> Any:
    import scipy.linalg  # noqa: F401 - brings a library of its own, which has to be there to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def cores() -> int:
    """Cores that this process may use: all that it is allowed, or one when it is itself one of several workers."""
    if multiprocessing.parent_process() is not None:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side[Given, Found](work: Callable[[Given], Found], pieces: Iterable[Given]) -> list[Found]:
    """Do a piece of work on each core, in threads; results are in the order of the pieces.

    Worth it where NumPy does the work, which lets other threads run meanwhile.
    """
    waiting = list(pieces)
    with alone():
        if cores() == 1 or len(waiting) < 2:
            return [work(piece) for piece in waiting]
        found: list[Found] = Parallel(n_jobs=cores(), prefer="threads")(delayed(work)(piece) for piece in waiting)
        return found
