"""`/api/v1/cast`: who is in a script, what they say, and with which voices."""

from fastapi import APIRouter

from dramatis.errors import ServiceError
from dramatis.service.records import Plain
from dramatis.service.web import sample_requests as examples
from dramatis.service.web.requests import Asking, Body, Serving, fields, json_body

router = APIRouter(prefix="/api/v1", tags=["speech"])
_LONGEST, _MOST_NAMES = 20_000, 100  # characters


@router.post("/cast", summary="Find who is in a script", openapi_extra=json_body(examples.CAST))
def cast(service: Serving, _caller: Asking, body: Body) -> Plain:
    """The characters of a film of these words (`names`: those that are known already), the lines that they say, in order, and the
    voice that fits each who speaks.
    """
    given = fields(body, prompt=str, names=list)
    prompt, names = given["prompt"] or "", given["names"] or []
    if len(names) > _MOST_NAMES or not all(isinstance(name, str) and name for name in names):
        raise ServiceError(f'"names" is a list of at most {_MOST_NAMES} names.', "wrong_type", 400, "names")
    if len(prompt) > _LONGEST:
        raise ServiceError(
            f"A script has at most {_LONGEST} characters, not {len(prompt)}; shorten it.", "too_long", 400, "prompt"
        )
    return service.children.ask({"do": "cast", "prompt": prompt, "names": names})
