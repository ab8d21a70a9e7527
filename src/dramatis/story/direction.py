"""What is wished for on the screen: words, what to avoid, and timed cues.

A cue says *what* is wished, of *whom*, *when* on the film's clock and *how much*. Everything that comes and goes
(an emotion, a camera move, an action) is a cue, so an engine that performs any span of a shot knows where in the
move it is. Cues may overlap: a curve of emotion is a row of cues of which one goes while the next one comes.
Direction is a wish: an engine honours what it can and its `Limits` say what it cannot.
"""

from dataclasses import dataclass
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
"""What a head can do."""
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
    "dance",
)
"""What takes a body; the stage draws all of them."""
ACTIONS = (*FACE_ACTIONS, *BODY_ACTIONS)
FRAMINGS = ("close-up", "medium close-up", "medium", "full")
"""How much of a person is in the picture: the face, head and shoulders, to the waist, the whole body."""


@dataclass(frozen=True)
class Cue:
    """One timed wish.

    `what` is a word of EMOTIONS, CAMERAS or ACTIONS (by `kind`); `who` names a character, None means everybody
    (or the camera); `intensity` is in (0, 1]: a third, two thirds and one are the three steps that words have. An emotion
    comes in the first `rise` seconds of the span and goes in its last `fall`; actions and moves have a course of their own.
    """

    kind: Literal["emotion", "camera", "action"]
    what: str
    span: Span
    who: str | None = None
    intensity: float = 2 / 3
    rise: float = 0.6
    fall: float = 0.8


@dataclass(frozen=True)
class Direction:
    """The wish for one shot or take: free words, words to avoid, and cues on the film's clock."""

    words: str = ""
    avoid: str = ""
    cues: tuple[Cue, ...] = ()
