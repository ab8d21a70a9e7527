"""The native API, from uploads to the film, as a client sees it."""

import io
import json
import re
import shlex
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from dramatis.clock import Rate, Span
from dramatis.media.videos.video import probe
from dramatis.runtime.take_files import written
from dramatis.service.core import Policy, Service
from dramatis.service.web import sample_requests as examples
from dramatis.service.web.access import Access
from dramatis.service.web.application import application
from dramatis.story import Canvas
from dramatis.take import Role, Take
from tests.service.conftest import Served
from tests.service.serving import brief, finished, picture, running, upload, voice


@pytest.fixture(scope="module")
def film(served: Served) -> dict[str, Any]:
    """A film that is done."""
    answer = served.client.post("/api/v1/films", json={"brief": brief(served.picture, served.voice)})
    assert answer.status_code == 202, answer.text
    made = finished(served.client, answer.json()["id"])
    assert made["state"] == "done", made
    return made


def events(client: httpx2.Client, path: str, last: int | None = None) -> Iterator[tuple[int, str, dict[str, Any]]]:
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    with client.stream("GET", path, headers=headers) as answer:
        for block in re.split(r"\n\n", "".join(answer.iter_text())):
            if block.startswith("id:"):
                number, kind, data = (line.partition(": ")[2] for line in block.splitlines())
                yield int(number), kind, json.loads(data)


def test_a_film_is_made_and_comes_in_parts(served: Served, film: dict[str, Any], tmp_path: Path) -> None:
    whole = served.client.get(film["urls"]["film"])
    assert whole.headers["content-type"] == "video/mp4"
    (tmp_path / "film.mp4").write_bytes(whole.content)
    seen = probe(str(tmp_path / "film.mp4"))
    assert (seen.canvas.width, seen.canvas.height, seen.has_sound) == (64, 64, True)
    part = served.client.get(film["urls"]["film"], headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.content == whole.content[100:200]


def test_what_belongs_to_a_film_can_be_read(served: Served, film: dict[str, Any]) -> None:
    urls = film["urls"]
    assert served.client.get(urls["thumbnail"]).content[:3] == b"\xff\xd8\xff"
    assert served.client.get(urls["report"]).json()["engine"]["name"] == "fake"
    takes = served.client.get(urls["takes"]).json()["data"]
    assert takes
    assert served.client.get(takes[0]["url"]).headers["content-type"] == "video/mp4"
    shots = served.client.get(urls["storyline"]).json()
    assert shots["cast"][0]["portrait"] == served.picture
    assert shots["lines"][0]["sound"] == served.voice


def test_no_answer_names_a_path_of_the_server(served: Served, film: dict[str, Any]) -> None:
    for url in ("storyline", "report", "takes"):
        assert "/tmp" not in served.client.get(film["urls"][url]).text
    assert "/tmp" not in json.dumps(film)


def test_events_are_told_and_told_again_from_any_place(served: Served, film: dict[str, Any]) -> None:
    told = list(events(served.client, film["urls"]["events"]))
    kinds = [kind for _, kind, _ in told]
    assert kinds[:2] == ["queued", "started"]
    assert kinds[-1] == "done"
    assert "preview" in kinds
    numbers = [number for number, _, _ in told]
    assert numbers == sorted(numbers)
    assert [number for number, _, _ in events(served.client, film["urls"]["events"], last=numbers[2])] == numbers[3:]


def test_who_has_heard_all_of_a_film_is_not_kept_waiting(served: Served, film: dict[str, Any]) -> None:
    answer = served.client.get(f"/api/v1/jobs/{film['id']}/events", headers={"Last-Event-ID": "999999"})
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_plan_is_read_edited_and_filmed(served: Served) -> None:
    client = served.client
    project = client.post("/api/v1/projects", json={"name": "one", "brief": brief(served.picture, served.voice)}).json()
    at = f"/api/v1/projects/{project['id']}"
    assert client.get(f"{at}/storyline").json()["error"]["code"] == "not_planned"
    job = finished(client, client.post(f"{at}/plan", json={}).json()["id"])
    assert job["state"] == "done", job
    read = client.get(f"{at}/storyline")
    edited = read.json()
    edited["shots"][0]["direction"]["words"] = "Ada looks at the camera."
    assert client.put(f"{at}/storyline", json=edited, headers={"If-Match": read.headers["etag"]}).json()["revision"] == 2
    again = client.put(f"{at}/storyline", json=edited, headers={"If-Match": read.headers["etag"]})
    assert (again.status_code, again.json()["error"]["code"]) == (412, "changed")
    made = finished(client, client.post(f"{at}/films", json={}).json()["id"])
    assert made["state"] == "done", made
    filmed = client.get(made["urls"]["storyline"]).json()
    assert filmed["shots"][0]["direction"]["words"] == "Ada looks at the camera."
    assert client.get(at).json()["revision"] == 2


def test_an_edit_is_read_as_strictly_as_a_file(served: Served, film: dict[str, Any]) -> None:
    shots = served.client.get(film["urls"]["storyline"]).json()
    project = served.client.post("/api/v1/projects", json={"storyline": shots}).json()
    shots["shots"][0]["colour"] = "red"
    refused = served.client.put(f"/api/v1/projects/{project['id']}/storyline", json=shots)
    assert refused.status_code == 400
    assert 'Unknown key "colour"' in refused.json()["error"]["message"]
    assert refused.json()["error"]["param"] == "storyline"


def test_the_same_request_is_done_once(served: Served) -> None:
    key = {"Idempotency-Key": "one-and-only"}
    body = {"name": "once", "brief": brief(served.picture, served.voice)}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: served.client.post("/api/v1/projects", json=body, headers=key), range(4)))
    made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    other = served.client.post("/api/v1/projects", json={**body, "name": "twice"}, headers=key)
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"portrait": "/etc/passwd"}, "not_found", "is a path"),
        ({"portrait": "../../etc/passwd"}, "not_found", "is a path"),
        ({"portrait": "asset_nobody"}, "not_found", "There is no asset"),
        ({"voice": "PICTURE"}, "wrong_kind", "is a picture; a sound or video is needed"),
        ({"colour": "red"}, "invalid_document", 'Unknown key "colour"'),
        ({"voice": None, "say": None}, None, ""),
    ],
)
def test_a_brief_names_assets_and_nothing_else(served: Served, change: dict[str, Any], code: str | None, said: str) -> None:
    asked = brief(served.picture, served.voice)
    asked["cast"][0] |= {key: served.picture if value == "PICTURE" else value for key, value in change.items()}
    answer = served.client.post("/api/v1/films", json={"brief": asked})
    if code is None:  # the fake engine needs no voice
        assert answer.status_code == 202
        served.client.delete(f"/api/v1/jobs/{answer.json()['id']}")
        return
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code
    assert said in answer.json()["error"]["message"]


def test_a_film_that_cannot_be_made_says_why_in_the_words_of_its_user(served: Served) -> None:
    asked = brief(served.picture, served.voice, engine="imax")
    job = finished(served.client, served.client.post("/api/v1/films", json={"brief": asked}).json()["id"])
    assert (job["state"], job["error"]["code"]) == ("failed", "engine")
    assert 'There is no engine "imax"' in job["error"]["message"]


def test_notes_call_files_as_their_users_do(served: Served) -> None:
    tone = upload(served.client, voice(1.0, spoken=False), "my tone.wav")
    asked = served.client.post("/api/v1/films", json={"brief": brief(served.picture, tone)}).json()
    assert any(note.startswith("my tone.wav holds no voice") for note in finished(served.client, asked["id"])["notes"])


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"MZ is no picture", "unknown_kind"), (b"\x89PNG\r\n\x1a\nbroken", "picture"), (b"", "empty"), (b"RIFF0000WAVEx", "voice")],
)
def test_an_upload_is_what_it_contains(served: Served, content: bytes, code: str) -> None:
    answer = served.client.post("/api/v1/assets", files={"file": ("../../good.png", content)})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["param"] == "file"
    assert "incoming" not in answer.json()["error"]["message"]


def _calls(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, verbs in document["paths"].items():
        for verb, call in verbs.items():
            yield verb, path, call


NOT_THERE = {"wrong_kind", "not_ready", "gone", "not_found"}
"""What a call is answered with where the film is one that has no such file."""
SLOW = ("/sync", "/faces", "/preview", "/script", "/cast", "/speech", "/limits", "/imports")
"""Calls whose answers take seconds, or that need a file of their own; other tests make them."""


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[Served]:
    """A service that films nothing."""
    service = Service(tmp_path)
    with TestClient(application(service, Access()), base_url="http://127.0.0.1") as client:
        yield Served(client, upload(client, picture(), "me.png"), upload(client, voice(), "voice.wav"))
    service.__exit__(None, None, None)


def test_every_call_is_described_and_its_example_works(served: Served, idle: Served, film: dict[str, Any]) -> None:
    """The examples of the OpenAPI document are commands for curl. They are sent as they are, with ids of things that exist."""
    plan = served.client.get(film["urls"]["storyline"]).json()
    plans = {served.picture: idle.picture, served.voice: idle.voice}
    seen, changed = _things(served, film["id"], plan), _things(idle, "", plan, plans)
    for verb, path, call in sorted(_calls(served.client.get("/openapi.json").json()), key=lambda call: call[0] == "delete"):
        assert call["summary"], path
        if path.endswith(SLOW):
            continue
        where, ids = (served, seen) if verb == "get" else (idle, changed)
        if verb != "get":
            job = idle.client.post("/api/v1/films", json={"brief": brief(idle.picture, idle.voice)}).json()["id"]
            ids |= dict.fromkeys(("{job}", "{video}", "{task}"), job)
            idle.client.post(f"/api/v1/jobs/{job}/pause" if path.endswith("/resume") else "/api/v1/session", json={})
        if verb == "delete":  # one that no job needs
            ids |= dict.fromkeys(("{asset}", "{file}"), upload(idle.client, picture(grey=7), "me.png"))
        status, code = _run(where.client, call["x-codeSamples"][0]["source"], ids)
        assert status < 400 or (verb == "get" and code in NOT_THERE), (verb, path, status, code)


def _things(where: Served, job: str, plan: dict[str, Any], known: dict[str, str] | None = None) -> dict[str, str]:
    """Ids of things that exist, by the names that they have in examples."""
    client, text = where.client, json.dumps(plan)
    for old, new in (known or {}).items():
        text = text.replace(old, new)
    storage = client.post("/customers/storage", json={}).json()
    assert client.put(storage["upload_url"], content=picture()).status_code == 200
    ids = {
        examples.PICTURE: where.picture, examples.VOICE: where.voice, "{shot}": "1", "{model}": "dramatis", "{engine}": "fake",
        "{project}": client.post("/api/v1/projects", json={"storyline": json.loads(text)}).json()["id"], "{name}": "film.jpg",
        "{permit}/upload": storage["upload_url"].partition("links/")[2],
        "{permit}/file": storage["download_url"].partition("links/")[2],
        **dict.fromkeys(("{job}", "{video}", "{task}"), job), **dict.fromkeys(("{asset}", "{file}"), where.picture),
    }  # fmt: skip
    if not job:
        return ids
    task = client.get(f"/kling/v1/videos/avatar/image2video/{job}").json()["data"]
    permit = task["task_result"]["videos"][0]["url"].partition("links/")[2]
    return {**ids, "{permit}/film.mp4": permit, "{digest}": client.get(f"/api/v1/jobs/{job}/takes").json()["data"][0]["id"]}


def _run(client: httpx2.Client, command: str, ids: dict[str, str]) -> tuple[int, str]:
    """What curl would do: the status, and the code of an error."""
    for name, value in ids.items():
        command = command.replace(name, value)
    take = Take(Canvas(64, 64, Rate(5)), Span(0, 0.4), (Role("Ada", words="a man"),))
    files = {"@me.png": picture(), "@take.zip": written(take)}
    _, *words = shlex.split(command)
    url = next(word for word in words if word.startswith("http")).replace("http://127.0.0.1:8765", "")
    options = [(words[at], words[at + 1]) for at in range(len(words) - 1) if words[at].startswith("-")]
    forms = [value.partition("=") for option, value in options if option == "-F"]
    parts = {name: (value[1:], files[value]) if value in files else (None, value.encode()) for name, _, value in forms}
    bodies = [files.get(value, value) for option, value in options if option in ("-d", "--data-binary")]
    headers = dict(value.split(": ", 1) for option, value in options if option == "-H")
    verb = dict(options).get("-X", "GET")
    with client.stream(verb, url, headers=headers, content=bodies[0] if bodies else None, files=parts or None) as answer:
        if answer.status_code < 400 and answer.headers.get("content-type", "").startswith("text/event-stream"):
            return answer.status_code, ""
        said = json.loads(answer.read()) if answer.status_code >= 400 else {}
        return answer.status_code, str(said.get("error", said).get("code", ""))


def test_the_front_page_shows_every_call(served: Served) -> None:
    answer = served.client.get("/api")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for _, path, _ in _calls(served.client.get("/openapi.json").json()):
        assert path in answer.text


def test_a_film_comes_in_other_formats_with_captions_and_the_parts_of_its_sound(served: Served) -> None:
    asked = brief(served.picture, served.voice, captions="file", music=served.voice, prompt="")
    asked["cast"][0] |= {"text": "Good morning."}
    kinds = {"webm": "video/webm", "png": "application/zip"}
    for kind, content in kinds.items():
        answer = served.client.post("/api/v1/films", json={"brief": asked, "format": kind, "stems": kind == "webm"})
        job = finished(served.client, answer.json()["id"])
        assert job["state"] == "done", job
        film = served.client.get(job["urls"]["film"])
        assert film.headers["content-type"] == content
        assert served.client.get(job["urls"]["thumbnail"]).content[:3] == b"\xff\xd8\xff"
        files = {one["name"]: served.client.get(one["url"]).content for one in job["files"]}
        assert {"film.srt", "film.vtt"} <= files.keys()
        assert b"morning." in files["film.srt"]
        assert ("film.voices.wav" in files, "film.music.wav" in files) == ((True, True) if kind == "webm" else (False, False))
    assert zipfile.ZipFile(io.BytesIO(film.content)).namelist()[-1].endswith(".png")
    assert served.client.get(f"/api/v1/jobs/{job['id']}/files/film.storyline.json").status_code == 404
    refused = served.client.post("/api/v1/films", json={"brief": asked, "format": "../mp4"}).json()["error"]
    assert (refused["param"], refused["code"]) == ("format", "format")


def test_consent_is_demanded_where_the_service_says_so(tmp_path: Path) -> None:
    with running(tmp_path, policy=Policy(consent=True)) as address, httpx2.Client(base_url=address, timeout=120) as client:
        said_of: list[dict[str, str]] = [{}, {"consent": "self"}]
        said = [client.post("/api/v1/assets", files={"file": ("me.png", picture())}, data=data).json()["id"] for data in said_of]
        for portrait, own, status in (
            (said[0], {}, 403),
            (said[0], {"consent": "licensed"}, 202),
            (said[1], {}, 202),
            ("", {}, 202),
        ):
            asked = brief(portrait, "")
            asked["cast"] = [{"name": "Ada", "portrait": portrait, **own}]
            answer = client.post("/api/v1/films", json={"brief": asked})
            assert answer.status_code == status, answer.text
            if status == 403:
                assert 'of "Ada", which this service demands' in answer.json()["error"]["message"]
        job = finished(client, client.get("/api/v1/jobs", params={"limit": 2}).json()["data"][1]["id"])
        story = client.get(job["urls"]["storyline"]).json()
        assert story["cast"][0]["consent"] == "self"
        story["cast"][0] |= {"portrait": said[1], "consent": ""}
        story["shots"][0]["picture"] = said[0]  # another one than that of which somebody said something
        project = client.post("/api/v1/projects", json={"storyline": story}).json()["id"]
        assert client.post(f"/api/v1/projects/{project}/shots/1/preview", json={}).json()["error"]["code"] == "consent"
        body = {"image": said[0], "sound_file": said[0]}
        assert client.post("/kling/v1/videos/avatar/image2video", json=body).status_code in (400, 403)
        assert client.post("/api/v1/takes", params={"engine": "fake"}, content=b"x").json()["error"]["code"] == "consent"
