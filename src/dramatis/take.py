"""The contract of every engine: a `Take` goes in, `Footage` comes out.

A take holds everything that one call of an engine needs, by value. All stages of a film use this one call with
different values: other anchors, another prior, another canvas.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.media.digests import digest_of
from dramatis.media.face import Face
from dramatis.media.faces.covers import Covering
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Matte, Picture, Still
from dramatis.story import Attributes, Canvas, Direction


def _name(part: "Face | Matte | Still | Waveform | Look | None") -> str | None:
    return None if part is None else part.digest


@dataclass(frozen=True, eq=False)
class Look:
    """How a character looks: a picture, the face in it, and the person's matte (None: not separated).

    `covered` says what hides the mouth (empty: nothing), `front` is the matte of a rigid object in front of the face (None:
    nothing), `animal` says that the face is not human. `behind` is another background (None: the picture's own).
    """

    picture: Still
    face: Face | None = None
    matte: Matte | None = None
    covered: Covering = ""
    front: Matte | None = None
    animal: bool = False
    behind: Still | None = None

    @cached_property
    def digest(self) -> str:
        """Content digest."""
        return digest_of(
            self.picture.digest,
            _name(self.face),
            _name(self.matte),
            self.covered,
            _name(self.front),
            int(self.animal),
            _name(self.behind),
        )


@dataclass(frozen=True, eq=False)
class Role:
    """A character as it takes part in a take. Without a voice it listens with its mouth closed.

    `words` say how it looks, in the wording of captions, for engines that draw people from words (`Limits.draws`). `phones` are
    what the voice says where that is known (`Limits.hears_phones`): (IPA label, start, end) in seconds on the film's clock; ()
    elsewhere.

    The voice is the character's track of the *whole film* on the film's clock (16 kHz mono), so that a performance
    does not depend on where takes are cut.
    """

    name: str
    look: Look | None = None
    voice: Waveform | None = None
    words: str = ""
    phones: tuple[tuple[str, float, float], ...] = ()

    @cached_property
    def digest(self) -> str:
        """Content digest."""
        return digest_of(self.name, _name(self.look), _name(self.voice), self.words, repr(self.phones))


@dataclass(frozen=True, eq=False)
class Anchor:
    """A given frame: what the film shows at this time, in seconds. The engine must match it or refuse the take."""

    picture: Picture
    at: float

    @cached_property
    def digest(self) -> str:
        """Content digest."""
        return digest_of(self.picture.digest, self.at)


@dataclass(frozen=True)
class View:
    """What the camera frames at the start of a shot: `framing` is one of FRAMINGS ("": as the picture or the engine has it), and
    `focus` names who is framed ((): the whole cast).
    """

    framing: str = ""
    focus: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Take:
    """Everything that one engine call needs. There is a frame at both ends of the span: a span of 0 s is one frame."""

    canvas: Canvas
    span: Span
    cast: tuple[Role, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    prior: Footage | None = None
    direction: Direction = field(default_factory=Direction)
    seed: int = 0
    view: View = View()
    shot_seed: int | None = None

    @property
    def motion_seed(self) -> int:
        """Chooses how people move: the shot's seed, if it has one of its own. `seed` chooses who they are, and where."""
        return self.seed if self.shot_seed is None else self.shot_seed

    @property
    def first(self) -> int:
        """Number of the first frame on the film's clock."""
        return self.canvas.rate.nearest(self.span.start)

    @property
    def frames(self) -> int:
        """Number of frames."""
        return self.canvas.rate.nearest(self.span.end) - self.first + 1

    @property
    def times(self) -> NDArray[np.float64]:
        """Seconds on the film's clock of each frame, `[frames]`."""
        rate = self.canvas.rate
        return (self.first + np.arange(self.frames)) * (rate.per / rate.frames)

    @cached_property
    def digest(self) -> str:
        """Content digest; a prior must have one, too."""
        if self.prior is not None and self.prior.digest is None:
            raise ValueError("a prior must come from the vault: footage without a name cannot be part of a take's name")
        parts: list[str | int] = [repr(self.canvas), self.first, self.frames, repr(self.direction), self.seed]
        parts += [repr(self.view), repr(self.shot_seed)]
        cast = [role.digest for role in self.cast]
        anchors = [anchor.digest for anchor in self.anchors]
        return digest_of(*parts, len(cast), *cast, *anchors, self.prior.digest if self.prior else None)


Places = Literal["none", "first", "ends", "any"]
"""Where given frames may lie: nowhere, on a take's first frame, on its first and last, on any of them."""


@dataclass(frozen=True)
class Limits:
    """What an engine can do, as a value. The planner reads only this.

    `name` and `version` are part of the digest under which footage is cached: a change of either renders again. A version
    is a digest of the engine's code and weights (`media/digests.py`).
    """

    name: str
    version: str
    frame_step: int = 1
    """A take has `k * frame_step + 1` frames."""
    size_step: int = 2
    """Width and height are multiples of this."""
    most_frames: int = 250
    most_cast: int = 4
    most_speakers: int | None = None
    """How many of a take's characters may have a voice in it; None: all of them."""
    most_pixels: int = 3840 * 2160
    needs_face: bool = False
    """Every role must have a look with a face."""
    anchors: Places = "none"
    """Where given frames may lie in a take."""
    needs_last: bool = False
    """It films from one given frame to another: plans give each take a last frame."""
    takes_prior: bool = False
    cannot: tuple[str, ...] = ()
    """Cues (`what`) that it cannot perform."""
    draws: Attributes | None = None
    """The looks and places that it draws from words, which it reads in the wording of captions alone (`conditioning/words.py`);
    None: it draws nobody, or reads any words.
    """
    hears_phones: bool = False
    """It moves mouths by `Role.phones` where they are known; other engines get none, so a corrected text films nothing again."""
    framings: tuple[str, ...] = ()
    """Of FRAMINGS, those that it films from any place: `View` is honoured. (): it films the picture, or as it has learned to."""
    short_side: int = 720
    """Short side in pixels of a film without a requested size."""
    aspect: float = 1.0
    """Width for height of a film without pictures and without a requested size."""
    unheard: float = 2.75
    """Seconds of a film in which nobody has a voice."""
    fps: float = 25.0
    """Frame rate of a film without a requested rate."""
    alpha: bool = False
    """It can leave the background out (`Canvas.alpha`)."""
    keeps: bool = False
    """It leaves regions of the picture as they are (`Direction.keep`)."""
    only_fps: bool = False
    """The engine supports no other frame rate."""
    seamless: bool = True
    """Takes of one shot match wherever the shot is cut; otherwise a shot is one take."""
    even_areas: bool = False
    """It paints large areas in one colour, where a watermark must be slow not to be seen."""
    generative: bool = False
    """A trained network makes the pictures; the film's provenance says so."""
    at_once: int | None = None
    """How many takes may be filmed at once on one machine; None: as many as it has workers."""

    def allow(self, anchor: Anchor, take: Take) -> bool:
        """Whether a given frame may lie where it does in a take, which is a frame of it."""
        place, last = take.canvas.rate.nearest(anchor.at) - take.first, take.frames - 1
        allowed = {"none": (), "first": (0,), "ends": (0, last), "any": range(last + 1)}
        return place in allowed[self.anchors]


@dataclass(frozen=True)
class Event:
    """Progress: `done` of `total` units of a stage; `note` says more in a few words."""

    stage: str
    done: float
    total: float
    note: str = ""


OnEvent = Callable[[Event], None]
"""Receives progress; may raise `Cancelled`, which stops the work."""


class Engine(Protocol):
    """Renders takes. It holds weights and no other state: `render` is a function of the take."""

    @property
    def limits(self) -> Limits:
        """What this engine can do."""
        ...

    def render(self, take: Take) -> Footage:
        """Footage of exactly `take.frames` frames of `take.canvas`; raises `EngineError` for a take that it cannot render."""
        ...


@runtime_checkable
class Loading(Protocol):
    """An engine that reads its weights when it first renders, or before that when it is told to."""

    def check(self) -> None:
        """Raises `EngineError` if a package is missing that rendering needs; reads nothing."""
        ...

    def load(self) -> None:
        """Read the weights; raises `EngineError`."""
        ...


@runtime_checkable
class Hearing(Protocol):
    """An engine that can hear a voice before a take needs it, and keeps what it heard in its cache."""

    def hear(self, voice: Waveform, span: Span) -> None:
        """Hear what a voice says in a span of the film; raises `DramatisError`."""
        ...


@runtime_checkable
class Placed(Protocol):
    """An engine that renders at several places (servers), of which each worker uses one."""

    def place(self, number: int) -> Engine:
        """The engine at one of its places, for the worker of that number, from 0 on."""
        ...
