"""What the user asked for and what was planned: plain values, standard library only."""

from dramatis.story.attributes import Attributes, Looks
from dramatis.story.brief import Brief, CaptionStyle, Character, Consent, Point, on_screen
from dramatis.story.canvas import Canvas
from dramatis.story.deliberation import Claim, Conflict, Deliberation, Expert, Unshown
from dramatis.story.direction import (
    ACTIONS,
    BODY_ACTIONS,
    CAMERAS,
    EMOTIONS,
    FACE_ACTIONS,
    FRAMINGS,
    Cue,
    Direction,
    Region,
    SpokenWord,
)
from dramatis.story.storyline import LOCKS, Concept, Line, Listening, Reason, Segment, Shot, Storyline, Word

__all__ = [
    "ACTIONS",
    "BODY_ACTIONS",
    "CAMERAS",
    "EMOTIONS",
    "FACE_ACTIONS",
    "FRAMINGS",
    "LOCKS",
    "Attributes",
    "Brief",
    "Canvas",
    "CaptionStyle",
    "Character",
    "Claim",
    "Concept",
    "Conflict",
    "Consent",
    "Cue",
    "Deliberation",
    "Direction",
    "Expert",
    "Line",
    "Listening",
    "Looks",
    "Point",
    "Reason",
    "Region",
    "Segment",
    "Shot",
    "SpokenWord",
    "Storyline",
    "Unshown",
    "Word",
    "on_screen",
]
