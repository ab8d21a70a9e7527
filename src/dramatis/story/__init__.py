"""What the user asked for and what was planned: plain values, standard library only."""

from dramatis.story.brief import Brief, Character, Point
from dramatis.story.canvas import Canvas
from dramatis.story.direction import ACTIONS, CAMERAS, EMOTIONS, Cue, Direction
from dramatis.story.storyline import VERSION, Line, Shot, Storyline

__all__ = [
    "ACTIONS",
    "CAMERAS",
    "EMOTIONS",
    "VERSION",
    "Brief",
    "Canvas",
    "Character",
    "Cue",
    "Direction",
    "Line",
    "Point",
    "Shot",
    "Storyline",
]
