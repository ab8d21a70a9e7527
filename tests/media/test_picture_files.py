"""Whatever people have becomes an upright sRGB still, or one clear sentence."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from dramatis.errors import OutputError, PictureError
from dramatis.media.pictures.picture_files import read_still, write_still
from dramatis.media.still import Still


def scene(width: int = 96, height: int = 64) -> Image.Image:
    """Red left half, blue right half, green strip on top."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2] = (200, 30, 30)
    pixels[:, width // 2 :] = (30, 30, 200)
    pixels[: height // 4] = (30, 200, 30)
    return Image.fromarray(pixels)


def assert_scene(still: Still, tolerance: int = 12) -> None:
    """The scene, upright."""
    height, width = still.height, still.width
    for (x, y), colour in {(0.1, 0.1): (30, 200, 30), (0.1, 0.8): (200, 30, 30), (0.9, 0.8): (30, 30, 200)}.items():
        found = still.pixels[int(y * height), int(x * width)].astype(int)
        assert np.abs(found - colour).max() <= tolerance, (x, y, found)


def sixteen_bits(path: Path) -> None:
    Image.fromarray((np.asarray(scene().convert("L")).astype(np.uint16)) * 257).save(path)


SAVED: dict[str, Callable[[Path], None]] = {
    "plain.png": lambda p: scene().save(p),
    "plain.jpg": lambda p: scene().save(p, quality=95, subsampling=0),
    "plain.webp": lambda p: scene().save(p, lossless=True),
    "plain.bmp": lambda p: scene().save(p),
    "plain.tiff": lambda p: scene().save(p),
    "palette.png": lambda p: scene().quantize(8).save(p),
    "palette_clear.png": lambda p: scene().quantize(8).save(p, transparency=b"\xff" * 8),
    "opaque.png": lambda p: scene().convert("RGBA").save(p),
    "cmyk.tiff": lambda p: scene().convert("CMYK").save(p),
    "cmyk.jpg": lambda p: scene().convert("CMYK").save(p, quality=95, subsampling=0),
    "moves.gif": lambda p: scene().save(p, save_all=True, append_images=[Image.new("RGB", (96, 64))], duration=50),
    "moves.webp": lambda p: scene().save(p, save_all=True, append_images=[Image.new("RGB", (96, 64))], lossless=True),
    "moves.png": lambda p: scene().save(p, save_all=True, append_images=[Image.new("RGB", (96, 64))]),
}


@pytest.mark.parametrize("name", sorted(SAVED))
def test_every_kind_of_picture_is_read(name: str, tmp_path: Path) -> None:
    SAVED[name](tmp_path / name)
    assert_scene(read_still(str(tmp_path / name)))


@pytest.mark.parametrize("turn", range(1, 9))
def test_exif_rotation_is_applied(turn: int, tmp_path: Path) -> None:
    steps = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = scene()
    for step in steps.get(turn, []):
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = turn
    stored.save(tmp_path / "turned.jpg", exif=exif, quality=95, subsampling=0)
    for most in (10**6, 2000):
        still = read_still(str(tmp_path / "turned.jpg"), most_pixels=most)
        assert still.width > still.height
        assert_scene(still, 25)


def test_sixteen_bits_keep_their_brightness(tmp_path: Path) -> None:
    sixteen_bits(tmp_path / "deep.png")
    expected = np.asarray(scene().convert("L"))
    assert np.abs(read_still(str(tmp_path / "deep.png")).pixels[..., 1].astype(int) - expected).max() <= 1


def test_transparency_lies_on_grey_and_does_not_bleed(tmp_path: Path) -> None:
    cut_out = scene().convert("RGBA")
    cut_out.putalpha(Image.fromarray(np.repeat(np.repeat([[255, 0]], 64, 0), 48, 1).astype(np.uint8)))
    cut_out.save(tmp_path / "cut.png")
    pixels = read_still(str(tmp_path / "cut.png")).pixels
    assert (pixels[:, 60:] == 128).all()
    assert tuple(pixels[40, 10]) == (200, 30, 30)


def test_colour_profiles_are_honoured(tmp_path: Path) -> None:
    """A profile is turned into sRGB; a broken one does not stop the reading."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    scene().save(tmp_path / "srgb.png", icc_profile=srgb)
    scene().save(tmp_path / "broken.png", icc_profile=b"nonsense")
    assert_scene(read_still(str(tmp_path / "srgb.png")), 2)
    assert_scene(read_still(str(tmp_path / "broken.png")), 2)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "tiff"])
def test_a_large_picture_is_reduced(kind: str, tmp_path: Path) -> None:
    scene(1200, 800).save(tmp_path / f"large.{kind}")
    still = read_still(str(tmp_path / f"large.{kind}"), most_pixels=240_000)
    assert 60_000 <= still.width * still.height <= 240_000
    assert_scene(still)


def test_a_hundred_megapixels_are_read_quietly(tmp_path: Path) -> None:
    Image.new("L", (10_000, 10_000), 90).save(tmp_path / "huge.jpg", quality=50)
    still = read_still(str(tmp_path / "huge.jpg"), most_pixels=1_000_000)
    assert still.width == still.height
    assert 500 <= still.width <= 1000


def broken_files(folder: Path) -> dict[str, Path]:
    scene(600, 400).save(folder / "whole.jpg")
    scene(600, 400).save(folder / "whole.png")
    (folder / "empty.png").touch()
    (folder / "text.png").write_text("this is not a picture")
    for kind in ("jpg", "png"):
        whole = (folder / f"whole.{kind}").read_bytes()
        (folder / f"cut.{kind}").write_bytes(whole[: len(whole) // 2])
        (folder / f"head.{kind}").write_bytes(whole[:20])
    names = ["missing.png", "empty.png", "text.png", "cut.jpg", "cut.png", "head.jpg", "head.png"]
    return {name: folder / name for name in names} | {"folder": folder}


def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path) -> None:
    for path in broken_files(tmp_path).values():
        with pytest.raises(PictureError) as caught:
            read_still(str(path))
        message = str(caught.value)
        assert str(path) in message
        assert message.endswith(".")
        assert "\n" not in message


def test_pictures_that_are_programs_are_not_run(tmp_path: Path) -> None:
    """PostScript is read by starting an interpreter."""
    scene().save(tmp_path / "drawn.eps")
    with pytest.raises(PictureError, match="JPEG, PNG, WebP, TIFF, HEIC or AVIF"):
        read_still(str(tmp_path / "drawn.eps"))


def test_too_many_pixels_are_refused_before_decoding(tmp_path: Path) -> None:
    Image.new("1", (21_000, 20_000)).save(tmp_path / "vast.png")
    with pytest.raises(PictureError, match="420 megapixels"):
        read_still(str(tmp_path / "vast.png"))


def test_written_pictures_are_read_back(tmp_path: Path) -> None:
    still = Still(np.asarray(scene()))
    write_still(still, str(tmp_path / "a.png"))
    assert (read_still(str(tmp_path / "a.png")).pixels == still.pixels).all()
    write_still(still, str(tmp_path / "a.jpg"))
    assert_scene(read_still(str(tmp_path / "a.jpg")), 4)
    with pytest.raises(OutputError):
        write_still(still, str(tmp_path / "nowhere" / "a.png"))
    with pytest.raises(OutputError):
        write_still(still, str(tmp_path / "a.xyz"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jpg", "a.png"]
