"""What the film should show: words, what to avoid, and timed cues.

A cue says *what* is wanted, of *whom*, *when* on the film's clock and *how strongly*. Every temporary state
(an emotion, a camera move, an action) is a cue, so an engine that renders part of a shot knows its position within the
move. Cues may overlap: an emotion curve is a sequence of cues in which one falls while the next one rises.
An engine performs the cues it can; its `Limits` list those it cannot.
"""

from dataclasses import dataclass, field
from typing import Literal

from dramatis.clock import Span

EMOTIONS = ("calm", "excitement", "confusion", "sadness", "surprise", "anger")
CAMERAS = ("static", "push in", "pull out", "pan left", "pan right", "tilt up", "tilt down", "orbit", "handheld", "follow")
FACE_ACTIONS = (
    "nod",
    "shake head",
    "look left",
    "look right",
    "look up",
    "look down",
    "lean in",
    "smile",
    "brow raise",
    "blink",
    "sigh",
)
"""Actions of the head."""
BODY_ACTIONS = (
    "wave",
    "turn left",
    "turn right",
    "raise both hands",
    "fold arms",
    "point",
    "shrug",
    "clap",
    "bow",
    "take off glasses",
    "drink",
    "hand over",
    "walk in",
    "sit down",
    "stand up",
    "dance",
)
"""Actions that need a body; the stage draws all of them."""
ACTIONS = (*FACE_ACTIONS, *BODY_ACTIONS)
FRAMINGS = ("close-up", "medium close-up", "medium", "full", "wide")
"""What the picture shows of a person: face, head and shoulders, down to the waist, whole body, and the place around it."""


@dataclass(frozen=True)
class SpokenWord:
    """A word of a line, on which a cue lies: the places of the line in the storyline and of the word in what is said, from 0.

    `text` is the word. `said` is when it began, in seconds on the film's clock, when the cue was timed; None: not timed yet, the
    cue shall begin with the word.
    """

    line: int
    word: int
    text: str = ""
    said: float | None = None


@dataclass(frozen=True)
class Cue:
    """One timed instruction.

    `what` is a word of EMOTIONS, CAMERAS or ACTIONS (by `kind`); `who` names a character, None means everybody
    (or the camera); `intensity` is in (0, 1]: words map to 1/3, 2/3 and 1. An emotion
    rises in the first `rise` seconds of the span and falls in its last `fall`; actions and moves have their own timing.
    `at` is the word that it lies on, which it follows when another voice says the line or its words change.
    """

    kind: Literal["emotion", "camera", "action"]
    what: str
    span: Span
    who: str | None = None
    intensity: float = 2 / 3
    rise: float = 0.6
    fall: float = 0.8
    at: SpokenWord | None = field(default=None, repr=False)  # engines read the span alone: no part of a take's digest
    to: str | None = None
    """To whom somebody hands something over, or at whom somebody points; None: not said."""


Region = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a box, in parts (0 to 1) of the picture's width and height, before the camera moves."""


@dataclass(frozen=True)
class Direction:
    """Direction of one shot or take: free words, words to avoid, cues on the film's clock, regions of the picture that stay as
    they are.
    """

    words: str = ""
    avoid: str = ""
    cues: tuple[Cue, ...] = ()
    keep: tuple[Region, ...] = ()
