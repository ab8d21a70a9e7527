"""A take as servers want it: words, pictures as PNG, and for each character a sound of the take's length."""

import base64
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.conditioning.plain_take import RATE, areas, prompt_of, voice_in
from dramatis.media.still import Picture, Pixels
from dramatis.take import Take


@dataclass(frozen=True)
class SpeakerInput:
    """A character who is seen: its `sound` (WAV, 16 kHz mono, silent where it does not speak), its `mask` (PNG: white where it
    is), and the box of that, (top, left, bottom, right) in pixels.
    """

    name: str
    sound: bytes
    mask: bytes
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class VideoRequest:
    """A take; `first` and `last` are given frames as PNG, of the film's size if no other was asked for."""

    prompt: str
    avoid: str
    width: int
    height: int
    frames: int
    fps: float
    seed: int
    first: bytes | None
    last: bytes | None
    speakers: tuple[SpeakerInput, ...]


def request_of(take: Take, hears: int, size: tuple[int, int] | None = None) -> VideoRequest:
    """The request for a take, for a model that hears so many voices; given frames are stretched to a width and height."""
    rate, shape = take.canvas.rate, size or (take.canvas.width, take.canvas.height)
    given = {rate.nearest(anchor.at) - take.first: _framed(anchor.picture, shape) for anchor in take.anchors}
    looks = [role.look for role in take.cast if role.look is not None]
    return VideoRequest(
        prompt=prompt_of(take),
        avoid=take.direction.avoid,
        width=take.canvas.width,
        height=take.canvas.height,
        frames=take.frames,
        fps=rate.fps,
        seed=take.motion_seed,
        first=given.get(0, _framed(looks[0].picture, shape) if looks else None),
        last=given.get(take.frames - 1) if take.frames > 1 else None,
        speakers=_speakers(take) if hears else (),
    )


def _framed(picture: Picture, size: tuple[int, int]) -> bytes:
    """A picture as PNG of a width and height."""
    import cv2

    if (picture.width, picture.height) == size:
        return png(picture.pixels)
    means = cv2.INTER_AREA if picture.width > size[0] else cv2.INTER_CUBIC
    return png(np.asarray(cv2.resize(picture.pixels, size, interpolation=means), np.uint8))


def png(pixels: Pixels | NDArray[np.uint8]) -> bytes:
    """A picture as PNG, exactly."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.asarray(pixels)).save(file, "png", compress_level=1)
    return file.getvalue()


def wav(samples: NDArray[np.float32]) -> bytes:
    """Mono sound at RATE as WAV with 16 bits."""
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV", subtype="PCM_16")
    return file.getvalue()


def data_url(data: bytes, kind: str) -> str:
    """Bytes as a data URL."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _speakers(take: Take) -> tuple[SpeakerInput, ...]:
    """Everybody in the picture, so that who is silent hears silence; whoever is alone has the whole picture."""
    return tuple(
        SpeakerInput(role.name, wav(voice_in(take, role)), png(np.where(area, np.uint8(255), np.uint8(0))), _box(area))
        for role, area in zip(take.cast, areas(take) if take.cast else (), strict=True)
    )


def _box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1
