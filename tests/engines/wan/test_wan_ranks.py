"""One take on several processes, as on several cards."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Never

import numpy as np
import pytest
import torch
from torch import Tensor, distributed

from dramatis.engines.wan.engine import WanEngine
from dramatis.errors import EngineError
from dramatis.models.published.identify import identify
from dramatis.models.published.sequence_parallel import Ulysses
from dramatis.models.published.transformer import PublishedTransformer
from dramatis.take import Take
from tests.engines.wan.tiny_takes import filmed, person, take_for, voice

pytest.importorskip("diffusers", reason="diffusers is in the extra `wan`")
if not distributed.is_available() or not distributed.is_gloo_available():
    pytest.skip("PyTorch was built without gloo", allow_module_level=True)

from dramatis.engines.wan.parallel_degrees import ParallelDegrees, degrees_for
from dramatis.engines.wan.ranks import RankedEngine
from dramatis.engines.wan.reading_weights import load
from dramatis.engines.wan.take_conditions import of_take
from dramatis.engines.wan.weight_files import find_files

Build = Callable[[int], WanEngine]


@pytest.fixture
def build(folders: Callable[[str], tuple[Path, ...]]) -> Build:
    weights = identify(*folders("infinitetalk"))
    return partial(load, weights, find_files(folders("infinitetalk"), weights), None, False)


@torch.inference_mode()
def made(engine: WanEngine, take: Take) -> Iterator[Tensor]:
    """Frames before they are rounded to pixels."""
    yield from engine._made(take, of_take(take, engine.weights, engine.networks))


def test_passes_of_guidance_on_two_processes_make_the_same_frames(build: Build) -> None:
    alone = build(0)
    assert alone.settings.passes == 2  # with and without the voice
    take = take_for(alone, 9)
    both = RankedEngine(build, alone.limits, ParallelDegrees(cfg=2))
    try:
        list(islice(both.render(take).frames, 2))  # whoever wants fewer frames leaves nobody waiting
        assert all(np.array_equal(one, other) for one, other in zip(filmed(both, take), filmed(alone, take), strict=True))
        os.kill(both._others[0].pid or 0, signal.SIGKILL)
        with pytest.raises(EngineError, match="another card was killed by signal 9"):
            filmed(both, take)
    finally:
        both.close()
    assert not distributed.is_initialized()


def test_latent_frames_of_a_take_on_two_processes_make_the_same_frames(build: Build) -> None:
    alone = build(0)
    both = RankedEngine(build, alone.limits, ParallelDegrees(ulysses=2))
    people = (person("Ada", 0, voice(1)), person("Ben", 1, voice(2)))
    try:
        for take in (take_for(alone, 17, cast=people), take_for(alone, 1)):  # five latent frames, and one
            filmed(both, take)
            assert isinstance(both._here[0].networks.use("high", PublishedTransformer).sequence, Ulysses)
            shared = torch.stack(list(both._together(take, made(both._here[0], take))))
            torch.testing.assert_close(shared, torch.stack(list(made(alone, take))), atol=1e-5, rtol=0)
    finally:
        both.close()


@pytest.mark.parametrize(
    ("cards", "passes", "heads", "used"),
    [(0, 3, 40, (1, 1)), (2, 3, 40, (2, 1)), (4, 2, 40, (2, 2)), (8, 3, 40, (3, 2)), (7, 1, 12, (1, 6)), (8, 1, 24, (1, 8))],
)
def test_cards_beyond_the_passes_share_each_pass(cards: int, passes: int, heads: int, used: tuple[int, int]) -> None:
    found = degrees_for(cards, passes, heads)
    assert (found.cfg, found.ulysses) == used


def test_a_fault_of_the_program_is_not_taken_for_a_lost_process(build: Build) -> None:
    def broken(*_: object) -> Never:
        raise RuntimeError("a fault")

    engine = RankedEngine(build, build(0).limits, ParallelDegrees())
    engine._start()
    engine._here[0] = replace(engine._here[0], together=broken)
    with pytest.raises(RuntimeError, match="a fault"):
        filmed(engine, take_for(engine._here[0], 5))
    assert not distributed.is_initialized()
