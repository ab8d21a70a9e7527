"""A film of two shots that tests of the cascade make."""

from collections.abc import Callable

import pytest

from dramatis.clock import Rate, Span
from dramatis.story import Canvas, Character, Direction, Line, Shot, Storyline
from tests.production.cascading import LARGE

Make = Callable[..., str]


@pytest.fixture
def storyline(make_picture: Make, make_voice: Make) -> Storyline:
    """Two shots with a cut between them that lies on no frame of the blueprint, and an end that lies on no frame of the clips."""
    picture, voice = make_picture(), make_voice(seconds=3.5, spoken=((0.2, 1.5), (2.0, 3.0)))
    spans = (Span(0.0, 1.8), Span(1.8, 3.77))
    shots = tuple(Shot(span, picture, ("Ada",), Direction(f"shot {number}")) for number, span in enumerate(spans))
    canvas = Canvas(160, LARGE, Rate(48))
    return Storyline(canvas, (Character("Ada", picture, voice=voice),), (Line("Ada", voice, 0.1),), shots, engine="fake")
