"""A take in plain words, sounds and masks, for models that were not trained here; without torch."""

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import EngineError
from dramatis.take import Role, Take

RATE = 16_000
"""Of voices, in Hz."""
_MARGIN = 0.1  # seconds of silence behind a sound: servers film as long as they hear
_STRENGTHS = ((0.45, "slightly "), (0.85, ""), (2.0, "very "))
_CAMERAS = {"static": "the camera stands still"}


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


def areas(take: Take) -> NDArray[np.bool_]:
    """For each of the cast, in its order, a mask `H W` of the canvas: its matte, or, without one, its share of the picture from
    left to right. Whoever is alone has the whole picture.
    """
    return np.stack([_area(take, role, number) for number, role in enumerate(take.cast)])


def _area(take: Take, role: Role, number: int) -> NDArray[np.bool_]:
    height, width, count = take.canvas.height, take.canvas.width, len(take.cast)
    matte = role.look.matte if role.look else None
    if count > 1 and matte is not None:
        rows, columns = (
            (np.arange(side) * given // side) for side, given in zip((height, width), matte.alpha.shape, strict=True)
        )
        inside = matte.alpha[rows[:, None], columns] > 127
        if inside.any():
            return inside
    mask = np.zeros((height, width), np.bool_)
    mask[:, width * number // count : width * (number + 1) // count] = True
    return mask
