"""LightX2V (August 2026): tasks as JSON, a sound and a mask for each speaker, a given last frame."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dramatis.engines.remote.families import family_of, limits_of_family
from dramatis.engines.remote.protocol import Served, State, Status, download
from dramatis.engines.remote.take_requests import VideoRequest, request_of
from dramatis.take import Take

if TYPE_CHECKING:
    from httpx2 import Client

_STATES: Mapping[str, State] = {"completed": "done", "failed": "failed", "cancelled": "failed"}
_SEEDS = 2**32


class LightX2V:
    """One task at a time; a full queue answers with 503, and so does a task id that is sent twice."""

    kind = "LightX2V"

    def describe(self, client: "Client", address: str) -> Served | None:
        """The model class and path that the server was started with; steps and guidance are its own settings."""
        answer = client.get("/v1/service/metadata")
        if answer.status_code != 200 or "model_cls" not in answer.json():
            return None
        about = answer.json()
        family = family_of(f"{about['model_cls']} {about.get('model_path', '')}", address)
        limits = limits_of_family(family, passes_last=True)
        return Served(self.kind, str(about.get("model_path")), str(about["model_cls"]), limits, needs_picture=family.picture)

    def submit(self, client: "Client", take: Take, served: Served) -> str:
        """Create a task."""
        request = request_of(take, served.limits.most_speakers or 0)
        answer = client.post("/v1/tasks/video/", json=_task(request))
        answer.raise_for_status()
        return str(answer.json()["task_id"])

    def status(self, client: "Client", job: str) -> Status:
        """How a task goes."""
        answer = client.get(f"/v1/tasks/{job}/status")
        if answer.status_code == 404:
            return Status("unknown")
        answer.raise_for_status()
        body = answer.json()
        return Status(_STATES.get(body["status"], "waiting"), str(body.get("error") or ""))

    def fetch(self, client: "Client", job: str, to: Path) -> None:
        """The task's result."""
        download(client, f"/v1/tasks/{job}/result", to)

    def forget(self, client: "Client", job: str) -> None:
        """Stop the task."""
        client.delete(f"/v1/tasks/{job}")


def _task(request: VideoRequest) -> dict[str, Any]:
    task: dict[str, Any] = {
        "prompt": request.prompt,
        "negative_prompt": request.avoid,
        "seed": request.seed % _SEEDS,
        "target_video_length": request.frames,
        "target_fps": round(request.fps),
        "target_shape": [request.height, request.width],
    }
    if request.first is not None:
        task["image_path"] = _encoded(request.first)
    if request.last is not None:
        task["last_frame_path"] = _encoded(request.last)
    if len(request.speakers) == 1:
        task["audio_path"] = _encoded(request.speakers[0].sound)
    elif request.speakers:
        task["talk_objects"] = [{"audio": _encoded(one.sound), "mask": _encoded(one.mask)} for one in request.speakers]
    if request.speakers:
        task["video_duration"] = -(-request.frames // round(request.fps))
    return task


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
