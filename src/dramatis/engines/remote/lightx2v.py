"""LightX2V (August 2026): tasks as JSON, a sound and a mask for each speaker; two given frames as a form.

A server was started for one task, which it does not tell: from one given frame on, when it leaves out a last one, or from one
given frame to another (`--task flf2v`), when it needs both. The latter is told by the model's name, or by `#flf2v` behind the
address. Only files of the form reach the model as a last frame, and these it crops to the nearest of its sizes, so they are sent
in the shape of that. `resize_mode` None keeps it from cropping the picture of a JSON task.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dramatis.engines.remote.families import between_ends, family_of, served_by
from dramatis.engines.remote.protocol import Served, State, Status, download
from dramatis.engines.remote.take_requests import VideoRequest, request_of
from dramatis.take import Take

if TYPE_CHECKING:
    from httpx2 import Client

_STATES: Mapping[str, State] = {"completed": "done", "failed": "failed", "cancelled": "failed"}
_SEEDS = 2**32
_BOTH_ENDS = "flf2v"
_SHAPES = (((480, 832), (544, 960), (720, 1280)), ((832, 480), (960, 544), (1280, 720)), ((480, 480), (576, 576), (960, 960)))
"""Its sizes, height and width: wide, tall and square."""
_RATIOS = (0.667, 1.5, 1.0)
"""Height for width for which it takes each of these."""


@dataclass(frozen=True)
class LightX2V:
    """One task at a time; a full queue answers with 503, and so does a task id that is sent twice. `task` is what stands behind #
    in the server's address.
    """

    task: str = ""
    kind: str = "LightX2V"

    def describe(self, client: "Client", address: str) -> Served | None:
        """The model class and path that the server was started with; steps and guidance are its own settings."""
        answer = client.get("/v1/service/metadata")
        if answer.status_code != 200 or "model_cls" not in answer.json():
            return None
        about = answer.json()
        family = family_of(f"{about['model_cls']} {about.get('model_path', '')}", address)
        served = served_by(self.kind, str(about.get("model_path")), str(about["model_cls"]), family)
        if family.picture:
            served = replace(served, sizes="cropped" if family.chained else "stretched")
        both = family.last and (self.task == _BOTH_ENDS or _BOTH_ENDS in family.name.lower())
        return between_ends(served) if both else served

    def submit(self, client: "Client", take: Take, served: Served) -> str:
        """Create a task."""
        size, hears = (take.canvas.width, take.canvas.height), served.limits.most_speakers or 0
        if served.limits.needs_last:
            request = request_of(take, 0, _nearest_size(*size))
            pictures = {"image_file": request.first, "last_frame_file": request.last}
            files = {name: (f"{name}.png", data, "image/png") for name, data in pictures.items() if data is not None}
            answer = client.post("/v1/tasks/video/form", data=_common(request), files=files)
        else:
            answer = client.post("/v1/tasks/video/", json=_task(request_of(take, hears), served))
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

    def fetch(self, client: "Client", job: str, to: Path) -> bool:
        """The task's result."""
        return download(client, f"/v1/tasks/{job}/result", to)

    def forget(self, client: "Client", job: str) -> None:
        """Stop the task."""
        client.delete(f"/v1/tasks/{job}")


def _common(request: VideoRequest) -> dict[str, Any]:
    return {
        "prompt": request.prompt,
        "negative_prompt": request.avoid,
        "seed": request.seed % _SEEDS,
        "target_video_length": request.frames,
        "target_fps": round(request.fps),
    }


def _task(request: VideoRequest, served: Served) -> dict[str, Any]:
    """Where it chains windows, a task's length is that of its sounds, and `target_video_length` that of a window."""
    task = {**_common(request), "target_shape": [request.height, request.width], "resize_mode": None}
    if served.chains:
        task["target_video_length"] = min(request.frames, served.window)
    if request.first is not None:
        task["image_path"] = _encoded(request.first)
    if len(request.speakers) == 1:
        task["audio_path"] = _encoded(request.speakers[0].sound)
    elif request.speakers:
        task["talk_objects"] = [{"audio": _encoded(one.sound), "mask": _encoded(one.mask)} for one in request.speakers]
    if request.speakers:
        task["video_duration"] = -(-request.frames // round(request.fps))
    return task


def _nearest_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the one of its sizes that it takes for a picture; of those of that shape, the nearest."""
    shape = min(range(len(_RATIOS)), key=lambda number: abs(_RATIOS[number] - height / width))
    tall, wide = min(_SHAPES[shape], key=lambda size: abs(min(size) - min(width, height)))
    return wide, tall


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
