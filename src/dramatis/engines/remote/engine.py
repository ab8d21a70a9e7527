"""The engine `remote`: each of its workers has takes filmed at one server."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from dramatis.clock import Span
from dramatis.engines.chaining import ClipWindow, windows
from dramatis.engines.facts import check_facts
from dramatis.engines.remote.exchange import Exchange, Timeouts
from dramatis.engines.remote.protocol import Served
from dramatis.engines.remote.received_frames import received
from dramatis.engines.remote.servers import SETTING, Server, asked
from dramatis.errors import EngineError, LaneError
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels, Still
from dramatis.take import Anchor, Engine, Limits, Take


@dataclass(frozen=True)
class RemoteEngine:
    """Servers that have the same model. A worker uses the one that `place` gives it. `model`: what a film was planned for ("":
    anything); a server that has another one by then is left.
    """

    servers: tuple[Server, ...]
    timeouts: Timeouts = field(default_factory=Timeouts)
    model: str = ""

    @cached_property
    def limits(self) -> Limits:
        """What the servers can do that answer; raises `EngineError` if none does, or if they have several models."""
        found = self._served
        models = sorted({served.title for served in found})
        if len(models) > 1:
            raise EngineError(f"The servers of {SETTING} have different models, {' and '.join(models)}; name those of one.")
        served = found[0]
        return replace(served.limits, version=digest_of(*_named(served), code_digest(__name__)), at_once=len(self.servers))

    def place(self, number: int) -> Engine:
        """The engine with one of the servers alone."""
        return replace(self, servers=(self.servers[number % len(self.servers)],))

    def render(self, take: Take) -> Footage:
        """The server's film of a take."""
        served, limits = self._exchange.served, self._exchange.served.limits
        check_facts(take, limits)
        if served.needs_picture and not take.anchors and not any(role.look for role in take.cast):
            raise EngineError(f'The model "{served.model}" films from a picture; give one with --portrait.')
        if limits.needs_last and not any(
            take.canvas.rate.nearest(one.at) == take.first + take.frames - 1 for one in take.anchors
        ):
            raise EngineError(f'The model "{served.model}" films from one given frame to another, and a take has no last one.')
        return Footage(take.canvas, take.span, self._frames(take))

    def _frames(self, take: Take) -> Iterator[Pixels]:
        """Frames of all windows, each once: one begins with the last frame of the one before."""
        served, last = self._exchange.served, None
        whole = [ClipWindow(0, take.frames, 0)]
        parts = whole if served.chains else windows(take.frames, served.window, 1)
        with tempfile.TemporaryDirectory(prefix="dramatis-") as folder:
            film = Path(folder) / "take.mp4"
            for window in parts:
                part = take if len(parts) == 1 else _window_of(take, window, last, served.limits)
                self._exchange.film(part, film)
                for number, frame in enumerate(received(film, part, served)):
                    if number >= window.motion:
                        last = frame
                        yield frame

    @cached_property
    def _served(self) -> list[Served]:
        if not self.servers:
            raise EngineError(f'The engine "remote" needs servers: set {SETTING} to addresses such as http://gpu1:8000.')
        found, lost = [], LaneError("")
        for server in self.servers:
            with server.client() as client:
                try:
                    found.append(asked(server, client)[1])
                except LaneError as fault:
                    lost = fault
        if not found:
            sentence = str(lost)
            raise EngineError(f"{sentence[:1].upper()}{sentence[1:]}; start it, or name another with {SETTING}.")
        return found

    @cached_property
    def _exchange(self) -> Exchange:
        """Kept while this worker lives: it is a connection, not a cache."""
        return Exchange(self.servers[0], self.timeouts, self.model)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Only the addresses travel."""
        return RemoteEngine, (self.servers, self.timeouts, self.model)


def _named(served: Served) -> tuple[str, str, str]:
    return served.kind, served.model, served.version


def _window_of(take: Take, window: ClipWindow, before: Pixels | None, limits: Limits) -> Take:
    """A window as a take of its own; its noise is another one than that of the window before it."""
    rate, first = take.canvas.rate, take.first + window.start
    span = Span(rate.time(first), rate.time(first + window.count - 1))
    part = replace(take, span=span, shot_seed=take.motion_seed + window.start)
    led = () if before is None else (Anchor(Still(before.copy()), span.start),)
    return replace(part, anchors=(*led, *(anchor for anchor in take.anchors if limits.allow(anchor, part))))
