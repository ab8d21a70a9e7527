"""One take on several processes, as on several cards."""

import os
import signal
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from torch import distributed

from dramatis.errors import EngineError
from dramatis.models.published.identify import identify
from tests.engines.wan.tiny_takes import filmed, take_for

pytest.importorskip("diffusers", reason="diffusers is in the extra `wan`")
if not distributed.is_available() or not distributed.is_gloo_available():
    pytest.skip("PyTorch was built without gloo", allow_module_level=True)

from dramatis.engines.wan.ranks import RankedEngine
from dramatis.engines.wan.reading_weights import load
from dramatis.engines.wan.weight_files import find_files


def test_passes_of_guidance_on_two_processes_make_the_same_frames(folders: Callable[[str], tuple[Path, ...]]) -> None:
    weights = identify(*folders("infinitetalk"))
    build = partial(load, weights, find_files(folders("infinitetalk"), weights), None, False)
    alone = build(0)
    assert alone.settings.passes == 2  # with and without the voice
    take = take_for(alone, 9)
    both = RankedEngine(build, alone.limits, 2)
    try:
        list(islice(both.render(take).frames, 2))  # whoever wants fewer frames leaves nobody waiting
        assert all(np.array_equal(one, other) for one, other in zip(filmed(both, take), filmed(alone, take), strict=True))
        os.kill(both._others[0].pid or 0, signal.SIGKILL)
        with pytest.raises(EngineError, match="another card was lost"):
            filmed(both, take)
    finally:
        both.close()
    assert not distributed.is_initialized()
