"""`/api/v1/projects/{project}/...`: what an editor of plans needs beside the storyline: versions, reasons, voices, lines."""

import tempfile
from pathlib import Path

from fastapi import APIRouter

from dramatis.director.rounds.minutes import Language, reason_of, told, told_conflict
from dramatis.errors import ServiceError
from dramatis.service.core import Service
from dramatis.service.documents import Documents, named_back
from dramatis.service.edit_requests import edits_of, files_of
from dramatis.service.projects import storyline_of
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


@router.get("/{project}/reasons", summary="Read why it was planned so")
def reasons(service: Serving, caller: Asking, project: str, language: Language = "en") -> Plain:
    """The reasons of each shot, what each expert claimed in which round, and how conflicts were settled."""
    storyline = Documents(service.assets, caller.sees).storyline(storyline_of(service.projects.get(project, caller.sees)))
    said = storyline.deliberation
    return {
        "shots": [{"id": shot.id, "why": [vars(told(reason, language)) for reason in shot.why]} for shot in storyline.shots],
        "claims": [{"round": claim.round, **vars(told(reason_of(claim), language))} for claim in said.claims],
        "conflicts": [vars(told_conflict(conflict, language)) for conflict in said.conflicts],
    }


@router.get("/{project}/voices", summary="Look at the voices of the storyline")
def voices(service: Serving, caller: Asking, project: str) -> Plain:
    """For each line its length, fifty peaks a second (0 to 100), whether this program spoke it, and when its words are said, in
    seconds from its start, as far as its text is known.
    """
    document, _ = _located(service, caller, service.projects.get(project, caller.sees))
    return service.children.ask({"do": "voices", "document": document})


@router.post("/{project}/script", summary="Change the lines", openapi_extra=json_body(examples.SCRIPT))
def script(service: Serving, caller: Asking, project: str, body: Body) -> Plain:
    """The storyline with other lines, which is not kept until it is sent as an edit (PUT). `lines` are all lines in order, each
    with `who` and `text`; `line` names the one of the storyline that it is, from 0. What is said otherwise, or by somebody else,
    is spoken anew; a recording keeps its sound, unless `speak` is true. Shots and cues move with their lines.
    """
    found = service.projects.get(project, caller.sees)
    wanted = fields(body, lines=list)["lines"]
    document, used = _located(service, caller, found)
    return _changed(service, caller, {"do": "script", "document": document, "lines": wanted}, used)


@router.post("/{project}/edits", summary="Edit by name", openapi_extra=json_body(examples.EDITS))
def edits(service: Serving, caller: Asking, project: str, body: Body) -> Plain:
    """The edited storyline, which is not kept until it is sent as an edit (PUT).

    `lines` are said instead of those in the selection, each with `who` and a `sound` or a `text` that is spoken; `translate` is a
    language for all lines there; `extend` are more lines at the end; `background` is a picture, or words where places are drawn;
    `portraits` and `looks` are pairs of a name and a picture, or words; `keep` is a region of the picture, `[x0, y0, x1, y1]` in
    parts of it, that stays as it is; `seed` is another take; `size` is the film's, width and height in pixels, refused where the
    faces of a picture do not fit it. The others hold in a `shot` (from 1 on), in a `span` in seconds, or in
    the whole film.
    """
    document, used = _located(service, caller, service.projects.get(project, caller.sees))
    documents = Documents(service.assets, caller.sees)
    named = files_of(edits_of(body), documents)
    files = {name: documents.path(asset) for name, asset in named.items()}
    used = used | {files[name]: asset for name, asset in named.items()}
    return _changed(service, caller, {"do": "edit", "document": document, "edits": body, "files": files}, used)


def _changed(service: Service, caller: Caller, request: Plain, used: dict[str, Asset]) -> Plain:
    """The storyline that a child process makes of another one; sounds that it speaks become the caller's."""
    folder = Path(tempfile.mkdtemp(dir=service.place.work))
    try:
        made = service.children.ask({**request, "folder": str(folder), "vault": str(service.place.takes)})
        return Documents(service.assets).returned(made["storyline"], used, caller.owner, folder)
    except ServiceError as fault:
        raise ServiceError(named_back(str(fault), used), fault.code, fault.status, fault.param) from None
    finally:
        service.place.clear(folder)


def _located(service: Service, caller: Caller, project: Project) -> tuple[Plain, dict[str, Asset]]:
    documents = Documents(service.assets, caller.sees)
    return documents.located(documents.storyline(storyline_of(project)))


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
