"""Edits by name through the API."""

from typing import Any

import pytest

from tests.service.conftest import Served
from tests.service.serving import upload, voice


@pytest.fixture(scope="module")
def project(served: Served) -> str:
    story = {
        "version": 2,
        "canvas": {"width": 64, "height": 64, "rate": {"frames": 10, "per": 1}},
        "cast": [{"name": "Ada", "portrait": served.picture, "voice": served.voice}],
        "lines": [{"who": "Ada", "sound": served.voice, "start": 0.0, "text": "Hello"}],
        "shots": [{"span": [0.0, 1.4], "picture": served.picture, "cast": ["Ada"], "direction": {"words": "a shot"}}],
        "engine": "fake",
    }
    return str(served.client.post("/api/v1/projects", json={"storyline": story}).json()["id"])


def test_an_edit_answers_with_a_storyline_that_is_kept_by_its_reader(served: Served, project: str) -> None:
    client, base = served.client, f"/api/v1/projects/{project}"
    longer = upload(client, voice(2.0), "longer.wav")
    before = client.get(f"{base}/storyline").json()
    edited = client.post(f"{base}/edits", json={"lines": [{"who": "Ada", "sound": longer}], "shot": 1}).json()
    assert edited["lines"][0]["sound"] == longer
    assert edited["shots"][0]["span"][1] == pytest.approx(2.4, abs=0.15)
    assert client.get(f"{base}/storyline").json() == before
    more = client.post(f"{base}/edits", json={"extend": [{"who": "Ada", "sound": longer}], "seed": 5}).json()
    assert [shot["seed"] for shot in more["shots"]] == [5, None]
    assert client.put(f"{base}/storyline", json=more).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"lines": [{"who": "Ada", "sound": "/etc/passwd"}]},
        {"lines": [{"who": "Eve", "text": "Hi"}]},
        {"extend": [{"who": "Ada", "sound": "asset_00000000000000000000000000000000"}]},
        {"background": "../secret.png"},
        {"portraits": [["Ada", "secret.png"]]},
        {"keep": [0.5, 0, 0.2, 1]},
        {"shot": 0, "seed": 1},
        {"shot": 99, "seed": 1},
        {"span": [1, 0], "seed": 1},
        {"translate": "fr"},
        {"unknown": 1},
    ],
)
def test_edits_that_cannot_be_are_refused(served: Served, project: str, body: dict[str, Any]) -> None:
    answer = served.client.post(f"/api/v1/projects/{project}/edits", json=body)
    assert answer.status_code in (400, 404), answer.text
    assert "/" not in answer.json()["error"]["message"].replace("--", "").replace("/etc/passwd", "")
