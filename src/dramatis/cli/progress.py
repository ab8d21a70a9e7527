"""Progress on a terminal: the current step, its progress, and the time that remains."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dramatis.production.report import NOTE, PHASE, PREVIEW
from dramatis.runtime.dispatch import STAGE
from dramatis.take import Event, OnEvent

_HOPS = {
    "storyline": "planning",
    "stock": "preparing",
    "film": "finishing",
}


@contextmanager
def shown() -> Iterator[OnEvent]:
    """A progress bar on the error output if that is a terminal; notes, and where the preview grows, in any case."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), TextColumn("gone,"))
    console = Console(file=sys.stderr, highlight=False, soft_wrap=True)
    with Progress(*columns, TimeRemainingColumn(), TextColumn("left"), console=console, transient=True) as progress:
        task = progress.add_task("planning", total=None)
        previewed = False

        def on_event(event: Event) -> None:
            nonlocal previewed
            if event.stage == NOTE:
                progress.console.print(f"Note: {event.note}", markup=False)
            elif event.stage == PREVIEW and not previewed:
                previewed = True
                progress.console.print(f"It can be watched while it grows: {event.note}", markup=False)
            elif event.stage == STAGE:
                progress.update(task, completed=event.done, total=event.total)
            else:
                progress.update(task, description=doing(event))

        yield on_event


def doing(event: Event) -> str | None:
    """What is being done from now on, if the event says that something begins."""
    if event.stage != PHASE:
        return _HOPS.get(event.stage)
    return f"filming {event.note} ({event.done + 1:.0f} of {event.total:.0f})" if event.total > 1 else "filming"
