"""A cluster of Ray on this machine, where Ray is installed."""

from functools import partial
from pathlib import Path

import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine
from dramatis.errors import EngineError
from dramatis.media.videos.video import INNER
from dramatis.runtime.dispatch import LOST
from dramatis.runtime.pool import Pool, Work, render_all
from dramatis.runtime.ray_lanes import ray_lanes
from dramatis.runtime.render_lanes import local
from dramatis.runtime.vault import Vault
from dramatis.story import Canvas
from dramatis.take import Event, Take

CANVAS = Canvas(160, 96, Rate(25))


def test_without_ray_or_its_cluster_one_sentence_says_what_to_do() -> None:
    with pytest.raises(EngineError, match=r"pip install ray|ray start --head"):
        ray_lanes("127.0.0.1:1")


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_films_what_this_machine_films(tmp_path: Path) -> None:
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    takes = [Take(CANVAS, Span(CANVAS.rate.time(8 * n), CANVAS.rate.time(8 * n + 8))) for n in range(6)]
    told: list[Event] = []
    try:
        with Pool(partial(FakeEngine, pause=0.05), ray_lanes("auto")) as pool:
            far = []
            for clip in render_all(pool, Work(takes, Vault(tmp_path / "far"), INNER), told.append):
                if not far:
                    pool.workers[0].channel.kill()
                far.append(clip.path.read_bytes())
    finally:
        ray.shutdown()
    with Pool(partial(FakeEngine), local(1)) as pool:
        here = [clip.path.read_bytes() for clip in render_all(pool, Work(takes, Vault(tmp_path / "here"), INNER), told.append)]
    assert far == here
    assert len([event for event in told if event.stage == LOST]) == 1
