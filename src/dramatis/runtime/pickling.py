"""Serialises takes for a worker: large values are sent once, afterwards only their names.

A take holds whole pictures and the whole film's voice. A `Packer` (one per worker) pickles a take so that each
such value is sent only the first time. An `Unpacker` in the worker puts the same object into every later
take, so whatever the worker derived from it stays valid.
"""

import io
import pickle
import struct
from io import FileIO

from dramatis.media.face import Face
from dramatis.media.sound import Waveform
from dramatis.media.still import Matte, Still

_BIG = (Still, Matte, Waveform, Face)
_HEAD = struct.Struct(">Q")
_MOST_AT_ONCE = 1 << 20


class Packer:
    """Pickles values for one receiver."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def pack(self, value: object) -> bytes:
        """The value as bytes; large parts that this receiver already has are sent as names."""
        fresh: dict[str, object] = {}
        body = io.BytesIO()
        pickler = pickle.Pickler(body, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.persistent_id = lambda part: self._name(part, fresh)  # type: ignore[method-assign]  # the documented hook
        pickler.dump(value)
        return pickle.dumps((fresh, body.getvalue()), protocol=pickle.HIGHEST_PROTOCOL)

    def _name(self, part: object, fresh: dict[str, object]) -> str | None:
        if not isinstance(part, _BIG):
            return None
        name = f"{type(part).__name__} {part.digest}"
        if name not in self._known:
            self._known.add(name)
            fresh[name] = part
        return name


class Unpacker:
    """Reads what a `Packer` wrote, in the order in which it wrote."""

    def __init__(self) -> None:
        self._known: dict[str, object] = {}

    def unpack(self, data: bytes) -> object:
        """The value; its large parts are shared by all values that this unpacker has read."""
        fresh, body = pickle.loads(data)
        self._known.update(fresh)
        reader = pickle.Unpickler(io.BytesIO(body))
        reader.persistent_load = self._known.__getitem__  # type: ignore[method-assign]  # the documented hook
        return reader.load()


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
