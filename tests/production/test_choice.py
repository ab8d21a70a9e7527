"""Which frame near a cut becomes a keyframe: of drawn frames the worse one loses to its neighbours."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels
from dramatis.media.videos.video import INNER, write_clip
from dramatis.production.phases.boundaries import FrameGrid, Passage, Quiet, cuts
from dramatis.production.phases.choice import choose
from dramatis.runtime.dispatch import RenderedClip
from dramatis.story import Canvas, Direction, Shot
from dramatis.take import Take

GRID = FrameGrid(clips=Rate(12), blueprint=Rate(3), step=4, most=61, seconds=4.0)
CANVAS = Canvas(96, 96, Rate(3))
NOT_QUIET = Quiet()
CUT = 12  # the blueprint's frame where a cut of eight seconds is even


def drawn(closed: bool = False, hand: int = 90, skin: int = 200) -> Pixels:
    """A face before a wall, with a hand at a height. Without a change, frames are equal and the cut is even."""
    frame = np.full((96, 96, 3), (120, 150, 170), np.uint8)
    frame[:, ::12] = (90, 100, 120)
    y = 46
    cv2.ellipse(frame, (48, y), (22, 28), 0, 0, 360, (skin, 160, 130), -1, cv2.LINE_AA)
    for x in (39, 57):
        cv2.ellipse(frame, (x, y - 6), (5, 4), 0, 0, 360, (skin, 150, 120) if closed else (255, 255, 255), -1, cv2.LINE_AA)
        if not closed:
            cv2.circle(frame, (x, y - 6), 2, (30, 30, 30), -1, cv2.LINE_AA)
    cv2.line(frame, (40, y + 12), (56, y + 12), (150, 60, 60), 2, cv2.LINE_AA)
    cv2.circle(frame, (84, hand), 7, (skin, 160, 130), -1, cv2.LINE_AA)
    return frame


def filmed(frames: list[Pixels], folder: Path, length: int = 15) -> tuple[RenderedClip, ...]:
    """As clips of some frames, neighbours of which share one."""
    clips = []
    for first in range(0, len(frames) - 1, length):
        part = frames[first : first + length + 1]
        span = Span(CANVAS.rate.time(first), CANVAS.rate.time(first + len(part) - 1))
        path = folder / f"{first}.mp4"
        write_clip(Footage(CANVAS, span, part), str(path), INNER)
        clips.append(RenderedClip(path.stem, path, Take(CANVAS, span), 1.0))
    return tuple(clips)


def keyframe(frames: list[Pixels], folder: Path, heard: Quiet = NOT_QUIET, length: int = 15) -> int:
    """The blueprint's frame on which a film of eight seconds is cut in two."""
    edges = cuts(0, 96, heard, GRID)
    passage = Passage((Shot(Span(0.0, 8.0), "", (), Direction()),), edges, heard)
    first, cut, last = choose(GRID, passage, filmed(frames, folder, length))
    assert (first, last) == (0, 96)
    return cut // 4


def still_frames() -> list[Pixels]:
    return [drawn()] * 25


def changed(how: Callable[[Pixels], Pixels]) -> list[Pixels]:
    """Three frames are changed, so the middle one differs from neither neighbour."""
    frames = still_frames()
    for number in (CUT - 1, CUT, CUT + 1):
        frames[number] = how(frames[number])
    return frames


def blurred(frame: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 2.0), np.uint8)


def noisy(frame: Pixels) -> Pixels:
    noise = np.random.default_rng(1).normal(0, 20, frame.shape)
    return np.clip(frame + noise, 0, 255).astype(np.uint8)


def another_person(_frame: Pixels) -> Pixels:
    return drawn(skin=90)


@pytest.mark.parametrize("how", [blurred, noisy, another_person])
def test_frames_that_are_not_as_usual_lose(how: Callable[[Pixels], Pixels], tmp_path: Path) -> None:
    assert 2 <= abs(keyframe(changed(how), tmp_path) - CUT) <= 3


def blinking() -> list[Pixels]:
    """The hand rises by as much in each frame, so all of them move as much."""
    return [drawn(closed=number == CUT, hand=90 - 10 * min(8, max(0, number - 8))) for number in range(25)]


def test_a_frame_in_the_middle_of_a_blink_loses(tmp_path: Path) -> None:
    assert 1 <= abs(keyframe(blinking(), tmp_path) - CUT) <= 3


def test_a_frame_in_the_middle_of_a_fast_move_loses(tmp_path: Path) -> None:
    """The hand is up for the rest of the film, so from the next frame on it is as usual."""
    heights = {CUT - 1: 80, CUT: 50, CUT + 1: 20}
    frames = [drawn(hand=heights.get(number, 90 if number < CUT else 12)) for number in range(25)]
    assert 2 <= abs(keyframe(frames, tmp_path) - CUT) <= 3


def test_equal_frames_are_cut_where_it_is_even(tmp_path: Path) -> None:
    assert keyframe(still_frames(), tmp_path) == CUT


def test_the_voice_comes_first(tmp_path: Path) -> None:
    """A blink in the only silence is taken; of two frames in a silence the better one."""
    assert keyframe(blinking(), tmp_path, Quiet((Span(3.9, 4.1),))) == CUT
    assert keyframe(blinking(), tmp_path, Quiet((Span(3.9, 4.4),))) == CUT + 1


def test_what_comes_later_does_not_change_it(tmp_path: Path) -> None:
    """So an edit films again only what follows it; and the blueprint's takes may be cut anywhere."""
    frames = blinking()
    cut = keyframe(frames, tmp_path)
    assert keyframe([*frames[:17], *[drawn(skin=60, hand=40)] * 8], tmp_path) == cut
    assert keyframe(frames, tmp_path, length=12) == cut
