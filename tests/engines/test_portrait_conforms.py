"""The portrait engine passes the same conformance suite as every engine, on the project's own example picture."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines import build
from dramatis.errors import EngineError
from dramatis.media.face import Face
from dramatis.media.faces.face_finding import find_faces, person_mattes
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, resample
from dramatis.story import Canvas, Cue, Direction
from dramatis.take import Engine, Look, Role, Take
from tests.pictures import fitted

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def take() -> Take:
    canvas = Canvas(384, 288, Rate(25))
    still = fitted(EXAMPLES / "mira.png", canvas.width, canvas.height)
    faces = find_faces(still)
    look = Look(still, faces[0], person_mattes(still, faces[:1])[0])
    voice = resample(read_sound(str(EXAMPLES / "mira.flac")), 16000, mono=True)
    voice = Waveform(np.ascontiguousarray(voice.samples[: 16000 * 5]), 16000)
    wishes = (("camera", "push in", Span(0.5, 2.5)), ("emotion", "surprise", Span(1.0, 2.0)), ("action", "nod", Span(1.2, 2.0)))
    cues = tuple(Cue(*wish) for wish in wishes)  # type: ignore[arg-type]  # words of Literal types
    return Take(canvas, Span(1.0, 1.96), (Role("Mira", look, voice),), direction=Direction(cues=cues), seed=5)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build("portrait")


def test_it_conforms(conforms: Callable[[Engine, Take], None], engine: Engine, take: Take) -> None:
    conforms(engine, take)


def test_who_is_outside_the_picture_is_heard_and_looked_at_but_not_drawn(engine: Engine, take: Take) -> None:
    (mira,) = take.cast
    assert mira.look is not None
    assert mira.look.face is not None
    beside = Look(mira.look.picture, Face(mira.look.face.mesh + np.array([2000, 0, 0], np.float32)))
    short = replace(take, span=Span(1.0, 1.2), cast=(replace(mira, voice=None), Role("Tom", beside, mira.voice)))
    frames = list(engine.render(short).frames)
    assert len(frames) == short.frames
    assert np.abs(frames[0].astype(int) - frames[-1]).max() > 8  # she moves
    with pytest.raises(EngineError, match="outside the picture"):
        list(engine.render(replace(short, cast=short.cast[1:])).frames)


def test_without_a_background_the_person_is_drawn_as_before(engine: Engine, take: Take) -> None:
    short = replace(take, span=Span(1.0, 1.04))
    clear = replace(short, canvas=replace(take.canvas, alpha=True))
    (whole, _), (alone, _) = list(engine.render(short).frames), list(engine.render(clear).frames)
    assert alone.shape == (288, 384, 4)
    seen = alone[..., 3] == 255
    assert 0.15 < seen.mean() < 0.75
    assert (alone[:60, :60, 3] == 0).all()  # a corner of the room
    assert np.abs(alone[..., :3].astype(int) - whole)[seen].max() <= 2
    (mira,) = take.cast
    assert mira.look is not None
    with pytest.raises(EngineError, match="cannot be told from the background"):
        engine.render(replace(clear, cast=(replace(mira, look=replace(mira.look, matte=None)),)))
