"""Reads pictures of many formats as upright 8-bit sRGB `Still` values, and writes pictures.

EXIF rotation and colour profiles are applied, transparency is put over grey, and an animation gives its
first frame. A picture larger than a film can use is reduced while it is read, so that memory stays bounded.
"""

import struct
import sys
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import ceil, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dramatis.errors import OutputError, PictureError
from dramatis.media.files import check_source, written_whole
from dramatis.media.still import Still

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 3840 * 2160 * 4
"""Default limit of pixels: enough for a 4K film and a camera that moves over twice its width."""
_FORMATS = ("JPEG", "PNG", "BMP", "GIF", "PPM", "WEBP", "TIFF", "AVIF", "JPEG2000", "TGA", "ICO", "PSD")
"""Formats that are opened: those that Pillow decodes itself (EPS would start a program). pi-heif reads HEIC. The first five come
with `Image.preinit`; for one of the others Pillow loads all of its plugins, which takes 0.05 s.
"""
_AVIF, _HEIC = {b"avif", b"avis"}, {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_MOST_TO_OPEN = 400_000_000
_MOST_WHOLE = 150_000_000  # formats that cannot be reduced while they are decoded
_UNKNOWN = "damaged, incomplete, or a format that is not supported"
_GREY = (128, 128, 128)
_UNREADABLE = (OSError, RuntimeError, SyntaxError, ValueError, EOFError, LookupError, struct.error, zlib.error, MemoryError)


def read_still(path: str, most_pixels: int = MOST_PIXELS) -> Still:
    """The picture at `path`, upright, with at most `most_pixels` pixels; raises `PictureError`."""
    file = Path(path)
    check_source(file, "picture", PictureError)
    with _tolerant():
        try:
            return Still(_read(file, most_pixels))
        except PictureError:
            raise
        except _UNREADABLE as fault:
            kind = _kind(file)
            what = f"of the kind {kind}, damaged or incomplete" if kind else _UNKNOWN
            raise PictureError(
                f"{path} cannot be read as a picture ({what}); "
                "give a JPEG, PNG, WebP, TIFF, HEIC or AVIF that opens in a picture viewer."
            ) from fault


def longest_side(path: str) -> int:
    """Longer side of a picture file in pixels, from its header; for files that `read_still` reads."""
    from PIL import Image

    with _tolerant(), Image.open(path, formats=_formats(Path(path))) as header:
        return max(header.size)


def write_still(still: Still, path: str) -> None:
    """Write a PNG or a JPEG (quality 95), whole or not at all; raises `OutputError`."""
    from PIL import Image

    if Path(path).suffix.lower() not in {".png", ".jpg", ".jpeg"}:
        raise OutputError(f"A picture is written as .png or .jpg, not as {Path(path).name}.")
    with written_whole(path) as part:
        Image.fromarray(still.pixels).save(part, quality=95, subsampling=0)


@contextmanager
def _tolerant() -> Iterator[None]:
    """This module checks the size itself, so Pillow neither warns nor refuses; its warnings about metadata are suppressed."""
    from PIL import Image

    Image.preinit()
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _read(file: Path, most_pixels: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    from PIL import Image, ImageOps

    with Image.open(file, formats=_formats(file)) as picture:
        _check_size(file, picture)
        parts = _parts(picture, most_pixels)
        picture.draft(None, (picture.width // parts, picture.height // parts))  # JPEG decodes at a half, a quarter or an eighth
        picture.load()
        upright, parts = _eight_bits(picture), _parts(picture, most_pixels)
        if parts > 1:
            upright = upright.reduce(parts)
        upright.info, profile = dict(picture.info), picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(_with_exif(upright, picture))
    return np.array(_flat(_to_srgb(upright, profile)), np.uint8)


def _kind(file: Path) -> str:
    """HEIC or AVIF, by the brands in the file's first box (ISO/IEC 14496-12, 4.3); empty for others."""
    with file.open("rb") as opened:
        head = opened.read(64)
    if head[4:8] != b"ftyp":
        return ""
    size = int.from_bytes(head[:4])
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)), 4))}
    return "AVIF" if brands & _AVIF else "HEIC" if brands & _HEIC else ""


def _formats(file: Path) -> tuple[str, ...]:
    """The formats in which Pillow may open a file; raises `PictureError` if the decoder is not installed."""
    from PIL import features

    kind = _kind(file)
    if kind == "HEIC":
        try:
            from pi_heif import register_heif_opener
        except ImportError as fault:
            raise PictureError(
                f"{file} is a {kind} picture, and pi-heif, which reads those, is not installed: "
                f"run {sys.executable} -m pip install pi-heif, or give it as JPEG."
            ) from fault
        register_heif_opener()
        return ("HEIF",)
    if kind == "AVIF" and not features.check("avif"):
        raise PictureError(f"{file} is an {kind} picture, which this build of Pillow does not read; give it as JPEG.")
    return _FORMATS


def _parts(picture: "Image", most_pixels: int) -> int:
    """The whole factor by which sides must shrink."""
    return max(1, ceil(sqrt(picture.width * picture.height / most_pixels)))


def _check_size(file: Path, picture: "Image") -> None:
    pixels = picture.width * picture.height
    most = _MOST_TO_OPEN if picture.format in {"JPEG", "MPO"} else _MOST_WHOLE
    if pixels > most:
        raise PictureError(
            f"{file} has {pixels / 1e6:.0f} megapixels; at most {most / 1e6:.0f} are read from such a file: make it smaller."
        )


def _with_exif(image: "Image", source: "Image") -> "Image":
    """Read the orientation from the file first, since conversions lose it."""
    image.getexif().update({0x0112: source.getexif().get(0x0112, 1)})
    return image


def _eight_bits(image: "Image") -> "Image":
    """L, LA, RGB, RGBA, CMYK or YCbCr with 8 bits a channel."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):
        values = np.nan_to_num(np.asarray(image, np.float32))
        top = 65535.0 if image.mode.startswith("I") else 1.0
        if values.max(initial=0) > top:
            top = float(values.max())
        return Image.fromarray(np.clip(values * (255 / top) + 0.5, 0, 255).astype(np.uint8))
    if image.mode in {"1", "L"}:
        return image.convert("LA" if "transparency" in image.info else "L")
    if image.mode in {"P", "PA"} or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in {"HSV", "RGBX", "RGBa", "La"}:
        return image.convert({"RGBa": "RGBA", "La": "LA"}.get(image.mode, "RGB"))
    return image


def _to_srgb(image: "Image", profile: bytes | None) -> "Image":
    """Convert to sRGB; an unusable colour profile is ignored."""
    from PIL import ImageCms

    if image.mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        made = ImageCms.profileToProfile(image, lab, ImageCms.createProfile("sRGB"), outputMode="RGB")
        return image.convert("RGB") if made is None else made
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return image
    try:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        made = ImageCms.profileToProfile(image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return image if made is None else made


def _flat(image: "Image") -> "Image":
    """RGB; transparent parts become neutral grey."""
    from PIL import Image

    if image.mode not in {"LA", "RGBA"}:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, (*_GREY, 255))
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
