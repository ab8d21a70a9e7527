"""The plan of a film: a document that a person can read, edit and film again (ARCHITECTURE.md, decision D)."""

from dataclasses import dataclass

from dramatis.clock import Span
from dramatis.story.brief import Character
from dramatis.story.canvas import Canvas
from dramatis.story.direction import Direction

VERSION = 1


@dataclass(frozen=True)
class Line:
    """One voice on the film's clock: who speaks (a character's name), the sound's path, and when it starts, in seconds."""

    who: str
    sound: str
    start: float


@dataclass(frozen=True)
class Shot:
    """One shot: its span, the picture that it is filmed from, who is in it (left to right), and the wish."""

    span: Span
    picture: str
    cast: tuple[str, ...]
    direction: Direction


@dataclass(frozen=True)
class Storyline:
    """The plan: shots follow each other without gaps from 0 s; lines lie on the same clock."""

    canvas: Canvas
    cast: tuple[Character, ...]
    lines: tuple[Line, ...]
    shots: tuple[Shot, ...]
    seed: int = 0
    engine: str = "portrait"

    @property
    def seconds(self) -> float:
        """Length of the film in seconds."""
        return self.shots[-1].span.end
