"""The contract: a `Take` goes in, `Footage` comes out (ARCHITECTURE.md, decisions A and B).

A take is everything that one call of a generator needs, by value. The whole cascade is this one verb with
different values: other anchors, another prior, another canvas.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.media.covers import Covering
from dramatis.media.digests import digest_of
from dramatis.media.face import Face
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Matte, Still
from dramatis.story import Canvas, Direction


def _name(part: "Face | Matte | Waveform | Look | None") -> str | None:
    return None if part is None else part.digest


@dataclass(frozen=True, eq=False)
class Look:
    """How a character looks: a picture, the face in it, and the person's matte (None: not separated).

    `covered` says what hides its mouth (empty: nothing), `front` is the matte of what lies rigidly before the face (None:
    nothing), `animal` that the face is no human's.
    """

    picture: Still
    face: Face | None = None
    matte: Matte | None = None
    covered: Covering = ""
    front: Matte | None = None
    animal: bool = False

    @cached_property
    def digest(self) -> str:
        """Name by content."""
        return digest_of(
            self.picture.digest, _name(self.face), _name(self.matte), self.covered, _name(self.front), int(self.animal)
        )


@dataclass(frozen=True, eq=False)
class Role:
    """A character as it takes part in a take. No voice means that it listens with its mouth shut.

    The voice is the character's track of the *whole film* on the film's clock (16 kHz mono), so that a performance
    does not depend on where takes are cut.
    """

    name: str
    look: Look | None = None
    voice: Waveform | None = None

    @cached_property
    def digest(self) -> str:
        """Name by content."""
        return digest_of(self.name, _name(self.look), _name(self.voice))


@dataclass(frozen=True, eq=False)
class Anchor:
    """A given frame: what is on the screen at an instant of the film's clock. A fact: honoured or refused."""

    picture: Still
    at: float

    @cached_property
    def digest(self) -> str:
        """Name by content."""
        return digest_of(self.picture.digest, self.at)


@dataclass(frozen=True, eq=False)
class Take:
    """Everything that one generator call needs. Frames lie on both ends of the span: a span of 0 s is one frame."""

    canvas: Canvas
    span: Span
    cast: tuple[Role, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    prior: Footage | None = None
    direction: Direction = field(default_factory=Direction)
    seed: int = 0

    @property
    def first(self) -> int:
        """Number of the first frame on the film's clock."""
        return self.canvas.rate.nearest(self.span.start)

    @property
    def frames(self) -> int:
        """How many frames the take has."""
        return self.canvas.rate.nearest(self.span.end) - self.first + 1

    @property
    def times(self) -> NDArray[np.float64]:
        """Seconds on the film's clock of each frame, `[frames]`."""
        rate = self.canvas.rate
        return (self.first + np.arange(self.frames)) * (rate.per / rate.frames)

    @cached_property
    def digest(self) -> str:
        """Name by content; a prior must have a name."""
        if self.prior is not None and self.prior.digest is None:
            raise ValueError("a prior must come from the vault: footage without a name cannot be part of a take's name")
        parts: list[str | int] = [repr(self.canvas), self.first, self.frames, repr(self.direction), self.seed]
        cast = [role.digest for role in self.cast]
        anchors = [anchor.digest for anchor in self.anchors]
        return digest_of(*parts, len(cast), *cast, *anchors, self.prior.digest if self.prior else None)


@dataclass(frozen=True)
class Limits:
    """What an engine can do, as a value; the planner reads it and asks nothing else of an engine.

    `name` and `version` are part of the digest under which footage is kept: a change of either films again. A version
    names the engine's code and weights (`media/digests.py`).
    """

    name: str
    version: str
    frame_step: int = 1
    """A take has `k * frame_step + 1` frames."""
    size_step: int = 2
    """Width and height are multiples of this."""
    most_frames: int = 250
    most_cast: int = 4
    most_pixels: int = 3840 * 2160
    needs_face: bool = False
    """Every role must have a look with a face."""
    takes_anchors: bool = False
    takes_prior: bool = False
    cannot: tuple[str, ...] = ()
    """Cues (`what`) that it will not perform."""
    short_side: int = 720
    """Pixels of a film of which no size was asked."""
    fps: float = 25.0
    """Frames a second of a film of which no rate was asked."""
    only_fps: bool = False
    """It films at that rate alone."""
    seamless: bool = True
    """Takes of one shot fit together wherever they are cut; otherwise a shot is one take."""


@dataclass(frozen=True)
class Event:
    """Progress: `done` of `total` units of a stage; `note` says more in a few words."""

    stage: str
    done: float
    total: float
    note: str = ""


OnEvent = Callable[[Event], None]
"""Takes progress; may raise `Cancelled`, which stops the work."""


class Engine(Protocol):
    """What makes footage. Holds weights and nothing else: `render` is a function of the take."""

    @property
    def limits(self) -> Limits:
        """What this engine can do."""
        ...

    def render(self, take: Take) -> Footage:
        """Footage of exactly `take.frames` frames of `take.canvas`; raises `EngineError` for facts that it cannot honour."""
        ...
