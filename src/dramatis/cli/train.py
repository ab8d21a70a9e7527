"""`dramatis train`."""

import time
from pathlib import Path

from dramatis.errors import BriefError
from dramatis.take import Event


def trained(what: str, minutes: float, folder: Path) -> None:
    """Train for some minutes with progress every few seconds; 0 minutes: only the steps before and after training."""
    from dramatis.recipes.training import RUNS

    if what not in RUNS:
        raise BriefError(f'"{what}" cannot be trained: {", ".join(RUNS)} can.')
    if not minutes >= 0:
        raise BriefError(f"A run cannot take {minutes:g} minutes; give 0 or more.")
    RUNS[what](folder, minutes, _say)
    print(f"{what}: {folder} holds the run; the same command goes on with it")


def _say(event: Event) -> None:
    print(f"{time.strftime('%H:%M:%S')} {event.stage} {event.note}", flush=True)
