"""`/`: the studio, a page that is built from `studio/` and shipped in the package."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import Response

from dramatis.errors import ServiceError

router = APIRouter(include_in_schema=False)
_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "txt": "text/plain"}
_PAGE = "index.html"


@router.get("/")
async def studio() -> Response:
    """The page."""
    return _answer(_PAGE)


@router.get("/studio/{name}")
async def part(name: str) -> Response:
    """A file of the page; raises `ServiceError` if there is none."""
    return _answer(name)


def _answer(name: str) -> Response:
    if name not in _shipped():
        raise ServiceError(f'The studio has no file "{name[:100]}".', "not_found", 404, "name")
    kind = _TYPES[name.rpartition(".")[2]]
    return Response(_shipped()[name], media_type=f"{kind}; charset=utf-8", headers={"Cache-Control": "no-cache"})


@cache
def _shipped() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in files("dramatis.service").joinpath("studio").iterdir() if file.is_file()}
