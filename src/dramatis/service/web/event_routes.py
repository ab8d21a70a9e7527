"""Events as they happen, as server-sent events: `/api/v1/events` of all jobs, `/api/v1/jobs/{job}/events` of one."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import Response, StreamingResponse

from dramatis.errors import ServiceError
from dramatis.service.events import EventLog
from dramatis.service.records import OPEN, JobEvent
from dramatis.service.web.requests import Asking, Serving

router = APIRouter(prefix="/api/v1", tags=["events"])
Last = Annotated[str | None, Header(alias="Last-Event-ID", description="The last event that was seen: those behind it follow.")]
_LAST = ("done", "failed", "cancelled", "deleted")
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/events", summary="Listen to all jobs", response_class=StreamingResponse)
async def all_events(service: Serving, caller: Asking, last: Last = None) -> StreamingResponse:
    """From now on, or from behind `Last-Event-ID`."""
    behind = service.log.last if last is None else _number(last)
    return _stream(service.log, behind, None, caller.sees)


@router.get("/jobs/{job}/events", summary="Listen to a job", response_class=StreamingResponse)
async def job_events(service: Serving, caller: Asking, job: str, last: Last = None) -> Response:
    """From its beginning, or from behind `Last-Event-ID`, until it is over. 204, if it is over and nothing follows."""
    found = service.queue.get(job, caller.sees)
    behind = 0 if last is None else _number(last)
    if found.state not in OPEN and not service.log.after(behind, found.id, None, 1):
        return Response(status_code=204)
    return _stream(service.log, behind, found.id, caller.sees)


def _stream(log: EventLog, behind: int, job: str | None, owner: str | None) -> StreamingResponse:
    return StreamingResponse(_written(log, behind, job, owner), media_type="text/event-stream", headers=_HEADERS)


async def _written(log: EventLog, behind: int, job: str | None, owner: str | None) -> AsyncIterator[str]:
    yield ": listening\n\n"
    async for events in log.listen(behind, job, owner):
        yield "".join(f"id: {event.id}\nevent: {event.kind}\ndata: {event.data}\n\n" for event in events) or ": waiting\n\n"
        if job is not None and events and _over(log, events[-1]):
            return


def _over(log: EventLog, event: JobEvent) -> bool:
    """Whether nothing follows an event of a job: a job that is over may have been resumed since."""
    return event.kind in _LAST and not log.after(event.id, event.job, None, 1)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise ServiceError(f'"{text[:50]}" is no number of an event.', "last_event_id", 400, "Last-Event-ID")
    return int(text)
