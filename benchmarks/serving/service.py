"""`python -m benchmarks service [--minutes N]`: the service under load. The server is a process of its own."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.running import installed
from benchmarks.serving.service_films import films, lasting
from benchmarks.serving.service_load import Load, load_of


def run(folder: Path, quick: bool, minutes: float | None = None) -> None:
    """Print the tables; `minutes` of load alone, if they are given."""
    if minutes is not None:
        with served(folder / "lasting") as (address, process):
            _print(asyncio.run(lasting(address, process, minutes)))
        return
    with served(folder / "load", workers=0) as (address, process):
        _print(asyncio.run(load_of(address, process, Load(100, 20, 10) if quick else Load())))
    with served(folder / "films") as (address, process):
        _print(asyncio.run(films(address, process)))


@contextmanager
def served(folder: Path, *options: str, workers: int | None = None) -> Iterator[tuple[str, int]]:
    """The address and the process of `dramatis serve` with these options."""
    command = [sys.executable, "-m", "dramatis", "serve", "--port", "0", "--folder", str(folder), *options]
    environment = installed() if workers is None else {**installed(), "DRAMATIS_WORKERS": str(workers)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[0], server.pid
        finally:
            server.terminate()


def _print(lines: list[str]) -> None:
    print("\n".join(lines), flush=True)
