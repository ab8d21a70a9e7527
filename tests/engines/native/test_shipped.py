"""The native engine with the weights that are shipped: it meets what it is given, and says what it cannot take."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines import build
from dramatis.engines.native.limits import weights_in
from dramatis.engines.native.load import load
from dramatis.errors import EngineError
from dramatis.media.still import Pixels, Still
from dramatis.models import checkpoints, codec, motion_model, video_model
from dramatis.story import Canvas, Direction
from dramatis.take import Anchor, Engine, Role, Take
from tests.engines.conformance import given_frames_are_honoured, what_it_cannot_do_it_refuses

CANVAS = Canvas(144, 144, Rate(12))
shipped = pytest.mark.skipif(
    not all(path.exists() for path in (video_model.SHIPPED, codec.SHIPPED, motion_model.SHIPPED)),
    reason="the weights are not trained yet: runs/native.sh",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build("native")


def take(frames: int = 9, **changes: object) -> Take:
    words = Direction("a woman with tan skin, long red hair, no glasses, a yellow shirt\nin a park")
    return Take(CANVAS, Span(0, CANVAS.rate.time(frames - 1)), **{"direction": words, **changes})  # type: ignore[arg-type]  # by name


def filmed(engine: Engine, asked: Take) -> list[Pixels]:
    return list(engine.render(asked).frames)


def test_missing_weights_are_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"There are no weights at .*transformer.safetensors: train them"):
        load(weights_in(tmp_path))


@shipped
def test_weights_of_two_trainings_are_refused(tmp_path: Path) -> None:
    for path in video_model.SHIPPED.parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    checkpoints.save(
        tmp_path / motion_model.SHIPPED.name, motion_model.MotionModel(replace(motion_model.load().config, vocabulary=7, dim=16))
    )
    with pytest.raises(EngineError, match="do not belong together"):
        load(weights_in(tmp_path))


@shipped
def test_it_says_what_it_draws_in_words_that_it_knows(engine: Engine) -> None:
    pytest.importorskip("skia", reason="the stage draws with skia (the extra `stage`)", exc_type=ImportError)
    from dramatis.stage.play.captions import caption
    from dramatis.stage.play.script import NATIVE
    from dramatis.stage.play.script_writer import write

    assert engine.limits.draws == NATIVE.attributes
    known = video_model.load().config.text
    for number in range(40):
        assert not any(known.unknown(clause.words) for clause in caption(write(NATIVE, number, "test", 2.0)))


@shipped
def test_it_meets_what_it_is_given_and_refuses_what_it_cannot(engine: Engine) -> None:
    asked = take(cast=(Role("Ada"),))
    given_frames_are_honoured(engine, asked)
    what_it_cannot_do_it_refuses(engine, asked)


@shipped
def test_words_decide_where_and_who(engine: Engine) -> None:
    films = [
        filmed(
            engine,
            take(1, direction=Direction(f"a woman with tan skin, short black hair, no glasses, a {colour} shirt\nin a park")),
        )
        for colour in ("white", "blue")
    ]
    chests = [film[0][110:140, 55:90].astype(float).mean(axis=(0, 1)) for film in films]
    assert chests[0][0] > chests[1][0] + 40  # white has red in it, blue has not


@shipped
def test_a_first_frame_leads_on(engine: Engine) -> None:
    first = filmed(engine, take(1))[0]
    made = filmed(engine, take(5, anchors=(Anchor(Still(first), 0.0),)))
    assert np.abs(made[0].astype(int) - first).mean() < 8
    assert np.abs(made[4].astype(int) - first).mean() < 30
