"""Draws docs/drawn.jpg: frames of the example's dialogue, and of films of one sentence each.

python -m benchmarks.drawing.drawn_picture docs/drawn.jpg
"""

import sys
import tempfile
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.running import EXAMPLES, make
from dramatis.media.still import Pixels
from dramatis.media.videos.video import read_clip

_TILE, _GAP = (480, 270), 6
DIALOGUE = (1.7, 3.6, 8.3)
"""Seconds of the example's dialogue that are shown."""
SENTENCES = (
    ("A girl with a red ponytail dances on a beach at sunset. Medium shot, flat drawing.", 3.0),
    ("A bear hands a rabbit a box in a forest while leaves fall. Outlined drawing.", 3.0),
    ("A woman with grey hair in a bun raises both hands, thrilled. A man claps. In a street, at night.", 3.0),
)
"""Films of one sentence each, and the second that is shown."""


def main(output: str) -> None:
    """Make the films and the picture."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make(folder / "dialogue.mp4", str(EXAMPLES / "dialogue.json"))
        tiles = [_frame(folder / "dialogue.mp4", second) for second in DIALOGUE]
        for number, (words, second) in enumerate(SENTENCES):
            make(folder / f"{number}.mp4", "--prompt", words)
            tiles.append(_frame(folder / f"{number}.mp4", second))
    across, (width, height) = len(DIALOGUE), _TILE
    sheet = Image.new("RGB", (across * (width + _GAP) - _GAP, len(tiles) // across * (height + _GAP) - _GAP), "white")
    for number, tile in enumerate(tiles):
        place = (number % across * (width + _GAP), number // across * (height + _GAP))
        sheet.paste(Image.fromarray(tile).resize(_TILE, Image.Resampling.LANCZOS), place)
    sheet.save(output, quality=86, optimize=True)


def _frame(film: Path, second: float) -> Pixels:
    clip = read_clip(str(film))
    return np.asarray(next(islice(clip.frames, clip.canvas.rate.nearest(second), None)))


if __name__ == "__main__":
    main(sys.argv[1])
