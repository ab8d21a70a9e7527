"""Another background behind the people of a picture: a picture of its own, cropped to theirs."""

from collections.abc import Mapping
from dataclasses import replace

from dramatis.errors import BriefError
from dramatis.production.assets import Assets
from dramatis.production.pictures.framing import framing
from dramatis.story import Canvas
from dramatis.take import Look


def before(looks: Mapping[str, Look], path: str, canvas: Canvas, assets: Assets) -> dict[str, Look]:
    """Looks of one picture with the picture at `path` as their background, cropped to the canvas.

    Raises `BriefError` if somebody cannot be told from the background, `PictureError` for a picture that cannot be read.
    """
    if any(look.matte is None for look in looks.values() if look.face is not None and _inside(look)):
        raise BriefError(
            "Somebody in this picture cannot be told from the background, which can therefore not be replaced; "
            "give a picture of a person who stands out from it."
        )
    source = assets.picture(path)
    ground = framing(source, canvas, (), path).still(source, canvas)
    return {name: replace(look, behind=ground) for name, look in looks.items()}


def _inside(look: Look) -> bool:
    return look.face is not None and look.face.lies_in(look.picture.width, look.picture.height)
