"""Stills: single frames of a film, each made on its own, and all of the same motion as clips of it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.native.engine import NativeEngine
from dramatis.engines.native.stills import StillEngine
from dramatis.media.still import Still
from dramatis.models.compression import TIME
from dramatis.take import Engine, Look, Role, Take
from tests.engines.native.test_engine import CANVAS, SIDE, engine_of, filmed

SLOW = replace(CANVAS, rate=Rate(CANVAS.rate.frames, TIME * CANVAS.rate.per))


@pytest.fixture
def stills() -> StillEngine:
    clips: NativeEngine = engine_of()
    limits = replace(clips.limits, frame_step=1, anchors="none", takes_prior=False, fps=SLOW.rate.fps, seamless=True)
    return StillEngine(replace(clips.networks, flattest=0.0), limits, clips.sampling)


def take(frames: int = 7, first: int = 0, look: bool = False) -> Take:
    grey = Look(Still(np.full((SIDE, SIDE, 3), 99, np.uint8)))
    cast = (Role("Ada", grey if look else None),)
    return Take(SLOW, Span(SLOW.rate.time(first), SLOW.rate.time(first + frames - 1)), cast, seed=5)


def test_it_conforms(conforms: Callable[[Engine, Take], None], stills: StillEngine) -> None:
    large = replace(SLOW, width=2 * SIDE, height=2 * SIDE)
    grey = Look(Still(np.full((2 * SIDE, 2 * SIDE, 3), 99, np.uint8)))
    conforms(stills, replace(take(9), canvas=large, cast=(Role("Ada", grey),)))


def test_a_film_begins_with_the_portrait(stills: StillEngine) -> None:
    assert (filmed(stills, take(2, look=True))[0] == 99).all()


def test_without_a_portrait_each_take_makes_the_same_one(stills: StillEngine) -> None:
    whole = filmed(stills, take(6))
    assert all(np.array_equal(one, other) for one, other in zip(whole[3:], filmed(stills, take(3, first=3)), strict=True))
