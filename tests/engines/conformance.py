"""What every engine promises, as functions: an engine's test file calls `check_all` with the engine and a take.

The take has several frames, and anchors or none as the engine likes; everything else is derived from it. Nothing here
knows which engine it is looking at: the limits say what may be asked.
"""

import pickle
import re
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.errors import EngineError
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels, Still
from dramatis.story import Canvas
from dramatis.take import Anchor, Engine, Role, Take

Check = Callable[[Engine, Take], None]


def frames(engine: Engine, take: Take) -> list[Pixels]:
    return [frame.copy() for frame in engine.render(take).frames]


def part(take: Take, first: int, last: int) -> Take:
    """The take from frame `first` to frame `last` of itself, both included."""
    rate = take.canvas.rate
    return replace(take, span=Span(rate.time(take.first + first), rate.time(take.first + last)), anchors=())


def same(one: list[Pixels], other: list[Pixels]) -> bool:
    return len(one) == len(other) and all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def frames_are_as_asked(engine: Engine, take: Take) -> None:
    footage = engine.render(take)
    assert footage.canvas == take.canvas
    assert footage.span == take.span
    count = 0
    for frame in footage.frames:
        assert frame.shape == (take.canvas.height, take.canvas.width, 3)
        assert frame.dtype == np.uint8
        count += 1
    assert count == take.frames


def the_same_take_gives_the_same_frames(engine: Engine, take: Take) -> None:
    again = pickle.loads(pickle.dumps((engine, take)))
    assert same(frames(engine, take), frames(*again))


def cut_in_two_it_is_the_same(engine: Engine, take: Take) -> None:
    """Only an engine whose limits say that its takes are seamless promises this."""
    if not engine.limits.seamless:
        return
    step = engine.limits.frame_step
    middle = (take.frames // 2) // step * step
    whole = frames(engine, part(take, 0, take.frames - 1))
    first, second = part(take, 0, middle), part(take, middle, take.frames - 1)
    assert same(whole, frames(engine, first)[:-1] + frames(engine, second))
    assert same(whole, frames(engine, part(take, 0, middle))[:-1] + frames(engine, second))  # and in any order


def one_frame_is_a_take(engine: Engine, take: Take) -> None:
    step = engine.limits.frame_step
    alone = part(take, step, step)
    assert alone.frames == 1
    made = frames(engine, alone)
    assert len(made) == 1
    if engine.limits.seamless:
        assert same(made, frames(engine, part(take, 0, take.frames - 1))[step : step + 1])


def frames_come_one_by_one(engine: Engine, take: Take) -> None:
    """The memory that rendering takes does not grow with the take's length: no engine holds its frames."""
    step = engine.limits.frame_step
    short, long = part(take, 0, 2 * step), part(take, 0, take.frames - 1)
    frames(engine, short)  # what is prepared once is not counted
    grown = _most_held(engine, long) - _most_held(engine, short)
    assert grown < (long.frames - short.frames) * take.canvas.width * take.canvas.height * 3 / 2


def _most_held(engine: Engine, take: Take) -> int:
    """The most memory that is held while a frame is shown, in bytes, without that of what checks types in tests."""
    checkers, most = re.compile("jaxtyping|beartype|tracemalloc"), 0
    tracemalloc.start()
    for _ in engine.render(take).frames:
        held = tracemalloc.take_snapshot().traces
        most = max(most, sum(trace.size for trace in held if not checkers.search(trace.traceback[0].filename)))
    tracemalloc.stop()
    return most


def two_takes_can_be_rendered_at_once(engine: Engine, take: Take) -> None:
    one = part(take, 0, take.frames - 1)
    two = replace(one, seed=one.seed + 1)
    alone = frames(engine, one), frames(engine, two)
    together = [(a.copy(), b.copy()) for a, b in zip(engine.render(one).frames, engine.render(two).frames, strict=True)]
    assert same(alone[0], [a for a, _ in together])
    assert same(alone[1], [b for _, b in together])


def given_frames_are_not_written_to(engine: Engine, take: Take) -> None:
    before = [role.look.picture.pixels.copy() for role in take.cast if role.look]
    frames(engine, take)
    after = [role.look.picture.pixels for role in take.cast if role.look]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def what_it_cannot_do_it_refuses(engine: Engine, take: Take) -> None:
    limits = engine.limits
    refused = (
        [replace(take, canvas=Canvas(take.canvas.width + 1, take.canvas.height, take.canvas.rate))]
        if limits.size_step > 1
        else []
    )
    if limits.only_fps:
        refused.append(replace(take, canvas=Canvas(take.canvas.width, take.canvas.height, Rate.of(1.5 * limits.fps))))
    if limits.frame_step > 1:
        refused.append(part(take, 0, limits.frame_step + 1))
    refused.append(replace(take, span=Span(0.0, take.canvas.rate.time(limits.most_frames + limits.frame_step - 1 + 1))))
    refused.append(replace(take, cast=tuple(replace(take.cast[0], name=str(n)) for n in range(limits.most_cast + 1))))
    if limits.needs_face:
        refused.append(replace(take, cast=(Role("nobody"),)))
        look = take.cast[0].look
        assert look is not None
        refused.append(replace(take, cast=(Role("faceless", replace(look, face=None)),)))
    places = {"none": (0,), "first": (take.frames - 1,), "ends": (limits.frame_step,), "any": (take.frames,)}
    refused += [replace(take, anchors=(given(take, place),)) for place in places[limits.anchors]]
    if not limits.takes_prior:
        refused.append(replace(take, prior=Footage(take.canvas, take.span, (), "a prior")))
    for other in refused:
        with pytest.raises(EngineError, match=r"\w+ \w+ \w+"):
            next(iter(engine.render(other).frames))


def given(take: Take, frame: int, picture: Pixels | None = None) -> Anchor:
    """A picture, by default of noise, as the take's frame of that number."""
    noise = np.random.default_rng(3).integers(0, 255, (take.canvas.height, take.canvas.width, 3), np.uint8)
    return Anchor(Still(noise if picture is None else picture), take.canvas.rate.time(take.first + frame))


def given_frames_are_honoured(engine: Engine, take: Take) -> None:
    if engine.limits.anchors == "none":
        return
    shown = frames(engine, replace(take, seed=take.seed + 1))  # what it films it can be given
    ends = {place: given(take, place, shown[place]) for place in (0, take.frames - 1)}
    allowed = {place: anchor for place, anchor in ends.items() if engine.limits.allow(anchor, take)}
    made = frames(engine, replace(take, anchors=tuple(allowed.values())))
    for place, anchor in allowed.items():
        assert np.abs(made[place].astype(int) - anchor.picture.pixels).mean() < 8


def a_prior_is_made_use_of(engine: Engine, take: Take) -> None:
    if not engine.limits.takes_prior:
        return
    shades = [np.full((take.canvas.height, take.canvas.width, 3), shade, np.uint8) for shade in (40, 200)]
    priors = [Footage(take.canvas, take.span, [shade] * take.frames, f"all {shade[0, 0, 0]}") for shade in shades]
    dark, light = (frames(engine, replace(take, prior=prior)) for prior in priors)
    assert len(dark) == len(light) == take.frames
    assert not same(dark, light)


CHECKS: tuple[Check, ...] = (
    frames_are_as_asked,
    the_same_take_gives_the_same_frames,
    cut_in_two_it_is_the_same,
    one_frame_is_a_take,
    frames_come_one_by_one,
    two_takes_can_be_rendered_at_once,
    given_frames_are_not_written_to,
    what_it_cannot_do_it_refuses,
    given_frames_are_honoured,
    a_prior_is_made_use_of,
)
