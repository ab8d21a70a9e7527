"""HEIC and AVIF, the formats of phones: upright, in eight or ten bits, and named rightly where they cannot be read."""

import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pillow_heif
import pytest
from PIL import Image, features

from dramatis.errors import PictureError
from dramatis.media.pictures.picture_files import longest_side, read_still
from dramatis.media.still import Still

TURNS = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
"""EXIF's number for how a phone was held, and how its sensor then sees the scene."""
COLOURS = {(0.1, 0.1): (30, 200, 30), (0.1, 0.8): (200, 30, 30), (0.9, 0.8): (30, 30, 200)}


def scene(width: int = 192, height: int = 128) -> np.ndarray:
    """Red left half, blue right half, green strip on top."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2] = (200, 30, 30)
    pixels[:, width // 2 :] = (30, 30, 200)
    pixels[: height // 4] = (30, 200, 30)
    return pixels


def assert_scene(still: Still) -> None:
    """The scene, upright; colours may be off by what a codec costs."""
    assert still.width == 1.5 * still.height
    for (x, y), colour in COLOURS.items():
        found = still.pixels[int(y * still.height), int(x * still.width)].astype(int)
        assert np.abs(found - colour).max() <= 14, (x, y, found)


def turned(turn: int) -> Image.Image:
    picture, way = Image.fromarray(scene()), TURNS[turn]
    return picture if way is None else picture.transpose(way)


def heic(path: Path, turn: int = 1) -> None:
    picture, exif = turned(turn), Image.Exif()
    exif[0x0112] = turn
    pillow_heif.from_pillow(picture).save(path, quality=95, chroma=444, exif=exif.tobytes())


def avif(path: Path, turn: int = 1) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    turned(turn).save(path, "AVIF", quality=95, subsampling="4:4:4", exif=exif)


def deep_heic(path: Path) -> None:
    deep = scene().astype(np.uint16) * 257
    pillow_heif.encode("RGB;16", (192, 128), deep.tobytes(), str(path), quality=95)
    assert pillow_heif.open_heif(str(path), convert_hdr_to_8bit=False).info["bit_depth"] == 10


def deep_avif(path: Path) -> None:
    with av.open(str(path), "w", format="avif") as container:
        stream = container.add_stream("libsvtav1", rate=1, options={"crf": "10", "preset": "10"})
        stream.width, stream.height, stream.pix_fmt = 192, 128, "yuv420p10le"
        frame = av.VideoFrame.from_ndarray(scene(), format="rgb24")
        container.mux(stream.encode(frame.reformat(format="yuv420p10le", dst_colorspace="ITU601")))
        container.mux(stream.encode(None))


SAVED: dict[str, Callable[[Path], None]] = {
    "plain.heic": heic,
    "plain.avif": avif,
    "deep.heic": deep_heic,
    "deep.avif": deep_avif,
    "named_otherwise.jpg": heic,
}


@pytest.mark.parametrize("name", sorted(SAVED))
def test_pictures_of_phones_are_read(name: str, tmp_path: Path) -> None:
    SAVED[name](tmp_path / name)
    assert_scene(read_still(str(tmp_path / name)))
    assert longest_side(str(tmp_path / name)) == 192


@pytest.mark.parametrize("write", [heic, avif])
@pytest.mark.parametrize("turn", sorted(TURNS))
def test_they_are_upright_however_the_phone_was_held(write: Callable[[Path, int], None], turn: int, tmp_path: Path) -> None:
    write(tmp_path / "turned", turn)
    assert_scene(read_still(str(tmp_path / "turned")))
    assert_scene(read_still(str(tmp_path / "turned"), most_pixels=10_000))


@pytest.mark.parametrize("share", [0.1, 0.95])
@pytest.mark.parametrize(("name", "write"), [("HEIC", heic), ("AVIF", avif)])
def test_what_is_cut_off_is_called_by_its_name(name: str, write: Callable[[Path], None], share: float, tmp_path: Path) -> None:
    path = tmp_path / "cut"
    write(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: max(40, int(share * len(whole)))])
    with pytest.raises(PictureError, match=f"kind {name}, damaged or incomplete") as caught:
        read_still(str(path))
    assert str(path) in str(caught.value)


def test_a_decoder_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heic(tmp_path / "photo.heic")
    avif(tmp_path / "photo.avif")
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    monkeypatch.setattr(features, "check", lambda name: False)
    with pytest.raises(PictureError, match=r"is a HEIC picture, and pi-heif.*is not installed"):
        read_still(str(tmp_path / "photo.heic"))
    with pytest.raises(PictureError, match="is an AVIF picture, which this build of Pillow does not read"):
        read_still(str(tmp_path / "photo.avif"))
