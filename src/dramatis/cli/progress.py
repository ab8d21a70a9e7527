"""Progress on a terminal: the current step, its progress, and the time that remains."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dramatis.production.report import NOTE, PREVIEW
from dramatis.runtime.pool import STAGE
from dramatis.take import Event, OnEvent

_HOPS = {
    "storyline": "planning",
    "stock": "preparing",
    "clips": "filming",
    STAGE: "filming",
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
            elif event.stage in _HOPS:
                progress.update(task, description=_HOPS[event.stage])
            if event.stage == STAGE:
                progress.update(task, completed=event.done, total=event.total)

        yield on_event
