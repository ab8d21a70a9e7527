"""`/api/v1/callbacks`: events that were sent to addresses, and the secret that they are checked with."""

from fastapi import APIRouter

from dramatis.service.records import Plain
from dramatis.service.web.replying import page_answer
from dramatis.service.web.requests import Asking, Serving, listed

router = APIRouter(prefix="/api/v1/callbacks", tags=["callbacks"])


@router.get("", summary="List events that were sent, newest first")
def callbacks(service: Serving, caller: Asking, limit: int = 50) -> Plain:
    """At most 100, of the last three days: how often each was tried, and what became of it."""
    found = service.callbacks.latest(caller.sees, listed(limit) + 1)
    return page_answer(found[:limit], len(found) > limit)


@router.get("/secret", summary="Read the secret of your events")
def secret(service: Serving, caller: Asking) -> Plain:
    """`whsec_...`, for libraries that check Standard Webhooks. Only you and this service have it."""
    return {"object": "callback.secret", "secret": service.callbacks.secret(caller.owner)}
