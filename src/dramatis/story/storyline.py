"""The plan of a film: a document that a person can read, edit, lock and film again."""

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Literal

from dramatis.clock import Span
from dramatis.story.brief import CaptionStyle, Character
from dramatis.story.canvas import Canvas
from dramatis.story.deliberation import Deliberation, Expert
from dramatis.story.direction import Direction

LOCKS = ("span", "picture", "framing", "words", "avoid", "emotion", "action", "camera")
"""Parts of a shot that can be locked one by one."""


@dataclass(frozen=True)
class Word:
    """A spoken word, or one Chinese character, when it is said, and how sure that is (0 to 1)."""

    text: str
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True)
class Line:
    """One voice on the film's clock: who speaks (a character's name), the sound's path, when it starts, in seconds, its text
    where that is known, and the text's language (such as "en"; empty: unknown).

    `part` is what of the sound is heard, in seconds of the sound; None: all of it. Several people in one sound have a line for
    each turn, and `confidence` (0 to 1) is how sure it is that this one speaks. `words` are those of a recording, as they were
    recognised, in seconds from the line's start.
    """

    who: str
    sound: str
    start: float
    text: str = ""
    language: str = ""
    part: Span | None = None
    confidence: float = 1.0
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Concept:
    """Valid for the whole film: the prompt as it was given, and setting, style and mood in words."""

    prompt: str = ""
    setting: str = ""
    style: str = ""
    mood: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a shot was planned like this: who claimed what, on what evidence, and the confidence (0 to 1)."""

    expert: Expert
    claim: str
    evidence: str
    confidence: float


@dataclass(frozen=True)
class Listening:
    """`who` listens to `to` (characters' names)."""

    who: str
    to: str


@dataclass(frozen=True)
class Segment:
    """A part of a shot, aligned with the voice: what is heard, who is heard, the words that are said if they are known, and
    a description of what to show meanwhile.
    """

    span: Span
    heard: Literal["speech", "song", "music", "silence"]
    who: str | None = None
    text: str = ""
    words: str = ""


@dataclass(frozen=True)
class Shot:
    """One shot: its span, the picture that it is filmed from, who is in it (left to right), and its direction.

    `locked` is true (the director changes nothing) or a list of LOCKS (the director keeps these parts).
    """

    span: Span
    picture: str
    cast: tuple[str, ...]
    direction: Direction
    framing: str = ""
    """One of FRAMINGS; empty: the framing of the picture."""
    focus: tuple[str, ...] = ()
    """Who is framed; empty: the whole cast."""
    speakers: tuple[str, ...] = ()
    listening: tuple[Listening, ...] = ()
    segments: tuple[Segment, ...] = ()
    why: tuple[Reason, ...] = ()
    locked: bool | tuple[str, ...] = False
    background: str = ""
    """The path of a picture that is shown behind the people of this shot's picture; empty: the picture's own background."""
    seed: int | None = None
    """Chooses how people move in this shot; None: the film's seed. Who they are and where stays the film's."""
    id: str = ""
    """A name that stays while the shot is edited or moved; empty: none yet."""


@dataclass(frozen=True)
class Storyline:
    """The plan: shots follow each other without gaps from 0 s; lines use the same clock. `music` is a sound's path, or empty."""

    canvas: Canvas
    cast: tuple[Character, ...]
    lines: tuple[Line, ...]
    shots: tuple[Shot, ...]
    seed: int = 0
    engine: str = "portrait"
    concept: Concept = field(default_factory=Concept)
    deliberation: Deliberation = field(default_factory=Deliberation)
    captions: CaptionStyle = "none"
    music: str = ""

    @property
    def identified(self) -> "Storyline":
        """The same, with an id for each shot that has none."""
        taken = {shot.id for shot in self.shots}
        free = (name for number in count(1) if (name := f"shot-{number}") not in taken)
        return replace(self, shots=tuple(shot if shot.id else replace(shot, id=next(free)) for shot in self.shots))

    @property
    def seconds(self) -> float:
        """Length of the film in seconds."""
        return self.shots[-1].span.end
