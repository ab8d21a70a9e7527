"""The finish engine with tiny networks that know nothing: which frame is made of which, and how given frames are met."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.conditioning.speech import silence
from dramatis.engines.finish.between import Between, opened, warp
from dramatis.engines.finish.engine import FinishEngine, load
from dramatis.engines.finish.limits import weights_in
from dramatis.engines.finish.mouth_motion import mouth_motion
from dramatis.errors import EngineError
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Pixels, Still
from dramatis.models import interpolator, mouth_finder, upscaler
from dramatis.speech.mouthshapes import FEATURES
from dramatis.speech.spectrum import SAMPLE_RATE
from dramatis.story import Canvas
from dramatis.take import Anchor, Engine, Limits, Role, Take

SMALL, LARGE = Canvas(48, 32, Rate(12)), Canvas(96, 64, Rate(48))


@pytest.fixture(scope="module")
def engine() -> FinishEngine:
    torch.manual_seed(0)
    enlarging = upscaler.Upscaler(upscaler.UpscalerConfig(1, (8, 8, 8), (1, 1, 1), 8)).eval()
    fading = interpolator.Interpolator(interpolator.InterpolatorConfig((4,), (8,), (1,))).eval()
    blind = mouth_finder.MouthFinder(mouth_finder.MouthFinderConfig(8, 1)).eval()
    torch.nn.init.zeros_(blind.proj_out.weight)
    torch.nn.init.constant_(blind.proj_out.bias, -200.0)
    return FinishEngine(enlarging, Between(fading, blind), heard, Limits("finish", "of a test", anchors="ends", takes_prior=True))


def heard(voice: Waveform) -> NDArray[np.float32]:
    """Those of silence, and more of each where the voice is louder."""
    return silence() + np.abs(voice.mono)[:: SAMPLE_RATE // 50, None]


def clip(frames: int = 9) -> list[Pixels]:
    """A faint ball that goes right by four pixels a frame over a ramp."""
    film = []
    for number in range(frames):
        frame = np.repeat(np.linspace(40, 160, 48)[None, :, None], 32, 0).repeat(3, 2).astype(np.uint8)
        film.append(frame - np.asarray(cv2.circle(np.zeros_like(frame), (6 + 4 * number, 16), 5, (25, 15, 15), -1)))
    return film


def take(frames: int = 9, start: float = 2.0, **changes: object) -> Take:
    span = Span(start, start + (frames - 1) / 12)
    prior = Footage(SMALL, span, clip(frames), "a clip")
    return Take(LARGE, span, **{"cast": (Role("Ada"),), "prior": prior, **changes})  # type: ignore[arg-type]  # by name


def filmed(engine: Engine, asked: Take) -> list[Pixels]:
    return list(engine.render(asked).frames)


def apart(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(float) - other).mean())


def test_it_conforms(conforms: Callable[[Engine, Take], None], engine: FinishEngine) -> None:
    conforms(engine, take(4))


def test_frames_of_the_clip_are_enlarged_and_others_lie_between(engine: FinishEngine) -> None:
    made, small = filmed(engine, take()), clip()
    assert len(made) == 33
    for number, frame in enumerate(small):
        assert apart(made[4 * number], cv2.resize(frame, (96, 64), interpolation=cv2.INTER_CUBIC)) < 2
    faded = cv2.addWeighted(made[4], 0.75, made[8], 0.25, 0)  # networks that know nothing fade
    assert apart(made[5], faded) < 1


def test_of_frames_that_do_not_agree_the_nearer_one_is_shown(engine: FinishEngine) -> None:
    frames = clip(2)
    frames[1][8:24, 16:40] = (20, 220, 20)  # is not there before
    made = filmed(engine, replace(take(2), prior=Footage(SMALL, Span(2.0, 2.0 + 1 / 12), frames, "a clip")))
    assert np.array_equal(made[1], made[0])
    assert all(np.array_equal(made[number], made[4]) for number in (2, 3))


def test_a_single_frame_becomes_a_large_still(engine: FinishEngine) -> None:
    at = Span(1.25, 1.25)
    asked = Take(LARGE, at, prior=Footage(replace(SMALL, rate=Rate(3)), at, clip(1), "a frame"))
    (still,) = filmed(engine, asked)
    assert apart(still, cv2.resize(clip(1)[0], (96, 64), interpolation=cv2.INTER_CUBIC)) < 2


def test_a_film_of_another_rate_and_a_part_of_a_clip(engine: FinishEngine) -> None:
    whole = filmed(engine, take())
    part = replace(take(), span=Span(2.25, 2.5))
    assert all(np.array_equal(a, b) for a, b in zip(filmed(engine, part), whole[12:25], strict=True))
    slow = filmed(engine, replace(take(), canvas=replace(LARGE, rate=Rate(24))))
    assert all(np.array_equal(a, b) for a, b in zip(slow, whole[::2], strict=True))


def test_what_lies_between_follows_the_voice_where_there_is_a_mouth(engine: FinishEngine) -> None:
    sound = np.zeros((round(2.7 * SAMPLE_RATE), 1), np.float32)
    sound[round(2.105 * SAMPLE_RATE) :] = 1  # at once, soon after the clip's frame at 2.083 s
    asked = take(cast=(Role("Ada", voice=Waveform(sound, SAMPLE_RATE)),))
    finder = deepcopy(engine.between.mouth_finder)
    torch.nn.init.constant_(finder.proj_out.bias, 30.0)  # mouths everywhere
    seeing = replace(engine, between=replace(engine.between, mouth_finder=finder))
    plain, blind, made = filmed(seeing, take()), filmed(engine, asked), filmed(seeing, asked)
    whole = apart(plain[4], plain[8])
    changed = [number for number, (one, other) in enumerate(zip(plain, made, strict=True)) if apart(one, other) > 0.1 * whole]
    assert changed == [6, 7]
    assert apart(made[6], plain[8]) < 0.1 * whole  # it is where the voice is, when the picture is half way
    assert all(np.array_equal(*pair) for pair in zip(plain, blind, strict=True))  # no mouth is seen, so nothing follows


@pytest.mark.parametrize("wider", [0.5, 0.7, 1.5])
def test_a_mouth_is_made_lower_or_higher_where_it_is(wider: float) -> None:
    skin = np.full((240, 320, 3), 150, np.uint8)
    skin[::8] = 120  # stripes that show what moves
    face = np.asarray(cv2.ellipse(skin.copy(), (160, 120), (26, 8), 0, 0, 360, (20, 0, 0), -1))
    shares = np.zeros((60, 80), np.float32)
    shares[24:36, 28:52] = 1
    made = opened(face, shares, wider)
    dark = [int((frame[:, 160, 0] < 70).sum()) for frame in (face, made)]
    assert 0.4 < (dark[1] / dark[0] - 1) / (wider - 1) < 1.1  # the less, the wider: skin around it stays
    changed = np.argwhere((made != face).any(2))
    assert (changed.min(0) > (80, 70)).all()
    assert (changed.max(0) < (160, 250)).all()
    assert np.array_equal(opened(face, np.zeros_like(shares), wider), face)  # no mouth is seen


@pytest.mark.parametrize(
    ("openings", "wider"), [((0.5, 0.5, 0.5), 1), ((0.3, 0.1, 0.5), 1), ((0.0, 0.6, 0.7), 0.5), ((0.8, 0.5, 0.5), 1.5)]
)
def test_a_mouth_that_the_voice_closes_between_two_open_frames(openings: tuple[float, ...], wider: float) -> None:
    heard = np.repeat(silence()[None], 3, 0)
    heard[:, FEATURES.index("jaw")] = openings
    assert mouth_motion(heard, 0.5).wider == pytest.approx(wider)


@pytest.mark.parametrize("place", [0, 32])
def test_a_keyframe_is_met_and_fades_where_the_picture_stays(engine: FinishEngine, place: int) -> None:
    plain = filmed(engine, take())
    key = plain[place].copy()
    key[:8, ::2] = np.clip(key[:8, ::2].astype(int) + 9, 0, 255)  # detail that small frames do not show
    key[:8, 1::2] = np.clip(key[:8, 1::2].astype(int) - 9, 0, 255)
    made = filmed(engine, replace(take(), anchors=(Anchor(Still(key), LARGE.rate.time(96 + place)),)))
    left = [apart(made[abs(place - away)][:8], plain[abs(place - away)][:8]) for away in (0, 4, 8, 20)]
    assert apart(made[place], key) < 0.5
    assert left[0] > left[1] > left[2] > 0.5
    assert left[3] == 0


def test_a_keyframe_changes_nothing_far_away(engine: FinishEngine) -> None:
    plain = filmed(engine, take())
    bright = Still(np.clip(plain[0].astype(int) + 8, 0, 255).astype(np.uint8))
    held = filmed(engine, take(anchors=(Anchor(bright, 2.0),)))
    assert apart(held[0], plain[0]) > 3
    assert np.array_equal(held[-1], plain[-1])


def test_nothing_is_pasted_where_the_clip_shows_something_else(engine: FinishEngine) -> None:
    plain = filmed(engine, take())
    key = plain[0].copy()
    key[40:60, 60:90] = 0
    made = filmed(engine, replace(take(), anchors=(Anchor(Still(key), 2.0),)))
    assert apart(made[0][44:56, 64:86], plain[0][44:56, 64:86]) < 0.5


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"prior": None}, "enlarges a small clip; give it one as the take's prior"),
        ({"span": Span(1.0, 2.5)}, r"takes a prior that covers the take; it lasts from 2.00 to 2.67 s"),
        ({"prior": Footage(Canvas(640, 360, Rate(12)), Span(2, 3), (), "large")}, "at most 129600 pixels; this one is 640x360"),
    ],
)
def test_what_it_cannot_finish_is_refused(engine: FinishEngine, changes: dict[str, object], message: str) -> None:
    with pytest.raises(EngineError, match=message):
        filmed(engine, replace(take(), **changes))  # type: ignore[arg-type]  # by name


def test_large_frames_are_warped_as_in_training() -> None:
    large = np.random.default_rng(0).integers(0, 255, (64, 96, 3), np.uint8)
    flow = torch.linspace(-2, 2, 2 * 32 * 48).view(2, 32, 48)
    grown = torch.nn.functional.interpolate(2 * flow[None], (64, 96), mode="bilinear", align_corners=False)
    trained = interpolator.warp(torch.from_numpy(large).permute(2, 0, 1)[None].float(), grown)[0].permute(1, 2, 0)
    assert apart(warp(large, flow), trained.numpy()) < 2  # of noise; cv2 counts in 1/32 of a pixel


def test_missing_weights_are_said(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="There are no weights at"):
        load(weights_in(tmp_path))
