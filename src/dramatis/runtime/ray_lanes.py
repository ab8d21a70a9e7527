"""Lanes that are actors of a Ray cluster: on a node with graphics cards one for each card, else one for each core."""

import os
import queue
import shutil
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from dramatis.errors import EngineError
from dramatis.runtime.environment import keep_private, worker_environment
from dramatis.runtime.pickling import send
from dramatis.runtime.render_lanes import Channel, RenderLane

_TIMEOUT = 5.0  # seconds until a cluster counts as absent
_AT_ONCE = 2  # calls of one actor: one that waits for an answer, one that brings a message


def ray_lanes(address: str) -> tuple[RenderLane, ...]:
    """The lanes of the cluster at an address ("auto": the one of this machine); raises `EngineError`."""
    keep_private()
    try:
        import ray
    except ImportError:
        raise EngineError("DRAMATIS_RAY is set, but Ray is not installed: pip install ray") from None
    try:
        if not ray.is_initialized():
            _probe(address)
            ray.init(address=address, log_to_driver=False, logging_level="ERROR")
    except (OSError, ValueError, RuntimeError) as fault:
        why = str(fault).strip().partition("\n")[0]
        raise EngineError(
            f"No Ray cluster answers at DRAMATIS_RAY={address} ({why}); start one with: ray start --head"
        ) from fault
    nodes = [node for node in ray.nodes() if node["Alive"]]
    return tuple(lane for node in nodes for lane in _lanes_of(node))


def _probe(address: str) -> None:
    """Raises `OSError` if nobody listens at `host:port`; Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), _TIMEOUT).close()


def _lanes_of(node: dict[str, Any]) -> tuple[RenderLane, ...]:
    cores, cards = (int(node["Resources"].get(what, 0)) for what in ("CPU", "GPU"))
    lane = RayLane(f"{node['NodeManagerHostname']} ({node['NodeID'][:6]})", node["NodeID"], int(cards > 0))
    return (lane,) * (cards or cores)


@dataclass(frozen=True)
class RayLane:
    """An actor on the node of a cluster that this process is connected to; `cards`: how many graphics cards it takes."""

    name: str
    node: str
    cards: int = 0
    shared: bool = False

    def open(self) -> Channel:
        """Start the actor."""
        return _ActorChannel(self)


class _ActorChannel:
    """A `render_lanes.Channel` to an actor. A thread moves its answers into a pipe, which `select` waits for."""

    def __init__(self, lane: RayLane) -> None:
        import ray
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        here = str(Path(__file__).parents[2])
        names = ("PYTHONPATH", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ORT_DISABLE_TELEMETRY")
        settings = {name: value for name, value in worker_environment(here).items() if name in names}
        options = {
            "num_cpus": 1,
            "num_gpus": lane.cards,
            "max_concurrency": _AT_ONCE,
            "runtime_env": {"env_vars": settings},
            "scheduling_strategy": NodeAffinitySchedulingStrategy(lane.node, soft=False),
        }
        self._actor = ray.remote(**options)(_Host).remote()
        out, into = os.pipe()
        self.answers, self._into = FileIO(out), FileIO(into, "w")
        self.pid: int | None = None
        self._why = "ended"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def send(self, data: bytes) -> None:
        """Say something to it."""
        with suppress(Exception):  # whatever Ray raises: a dead actor is noticed where its answers are read
            self._actor.tell.remote(data)

    def kill(self) -> None:
        """Stop it at once."""
        import ray

        with suppress(Exception):
            ray.kill(self._actor)

    def close(self) -> None:
        """Wait for the thread, which ends with the actor."""
        self._thread.join()
        self.answers.close()

    def ended(self) -> str:
        """What Ray says of its end."""
        return self._why

    def _listen(self) -> None:
        import ray

        try:
            while (answer := ray.get(self._actor.hear.remote())) is not None:
                send(self._into, answer)
        except Exception as fault:  # of Ray, of many kinds
            self._why = f"was lost ({type(fault).__name__})"
        finally:
            self._into.close()


class _Host:
    """What runs in the actor: the same work as in a worker process, with queues instead of pipes."""

    def __init__(self) -> None:
        self._inbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._work, daemon=True).start()

    def tell(self, data: bytes) -> None:
        """Receive a message."""
        self._inbox.put(data)

    def hear(self) -> bytes | None:
        """The next answer; None at the end."""
        return self._answers.get()

    def _work(self) -> None:
        from dramatis.runtime.worker import scratch_folder, work

        scratch = scratch_folder()
        try:
            work(self._inbox.get, self._answers.put, scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            self._answers.put(None)
