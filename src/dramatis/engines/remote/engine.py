"""The engine `remote`: each of its workers has takes filmed at one server."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from dramatis.engines.facts import check_facts
from dramatis.engines.remote.exchange import Exchange, Timeouts
from dramatis.engines.remote.protocol import Served
from dramatis.engines.remote.servers import Server, asked
from dramatis.errors import EngineError, LaneError
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels
from dramatis.media.videos.video import probe, read_clip
from dramatis.take import Engine, Limits, Take

_SAME_RATE = 0.02
_SETTING = "DRAMATIS_ENGINE_URLS"


@dataclass(frozen=True)
class RemoteEngine:
    """Servers that have the same model. A worker uses the one that `place` gives it."""

    servers: tuple[Server, ...]
    timeouts: Timeouts = field(default_factory=Timeouts)

    @cached_property
    def limits(self) -> Limits:
        """What the servers can do that answer; raises `EngineError` if none does, or if they have several models."""
        found = self._served
        models = sorted({f"{served.model} ({served.kind})" for served in found})
        if len(models) > 1:
            raise EngineError(f"The servers of {_SETTING} have different models, {' and '.join(models)}; name those of one.")
        served = found[0]
        return replace(served.limits, version=digest_of(*_named(served), code_digest(__name__)), at_once=len(self.servers))

    def place(self, number: int) -> Engine:
        """The engine with one of the servers alone."""
        return RemoteEngine((self.servers[number % len(self.servers)],), self.timeouts)

    def render(self, take: Take) -> Footage:
        """The server's film of a take."""
        served, limits = self._exchange.served, self._exchange.served.limits
        check_facts(take, limits)
        if served.needs_picture and not take.anchors and not any(role.look for role in take.cast):
            raise EngineError(f'The model "{served.model}" films from a picture; give one with --portrait.')
        return Footage(take.canvas, take.span, self._frames(take))

    def _frames(self, take: Take) -> Iterator[Pixels]:
        with tempfile.TemporaryDirectory(prefix="dramatis-") as folder:
            film = Path(folder) / "take.mp4"
            self._exchange.film(take, film)
            yield from _fitted(film, take, self._exchange.served)

    @cached_property
    def _served(self) -> list[Served]:
        if not self.servers:
            raise EngineError(f'The engine "remote" needs servers: set {_SETTING} to addresses such as http://gpu1:8000.')
        found, lost = [], LaneError("")
        for server in self.servers:
            with server.client() as client:
                try:
                    found.append(asked(server, client)[1])
                except LaneError as fault:
                    lost = fault
        if not found:
            sentence = str(lost)
            raise EngineError(f"{sentence[:1].upper()}{sentence[1:]}; start it, or name another with {_SETTING}.")
        return found

    @cached_property
    def _exchange(self) -> Exchange:
        """Kept while this worker lives: it is a connection, not a cache."""
        return Exchange(self.servers[0], self.timeouts)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Only the addresses travel."""
        return RemoteEngine, (self.servers, self.timeouts)


def _named(served: Served) -> tuple[str, str, str]:
    return served.kind, served.model, served.version


def _fitted(film: Path, take: Take, served: Served) -> Iterator[Pixels]:
    """Exactly the frames that were asked for; raises `EngineError` for a film that is another one."""
    import cv2

    facts, canvas = probe(str(film)), take.canvas
    if abs(facts.canvas.rate.fps - canvas.rate.fps) > _SAME_RATE:
        raise EngineError(f"The server sent {facts.canvas.rate.fps:g} frames a second, {canvas.rate.fps:g} were asked for.")
    size, wanted = (facts.canvas.width, facts.canvas.height), (canvas.width, canvas.height)
    if size != wanted and not served.buckets:
        raise EngineError(f"The server sent {size[0]}x{size[1]} pixels, {wanted[0]}x{wanted[1]} were asked for.")
    count = 0
    for frame in read_clip(str(film)).frames:
        if count == take.frames:
            return
        count += 1
        if size == wanted:
            yield frame
        else:
            means = cv2.INTER_AREA if size[0] > wanted[0] else cv2.INTER_CUBIC
            yield np.asarray(cv2.resize(_in_shape(frame, wanted), wanted, interpolation=means), np.uint8)
    if count < take.frames:
        raise EngineError(f"The server sent {count} frames, {take.frames} were asked for.")


def _in_shape(frame: Pixels, wanted: tuple[int, int]) -> Pixels:
    """The middle of a frame in another shape of picture."""
    height, width = frame.shape[:2]
    kept_width = min(width, round(height * wanted[0] / wanted[1]))
    kept_height = min(height, round(width * wanted[1] / wanted[0]))
    left, top = (width - kept_width) // 2, (height - kept_height) // 2
    return frame[top : top + kept_height, left : left + kept_width]
