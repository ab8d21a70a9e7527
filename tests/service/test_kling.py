"""Kling's avatar call, as its clients write it."""

import base64
import time

from tests.service.conftest import Served
from tests.service.serving import picture

AVATAR = "/kling/v1/videos/avatar/image2video"


def test_a_task_is_made_found_by_its_own_name_and_refused_twice(served: Served) -> None:
    """The portrait engine finds no face in a grey picture, and the task says so."""
    body = {"image": base64.b64encode(picture()).decode(), "sound_file": served.voice, "external_task_id": "mine", "mode": "pro"}
    made = served.client.post(AVATAR, json=body).json()
    assert (made["code"], made["message"]) == (0, "SUCCEED")
    assert made["data"]["task_info"]["external_task_id"] == "mine"
    again = served.client.post(AVATAR, json=body)
    assert (again.status_code, again.json()["code"]) == (400, 1201)
    end = time.monotonic() + 60
    while (task := served.client.get(f"{AVATAR}/mine").json()["data"])["task_status"] not in ("succeed", "failed"):
        assert time.monotonic() < end
        time.sleep(0.1)
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
