"""One take on several graphics cards of a worker, a process for each: passes of guidance side by side, each by latent frames.

All processes film the same take from the same noise. Each calculates its share of a step and gets the others' (`parallel_degrees`
says which); frames are those of the first process, which is the worker. The others are in `follower.py`.
"""

import pickle
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import torch
from torch import distributed
from torch.distributed.device_mesh import init_device_mesh

from dramatis.engines.wan.engine import WanEngine
from dramatis.engines.wan.parallel_degrees import ParallelDegrees, degrees_for
from dramatis.engines.wan.reading_weights import load
from dramatis.engines.wan.weight_files import EncoderFiles
from dramatis.errors import EngineError
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels
from dramatis.models.published.identify import PublishedWeights
from dramatis.models.published.sequence_parallel import Ulysses, side_by_side
from dramatis.runtime.process import WorkerProcess, started
from dramatis.take import Engine, Limits, Take

_LAST = 2.0  # seconds that a process which is lost takes to end
_HOST, _FOLLOWER = "127.0.0.1", "dramatis.engines.wan.follower"
Build = Callable[[int], WanEngine]
"""Makes the engine on the card of a number."""


def read(weights: PublishedWeights, files: EncoderFiles, gigabytes: float | None, drafts: bool) -> Engine:
    """The engine on the cards that this process sees, as far as they can share a take; raises `EngineError`."""
    build = partial(load, weights, files, gigabytes, drafts)
    first = build(0)
    degrees = degrees_for(torch.cuda.device_count(), first.settings.passes, weights.architecture.num_heads)
    return first if degrees.ranks < 2 else RankedEngine(build, first.limits, degrees)


@dataclass(frozen=True)
class Rank:
    """One of the processes that meet at a port of this machine; those that share one pass have neighbouring numbers."""

    number: int
    degrees: ParallelDegrees
    port: int

    def engine(self, build: Build) -> WanEngine:
        """Meets the others; the engine here, which shares each step with them."""
        device, kind = ("cuda", "nccl") if torch.cuda.is_available() else ("cpu", "gloo")
        if device == "cuda":
            torch.cuda.set_device(self.number)
        place = f"tcp://{_HOST}:{self.port}"
        distributed.init_process_group(kind, init_method=place, rank=self.number, world_size=self.degrees.ranks)
        mesh = init_device_mesh(device, (self.degrees.cfg, self.degrees.ulysses), mesh_dim_names=("cfg", "ulysses"))
        engine = build(self.number)
        if self.degrees.cfg > 1:
            engine = replace(engine, together=partial(side_by_side, group=mesh.get_group("cfg")))
        if self.degrees.ulysses > 1:
            engine = replace(engine, networks=replace(engine.networks, sequence=Ulysses(mesh.get_group("ulysses"))))
        return engine


@dataclass(frozen=True, eq=False)
class RankedEngine:
    """The engine on several cards; the processes start with the first take."""

    build: Build
    limits: Limits
    degrees: ParallelDegrees
    _others: list[WorkerProcess] = field(default_factory=list)
    _here: list[WanEngine] = field(default_factory=list)

    def render(self, take: Take) -> Footage:
        """Footage of a take; raises `EngineError`."""
        if not self._here:
            self._start()
        footage = self._here[0].render(take)
        return replace(footage, frames=self._together(take, iter(footage.frames)))

    def close(self) -> None:
        """End the other processes."""
        for other in self._others:
            other.kill()
            other.close()
        if self._here:
            distributed.destroy_process_group()
        self._others.clear()
        self._here.clear()

    def _start(self) -> None:
        with socket.create_server((_HOST, 0)) as free:
            port = free.getsockname()[1]
        for number in range(1, self.degrees.ranks):
            other = started((sys.executable, "-P", "-m", _FOLLOWER))
            other.send(pickle.dumps((Rank(number, self.degrees, port), self.build)))
            self._others.append(other)
        self._here.append(Rank(0, self.degrees, port).engine(self.build))

    def _together(self, take: Take, frames: Iterator[Pixels]) -> Iterator[Pixels]:
        for other in self._others:
            other.send(pickle.dumps(take))
        try:
            while (frame := next(frames, None)) is not None:  # not delegated, which would close `frames` where this is closed
                yield frame
        except GeneratorExit:
            for _ in frames:  # the others wait for every step
                pass
            raise
        except RuntimeError as fault:
            lost = next((other.ended() for other in self._others if other.has_ended(_LAST)), "")
            self.close()
            if not lost:
                raise
            raise EngineError(f"A process of another card {lost}: run the same command again.") from fault
        except EngineError:
            self.close()
            raise
