"""A picture of one face in the poses of the portrait engine's channels, to check after a change of the rig.

python -m benchmarks.poses examples/mira.png docs/poses.jpg
"""

import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from dramatis.engines.portrait.drawing.compositing import draw
from dramatis.engines.portrait.drawing.view import CameraWindow
from dramatis.engines.portrait.geometry.channels import CHANNEL, CHANNELS
from dramatis.engines.portrait.rig import prepare
from dramatis.media.faces.face_finding import find_faces, person_mattes
from dramatis.media.pictures.picture_files import read_still
from dramatis.take import Look

_TILE, _ACROSS = 260, 6
POSES: dict[str, dict[str, float]] = {
    "rest": {},
    "a": {"jaw": 0.6, "lower": 0.3},
    "ee": {"jaw": 0.2, "spread": 0.9, "upper": 0.3, "lower": 0.3},
    "oo": {"jaw": 0.15, "pucker": 0.9, "funnel": 0.2},
    "sh": {"jaw": 0.15, "funnel": 0.8, "pucker": 0.3},
    "m": {"jaw": 0.2, "press": 1.0},
    "smile": {"smile": 1.0, "squint": 0.3},
    "frown": {"frown": 1.0, "brow_in_l": 0.7, "brow_in_r": 0.7},
    "anger": {"brow_down_l": 1.0, "brow_down_r": 1.0, "squint": 0.5},
    "surprise": {**dict.fromkeys(("brow_in_l", "brow_in_r", "brow_out_l", "brow_out_r"), 0.9), "lid_l": -0.25, "lid_r": -0.25},
    "half a blink": {"lid_l": 0.5, "lid_r": 0.5},
    "a blink": {"lid_l": 1.0, "lid_r": 1.0},
    "gaze left": {"gaze_x": -0.6},
    "gaze up right": {"gaze_x": 0.5, "gaze_y": -0.3},
    "yaw": {"yaw": 0.2},
    "pitch": {"pitch": 0.2},
    "roll": {"roll": -0.2},
    "all at once": {"yaw": -0.12, "roll": 0.1, "jaw": 0.5, "smile": 0.4, "brow_out_l": 0.5, "brow_out_r": 0.5},
}


def main(picture: str, output: str) -> None:
    """Draw every pose of the first face of a picture side by side."""
    still = read_still(picture)
    faces = find_faces(still)[:1]
    scene = prepare(still.pixels, (Look(still, faces[0], person_mattes(still, faces)[0]),), 2)
    x0, y0, x1, y1 = faces[0].box
    middle, reach = ((x0 + x1) / 2, (y0 + y1) / 2), 0.8 * faces[0].size
    rows = -(-len(POSES) // _ACROSS)
    sheet = Image.new("RGB", (_ACROSS * _TILE, rows * _TILE))
    for number, (name, channels) in enumerate(POSES.items()):
        pose = np.zeros(len(CHANNELS), np.float32)
        for channel, value in channels.items():
            pose[CHANNEL[channel]] = value
        frame = draw(scene, [pose], CameraWindow())
        box = (middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach)
        tile = Image.fromarray(frame).resize((_TILE, _TILE), Image.Resampling.LANCZOS, box=_inside(box, frame.shape))
        ImageDraw.Draw(tile).text(
            (8, 6), name, fill="white", font=ImageFont.load_default(16), stroke_width=1, stroke_fill="black"
        )
        sheet.paste(tile, (number % _ACROSS * _TILE, number // _ACROSS * _TILE))
    sheet.save(output, quality=88)


def _inside(box: tuple[float, float, float, float], shape: tuple[int, ...]) -> tuple[float, float, float, float]:
    """A square box moved, and if need be shrunk, to lie inside the picture."""
    side = min(box[2] - box[0], shape[0], shape[1])
    x, y = (min(max(0.0, box[axis]), size - side) for axis, size in ((0, shape[1]), (1, shape[0])))
    return x, y, x + side, y + side


if __name__ == "__main__":
    main(*sys.argv[1:3])
