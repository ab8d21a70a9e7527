"""A take as one file, exactly: so that an engine of another machine can render it.

The file is a ZIP archive. `take.json` says everything but the arrays; each array lies in it as its bytes, under the SHA-256 of
them, so that a picture of several characters is there once. Nothing in it is a path or code. What is read has digests of its
content alone: a name that a sender gives to a picture is worth nothing here.
"""

import hashlib
import io
import json
import math
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO, TypeVar

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.errors import BriefError
from dramatis.media.digests import digest_of
from dramatis.media.face import Face
from dramatis.media.faces.covers import Covering
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Matte, Still
from dramatis.story import Canvas, Direction
from dramatis.story.document import json_ready, parsed, read_as
from dramatis.take import Anchor, Limits, Look, Role, Take, View

VERSION = 1
"""Of the file's layout."""
MOST_BYTES = 2 * 2**30
"""Of all arrays of a take together."""
_DOCUMENT, _LONGEST = "take.json", 2**24  # bytes of the document
_MESH = (478, 3)
_LARGEST_SIDE, _LARGEST_RATE, _LONGEST_FILM = 16_384, 1_000_000, 1_000_000  # pixels, frames, seconds
Given = TypeVar("Given")
Made = TypeVar("Made")
Array = NDArray[np.uint8] | NDArray[np.float32]


@dataclass(frozen=True)
class StoredArray:
    """An array in the archive: the SHA-256 of its bytes, and its shape."""

    sha256: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class StoredLook:
    """A `Look`."""

    picture: StoredArray
    face: StoredArray | None = None
    matte: StoredArray | None = None
    covered: Covering = ""
    front: StoredArray | None = None
    animal: bool = False
    behind: StoredArray | None = None


@dataclass(frozen=True)
class StoredRole:
    """A `Role`; `rate` is that of its voice."""

    name: str
    look: StoredLook | None = None
    voice: StoredArray | None = None
    rate: int = 0
    words: str = ""
    phones: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class StoredAnchor:
    """An `Anchor`."""

    picture: StoredArray
    at: float


@dataclass(frozen=True)
class StoredPrior:
    """The footage that a take goes by."""

    canvas: Canvas
    span: Span
    frames: tuple[StoredArray, ...]


@dataclass(frozen=True)
class StoredTake:
    """A `Take`."""

    version: int
    canvas: Canvas
    span: Span
    cast: tuple[StoredRole, ...] = ()
    anchors: tuple[StoredAnchor, ...] = ()
    prior: StoredPrior | None = None
    direction: Direction = Direction()  # noqa: RUF009 - a frozen value
    seed: int = 0
    view: View = View()  # noqa: RUF009 - a frozen value
    shot_seed: int | None = None


def written(take: Take) -> bytes:
    """The take as a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        keep = _Keeper(archive)
        prior = take.prior
        stored = StoredTake(
            VERSION,
            take.canvas,
            take.span,
            tuple(map(keep.role, take.cast)),
            tuple(StoredAnchor(keep(anchor.picture.pixels), anchor.at) for anchor in take.anchors),
            None if prior is None else StoredPrior(prior.canvas, prior.span, tuple(map(keep, prior.frames))),
            take.direction,
            take.seed,
            take.view,
            take.shot_seed,
        )
        archive.writestr(_DOCUMENT, json.dumps(json_ready(stored), ensure_ascii=False))
    return file.getvalue()


def read(file: IO[bytes]) -> Take:
    """The take in a file; raises `BriefError`."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _Reader(archive).take()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as fault:
        raise BriefError(f"This is no take ({fault}); send one as dramatis.runtime.take_files writes it.") from None
    except ValueError as fault:
        raise BriefError(f"This take cannot be used: {fault}.") from None


def limits_of(data: object) -> Limits:
    """The limits that a service answered with; raises `BriefError`."""
    return read_as(Limits, data, "limits")


class _Keeper:
    """Puts arrays into an archive, each once."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive, self._known = archive, set[str]()

    def __call__(self, array: Array) -> StoredArray:
        data = np.ascontiguousarray(array).tobytes()
        name = hashlib.sha256(data).hexdigest()
        if name not in self._known:
            self._known.add(name)
            self._archive.writestr(name, data)
        return StoredArray(name, array.shape)

    def role(self, role: Role) -> StoredRole:
        """A character."""
        look, voice = role.look, role.voice
        kept = None if voice is None else self(voice.samples)
        return StoredRole(role.name, _each(look, self._look), kept, voice.rate if voice else 0, role.words, role.phones)

    def _look(self, look: Look) -> StoredLook:
        return StoredLook(
            self(look.picture.pixels),
            _each(look.face, lambda face: self(face.mesh)),
            _each(look.matte, lambda matte: self(matte.alpha)),
            look.covered,
            _each(look.front, lambda matte: self(matte.alpha)),
            look.animal,
            _each(look.behind, lambda still: self(still.pixels)),
        )


class _Reader:
    """Reads a take from an archive, whose sizes are checked before anything is unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        self._known: dict[str, bytes] = {}
        if sum(self._sizes.values()) > MOST_BYTES:
            raise ValueError(f"it holds more than {MOST_BYTES / 1e9:.1f} GB")

    def take(self) -> Take:
        """The take."""
        if self._sizes.get(_DOCUMENT, _LONGEST + 1) > _LONGEST:
            raise ValueError(f"it has no {_DOCUMENT} of at most {_LONGEST / 1e6:.0f} MB")
        text = self._archive.read(_DOCUMENT).decode()
        stored = read_as(StoredTake, parsed(text, "The take"), "take")
        if stored.version != VERSION:
            raise ValueError(f"its layout is {stored.version}; this program reads {VERSION}")
        _check_clock(stored.canvas, stored.span)
        anchors = tuple(Anchor(self._still(anchor.picture), anchor.at) for anchor in stored.anchors)
        cast, prior = tuple(map(self._role, stored.cast)), _each(stored.prior, self._prior)
        seed, own = stored.seed, stored.shot_seed
        return Take(stored.canvas, stored.span, cast, anchors, prior, stored.direction, seed, stored.view, own)

    def _role(self, stored: StoredRole) -> Role:
        look = _each(stored.look, self._look)
        voice = None
        if stored.voice is not None:
            samples = self._floats(stored.voice, (None, None))
            if not 1 <= stored.rate <= 192_000 or samples.shape[1] not in (1, 2):
                raise ValueError("a voice has one or two channels and a rate in Hz")
            voice = Waveform(samples, stored.rate)
        return Role(stored.name, look, voice, stored.words, stored.phones)

    def _look(self, stored: StoredLook) -> Look:
        return Look(
            self._still(stored.picture),
            _each(stored.face, lambda face: Face(self._floats(face, _MESH))),
            _each(stored.matte, self._matte),
            stored.covered,
            _each(stored.front, self._matte),
            stored.animal,
            _each(stored.behind, self._still),
        )

    def _prior(self, stored: StoredPrior) -> Footage:
        _check_clock(stored.canvas, stored.span)
        pixels = (stored.canvas.height, stored.canvas.width, 4 if stored.canvas.alpha else 3)
        frames = [self._bytes(frame, pixels) for frame in stored.frames]
        return Footage(stored.canvas, stored.span, frames, digest_of("prior", *frames))

    def _still(self, stored: StoredArray) -> Still:
        return Still(self._bytes(stored, (None, None, 3)))

    def _matte(self, stored: StoredArray) -> Matte:
        return Matte(self._bytes(stored, (None, None)))

    def _bytes(self, stored: StoredArray, shape: Sequence[int | None]) -> NDArray[np.uint8]:
        return np.frombuffer(self._data(stored, shape, 1), np.uint8).reshape(stored.shape)

    def _floats(self, stored: StoredArray, shape: Sequence[int | None]) -> NDArray[np.float32]:
        array = np.frombuffer(self._data(stored, shape, 4), np.float32).reshape(stored.shape)
        if not np.isfinite(array).all():
            raise ValueError("a number in it is not finite")
        return array

    def _data(self, stored: StoredArray, shape: Sequence[int | None], size: int) -> bytes:
        """The bytes of an array of a shape (None: any length)."""
        given, needed = stored.shape, math.prod(stored.shape) * size
        if not _fits(given, shape) or self._sizes.get(stored.sha256) != needed or needed == 0:
            raise ValueError(f"the array {stored.sha256[:16]} is missing, or is not of the shape {list(given)}")
        if stored.sha256 not in self._known:
            data = self._archive.read(stored.sha256)
            if hashlib.sha256(data).hexdigest() != stored.sha256:
                raise ValueError(f"the array {stored.sha256[:16]} is damaged")
            self._known[stored.sha256] = data
        return self._known[stored.sha256]


def _each(value: Given | None, change: Callable[[Given], Made]) -> Made | None:
    return None if value is None else change(value)


def _check_clock(canvas: Canvas, span: Span) -> None:
    """Refuse numbers with which nobody can calculate."""
    rate = canvas.rate
    if max(canvas.width, canvas.height) > _LARGEST_SIDE or max(rate.frames, rate.per) > _LARGEST_RATE:
        raise ValueError(f"a side has at most {_LARGEST_SIDE} pixels, and a rate is made of numbers up to {_LARGEST_RATE}")
    if not -_LONGEST_FILM <= span.start <= span.end <= _LONGEST_FILM:
        raise ValueError(f"its span does not lie within {_LONGEST_FILM} s")


def _fits(given: Sequence[int], wanted: Iterable[int | None]) -> bool:
    sides = list(wanted)
    return len(given) == len(sides) and all(one > 0 and side in (None, one) for one, side in zip(given, sides, strict=True))
