"""The fake engine conforms, and what it paints can be read back, also from a lossy film."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines import ENGINES, build
from dramatis.engines.fake import FakeEngine, read_loudness, read_number
from dramatis.errors import EngineError
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.media.video import Encoding, read_clip, write_clip
from dramatis.story import Canvas
from dramatis.take import Engine, Look, Role, Take


def take(frames: int = 33, first: int = 96, width: int = 320, height: int = 180) -> Take:
    canvas = Canvas(width, height, Rate(25))
    voice = np.zeros((16000 * 10, 1), np.float32)
    voice[16000 * 4 + 8000 :] = 0.3
    look = Look(Still(np.full((height, width, 3), 90, np.uint8)))
    span = Span(canvas.rate.time(first), canvas.rate.time(first + frames - 1))
    return Take(canvas, span, (Role("Ada", look, Waveform(voice, 16000)), Role("Bob", look)))


@pytest.mark.parametrize("step", [1, 4])
def test_it_conforms(conforms: Callable[[Engine, Take], None], step: int) -> None:
    conforms(FakeEngine(step=step, most=61), take())


def test_number_and_loudness_survive_a_lossy_film(tmp_path: Path) -> None:
    asked = take()
    write_clip(FakeEngine().render(asked), str(tmp_path / "clip.mp4"), Encoding(crf=35, preset="ultrafast"))
    frames = list(read_clip(str(tmp_path / "clip.mp4")).frames)
    assert [read_number(frame) for frame in frames] == list(range(96, 129))
    loud = [read_loudness(frame, 2) for frame in frames]
    assert [bool(ada > 0.3) for ada, _ in loud] == [time >= 4.5 for time in asked.times]
    assert max(bob for _, bob in loud) < 0.05


def test_engines_are_built_by_name() -> None:
    assert isinstance(build("fake"), FakeEngine)
    assert set(ENGINES) == {"fake", "native", "portrait"}
    with pytest.raises(EngineError, match="fake, native, portrait"):
        build("real")
