"""`/api`: a plain page that says what the service offers, made from the OpenAPI document. It needs no script."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse

from dramatis.service.records import Plain

router = APIRouter(include_in_schema=False)
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
details { border-top: 1px solid #8884; padding: .4rem 0; } summary { cursor: pointer; }
code, pre { font: .85rem/1.4 ui-monospace, monospace; }
pre { overflow: auto; padding: .6rem; background: #8882; border-radius: .3rem; }
.verb { display: inline-block; width: 4.5rem; font-weight: 600; }
"""
_LEAD = """
<p>This is the service of Dramatis. Upload a portrait and a voice, begin a project with a brief, plan it, edit its storyline, make
the film. The official <code>openai</code> client works, too: its base URL is <code>{base}v1</code>.</p>
<pre>curl -F file=@portrait.jpg {base}api/v1/assets
curl -F file=@voice.wav {base}api/v1/assets
curl -H 'Content-Type: application/json' {base}api/v1/films -d '{{"brief": {{"version": 1,
  "cast": [{{"name": "Mira", "portrait": "ID OF THE PICTURE", "voice": "ID OF THE VOICE"}}], "prompt": "She smiles."}}}}'
curl -N {base}api/v1/jobs/ID OF THE JOB/events
curl -o film.mp4 {base}api/v1/jobs/ID OF THE JOB/film</pre>
<p>All calls, with examples; <a href="/openapi.json">the same as OpenAPI</a>.</p>
"""


@router.get("/api")
async def page(request: Request) -> HTMLResponse:
    """The page."""
    document = request.app.openapi()
    base = escape(str(request.base_url))
    calls: dict[str, list[str]] = {}
    for path, verbs in document["paths"].items():
        for verb, call in verbs.items():
            calls.setdefault(call["tags"][0], []).append(_call(verb.upper(), path, call))
    parts = "".join(f"<h2>{escape(tag)}</h2>{''.join(found)}" for tag, found in calls.items())
    title = f"Dramatis {escape(document['info']['version'])}"
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{title}</title><link rel="stylesheet" href="/api/page.css"></head><body><h1>{title}</h1>'
        f"{_LEAD.format(base=base)}{parts}</body></html>"
    )


@router.get("/api/page.css")
async def style() -> PlainTextResponse:
    """Its style: pages may not hold any themselves."""
    return PlainTextResponse(_STYLE, media_type="text/css")


def _call(verb: str, path: str, call: Plain) -> str:
    about = escape(" ".join(call.get("description", "").split()))
    shown = f"<pre>{escape(call['x-codeSamples'][0]['source'])}</pre>"
    summary = escape(call["summary"])
    return (
        f'<details><summary><span class="verb">{verb}</span> <code>{escape(path)}</code> — {summary}</summary>'
        f"<p>{about}</p>{shown}</details>"
    )
