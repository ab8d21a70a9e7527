"""Connections whose request never comes whole are closed: somebody could open very many."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_TIMEOUT = 20.0
"""Seconds from the first byte of a request, or from the beginning of a connection, until its head is there."""


class TimedProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with a clock."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """A connection begins."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        super().data_received(data)
        if self._awaits():
            self._wait()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """A connection ends."""
        self._stop()
        super().connection_lost(exc)

    def _awaits(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(REQUEST_TIMEOUT, self._give_up)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        self._late = None
        if self._awaits() and not self.transport.is_closing():
            self.transport.close()
