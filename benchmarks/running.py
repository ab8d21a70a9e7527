"""Runs the command line in its own process and observes it: wall time, memory, preview."""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dramatis.errors import DramatisError
from dramatis.media.videos.video import read_clip

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
SAMPLES = ROOT.parent / "shared" / "samples"
"""Inputs that the project does not own; benchmarks use them where they lie beside it."""

_POLL = 0.1  # seconds
_MEMORY_POLL = 0.5  # seconds


@dataclass(frozen=True)
class Run:
    """One command: seconds of wall time, peak megabytes of all its processes, seconds to the first playable second, and seconds
    that processors worked for it.

    `shared` counts memory that processes share once (PSS); `resident` counts it in each of them (RSS). 0 where the system does
    not tell. `first` is None if the film was finished before its preview was seen.
    """

    seconds: float
    shared: float
    resident: float
    first: float | None
    processor: float = 0.0


def make(output: Path, *words: str, vault: Path | None = None, workers: int | None = None) -> Run:
    """`dramatis make ... -o output`, watched; raises `RuntimeError` with what it said if it fails.

    Clips are made anew and thrown away, but for those in a `vault` that is named; `workers` None: as many as the command chooses.
    """
    command = [sys.executable, "-m", "dramatis", "make", *words, "-o", str(output)]
    preview = output.with_name(f"{output.stem}.preview.mp4")
    log = output.with_suffix(".log")
    started, worked, first = time.monotonic(), _worked(), None
    shared = resident = looked = 0.0
    seen = 0
    clips = vault or output.with_suffix(".vault")
    chosen = {} if workers is None else {"DRAMATIS_WORKERS": str(workers)}
    settings = {**installed(), **chosen, "DRAMATIS_VAULT": str(clips)}
    with log.open("w") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=settings) as process:
        while process.poll() is None:
            time.sleep(_POLL)
            now = time.monotonic()
            if first is None and (size := _size(preview)) != seen:  # looking takes work: only at what is new
                seen = size
                first = now - started if _plays(preview) else None
            if now - looked >= _MEMORY_POLL:
                looked = now
                sizes = [_memory(pid) for pid in _family(process.pid)]
                shared = max(shared, sum(size[0] for size in sizes))
                resident = max(resident, sum(size[1] for size in sizes))
    seconds = time.monotonic() - started
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\nended with {process.returncode}:\n{log.read_text()[-2000:]}")
    log.unlink()
    if vault is None:
        shutil.rmtree(clips)
    return Run(seconds, shared / 1e6, resident / 1e6, first, _worked() - worked)


def installed() -> dict[str, str]:
    """The environment of a command that runs as an installed one does, whose bytecode pip has written: Python may keep it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n\n"


def say(text: str) -> None:
    """Write to the terminal at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def _worked() -> float:
    """Processor seconds of all commands that are over, and of their processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _plays(preview: Path) -> bool:
    """Whether a second of the growing film can be read."""
    try:
        if not preview.is_file() or not preview.stat().st_size:
            return False
        clip = read_clip(str(preview))
        second = round(clip.canvas.rate.fps)
        return sum(1 for _ in islice(clip.frames, second)) == second
    except (DramatisError, FileNotFoundError):
        return False


def _family(pid: int) -> Iterator[int]:
    """A process and all its descendants (Linux; elsewhere itself only)."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                yield from _family(int(child))
        except OSError:  # ended meanwhile
            continue


def worked(pid: int) -> float:
    """Processor seconds so far of a process that runs, and of its descendants, those that ended included (Linux; elsewhere 0)."""
    ticks = 0
    for one in _family(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(int(value) for value in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> tuple[int, int]:
    """PSS and RSS of a process in bytes; zeros if it is gone or the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    fields = {line.split(":")[0]: line.split()[1] for line in lines[1:] if ":" in line}
    return int(fields.get("Pss", 0)) * 1024, int(fields.get("Rss", 0)) * 1024
