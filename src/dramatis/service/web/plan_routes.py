"""`/api/v1/projects/{project}/...`: what an editor of plans needs beside the storyline: earlier versions, voices, other lines."""

import shutil
import uuid

from fastapi import APIRouter

from dramatis.errors import ServiceError
from dramatis.service.core import Service
from dramatis.service.documents import Documents, named_back
from dramatis.service.records import Asset, Plain, Project, Version
from dramatis.service.web import sample_requests as examples
from dramatis.service.web.access import Caller
from dramatis.service.web.replying import page_answer
from dramatis.service.web.requests import Asking, Body, Serving, fields, json_body

router = APIRouter(prefix="/api/v1/projects", tags=["plans"])


@router.get("/{project}/versions", summary="List versions of the storyline")
def versions(service: Serving, caller: Asking, project: str) -> Plain:
    """As it was when it was filmed, and every ten minutes while it was edited; the newest first."""
    found = service.projects.versions(service.projects.get(project, caller.sees))
    return page_answer([_answer(version) for version in found], more=False)


@router.get("/{project}/versions/{version}", summary="Read a version of the storyline")
def version(service: Serving, caller: Asking, project: str, version: str) -> Plain:
    """The document; edit the storyline with it (PUT) to go back."""
    kept = service.projects.versions(service.projects.get(project, caller.sees))
    found = next((one for one in kept if one.id == version), None)
    if found is None:
        raise ServiceError(f'There is no version "{version[:100]}" of this project.', "not_found", 404, "version")
    return found.storyline


@router.get("/{project}/voices", summary="Look at the voices of the storyline")
def voices(service: Serving, caller: Asking, project: str) -> Plain:
    """For each line its length, fifty peaks a second (0 to 100), whether this program spoke it, and when its words are said, in
    seconds from its start, as far as its text is known.
    """
    document, _ = _located(service, caller, service.projects.get(project, caller.sees))
    return service.desk.ask({"do": "voices", "document": document})


@router.post("/{project}/script", summary="Change the lines", openapi_extra=json_body(examples.SCRIPT))
def script(service: Serving, caller: Asking, project: str, body: Body) -> Plain:
    """The storyline with other lines, which is not kept until it is sent as an edit (PUT). `lines` are all lines in order, each
    with `who` and `text`; `line` names the one of the storyline that it is, from 0. What is said otherwise, or by somebody else,
    is spoken anew; a recording keeps its sound, unless `speak` is true. Shots and cues move with their lines.
    """
    found = service.projects.get(project, caller.sees)
    wanted = fields(body, lines=list)["lines"]
    document, used = _located(service, caller, found)
    folder = service.place.films.parent / "spoken" / uuid.uuid4().hex
    folder.mkdir(parents=True)
    places = {"folder": str(folder), "vault": str(service.place.takes)}
    try:
        try:
            made = service.desk.ask({"do": "script", "document": document, "lines": wanted, **places})
        except ServiceError as fault:
            raise ServiceError(named_back(str(fault), used), fault.code, fault.status, "lines") from None
        return Documents(service.assets).returned(made["storyline"], used, caller.owner, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _located(service: Service, caller: Caller, project: Project) -> tuple[Plain, dict[str, Asset]]:
    documents = Documents(service.assets, caller.sees)
    if project.storyline is None:
        raise ServiceError("There is no storyline yet; plan the film first.", "not_planned", 404, "project")
    return documents.located(documents.storyline(project.storyline))


def _answer(version: Version) -> Plain:
    return {
        "id": version.id,
        "object": "version",
        "why": version.why,
        "revision": version.revision,
        "shots": len(version.storyline["shots"]),
        "seconds": version.storyline["shots"][-1]["span"][1],
        "created_at": version.created,
    }
