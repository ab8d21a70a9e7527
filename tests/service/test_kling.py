"""Kling's avatar call, as its clients write it."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dramatis.service.core import Service
from dramatis.service.signatures import Signatures
from dramatis.service.web.access import Access
from dramatis.service.web.application import application
from tests.service.conftest import Served
from tests.service.serving import brief, finished, picture, voice

AVATAR, PROXY = "/kling/v1/videos/avatar/image2video", "/proxy/kling/v1/videos/avatar/image2video"
SECRET = "a-secret-of-sixteen"


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service that knows one access key; nothing is filmed."""
    service = Service(tmp_path_factory.mktemp("private"))
    with TestClient(application(service, Access("0.0.0.0", (("access-key", SECRET),)))) as client:
        yield client
    service.__exit__(None, None, None)


def jwt(key: str = "access-key", secret: str = SECRET, algorithm: str = "HS256", until: float = 1800) -> dict[str, str]:
    """What Kling's clients send: a token that they sign themselves."""
    claims = {"iss": key, "exp": time.time() + until, "nbf": time.time() - 5}
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": algorithm}, claims)]
    mac = base64.urlsafe_b64encode(hmac.digest(secret.encode(), b".".join(parts), "sha256")).rstrip(b"=")
    return {"Authorization": f"Bearer {b'.'.join([*parts, mac]).decode()}"}


def test_a_task_is_made_found_by_its_own_name_and_refused_twice(served: Served) -> None:
    """The portrait engine finds no face in a grey picture, and the task says so."""
    body = {"image": base64.b64encode(picture()).decode(), "sound_file": served.voice, "external_task_id": "mine", "mode": "pro"}
    made = served.client.post(AVATAR, json=body).json()
    assert (made["code"], made["message"]) == (0, "SUCCEED")
    assert made["data"]["task_info"]["external_task_id"] == "mine"
    again = served.client.post(AVATAR, json=body)
    assert (again.status_code, again.json()["code"]) == (400, 1201)
    finished(served.client, made["data"]["task_id"])
    task = served.client.get(f"{AVATAR}/mine").json()["data"]
    assert task["task_id"] == made["data"]["task_id"]
    assert (task["task_status"], "No face was found in image" in task["task_status_msg"]) == ("failed", True)
    assert task["task_id"] in [one["task_id"] for one in served.client.get(AVATAR, params={"pageSize": 5}).json()["data"]]


def test_errors_have_its_shape(served: Served) -> None:
    for body in (
        {"sound_file": served.voice},
        {"image": "http://10.0.0.1/a.png", "sound_file": served.voice},
        {"image": "%"},
        {"x": 1},
    ):
        answer = served.client.post(AVATAR, json=body)
        assert (answer.status_code, answer.json()["code"], set(answer.json())) == (400, 1201, {"code", "message", "request_id"})
    assert served.client.get(f"{AVATAR}/nobody").json()["code"] == 1203


def test_a_token_that_its_client_signed_is_admitted(private: TestClient) -> None:
    assert private.get(AVATAR, headers=jwt()).json()["data"] == []
    assert private.get(AVATAR, headers={"X-API-Key": SECRET}).status_code == 200  # as ComfyUI sends it
    wrong: list[dict[str, Any]] = [{"secret": "another-secret-"}, {"key": "nobody"}, {"algorithm": "none"}, {"until": -10}]
    for change in wrong:
        answer = private.get(AVATAR, headers=jwt(**change))
        assert (answer.status_code, answer.json()["code"]) == (401, 1000)
    deep, known = (base64.b64encode(text).decode().rstrip("=") for text in (b"[" * 20_000, b'{"iss": "access-key"}'))
    for token in ("a.b.c", "..", "e30.e30.", "\x80.\x80.\x80", f"{deep}.{known}.", f"{known}.{deep}."):
        assert private.get(AVATAR, headers={"Authorization": f"Bearer {token}".encode("latin-1")}).status_code == 401


def test_comfyui_uploads_to_an_address_and_names_it(private: TestClient) -> None:
    """Its node sends no token with the file; the address that it names is ours, and nothing is fetched."""
    urls = {}
    for name, kind, content in (("me.png", "image/png", picture()), ("voice.mp4", "audio/mp4", voice())):
        given = private.post("/customers/storage", json={"file_name": name, "content_type": kind}, headers=jwt()).json()
        for _ in range(2):  # its second try, if it did not hear of the first
            assert private.put(given["upload_url"], content=content, headers={"Content-Type": kind}).status_code == 200
        assert private.get(given["download_url"]).content == content
        assert private.put(given["download_url"].replace("/file", "/upload"), content=content).status_code == 403
        assert private.put(given["upload_url"], content=picture(grey=3)).json()["error"]["code"] == "taken"
        urls[name] = given["download_url"]
    body = {"image": urls["me.png"], "sound_file": urls["voice.mp4"], "prompt": "She smiles.", "mode": "std"}
    made = private.post(PROXY, json=body, headers=jwt())
    assert (made.json()["code"], made.json()["data"]["task_status"]) == (0, "submitted"), made.text
    task = private.get(f"{PROXY}/{made.json()['data']['task_id']}", headers=jwt()).json()["data"]
    assert task["task_result"]["videos"] == []
    forged = urls["me.png"].replace("/links/", "/links/x")
    assert private.post(PROXY, json={**body, "image": forged}, headers=jwt()).json()["code"] == 1201
    assert private.get(forged).json()["error"]["code"] == "permit"


def test_the_address_of_a_film_needs_no_token(served: Served, private: TestClient) -> None:
    job = served.client.post("/api/v1/films", json={"brief": brief(served.picture, served.voice)}).json()["id"]
    assert finished(served.client, job)["state"] == "done"
    url = served.client.get(f"{AVATAR}/{job}").json()["data"]["task_result"]["videos"][0]["url"]
    assert served.client.get(url, headers={"Range": "bytes=4-7"}).content == b"ftyp"
    assert private.get(url.replace(str(served.client.base_url), "")).status_code == 403  # another service's


def test_permits_end(tmp_path: Path) -> None:
    own = Signatures(tmp_path)
    text = own.permit({"film": "job_1"}, 60)
    assert (Signatures(tmp_path).permitted(text) or {})["film"] == "job_1"
    assert own.permitted(own.permit({"film": "job_1"}, -2)) is None
    for broken in ("", ".", text[:-1], f"{text}0", f"x{text}", text.replace(".", "ö"), "a" * 5000):
        assert own.permitted(broken) is None
