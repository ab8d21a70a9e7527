"""Draw the project's own example pictures: `python examples/draw_portraits.py` writes mira.png and noor_and_tom.png."""

from pathlib import Path

import cv2
import numpy as np
from drawing.friends import noor_and_tom
from drawing.mira import mira
from drawing.paper import Array


def save(picture: Array, path: Path) -> None:
    """As PNG, compressed well."""
    pixels = (picture * 255 + 0.5).astype(np.uint8)
    cv2.imwrite(
        str(path),
        pixels[..., ::-1],
        [cv2.IMWRITE_PNG_COMPRESSION, 9, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_FILTERED],
    )


def main() -> None:
    """Both pictures, drawn at twice their size."""
    here = Path(__file__).parent
    for name, draw in (("mira", mira), ("noor_and_tom", noor_and_tom)):
        large = draw(2.0)
        small = cv2.resize(large, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        save(small, here / f"{name}.png")


if __name__ == "__main__":
    main()
