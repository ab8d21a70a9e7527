"""A scene of the stage as plain values: characters, place, actions, speech and camera.

A film of the stage depends only on its script: the same script gives the same pixels for any size and rate,
from any frame on. Captions, classifiers and the native engine use the same vocabulary.
"""

from dataclasses import dataclass, fields

from dramatis.clock import Span
from dramatis.story import Attributes

SPECIES = ("woman", "man", "girl", "boy", "cat", "bear", "rabbit", "robot")
BUILDS = ("slim", "average", "broad")
SKINS = ("pale", "light", "tan", "brown", "dark")
FACES = ("round", "oval", "square", "long")
HAIRS = ("bald", "short", "bob", "long", "curly", "ponytail", "bun", "spiky")
HAIR_COLOURS = ("black", "brown", "blond", "red", "grey", "blue")
BEARDS = ("none", "moustache", "stubble", "full")
GLASSES = ("none", "round", "square", "dark")
CLOTHES = ("shirt", "jacket", "hoodie", "dress", "sweater", "stripes")
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "grey", "black")
STYLES = ("flat", "outlined", "shaded", "sketch")
SETS = (
    "kitchen", "living room", "office", "classroom", "library", "stage",
    "street", "park", "beach", "forest", "mountains", "space",
)  # fmt: skip
INDOORS = frozenset({"kitchen", "living room", "office", "classroom", "library", "stage"})
WEATHERS = ("clear", "rain", "snow", "fog", "wind")
LIGHTS = ("day", "sunset", "night", "lamp")
HAPPENINGS = ("nothing", "bouncing ball", "falling leaves", "toppling stack")
EMOTIONS = ("calm", "excitement", "confusion", "sadness", "surprise", "anger")
ACTIONS = (
    "wave", "nod", "shake head", "turn left", "turn right", "raise both hands", "fold arms", "point", "shrug", "clap", "bow",
    "take off glasses", "drink", "hand over", "walk in", "sit down", "dance",
)  # fmt: skip
CAMERAS = ("static", "push in", "pull out", "pan left", "pan right", "tilt up", "tilt down", "orbit", "handheld", "follow")
GLANCES = ("look left", "look right", "look up", "look down", "lean in", "smile", "brow raise", "blink", "sigh", "stand up")
BEATS = ("left beat", "right beat", "both beat")
"""Small actions, and the hands of who speaks, which no training data shows; a doing may name them, too."""
INTENSITIES = (1 / 3, 2 / 3, 1.0)
"""Slightly, plainly, strongly."""


@dataclass(frozen=True)
class Person:
    """How one character looks, in words of this module; `identity` is a number that seeds its proportions and shades."""

    species: str
    build: str
    skin: str
    face: str
    hair: str
    hair_colour: str
    beard: str
    glasses: str
    clothes: str
    colour: str
    """Of the clothes."""
    identity: int = 0


@dataclass(frozen=True)
class Mood:
    """An emotion from `span.start` on, blended in over the first 0.4 s, until the next mood of the same character."""

    what: str
    span: Span
    intensity: float = 2 / 3


@dataclass(frozen=True)
class Doing:
    """One action with a beginning and an end; `to` is another character's number, for handing over and pointing, and `reach`
    where the hand then goes, in heads to that side and down from the base of the neck, from how far somebody walks in, or
    how far down the chair is on which somebody sits; None: as far as usual, and no chair.
    """

    what: str
    span: Span
    intensity: float = 2 / 3
    to: int | None = None
    reach: tuple[float, float] | None = None


@dataclass(frozen=True)
class Utterance:
    """A spoken or sung line on the script's clock: phones are (IPA label, start, end) in seconds.

    `sound` names it in the voice bank ("" is babble without a sound), `start` is when that sound begins, `loudness` how loud it
    is from then on, 50 times a second (`mouthshapes.loudness_of`); where that is not known, mouths open as phones say.
    """

    sound: str
    start: float
    phones: tuple[tuple[str, float, float], ...]
    sung: bool = False
    loudness: tuple[float, ...] = ()


@dataclass(frozen=True)
class Part:
    """A character on the stage: where it stands, 0 (left) .. 1 (right) of the picture, how near, and what it does.

    `scale` is the head's height as a fraction of the picture's height at the camera's start (of 4/3 of its width where the
    picture is narrower than that); half-length is about 0.36. `y` is where the head's middle is, 0 (top) .. 1 (bottom).
    """

    person: Person
    x: float = 0.5
    y: float = 0.42
    scale: float = 0.36
    moods: tuple[Mood, ...] = ()
    doings: tuple[Doing, ...] = ()
    speech: tuple[Utterance, ...] = ()
    blinks: tuple[float, ...] | None = None
    """When it blinks, seconds; None: now and then, by the script's seed."""


@dataclass(frozen=True)
class Shooting:
    """What the camera does: one move from the script's start to its end; `speed` 1/3, 2/3 or 1."""

    move: str = "static"
    speed: float = 2 / 3


@dataclass(frozen=True)
class Place:
    """Where it happens."""

    set: str
    light: str = "day"
    weather: str = "clear"
    happening: str = "nothing"
    seed: int = 0


@dataclass(frozen=True)
class Script:
    """A whole shot of the stage; `seed` seeds idle motion, blinks and handheld shake."""

    seconds: float
    place: Place
    parts: tuple[Part, ...]
    camera: Shooting = Shooting()
    style: str = "shaded"
    seed: int = 0


_VARIED = ("builds", "faces", "happenings")
"""Attributes that are none where a repertoire has but one value of them."""


@dataclass(frozen=True)
class Repertoire:
    """The subset that a data set draws, and the vocabulary of a model trained on it. Every field: the allowed words."""

    species: tuple[str, ...] = SPECIES
    skins: tuple[str, ...] = SKINS
    faces: tuple[str, ...] = FACES
    hairs: tuple[str, ...] = HAIRS
    hair_colours: tuple[str, ...] = HAIR_COLOURS
    beards: tuple[str, ...] = BEARDS
    glasses: tuple[str, ...] = GLASSES
    clothes: tuple[str, ...] = CLOTHES
    colours: tuple[str, ...] = COLOURS
    styles: tuple[str, ...] = STYLES
    sets: tuple[str, ...] = SETS
    lights: tuple[str, ...] = LIGHTS
    weathers: tuple[str, ...] = WEATHERS
    happenings: tuple[str, ...] = HAPPENINGS
    actions: tuple[str, ...] = ACTIONS
    cameras: tuple[str, ...] = CAMERAS
    most_cast: int = 4
    most_active: int = 4
    """How many of the cast act and speak; the others listen."""
    views: int = 1 << 16
    """Different views of each set."""
    heads: tuple[float, float] = (0.25, 0.42)
    """How large heads are under a camera that stands, as `Part.scale`."""
    distant: float = 0.15
    """How often people are further away than that."""
    framings: float = 1.0
    """How much framings differ; 0: the camera always stands, or begins its move, at the same place."""

    @property
    def attributes(self) -> Attributes:
        """The looks and places, as an engine that was taught them declares them (`take.Limits`)."""
        framings = ("medium close-up", "medium") if self.distant else ("medium close-up",)
        varied = {"builds": BUILDS if len(self.faces) > 1 else (), "faces": self.faces, "happenings": self.happenings}
        varied = {name: values for name, values in varied.items() if len(values) > 1}
        own = {field.name: getattr(self, field.name) for field in fields(Attributes) if field.name not in {"framings", *_VARIED}}
        return Attributes(**own, **varied, framings=framings)


WHOLE = Repertoire()
"""Everything that the stage can draw."""

NATIVE = Repertoire(
    species=("woman", "man"),
    skins=("light", "tan", "dark"),
    faces=("oval",),
    hairs=("short", "long", "bun", "curly"),
    hair_colours=("black", "blond", "red", "blue"),
    beards=("none", "full"),
    glasses=("none", "round"),
    clothes=("shirt", "hoodie"),
    colours=("red", "yellow", "green", "blue", "white"),
    styles=("shaded",),
    sets=("living room", "office", "park", "beach"),
    lights=("day",),
    weathers=("clear",),
    happenings=("nothing",),
    actions=("wave", "nod", "shake head", "turn left", "turn right", "raise both hands"),
    cameras=("static", "push in", "pull out", "pan left", "pan right"),
    most_cast=1,
    views=1,
    heads=(0.38, 0.48),
    distant=0.0,
    framings=0.0,
)
"""The training data of the shipped native model: a small subset."""
