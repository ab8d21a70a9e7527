"""What people look like, on the example's drawing of two."""

from pathlib import Path

import numpy as np

from dramatis.director.picture.appearance import appearance, shares
from dramatis.media.faces.face_finding import find_faces
from dramatis.media.pictures.picture_files import read_still

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_hair_and_clothes_are_seen_around_the_face() -> None:
    still = read_still(str(EXAMPLES / "noor_and_tom.png"))
    noor, tom = (appearance(still, face) for face in find_faces(still))
    assert noor.clothes["red"] > 0.8
    assert tom.clothes["blue"] > 0.8
    assert max(noor.clothes["blue"], tom.clothes["red"]) < 0.2
    assert noor.hair["black"] > 0.8
    assert tom.hair["brown"] > 0.8
    assert (noor.long_hair, tom.long_hair) == (True, False)


def test_colours_have_their_names() -> None:
    for name, colour in {
        "black": (20, 20, 22),
        "white": (240, 240, 238),
        "grey": (128, 128, 128),
        "red": (190, 30, 40),
        "green": (60, 140, 70),
        "blue": (40, 60, 120),
        "blond": (215, 185, 120),
        "brown": (80, 50, 30),
        "yellow": (230, 205, 60),
        "pink": (235, 160, 180),
        "purple": (110, 60, 150),
    }.items():
        assert shares(np.tile(np.array(colour, np.float64), (9, 1)))[name] == 1.0, name
    assert shares(np.zeros((0, 3))) == {}
