"""The shipped weights on a scene that the stage draws: closer to the large truth than plain enlarging and a cross-fade."""

import cv2
import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines import build
from dramatis.media.footage import Footage
from dramatis.models import interpolator, upscaler
from dramatis.stage.play.script import NATIVE
from dramatis.stage.play.script_writer import write
from dramatis.stage.theatre import Theatre
from dramatis.story import Canvas
from dramatis.take import Take

pytest.importorskip("skia")


@pytest.mark.skipif(
    not (upscaler.SHIPPED.exists() and interpolator.SHIPPED.exists()), reason="the weights are not trained yet: runs/native.sh"
)
def test_the_finish_beats_plain_enlarging() -> None:
    theatre, size = Theatre(write(NATIVE, 4, "test", 2.0), detailed=False), (576, 576)
    small, _ = theatre.film((144, 144), np.array([0.5, 0.5 + 1 / 12]))
    truth, _ = theatre.film(size, 0.5 + np.arange(5) / 48)
    span = Span(0.5, 0.5 + 1 / 12)
    prior = Footage(Canvas(144, 144, Rate(12)), span, list(small), "a clip")
    made = list(build("finish").render(Take(Canvas(*size, Rate(48)), span, prior=prior)).frames)
    plain = [cv2.resize(frame, size, interpolation=cv2.INTER_LANCZOS4) for frame in small]
    for number, frame in enumerate(made):
        faded = cv2.addWeighted(plain[0], 1 - number / 4, plain[1], number / 4, 0)
        errors = [float(((picture.astype(float) - truth[number]) ** 2).mean()) for picture in (frame, faded)]
        assert errors[0] < 0.6 * errors[1]  # 2.2 dB
