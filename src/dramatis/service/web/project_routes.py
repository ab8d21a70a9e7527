"""`/api/v1/projects`: a brief, its plan, which can be read and edited, and its films."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Header, Response

from dramatis.errors import ServiceError
from dramatis.production.request import Options
from dramatis.service.core import Service
from dramatis.service.documents import Documents, plain
from dramatis.service.projects import storyline_of
from dramatis.service.records import Plain, Project, ServiceJob, Work
from dramatis.service.web import sample_requests as examples
from dramatis.service.web.access import Caller
from dramatis.service.web.replying import job_answer, page_answer, project_answer
from dramatis.service.web.requests import Asking, Body, OnlyOnce, Serving, fields, json_body, listed, output_asked, priority_of
from dramatis.story import Brief, Storyline
from dramatis.story.schema import schema_of

router = APIRouter(prefix="/api/v1/projects", tags=["projects"])
_LONGEST_NAME = 200
_STORYLINE = json_body(examples.STORYLINE, schema_of(Storyline))
Match = Annotated[str | None, Header(alias="If-Match", description="The revision that was read; another one is not replaced.")]


@router.post("", status_code=201, summary="Begin a project", openapi_extra=json_body(examples.PROJECT))
def begin(service: Serving, caller: Asking, body: Body, once: OnlyOnce) -> Plain:
    """With a `brief`, a `storyline` that exists already, or `options` as of the command line: portraits, voices, said, prompt,
    size, engine, captions, seed. Portraits and voices are ids of assets.
    """
    given = fields(body, name=str, brief=dict, storyline=dict, options=dict)
    if sum(given[kind] is not None for kind in ("brief", "storyline", "options")) != 1:
        raise ServiceError("A project begins with a brief, a storyline or options; give one of them.", "missing", 400, "brief")
    documents = Documents(service.assets, caller.sees)
    brief = None if given["brief"] is None else plain(documents.brief(given["brief"]))
    if given["options"] is not None:
        brief = plain(documents.begun(*_options(given["options"])))
    storyline = None if given["storyline"] is None else plain(documents.storyline(given["storyline"]))
    name = (given["name"] or "")[:_LONGEST_NAME]
    service.expect_plan()
    return once(lambda: project_answer(service.projects.add(caller.owner, name, brief, storyline)))


@router.get("", summary="List projects, the last changed first")
def projects(service: Serving, caller: Asking, limit: int = 50) -> Plain:
    """At most 100."""
    found = service.projects.page(caller.sees, listed(limit) + 1)
    return page_answer([project_answer(project) for project in found[:limit]], len(found) > limit)


@router.get("/{project}", summary="Describe a project")
def project_facts(service: Serving, caller: Asking, project: str) -> Plain:
    """Its brief, the notes on its plan, and its revision."""
    return project_answer(service.projects.get(project, caller.sees))


@router.delete("/{project}", summary="Delete a project")
def remove(service: Serving, caller: Asking, project: str) -> Plain:
    """Its films stay."""
    service.projects.remove(service.projects.get(project, caller.sees))
    return {"id": project, "object": "project.deleted", "deleted": True}


@router.post("/{project}/plan", status_code=202, summary="Plan the film", openapi_extra=json_body(examples.PLAN))
def plan(service: Serving, caller: Asking, project: str, body: Body, once: OnlyOnce) -> Plain:
    """A job that writes the storyline. With one already, it is planned again, with another `prompt` if that is given: locked
    parts stay (`anew`: nothing stays). What is edited before the job is done is not replaced: the job keeps its own storyline, as
    it does with `propose`.
    """
    given = fields(body, prompt=str, anew=bool, propose=bool, priority=int)
    found = service.projects.get(project, caller.sees)
    document = _document(service, caller, found, bool(given["anew"]))
    if isinstance(document, Brief) and given["prompt"] is not None:
        document = Brief(**{**vars(document), "prompt": given["prompt"]})
    job = _job(caller, "plan", found, given["priority"])
    job = ServiceJob(**{**vars(job), "request": {"prompt": given["prompt"]}})
    if not given["propose"]:
        job = ServiceJob(**{**vars(job), "request": {**job.request, "revision": found.revision}})
    return once(lambda: job_answer(service, service.submit(job, document)))


@router.post("/{project}/animatic", status_code=202, summary="Draw the plan", openapi_extra=json_body(examples.FILM))
def draw(service: Serving, caller: Asking, project: str, body: Body, once: OnlyOnce) -> Plain:
    """A job that draws the storyline as it is now as a small film in seconds, for any engine; its `animatic` can be watched."""
    given = fields(body, priority=int)
    found = service.projects.get(project, caller.sees)
    storyline_of(found)
    document = _document(service, caller, found, anew=False)
    job = ServiceJob(**{**vars(_job(caller, "plan", found, given["priority"])), "request": {"animatic": True}})
    return once(lambda: job_answer(service, service.submit(job, document)))


@router.get("/{project}/storyline", summary="Read the storyline")
def storyline(service: Serving, caller: Asking, project: str, response: Response) -> Plain:
    """The plan as a document (docs/storyline.md), with ids of assets; the revision is its `ETag`."""
    found = service.projects.get(project, caller.sees)
    response.headers["ETag"] = f'"{found.revision}"'
    return storyline_of(found)


@router.put("/{project}/storyline", summary="Edit the storyline", openapi_extra=_STORYLINE)
def edit(service: Serving, caller: Asking, project: str, body: Body, if_match: Match = None) -> Plain:
    """Read as strictly as a file: unknown keys and impossible values are refused by name."""
    found = service.projects.get(project, caller.sees)
    edited = plain(Documents(service.assets, caller.sees).storyline(body))
    return project_answer(service.projects.edited(found, edited, _revision(if_match)))


@router.post("/{project}/films", status_code=202, summary="Make the film", openapi_extra=json_body(examples.FILM))
def make(service: Serving, caller: Asking, project: str, body: Body, once: OnlyOnce) -> Plain:
    """A job that films the storyline as it is now, or plans the brief and films that. Only what changed since an earlier film is
    filmed again. `format`, `stems` and `callback_url` as for /api/v1/films.
    """
    given = fields(body, priority=int, format=str, stems=bool, callback_url=str)
    found = service.projects.get(project, caller.sees)
    document = _document(service, caller, found, anew=False)
    job = _job(caller, "film", found, given["priority"])
    asked = output_asked(given["format"], given["stems"])
    planned = {} if found.storyline is not None else {"revision": found.revision}
    job = replace(job, request={**asked, **planned}, callback=given["callback_url"])

    def submitted() -> Plain:
        service.projects.filmed(found)
        return job_answer(service, service.submit(job, document))

    return once(submitted)


def _document(service: Service, caller: Caller, project: Project, anew: bool) -> Brief | Storyline:
    documents = Documents(service.assets, caller.sees)
    if project.storyline is not None and not (anew and project.brief is not None):
        return documents.storyline(project.storyline)
    return documents.brief(project.brief)


def _options(data: Plain) -> tuple[Options, int]:
    """Options as the command line has them, and the seed."""
    given = fields(data, portraits=list, voices=list, said=list, prompt=str, size=str, engine=str, captions=str, seed=int)
    for name in ("portraits", "voices", "said"):
        given[name] = given[name] or ()
        if not all(isinstance(entry, str) for entry in given[name]):
            raise ServiceError(f'"{name}" is a list of texts.', "wrong_type", 400, name)
    seed = given.pop("seed") or 0
    return Options(**given), seed


def _job(caller: Caller, work: Work, project: Project, priority: int | None) -> ServiceJob:
    return ServiceJob("", caller.owner, work, "queued", {}, "", project=project.id, priority=priority_of(priority))


def _revision(if_match: str | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    text = if_match.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ServiceError(f'"{if_match[:50]}" is no revision; send the ETag of the storyline.', "revision", 400, "If-Match")
    return int(text)
