"""How long a piece of work takes, whatever else the machine and the suite are doing."""

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], *, enough: float, times: int = 5) -> float:
    """The least processor time of some runs, s; the first run that needs less than `enough` is the last.

    One run says little: a module read on first use, or the memory of thousands of earlier tests swept in the midst of
    it, can take longer than the work itself.
    """
    least = float("inf")
    gc.disable()
    try:
        for _ in range(times):
            start = time.process_time()
            work()
            least = min(least, time.process_time() - start)
            if least < enough:
                break
    finally:
        gc.enable()
    return least
