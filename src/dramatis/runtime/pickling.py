"""Serialises takes for a worker: large values are sent once, afterwards only their names.

A take holds whole pictures and the whole film's voice. A `Packer` (one per worker) pickles a take so that each
such value is sent only the first time. An `Unpacker` in the worker puts the same object into every later
take, so whatever the worker derived from it stays valid.

Some values refer to a file: clips of earlier phases, fonts. For a worker that does not see this machine's files, the file is sent
along, and the value that arrives refers to a copy of it.
"""

import io
import pickle
import struct
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path

from dramatis.errors import OutputError
from dramatis.media.digests import digest_of
from dramatis.media.face import Face
from dramatis.media.pictures.fonts import Font
from dramatis.media.sound import Waveform
from dramatis.media.still import Matte, Still
from dramatis.media.videos.stored import StoredFrames

_BIG = (Still, Matte, Waveform, Face)
_IN_FILES = (StoredFrames, Font)
_HEAD = struct.Struct(">Q")
_MOST_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class _File:
    """The content of a file, and how its name ends."""

    content: bytes
    suffix: str


@dataclass(frozen=True)
class _InFile:
    """A value that refers to a file that was sent under a name."""

    value: StoredFrames | Font
    file: str


class Packer:
    """Pickles values for one receiver; `files`: that one does not see this machine's files, so they are sent along."""

    def __init__(self, files: bool = False) -> None:
        self._files = files
        self._known: set[str] = set()

    def pack(self, value: object) -> bytes:
        """The value as bytes; large parts that this receiver has already are sent as names. Raises `OutputError` if a file is
        gone.
        """
        fresh: dict[str, object] = {}
        body = io.BytesIO()
        pickler = pickle.Pickler(body, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.persistent_id = lambda part: self._name(part, fresh)  # type: ignore[method-assign]  # the documented hook
        pickler.dump(value)
        return pickle.dumps((fresh, body.getvalue()), protocol=pickle.HIGHEST_PROTOCOL)

    def _name(self, part: object, fresh: dict[str, object]) -> str | None:
        if isinstance(part, _BIG):
            return self._sent(f"{type(part).__name__} {part.digest}", part, fresh)
        if self._files and isinstance(part, _IN_FILES):
            file = f"file {digest_of(part.path)}"
            if file not in self._known:
                self._sent(file, _read(Path(part.path)), fresh)
            return self._sent(f"in file {digest_of(repr(part))}", _InFile(part, file), fresh)
        return None

    def _sent(self, name: str, part: object, fresh: dict[str, object]) -> str:
        if name not in self._known:
            self._known.add(name)
            fresh[name] = part
        return name


class Unpacker:
    """Reads what a `Packer` wrote, in the order in which it wrote; files that came along are written to `folder`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, object] = {}

    def unpack(self, data: bytes) -> object:
        """The value; its large parts are shared by all values that this unpacker has read."""
        fresh, body = pickle.loads(data)
        for name, part in fresh.items():
            self._known[name] = self._kept(name, part)
        reader = pickle.Unpickler(io.BytesIO(body))
        reader.persistent_load = self._known.__getitem__  # type: ignore[method-assign]  # the documented hook
        return reader.load()

    def _kept(self, name: str, part: object) -> object:
        if isinstance(part, _InFile):
            return replace(part.value, path=str(self._known[part.file]))
        if isinstance(part, _File) and self._folder is not None:
            path = self._folder / f"{name.removeprefix('file ')}{part.suffix}"
            self._folder.mkdir(mode=0o700, exist_ok=True)
            path.write_bytes(part.content)
            return str(path)
        return part


def _read(path: Path) -> _File:
    try:
        return _File(path.read_bytes(), path.suffix)
    except OSError:
        raise OutputError(f"{path}, which this film needs, is gone; run the same command again: it is made anew.") from None


def send(pipe: FileIO, data: bytes) -> None:
    """Write one message: its length, then itself. The pipe is unbuffered."""
    rest = memoryview(_HEAD.pack(len(data)) + data)
    while rest:
        rest = rest[pipe.write(rest) :]


def receive(pipe: FileIO) -> bytes | None:
    """Read one message; None when the other end has closed or died.

    The pipe is unbuffered, so nothing of the next message is read ahead: `select` on the pipe would not see it.
    """
    head = _exactly(pipe, _HEAD.size)
    return None if head is None else _exactly(pipe, _HEAD.unpack(head)[0])


def _exactly(pipe: FileIO, size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = pipe.read(min(size, _MOST_AT_ONCE))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
