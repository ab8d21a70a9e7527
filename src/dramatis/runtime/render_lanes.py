"""Lanes: how one worker is reached, on this machine or on another one.

A lane on this machine starts a process. Another one puts a command before it (`ssh host`, `srun --gres=gpu:1`, `docker run -i
image`): a worker reads jobs from its standard input and writes answers to its standard output, so whatever carries those carries
films. `runtime/ray_lanes.py` has lanes that are actors of a Ray cluster.
"""

import shlex
import sys
import tomllib
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any, Protocol

from dramatis.errors import BriefError

HERE = "this machine"
MOST = 4096
_WORKER = ("-P", "-m", "dramatis.runtime.worker")
_KINDS: dict[str, tuple[type, str]] = {
    "name": (str, "a text"), "command": (list, "a list of texts"), "python": (str, "a text"),
    "environment": (dict, "a table of texts"), "count": (int, "a whole number"), "shared": (bool, "true or false"),
}  # fmt: skip
_EXAMPLE = '[[lane]] with command = ["ssh", "host"] and python = "/path/on/that/host/python"'


class Channel(Protocol):
    """A worker that was started. Messages are bytes (`runtime/pickling.py`)."""

    answers: FileIO
    """Where its answers are read; `select` waits for them."""
    pid: int | None
    """Its process, if it runs on this machine."""

    def send(self, data: bytes) -> None:
        """Say something to it. Nothing happens if it has died: that is noticed when an answer is read."""
        ...

    def kill(self) -> None:
        """Stop it at once."""
        ...

    def close(self) -> None:
        """Wait for its end and release what it held."""
        ...

    def ended(self) -> str:
        """How it ended, in a few words: "was killed by signal 9"."""
        ...


class RenderLane(Protocol):
    """How one worker is reached. Lanes of one `name` are on one machine. `shared`: it sees this machine's files."""

    @property
    def name(self) -> str: ...

    @property
    def shared(self) -> bool: ...

    def open(self) -> Channel:
        """Start the worker; raises `OSError` if that is not possible."""
        ...


@dataclass(frozen=True)
class CommandLane:
    """A process, started with a command before it. `python` is the interpreter there ("": this one); `environment` is set there.

    The command's own words come first, then those of the worker; behind `ssh` these are quoted for the shell of the other
    machine.
    """

    name: str = HERE
    command: tuple[str, ...] = ()
    python: str = ""
    environment: tuple[tuple[str, str], ...] = ()
    shared: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the command line."""
        settings = [f"{name}={value}" for name, value in self.environment]
        words = (*(["env", *settings] if settings else []), self.python or sys.executable, *_WORKER)
        if self.command and Path(self.command[0]).name == "ssh":
            words = tuple(map(shlex.quote, words))
        return (*self.command, *words)

    def open(self) -> Channel:
        from dramatis.runtime.process import started

        return started(self.words)


@dataclass(frozen=True)
class ForkLane:
    """A process of this machine that begins as a copy of this one, or as a program of its own where that is not possible."""

    name: str = HERE
    shared: bool = True

    def open(self) -> Channel:
        from dramatis.runtime.forking import can_fork, forked

        return forked() if can_fork() else CommandLane().open()


def local(count: int) -> tuple[RenderLane, ...]:
    """So many workers on this machine."""
    return (CommandLane(),) * count


def copies(count: int) -> tuple[RenderLane, ...]:
    """So many workers on this machine that begin with what is loaded here."""
    return (ForkLane(),) * count


def read_lanes(path: Path) -> tuple[RenderLane, ...]:
    """The lanes that a TOML file lists, a table `lane` for each kind; raises `BriefError` in one sentence."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BriefError(f"There is no file {path}; --lanes and DRAMATIS_LANES name a TOML file with {_EXAMPLE}.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BriefError(f"{path} cannot be read as TOML ({fault}); it needs {_EXAMPLE}.") from fault
    tables = given.pop("lane", [])
    if given or not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        unknown = f" and nothing else, not {', '.join(given)}" if given else ""
        raise BriefError(f"{path} needs tables {_EXAMPLE}{unknown}.")
    lanes = tuple(lane for number, table in enumerate(tables, 1) for lane in _lanes(f"{path}, lane {number}", table))
    if not 1 <= len(lanes) <= MOST:
        raise BriefError(f"{path} has {len(lanes)} lanes: 1 to {MOST} are allowed.")
    return lanes


def _lanes(place: str, table: dict[str, Any]) -> tuple[RenderLane, ...]:
    for key, value in table.items():
        if key not in _KINDS:
            raise BriefError(f'{place} has "{key}": {", ".join(_KINDS)} are allowed.')
        kind, named = _KINDS[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and key != "shared"):
            raise BriefError(f'{place}: "{key}" is {value!r}, not {named}.')
    command, settings = table.get("command", []), table.get("environment", {})
    if not all(isinstance(word, str) for word in (*command, *settings.values())):
        raise BriefError(f'{place}: the words of "command" and the values of "environment" are texts in quotation marks.')
    count = table.get("count", 1)
    if count < 1:
        raise BriefError(f'{place}: "count" is {count}, at least 1 is allowed.')
    name = table.get("name") or " ".join(command) or HERE
    lane = CommandLane(name, tuple(command), table.get("python", ""), tuple(settings.items()), table.get("shared", not command))
    return (lane,) * min(count, MOST + 1)
