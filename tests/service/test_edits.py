"""Edits by name through the API."""

from pathlib import Path
from typing import Any

import pytest

from dramatis.service.film_child import FilmMaker
from dramatis.speech.phone_times import read_phones
from tests.director.model.model_server import serving
from tests.service.conftest import Served
from tests.service.serving import upload, voice

EXAMPLES = Path(__file__).parents[2] / "examples"


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


def test_a_shape_that_the_faces_do_not_fit_is_refused_at_once(served: Served) -> None:
    shown = upload(served.client, (EXAMPLES / "noor_and_tom.png").read_bytes(), "two.png")
    cast = [{"name": name, "portrait": shown, "face": None} for name in ("Noor", "Tom")]
    story = {
        "version": 2,
        "canvas": {"width": 640, "height": 360, "rate": {"frames": 25, "per": 1}},
        "cast": cast,
        "lines": [],
        "shots": [{"span": [0.0, 1.0], "picture": shown, "cast": ["Noor", "Tom"], "direction": {}}],
        "engine": "portrait",
    }
    project = served.client.post("/api/v1/projects", json={"storyline": story}).json()["id"]
    tall = served.client.post(f"/api/v1/projects/{project}/edits", json={"size": [360, 640]})
    assert tall.status_code == 400
    assert "two.png do not fit into a film of 360x640" in tall.json()["error"]["message"]
    wide = served.client.post(f"/api/v1/projects/{project}/edits", json={"size": [1280, 720]}).json()
    assert (wide["canvas"]["width"], wide["canvas"]["rate"]) == (1280, {"frames": 25, "per": 1})


def test_a_language_model_translates_the_lines(
    served: Served, project: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the child process does it, with a server that speaks OpenAI's protocol; the new words are spoken."""
    pytest.importorskip("espeakng_loader")
    story = served.client.get(f"/api/v1/projects/{project}/storyline").json()
    story["cast"][0] |= {"portrait": "", "voice": None}
    story |= {"lines": story["lines"][:1], "shots": [{**story["shots"][0], "picture": ""}]}
    (tmp_path / "voice.wav").write_bytes(voice())
    story["lines"][0]["sound"] = str(tmp_path / "voice.wav")
    with serving(lambda _: '{"lines": ["Guten Morgen zusammen"]}') as (url, told):
        monkeypatch.setenv("DRAMATIS_LLM_URL", url)
        monkeypatch.setenv("DRAMATIS_LLM_MODEL", "small")
        request = {"document": story, "edits": {"translate": "German"}, "files": {}}
        made = FilmMaker().edit({**request, "folder": str(tmp_path), "vault": str(tmp_path)}, print)
    assert [line["text"] for line in made["storyline"]["lines"]] == ["Guten Morgen zusammen"]
    assert "German" in str(told.requests[0]["messages"])
    assert read_phones(made["storyline"]["lines"][0]["sound"])[0]
