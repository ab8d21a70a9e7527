"""The fake engine conforms, and what it paints can be read back, also from a lossy film."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines import ENGINES, build
from dramatis.engines.fake import FakeEngine, Given, read_given, read_loudness, read_number
from dramatis.errors import EngineError
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.media.videos.video import Encoding, read_clip, write_clip
from dramatis.story import Canvas
from dramatis.take import Anchor, Engine, Look, Role, Take


def take(frames: int = 33, first: int = 96, width: int = 320, height: int = 180) -> Take:
    canvas = Canvas(width, height, Rate(25))
    voice = np.zeros((16000 * 10, 1), np.float32)
    voice[16000 * 4 + 8000 :] = 0.3
    look = Look(Still(np.full((height, width, 3), 90, np.uint8)))
    span = Span(canvas.rate.time(first), canvas.rate.time(first + frames - 1))
    return Take(canvas, span, (Role("Ada", look, Waveform(voice, 16000)), Role("Bob", look)))


@pytest.mark.parametrize("engine", [FakeEngine(most=61), FakeEngine(step=4, most=61, anchors="ends")])
def test_it_conforms(conforms: Callable[[Engine, Take], None], engine: Engine) -> None:
    conforms(engine, take())


def test_what_was_given_survives_a_lossy_film(tmp_path: Path) -> None:
    """Keyframes at both ends, and a prior at a fifth of the rate, which begins before the take."""
    asked = take()
    slow = replace(asked, canvas=Canvas(160, 90, Rate(5)), span=Span(3.0, 6.0))
    keys = [next(iter(FakeEngine().render(take(1, number)).frames)) for number in (96, 128)]
    anchors = tuple(Anchor(Still(key), at) for key, at in zip(keys, (asked.span.start, asked.span.end), strict=True))
    made = FakeEngine().render(replace(asked, anchors=anchors, prior=FakeEngine().render(slow)))
    write_clip(made, str(tmp_path / "clip.mp4"), Encoding(crf=28, preset="veryfast"))
    frames = list(read_clip(str(tmp_path / "clip.mp4")).frames)
    assert [read_number(frame) for frame in frames] == list(range(96, 129))
    assert [read_given(frame) for frame in frames[1:-1]] == [Given(number // 5, 96, 128) for number in range(97, 128)]
    assert read_given(frames[0]) == read_given(frames[-1]) == Given(None, None, None)


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
    assert set(ENGINES) == {"drawn", "fake", "finish", "native", "portrait", "stills", "wan", "wan-draft"}
    with pytest.raises(EngineError, match="fake, finish, native, portrait, stills"):
        build("real")
