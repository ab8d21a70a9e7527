"""Waiting for what another process or thread does."""

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds; a machine that is busy may take half a minute for what takes a tenth of a second otherwise


def wait_until(happened: Callable[[], object], hopeless: Callable[[], bool] = lambda: False) -> None:
    """Return as soon as it happened; fail when it cannot happen any more, or after `PATIENCE`."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert not hopeless(), "it cannot happen any more"
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
