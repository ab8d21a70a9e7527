"""What the visual expert sees: people, where they are, how much of them, light and colours."""

from pathlib import Path

import numpy as np

from dramatis.director.claims import Material, PictureInput
from dramatis.director.picture.visual import see
from dramatis.media.faces.face_finding import find_faces
from dramatis.media.pictures.picture_files import read_still
from dramatis.media.still import Still
from dramatis.take import Limits


def seen(still: Still, *names: str) -> Material:
    faces = tuple(zip(names, find_faces(still), strict=True)) if names else ()
    return Material("", (), 5.0, (), (PictureInput("picture.png", still, faces),), Limits("any", "1"))


def test_two_people_are_seen_where_they_are() -> None:
    still = read_still(str(Path("examples/noor_and_tom.png")), 10**8)
    scene = see(seen(still, "Noor", "Tom")).scenes[0]
    noor, tom = scene.people
    assert noor.box[2] < tom.box[0]
    assert noor.framing == "medium close-up"
    assert noor.mouth == tom.mouth == "closed"
    assert noor.expression == "calm"
    assert abs(noor.yaw) < 0.2
    assert noor.room[1] < 2.0, "Tom's face ends the room on her right"
    assert noor.speaking + tom.speaking == 1.0


def test_a_closer_picture_has_a_closer_framing() -> None:
    still = read_still(str(Path("examples/mira.png")), 10**8)
    face = find_faces(still)[0]
    x0, y0, x1, y1 = (round(value) for value in face.box)
    reach = (y1 - y0) // 3
    close = Still(np.ascontiguousarray(still.pixels[y0 - reach : y1 + reach, x0 - reach : x1 + reach]))
    assert see(seen(close, "Mira")).scenes[0].people[0].framing == "close-up"


def test_light_and_colours_have_names_and_blur_is_seen() -> None:
    dark = Still(np.full((90, 160, 3), 20, np.uint8))
    red = Still(np.full((90, 160, 3), (190, 40, 40), np.uint8))
    assert see(seen(dark)).scenes[0].light.startswith("dark")
    assert see(seen(red)).scenes[0].palette[0] == "red"
    sharp = read_still(str(Path("examples/mira.png")), 10**8)
    small = sharp.pixels[::6, ::6]
    blurred = Still(np.repeat(np.repeat(small, 6, 0), 6, 1)[: sharp.height, : sharp.width])
    assert see(seen(blurred)).scenes[0].sharpness < see(seen(sharp)).scenes[0].sharpness
