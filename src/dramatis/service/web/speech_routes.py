"""`/api/v1/voices` and `/api/v1/cast`: the voices that speak, and who says what in a script."""

from fastapi import APIRouter

from dramatis.errors import ServiceError
from dramatis.service.records import Plain
from dramatis.service.web import sample_requests as examples
from dramatis.service.web.replying import page_answer
from dramatis.service.web.requests import Asking, Body, Serving, fields, json_body

router = APIRouter(prefix="/api/v1", tags=["speech"])
_CODES = {"en-us": "en", "cmn": "zh"}
_LONGEST = 20_000  # characters


@router.get("/voices", summary="List voices")
def voices(_caller: Asking) -> Plain:
    """Those that can be heard on this machine; a character's `speaks` names one, `/v1/audio/speech` speaks with it."""
    from dramatis.speech.synthesis.catalogue import VOICES, espeak_voices, installed

    found = [voice for voice in VOICES if installed(voice)]
    plain = [voice for language in _CODES for voice in espeak_voices(language) if installed(voice)]
    return page_answer(
        [
            {
                "id": voice.name,
                "object": "voice",
                "sex": voice.sex,
                "age": voice.age,
                "languages": [_CODES[language] for language in voice.languages],
                "natural": voice.by != "espeak",
            }
            for voice in (*found, *plain)
        ],
        more=False,
    )


@router.post("/cast", summary="Find who is in a script", openapi_extra=json_body(examples.CAST))
def cast(service: Serving, _caller: Asking, body: Body) -> Plain:
    """The characters of a film of these words (`names`: those that are known already), and the lines that they say, in order."""
    given = fields(body, prompt=str, names=list)
    prompt, names = given["prompt"] or "", given["names"] or []
    if not all(isinstance(name, str) and name for name in names):
        raise ServiceError('"names" is a list of names.', "wrong_type", 400, "names")
    return service.desk.ask({"do": "cast", "prompt": prompt[:_LONGEST], "names": names})
