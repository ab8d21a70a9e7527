"""`/api/v1/projects/{project}/shots/{shot}`: a shot while it is edited, and its takes."""

from fastapi import APIRouter, Response

from dramatis.errors import ServiceError
from dramatis.service.core import Service
from dramatis.service.documents import Documents, named_back
from dramatis.service.records import Plain, Project, ServiceJob
from dramatis.service.shot_previews import MOST_SECONDS
from dramatis.service.shot_takes import MOST_SEED, next_seed, shot_of, takes_of_shot
from dramatis.service.web import sample_requests as examples
from dramatis.service.web.access import Caller
from dramatis.service.web.replying import job_answer, page_answer
from dramatis.service.web.requests import Asking, Body, OnlyOnce, Serving, fields, json_body, priority_of
from dramatis.story import Storyline

router = APIRouter(prefix="/api/v1/projects/{project}/shots/{shot}", tags=["shots"])


@router.post("/preview", summary="Watch a shot while it is edited", openapi_extra=json_body(examples.LOOKED_AT))
def preview(service: Serving, caller: Asking, project: str, shot: int, body: Body) -> Response:
    """A small MP4 of the shot with this number, from 1 on, at once: of `storyline` as it is being edited, or of the project's.

    A newer request for the same project cancels an older one, which is answered with 409, `superseded`. Films of trained
    engines are drawn.
    """
    given = fields(body, storyline=dict)
    found = service.projects.get(project, caller.sees)
    storyline = _storyline(service, caller, found, given["storyline"])
    service.check_consent(storyline)
    if not 1 <= shot <= len(storyline.shots):
        shot_of(found, 0)
    if storyline.shots[shot - 1].span.seconds > MOST_SECONDS:
        raise ServiceError(
            f"A shot of more than {MOST_SECONDS / 60:.0f} minutes is not previewed; split it.", "too_long", 400, "shot"
        )
    document, used = Documents(service.assets).located(storyline)
    try:
        film = service.previews.film(f"{caller.owner} {found.id}", document, shot - 1)
    except ServiceError as fault:
        raise ServiceError(named_back(str(fault), used), fault.code, fault.status, fault.param) from None
    return Response(film, media_type="video/mp4", headers={"Cache-Control": "no-store"})


@router.get("/takes", summary="List the takes of a shot")
def takes(service: Serving, caller: Asking, project: str, shot: int) -> Plain:
    """How the shot was filmed: alone, or in whole films, newest first. Each plays from `start` to `end` of its `film`. `current`
    ones differ from the shot as it is now in nothing but the seed; the storyline that has the `shot` of a take is filmed from it.
    """
    found = service.projects.get(project, caller.sees)
    return page_answer([take.answer() for take in takes_of_shot(service, found, shot)], more=False)


@router.post("/takes", status_code=202, summary="Film a shot again", openapi_extra=json_body(examples.TAKE))
def film_again(service: Serving, caller: Asking, project: str, shot: int, body: Body, once: OnlyOnce) -> Plain:
    """A job that films this shot alone, with a `seed` of its own (a new one, if none is given). The storyline stays as it is: to
    choose a take, edit its shot.
    """
    given = fields(body, seed=int, priority=int)
    found = service.projects.get(project, caller.sees)
    seed = given["seed"]
    if seed is None:
        seed = next_seed(found, shot, takes_of_shot(service, found, shot))
    if not 0 <= seed < MOST_SEED:
        raise ServiceError(f"A seed is 0 to {MOST_SEED - 1}.", "seed", 400, "seed")
    shot_of(found, shot)
    shots = [{**one, "seed": seed} if at == shot - 1 else one for at, one in enumerate((found.storyline or {})["shots"])]
    storyline = Documents(service.assets, caller.sees).storyline({**(found.storyline or {}), "shots": shots})
    job = ServiceJob(
        "", caller.owner, "film", "queued", {"shot": shot - 1}, "", project=found.id, priority=priority_of(given["priority"])
    )
    return once(lambda: job_answer(service, service.submit(job, storyline)))


def _storyline(service: Service, caller: Caller, project: Project, edited: Plain | None) -> Storyline:
    if edited is None:
        shot_of(project, 1)
    return Documents(service.assets, caller.sees).storyline(project.storyline if edited is None else edited)
