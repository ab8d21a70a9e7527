"""What the studio's editor asks of the service: versions, voices, a script that is changed, a plan that is proposed."""

from typing import Any

import httpx2
import pytest

from tests.service.conftest import Served
from tests.service.serving import finished

WORDS = "Cat: Hello there! Robot: Good morning. Cat: It is raining. The cat waves."


def story(client: httpx2.Client, project: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/projects/{project}/storyline").json()
    return found


def rewritten(client: httpx2.Client, project: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    answer = client.post(f"/api/v1/projects/{project}/script", json={"lines": lines})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert client.put(f"/api/v1/projects/{project}/storyline", json=found).status_code == 200
    return found


def copied(client: httpx2.Client, project: str) -> str:
    """A project of its own with the same storyline."""
    return str(client.post("/api/v1/projects", json={"storyline": story(client, project)}).json()["id"])


@pytest.fixture(scope="module")
def project(served: Served) -> str:
    client, cast = served.client, [{"name": "Cat", "speaks": "en-us+Annie"}, {"name": "Robot", "speaks": "en-us+Andy"}]
    brief = {"version": 1, "cast": cast, "prompt": WORDS, "size": [160, 90], "fps": 5.0}
    made = client.post("/api/v1/projects", json={"name": "words", "brief": brief}).json()["id"]
    job = client.post(f"/api/v1/projects/{made}/plan", json={}).json()["id"]
    assert finished(client, job)["state"] == "done"
    return str(made)


def test_a_plan_has_a_line_for_each_turn_with_its_words(served: Served, project: str) -> None:
    found = story(served.client, project)
    assert [(line["who"], line["text"]) for line in found["lines"]] == [
        ("Cat", "Hello there!"), ("Robot", "Good morning."), ("Cat", "It is raining."),
    ]  # fmt: skip
    seen = served.client.get(f"/api/v1/projects/{project}/voices").json()["lines"]
    assert [word[0] for word in seen[2]["words"]] == ["It", "is", "raining."]
    assert all(0 <= start < end <= seen[2]["seconds"] for _, start, end in seen[2]["words"])
    assert max(seen[0]["peaks"]) == 100
    ids = [shot["id"] for shot in found["shots"]]
    assert all(ids)
    assert len(set(ids)) == len(ids)


def test_lines_are_moved_changed_added_and_removed(served: Served, project: str) -> None:
    client = served.client
    project = copied(client, project)
    first = story(client, project)
    wave = next(cue for shot in first["shots"] for cue in shot["direction"]["cues"] if cue["what"] == "wave")
    texts = [line["text"] for line in first["lines"]]
    kept = [{"who": line["who"], "text": line["text"], "line": at} for at, line in enumerate(first["lines"])]
    moved = rewritten(client, project, [kept[1], kept[0], kept[2]])
    assert [line["text"] for line in moved["lines"]] == [texts[1], texts[0], texts[2]]
    assert {line["sound"] for line in moved["lines"]} == {line["sound"] for line in first["lines"]}
    starts = [line["start"] for line in moved["lines"]]
    assert starts == sorted(starts)
    assert abs(moved["shots"][-1]["span"][1] - first["shots"][-1]["span"][1]) < 1.0
    again = next(cue for shot in moved["shots"] for cue in shot["direction"]["cues"] if cue["what"] == "wave")
    assert again["who"] == wave["who"]
    longer = [
        {"who": "Robot", "text": "Good morning, dear cat, and welcome to the kitchen.", "line": 0},
        {"who": "Cat", "text": "Thanks."},
        {"who": "Cat", "text": texts[0], "line": 1},
    ]
    changed = rewritten(client, project, longer)
    assert [line["text"] for line in changed["lines"]] == [one["text"] for one in longer]
    assert changed["lines"][2]["sound"] == moved["lines"][1]["sound"]
    assert changed["lines"][0]["sound"] != moved["lines"][0]["sound"]
    heard = [part["text"] for shot in changed["shots"] for part in shot["segments"] if part["who"]]
    assert "Thanks" in " ".join(heard)


@pytest.mark.parametrize(
    "lines", [[], [{"who": "Nobody", "text": "Hi"}], [{"who": "Cat"}], [{"who": "Cat", "line": 9}], [{"whom": "Cat"}], "Hello"]
)
def test_a_script_that_cannot_be_is_refused_in_a_sentence(served: Served, project: str, lines: object) -> None:
    answer = served.client.post(f"/api/v1/projects/{project}/script", json={"lines": lines})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].endswith(".")


def test_a_recording_keeps_its_sound_when_its_words_are_written_down(served: Served) -> None:
    client = served.client
    cast = [{"name": "Ada", "portrait": served.picture, "voice": served.voice, "text": "I am hear."}]
    brief = {"version": 1, "cast": cast, "size": [64, 64], "fps": 10.0, "engine": "fake"}
    project = client.post("/api/v1/projects", json={"brief": brief}).json()["id"]
    assert finished(client, client.post(f"/api/v1/projects/{project}/plan", json={}).json()["id"])["state"] == "done"
    written = rewritten(client, project, [{"who": "Ada", "text": "I am here.", "line": 0}])
    wanted = {"who": "Ada", "sound": served.voice, "start": 0.0, "text": "I am here."}
    assert {key: written["lines"][0][key] for key in wanted} == wanted


def test_planning_again_proposes_and_versions_are_kept(served: Served, project: str) -> None:
    client = served.client
    project = copied(client, project)
    first = story(client, project)
    body = {"prompt": f"{WORDS} The robot nods.", "propose": True}
    job = finished(client, client.post(f"/api/v1/projects/{project}/plan", json=body).json()["id"])
    assert story(client, project) == first
    offered = client.get(job["urls"]["storyline"]).json()
    assert any(cue["what"] == "nod" for shot in offered["shots"] for cue in shot["direction"]["cues"])
    edited = {**first, "seed": 7}
    assert client.put(f"/api/v1/projects/{project}/storyline", json=edited).status_code == 200
    assert client.post(f"/api/v1/projects/{project}/films", json={}).status_code == 202
    kept = client.get(f"/api/v1/projects/{project}/versions").json()["data"]
    assert [version["why"] for version in kept] == ["film", "edit"]
    assert client.get(f"/api/v1/projects/{project}/versions/{kept[1]['id']}").json() == first
    assert client.get(f"/api/v1/projects/{project}/versions/none").status_code == 404


def test_a_script_says_who_is_in_it_and_who_speaks(served: Served) -> None:
    told = served.client.post("/api/v1/cast", json={"prompt": WORDS}).json()
    assert told["cast"] == ["Cat", "Robot"]
    assert [line["who"] for line in told["lines"]] == ["Cat", "Robot", "Cat"]
    assert len({told["voices"]["Cat"], told["voices"]["Robot"]}) == 2
    named = served.client.post("/api/v1/cast", json={"prompt": "She smiles.", "names": ["Mira"]}).json()
    assert named == {"cast": ["Mira"], "lines": [], "off_screen": [], "voices": {}}
    over = served.client.post("/api/v1/cast", json={"prompt": "Narrator: This is Mira.", "names": ["Mira"]}).json()
    assert (over["off_screen"], over["lines"]) == (["Narrator"], [{"who": "Narrator", "text": "This is Mira."}])
    refused = served.client.post("/api/v1/cast", json={"prompt": "a" * 20_001}).json()["error"]  # nothing is cut off silently
    assert (refused["code"], refused["param"]) == ("too_long", "prompt")
