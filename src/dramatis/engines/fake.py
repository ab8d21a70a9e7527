"""An engine that paints its input: the frame's number, the loudness of each role, and what it was given.

It is shipped because tests of the route and `dramatis doctor` film with it.
The number is painted as a strip of black and white blocks along the top, large enough to survive any encoder. Below it are three
thinner strips: the number that is read from the prior's frame, and from the given frames before and after this one. Each role has
a bar whose height is the loudness of its voice at that instant. The rest of the picture is the first role's look, or grey.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.facts import check_facts
from dramatis.errors import EngineError
from dramatis.media.digests import code_digest
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Pixels
from dramatis.media.value_cache import ValueCache
from dramatis.take import Limits, Places, Take

BITS = 20
"""A film of 4.8 hours at 60 frames a second."""
_WINDOW = 0.04  # seconds of voice around a frame


@dataclass(frozen=True)
class Given:
    """The numbers of what a frame was made from; None where nothing was given."""

    prior: int | None
    before: int | None
    after: int | None


@dataclass(frozen=True)
class FakeEngine:
    """Paints takes. `step` is its frame step, `most` its longest take, `anchors` where it takes given frames, `pause` extra
    seconds per frame (to simulate slow engines), `at_once`, `framings` and `seamless` as in `Limits`.
    """

    step: int = 1
    most: int = 250
    anchors: Places = "any"
    pause: float = 0.0
    at_once: int | None = None
    framings: tuple[str, ...] = ()
    seamless: bool = True

    @property
    def limits(self) -> Limits:
        """It takes anchors and priors. It performs no cue, but declares none as impossible."""
        return Limits(
            name="fake",
            version=code_digest(__name__),
            frame_step=self.step,
            most_frames=self.most,
            anchors=self.anchors,
            takes_prior=True,
            alpha=True,
            at_once=self.at_once,
            framings=self.framings,
            seamless=self.seamless,
        )

    def render(self, take: Take) -> Footage:
        """Footage of the take; anchors appear as given frames, without a number."""
        self._check(take)
        return Footage(take.canvas, take.span, self._frames(take))

    def _frames(self, take: Take) -> Iterator[Pixels]:
        given = {take.canvas.rate.nearest(anchor.at): anchor.picture.pixels for anchor in take.anchors}
        numbers = {place: read_number(pixels) for place, pixels in given.items()}
        ground = _ground(take)
        bars = np.array([_loudness(role.voice, take) for role in take.cast]).reshape(len(take.cast), take.frames)
        for index, prior in enumerate(_priors(take)):
            if self.pause:
                time.sleep(self.pause)
            number = take.first + index
            made_from = _near(numbers, number, prior)
            shown = given[number].copy() if number in given else _painted(ground, number, made_from, bars[:, index])
            yield np.dstack([shown, _opacity(shown, ground)]) if take.canvas.alpha else shown

    def _check(self, take: Take) -> None:
        check_facts(take, self.limits)
        if take.first % self.step:
            raise EngineError(f"The fake engine starts at multiples of {self.step} frames, not at {take.first}.")
        for anchor in take.anchors:
            if (anchor.picture.width, anchor.picture.height) != (take.canvas.width, take.canvas.height):
                raise EngineError("The fake engine takes anchors of the canvas's size only.")


def read_number(frame: Pixels) -> int:
    """The number that was painted into a frame, also after encoding."""
    return _read(frame[: max(2, frame.shape[0] // 8)])


def read_given(frame: Pixels) -> Given:
    """What was painted of the prior and the given frames."""
    numbers = [_read(frame[rows]) - 1 for rows in _strips(frame.shape[0])]
    return Given(*(None if number < 0 else number for number in numbers))


def read_loudness(frame: Pixels, roles: int) -> tuple[float, ...]:
    """How loud each of `roles` roles was painted, 0 to 1."""
    height, width = frame.shape[:2]
    area = frame[height // 4 :]
    heights = []
    for role in range(roles):
        left, right = _bar(width, role, roles)
        middle = (left + right) // 2
        column = area[:, middle - 1 : middle + 1].astype(np.int16)
        green = (column[..., 1] - column[..., 0] > 90).mean(axis=1) > 0.5
        heights.append(float(green.mean()))
    return tuple(heights)


def _ground(take: Take) -> Pixels:
    look = take.cast[0].look if take.cast else None
    height, width = take.canvas.height, take.canvas.width
    if look is not None and look.picture.pixels.shape == (height, width, 3):
        return look.picture.pixels
    return np.full((height, width, 3), 96, np.uint8)


def _priors(take: Take) -> Iterator[int | None]:
    """The number of the prior's frame that is on the screen at each frame of a take; frames of the prior are read one by one."""
    prior, shown, number = take.prior, -1, None
    frames = iter(prior.frames if prior else ())
    for at in take.times:
        place = prior.canvas.rate.frame_at(at) - prior.canvas.rate.nearest(prior.span.start) if prior else -1
        while shown < place and (frame := next(frames, None)) is not None:
            shown, number = shown + 1, read_number(frame)
        yield number


def _near(numbers: dict[int, int], number: int, prior: int | None) -> Given:
    """What a frame was made from, if the frames in `numbers` were given."""
    before = [place for place in numbers if place < number]
    after = [place for place in numbers if place > number]
    return Given(prior, numbers[max(before)] if before else None, numbers[min(after)] if after else None)


def _painted(ground: Pixels, number: int, given: Given, loud: NDArray[np.float64]) -> Pixels:
    frame = ground.copy()
    height, width = frame.shape[:2]
    _paint(frame[: max(2, height // 8)], number)
    for rows, value in zip(_strips(height), (given.prior, given.before, given.after), strict=True):
        _paint(frame[rows], 0 if value is None else value + 1)
    area = frame[height // 4 :]
    for role, value in enumerate(loud):
        left, right = _bar(width, role, len(loud))
        area[:, left:right] = (30, 30, 30)
        area[len(area) - round(float(value) * len(area)) :, left:right] = (30, 220, 30)
    return frame


def _opacity(frame: Pixels, ground: Pixels) -> NDArray[np.uint8]:
    """Only what was painted is seen, `H W 1`."""
    return np.where((frame != ground).any(axis=2, keepdims=True), 255, 0).astype(np.uint8)


def _strips(height: int) -> list[slice]:
    """The rows of the three strips under the number."""
    edges = np.linspace(max(2, height // 8), max(5, height // 4), 4).round().astype(int).tolist()
    return [slice(*rows) for rows in pairwise(edges)]


def _paint(strip: Pixels, number: int) -> None:
    for place, block in enumerate(np.array_split(np.arange(strip.shape[1]), BITS)):
        strip[:, block[0] : block[-1] + 1] = 255 if number >> place & 1 else 0


def _read(strip: Pixels) -> int:
    blocks = np.array_split(np.arange(strip.shape[1]), BITS)
    bits = [bool(strip[:, block[len(block) // 4 : len(block) - len(block) // 4]].mean() > 127) for block in blocks]
    return sum(1 << place for place, bit in enumerate(bits) if bit)


def _bar(width: int, role: int, roles: int) -> tuple[int, int]:
    middle = width * (2 * role + 1) // (2 * roles)
    half = max(4, width // (12 * roles))
    return middle - half, middle + half


def _loudness(voice: Waveform | None, take: Take) -> NDArray[np.float64]:
    """Root mean square of the voice around each frame, 0 to 1, `[frames]`."""
    loud = np.zeros(take.frames)
    if voice is None:
        return loud
    mono, half = voice.mono, _WINDOW / 2
    for index, at in enumerate(take.times):
        part = mono[max(0, round((at - half) * voice.rate)) : max(0, round((at + half) * voice.rate))]
        loud[index] = min(1.0, 2 * float(np.sqrt(np.mean(np.square(part, dtype=np.float64))))) if len(part) else 0.0
    return loud


def painting(_cache: ValueCache) -> FakeEngine:
    """The engine as it is built by name; it keeps nothing."""
    return FakeEngine()
