"""How a picture fills a canvas: no face is cut, and the picture's own shape is never refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dramatis.clock import Rate
from dramatis.errors import BriefError
from dramatis.media.still import Still
from dramatis.production.pictures.framing import framing
from dramatis.story import Canvas
from tests.production.facing import face


@settings(max_examples=60, deadline=None)
@given(
    canvas=st.sampled_from([(1280, 720), (720, 1280), (640, 640), (400, 64)]),
    picture=st.sampled_from([(1024, 1024), (1600, 500), (500, 1600)]),
    x=st.floats(0.1, 0.9),
    y=st.floats(0.1, 0.9),
)
def test_no_crop_cuts_a_face(canvas: tuple[int, int], picture: tuple[int, int], x: float, y: float) -> None:
    size = 0.1 * min(picture)
    found = face(min(max(x * picture[0], size), picture[0] - size), min(max(y * picture[1], size), picture[1] - size), size)
    still = Still(np.zeros((picture[1], picture[0], 3), np.uint8))
    stage = Canvas(*canvas, Rate(25))
    try:
        frame = framing(still, stage, (found,), "p.png")
    except BriefError:
        assert size * max(canvas[0] / picture[0], canvas[1] / picture[1]) > 0.9 * min(canvas)
        return
    x0, y0, x1, y1 = frame.face(found).box
    assert min(x0, y0) >= -1
    assert x1 <= stage.width + 1
    assert y1 <= stage.height + 1
    assert frame.still(still, stage).pixels.shape == (stage.height, stage.width, 3)


def test_faces_too_far_apart_for_the_canvas() -> None:
    still = Still(np.zeros((500, 1600, 3), np.uint8))
    with pytest.raises(BriefError, match="do not fit into a film of 720x1280"):
        framing(still, Canvas(720, 1280, Rate(25)), (face(200, 250, 100), face(1400, 250, 100)), "p.png")


@settings(max_examples=200, deadline=None)
@given(
    width=st.integers(100, 4000),
    height=st.integers(100, 4000),
    short=st.integers(64, 2160),
    up=st.booleans(),
    reach=st.floats(0.8, 1.6),
)
def test_the_pictures_own_shape_is_never_refused(width: int, height: int, short: int, up: bool, reach: float) -> None:
    """However a side was rounded, and however far a face, or its mesh, reaches over the picture's edges."""
    scale = short / min(width, height)
    sides = [2 * int(scale * side / 2) + 2 * up for side in (width, height)]
    stage = Canvas(*sides, Rate(25))
    frame = framing(Still(np.zeros((height, width, 3), np.uint8)), stage, (face(width / 2, height / 2, reach * width),), "p.png")
    assert width - frame.width <= 2 / scale * (1 + width / height) + 1
    assert height - frame.height <= 2 / scale * (1 + height / width) + 1


def test_only_what_the_picture_shows_of_a_face_must_fit() -> None:
    still, wide = Still(np.zeros((500, 1000, 3), np.uint8)), Canvas(640, 360, Rate(25))
    frame = framing(still, wide, (face(0, 250, 500),), "p.png")
    assert (frame.x, frame.width) == (0, 889)
    tall = Still(np.zeros((1000, 500, 3), np.uint8))
    with pytest.raises(BriefError, match="do not fit into a film of 640x360"):
        framing(tall, wide, (face(250, 500, 600),), "p.png")
