"""Shots through the API: a preview that follows edits, and takes that are filmed, listed and chosen."""

import io
import threading
from typing import Any

import av
import pytest

from tests.service.conftest import Served
from tests.service.serving import brief, finished
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def project(served: Served) -> dict[str, Any]:
    """A planned project of two shots, filmed once."""
    client = served.client
    story = {
        "version": 2,
        "canvas": {"width": 640, "height": 480, "rate": {"frames": 10, "per": 1}},
        "cast": [{"name": "Ada", "portrait": served.picture, "voice": served.voice}],
        "lines": [{"who": "Ada", "sound": served.voice, "start": 0.0}],
        "shots": [
            {"span": [at, at + 1.0], "picture": served.picture, "cast": ["Ada"], "direction": {"words": f"shot {at}"}}
            for at in (0.0, 1.0)
        ],
        "engine": "fake",
    }
    made = client.post("/api/v1/projects", json={"name": "shots", "storyline": story}).json()
    film = client.post(f"/api/v1/projects/{made['id']}/films", json={}).json()
    assert finished(client, film["id"])["state"] == "done"
    return {**made, "film": film["id"]}


def test_a_preview_is_a_small_film_of_one_shot(served: Served, project: dict[str, Any]) -> None:
    answer = served.client.post(f"/api/v1/projects/{project['id']}/shots/2/preview", json={})
    assert answer.status_code == 200, answer.text
    with av.open(io.BytesIO(answer.content)) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height) == (480, 360)
        assert sum(1 for _ in film.decode(stream)) == 11  # with the frame before the cut


def test_a_newer_preview_cancels_the_older_one(served: Served, project: dict[str, Any]) -> None:
    """The older one is long: a minute of frames that the newer one does not wait for."""
    url, client = f"/api/v1/projects/{project['id']}/shots/1/preview", served.client
    story = client.get(f"/api/v1/projects/{project['id']}/storyline").json()
    long = {**story, "shots": [{**story["shots"][0], "span": [0.0, 600.0]}]}
    older: list[int] = []
    thread = threading.Thread(target=lambda: older.append(client.post(url, json={"storyline": long}).status_code))
    thread.start()
    wait_until(lambda: list(served.folder.glob("work/*.mp4")), lambda: not thread.is_alive())
    newer = client.post(url, json={})
    thread.join()
    assert newer.status_code == 200
    assert older == [409]


def test_takes_are_filmed_listed_and_chosen(served: Served, project: dict[str, Any]) -> None:
    client, base = served.client, f"/api/v1/projects/{project['id']}"
    (first,) = client.get(f"{base}/shots/2/takes").json()["data"]
    assert (first["id"], first["start"], first["end"], first["chosen"]) == (project["film"], 1.0, 2.0, True)
    job = finished(client, client.post(f"{base}/shots/2/takes", json={}).json()["id"])
    assert job["shot"] == 2
    assert job["seconds"] == pytest.approx(1.1)
    newest, first = client.get(f"{base}/shots/2/takes").json()["data"]
    assert (newest["id"], newest["seed"], newest["current"], newest["chosen"]) == (job["id"], 1, True, False)
    assert len(client.get(f"{base}/shots/1/takes").json()["data"]) == 1
    story = client.get(f"{base}/storyline").json()
    story["shots"][1] = newest["shot"]
    assert client.put(f"{base}/storyline", json=story).status_code == 200
    newest, first = client.get(f"{base}/shots/2/takes").json()["data"]
    assert (newest["chosen"], first["chosen"]) == (True, False)
    film = finished(client, client.post(f"{base}/films", json={}).json()["id"])
    report = client.get(film["urls"]["report"]).json()
    assert all(take["from the vault"] for take in report["phases"][-1]["takes"])  # both shots were filmed already


def test_an_edited_shot_has_no_current_take(served: Served, project: dict[str, Any]) -> None:
    client, base = served.client, f"/api/v1/projects/{project['id']}"
    story = client.get(f"{base}/storyline").json()
    story["shots"][0]["direction"]["words"] = "something else"
    client.put(f"{base}/storyline", json=story)
    assert [take["current"] for take in client.get(f"{base}/shots/1/takes").json()["data"]] == [False]


def test_a_shot_of_the_largest_seed_is_filmed_again(served: Served, project: dict[str, Any]) -> None:
    client = served.client
    story = client.get(f"/api/v1/projects/{project['id']}/storyline").json()
    made = client.post("/api/v1/projects", json={"storyline": {**story, "seed": 2**31 - 1}}).json()
    again = client.post(f"/api/v1/projects/{made['id']}/shots/1/takes", json={})
    assert again.status_code == 202, again.text
    assert client.post(f"/api/v1/jobs/{again.json()['id']}/cancel").status_code == 200


@pytest.mark.parametrize(("path", "body"), [("3/takes", {}), ("0/preview", {}), ("1/takes", {"seed": -1}), ("9/preview", {})])
def test_shots_that_are_not_there_are_refused(served: Served, project: dict[str, Any], path: str, body: dict[str, Any]) -> None:
    answer = served.client.post(f"/api/v1/projects/{project['id']}/shots/{path}", json=body)
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]["message"]


def test_a_shot_of_an_hour_keeps_nobody_waiting(served: Served, project: dict[str, Any]) -> None:
    client, base = served.client, f"/api/v1/projects/{project['id']}"
    story = client.get(f"{base}/storyline").json()
    story["shots"] = [{**story["shots"][0], "span": [0.0, 3600.0]}]
    answer = client.post(f"{base}/shots/1/preview", json={"storyline": story})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "too_long")


def test_a_preview_that_takes_too_long_is_given_up(
    served: Served, project: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dramatis.service.shot_previews._LONGEST", 0.0)
    answer = served.client.post(f"/api/v1/projects/{project['id']}/shots/1/preview", json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "too_long")
    monkeypatch.undo()
    assert served.client.post(f"/api/v1/projects/{project['id']}/shots/1/preview", json={}).status_code == 200


def test_a_project_without_a_plan_has_no_shots(served: Served) -> None:
    made = served.client.post("/api/v1/projects", json={"brief": brief(served.picture, served.voice)}).json()
    for path in ("takes", "preview"):
        assert served.client.post(f"/api/v1/projects/{made['id']}/shots/1/{path}", json={}).status_code == 404
