"""The drawn engine passes the same conformance suite as every engine: two people, one of whom speaks, a moving camera."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.drawn import DrawnEngine
from dramatis.media.sound import Waveform
from dramatis.story import Canvas, Cue, Direction
from dramatis.take import Engine, Role, Take, View

pytest.importorskip("skia", reason="the stage draws with skia", exc_type=ImportError)


@pytest.fixture(scope="module")
def take() -> Take:
    times = np.arange(16_000 * 3) / 16_000
    tone = 0.3 * np.sin(2 * np.pi * 160 * times) * (np.sin(2 * np.pi * 3 * times) > 0)
    voice = Waveform(tone.astype(np.float32)[:, None], 16_000)
    cues = (
        Cue("camera", "push in", Span(0.5, 2.5)),
        Cue("emotion", "surprise", Span(1.0, 2.0), "Cat"),
        Cue("action", "wave", Span(1.2, 2.6), "Robot"),
        Cue("action", "walk in", Span(0.4, 1.6), "Cat"),
    )
    cast = (Role("Cat", voice=voice, words="a cat with a red shirt"), Role("Robot", words="a robot with a blue hoodie"))
    direction = Direction("outlined drawing\nin a kitchen\nat night\nin the rain", cues=cues)
    return Take(Canvas(160, 90, Rate(25)), Span(1.0, 1.96), cast, direction=direction, seed=5, view=View("medium", ("Robot",)))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return DrawnEngine()


def test_it_conforms(conforms: Callable[[Engine, Take], None], engine: Engine, take: Take) -> None:
    conforms(engine, take)


def test_without_a_background_people_are_alone(engine: Engine, take: Take) -> None:
    clear = replace(take, span=Span(take.span.start, take.span.start + 0.04), canvas=replace(take.canvas, alpha=True))
    frame, _ = engine.render(clear).frames
    whole, _ = engine.render(replace(clear, canvas=take.canvas)).frames
    assert frame.shape == (take.canvas.height, take.canvas.width, 4)
    seen = frame[..., 3] == 255
    assert 0.02 < seen.mean() < 0.8
    assert (frame[: take.canvas.height // 20, :, 3] == 0).all()
    assert np.median(np.abs(frame[..., :3].astype(int) - whole)[seen]) <= 2
