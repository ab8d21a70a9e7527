"""Exit on errors: one line on the error output and an exit code, never a traceback."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from dramatis.errors import Cancelled, DramatisError

MENDABLE, CANCELLED = 2, 130
OPTIONAL = {
    "torch": "torch",
    "safetensors": "safetensors",
    "skia": "skia-python",
    "espeakng_loader": "espeakng-loader",
    "fastapi": "fastapi uvicorn python-multipart",
    "uvicorn": "fastapi uvicorn python-multipart",
    "python_multipart": "fastapi uvicorn python-multipart",
}
"""Optional modules that some commands need, and the packages that provide them."""


@contextmanager
def faults_reported(kept: str = "nothing was written") -> Iterator[None]:
    """Report a user error in one line with exit code 2, and a cancelled command in one line that says what was kept,
    with exit code 130.
    """
    before = {number: signal.signal(number, _interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except DramatisError as fault:
        _line(str(fault))
        raise typer.Exit(MENDABLE) from None
    except ModuleNotFoundError as fault:
        if fault.name not in OPTIONAL:
            raise
        _line(f"This needs {fault.name}, which is not installed: {sys.executable} -m pip install {OPTIONAL[fault.name]}")
        raise typer.Exit(MENDABLE) from None
    except (Cancelled, KeyboardInterrupt):
        _line(f"Cancelled; {kept}.")
        raise typer.Exit(CANCELLED) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupted(_number: int, _frame: FrameType | None) -> None:
    """The first Ctrl-C stops the work; further ones must not interrupt the cleanup."""
    for again in (signal.SIGINT, signal.SIGTERM):
        signal.signal(again, signal.SIG_IGN)
    raise KeyboardInterrupt


def _line(sentence: str) -> None:
    print(f"dramatis: {' '.join(sentence.split())}", file=sys.stderr)
