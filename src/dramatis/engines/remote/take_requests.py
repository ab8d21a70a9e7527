"""A take as servers want it: words, pictures as PNG, and for each character a sound of the take's length."""

import base64
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import EngineError
from dramatis.media.still import Matte, Pixels
from dramatis.take import Role, Take

RATE = 16_000
_MARGIN = 0.1  # seconds of silence behind a sound: servers film as long as they hear
_STRENGTHS = ((0.45, "slightly "), (0.85, ""), (2.0, "very "))
_CAMERAS = {"static": "the camera stands still"}


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
    """A take; `first` and `last` are given frames as PNG, of the film's size."""

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


def request_of(take: Take, hears: int) -> VideoRequest:
    """The request for a take, for a model that hears so many voices."""
    rate = take.canvas.rate
    given = {rate.nearest(anchor.at) - take.first: png(anchor.picture.pixels) for anchor in take.anchors}
    looks = [role.look for role in take.cast if role.look is not None]
    return VideoRequest(
        prompt=prompt_of(take),
        avoid=take.direction.avoid,
        width=take.canvas.width,
        height=take.canvas.height,
        frames=take.frames,
        fps=rate.fps,
        seed=take.motion_seed,
        first=given.get(0, png(looks[0].picture.pixels) if looks else None),
        last=given.get(take.frames - 1) if take.frames > 1 else None,
        speakers=_speakers(take) if hears else (),
    )


def prompt_of(take: Take) -> str:
    """The direction in plain words: what lasts, then cues in their order."""
    lines = [line.strip() for line in take.direction.words.splitlines() if line.strip()]
    start, end = take.span.start, take.span.end
    for cue in sorted(take.direction.cues, key=lambda cue: cue.span.start):
        if cue.span.start <= end and cue.span.end >= start:
            how = next(words for most, words in _STRENGTHS if cue.intensity <= most)
            who = f"{cue.who}: " if cue.who else ""
            what = _CAMERAS.get(cue.what, f"the camera: {cue.what}") if cue.kind == "camera" else f"{who}{how}{cue.what}"
            if what not in lines:
                lines.append(what)
    return ". ".join(lines) or "A person, natural movement."


def voice_in(take: Take, role: Role) -> NDArray[np.float32]:
    """What a role says in the take, `[samples]` at RATE; silence without a voice. A little longer than the take."""
    wanted = round((take.frames / take.canvas.rate.fps + _MARGIN) * RATE)
    heard = np.zeros(wanted, np.float32)
    if role.voice is not None:
        start = round(float(take.times[0]) * role.voice.rate)
        part = role.voice.mono[start : start + round(wanted * role.voice.rate / RATE)]
        if role.voice.rate != RATE:
            raise EngineError(f"A voice of {role.voice.rate} Hz was given; voices of takes have {RATE} Hz.")
        heard[: len(part)] = part
    return heard


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
    alone = len(take.cast) == 1
    found = []
    for number, role in enumerate(take.cast):
        mask = _mask(take, role, number, alone)
        found.append(SpeakerInput(role.name, wav(voice_in(take, role)), png(mask), _box(mask)))
    return tuple(found)


def _mask(take: Take, role: Role, number: int, alone: bool) -> NDArray[np.uint8]:
    """Where a role is, `H W`, 0 or 255: its matte; without one, its share of the picture, from left to right."""
    height, width = take.canvas.height, take.canvas.width
    mask = np.zeros((height, width), np.uint8)
    matte: Matte | None = role.look.matte if role.look else None
    if matte is not None and matte.alpha.shape == (height, width) and not alone:
        mask[matte.alpha > 127] = 255
    if alone or not mask.any():
        share = (0, width) if alone else (width * number // len(take.cast), width * (number + 1) // len(take.cast))
        mask[:, share[0] : share[1]] = 255
    return mask


def _box(mask: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1
