"""Servers that speak OpenAI's `/v1/videos`: vLLM-Omni (with sounds), SGLang (pictures and words alone)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dramatis.engines.remote.families import family_of, limits_of_family
from dramatis.engines.remote.protocol import Served, State, Status, download
from dramatis.engines.remote.take_requests import VideoRequest, data_url, request_of
from dramatis.take import Take

if TYPE_CHECKING:
    from httpx2 import Client, Response

_STATES: Mapping[str, State] = {"completed": "done", "failed": "failed"}
_SEEDS = 2**63


class VllmOmni:
    """vLLM-Omni 0.30: a form; sounds as data URLs in the order of the speakers, boxes for two of them."""

    kind = "vLLM-Omni"

    def describe(self, client: "Client", address: str) -> Served | None:
        """Its version and its only model."""
        version, models = client.get("/version"), client.get("/v1/models")
        if version.status_code != 200 or models.status_code != 200:
            return None
        model = str(models.json()["data"][0]["id"])
        family = family_of(model, address)
        number = str(version.json().get("version", ""))
        return Served(self.kind, model, number, limits_of_family(family, False), family.buckets, family.picture)

    def submit(self, client: "Client", take: Take, served: Served) -> str:
        """Create a video."""
        request = request_of(take, served.limits.most_speakers or 0)
        fields: dict[str, Any] = {**_common(request), "model": served.model}
        if request.avoid:
            fields["negative_prompt"] = request.avoid
        sounds = [{"audio_url": data_url(speaker.sound, "audio/wav")} for speaker in request.speakers]
        if sounds:
            fields["audio_reference"] = json.dumps(sounds[0] if len(sounds) == 1 else sounds)
        if len(sounds) > 1:
            boxes = {f"person{number}": list(speaker.box) for number, speaker in enumerate(request.speakers, 1)}
            fields["extra_params"] = json.dumps({"bbox": boxes, "audio_type": "para", "num_segments": "auto"})
        return _created(client.post("/v1/videos", data=fields, files=_picture(request)))

    def status(self, client: "Client", job: str) -> Status:
        """A failed job answers with the failure's own status code and the job as body."""
        return _status(client.get(f"/v1/videos/{job}"))

    def fetch(self, client: "Client", job: str, to: Path) -> None:
        """The video's content."""
        download(client, f"/v1/videos/{job}/content", to)

    def forget(self, client: "Client", job: str) -> None:
        """Deleting cancels."""
        client.delete(f"/v1/videos/{job}")


class Sglang:
    """SGLang diffusion 0.5.23: the same verbs, no sound. Deleting forgets a job and does not stop it."""

    kind = "SGLang"

    def describe(self, client: "Client", address: str) -> Served | None:
        """What it says of itself at `/models`."""
        answer = client.get("/models")
        if answer.status_code != 200 or "model_path" not in answer.json():
            return None
        model = str(answer.json()["model_path"])
        family = family_of(model, address)
        pipeline = str(answer.json().get("pipeline_name", ""))
        return Served(
            self.kind, model, pipeline, replace(limits_of_family(family, False), most_speakers=0), False, family.picture
        )

    def submit(self, client: "Client", take: Take, served: Served) -> str:
        """Create a video."""
        request = request_of(take, served.limits.most_speakers or 0)
        fields = {**_common(request), "size": f"{request.width}x{request.height}"}
        return _created(client.post("/v1/videos", data=fields, files=_picture(request)))

    def status(self, client: "Client", job: str) -> Status:
        """A failed job answers with 200."""
        return _status(client.get(f"/v1/videos/{job}"))

    def fetch(self, client: "Client", job: str, to: Path) -> None:
        """The video's content."""
        download(client, f"/v1/videos/{job}/content", to)

    def forget(self, client: "Client", job: str) -> None:
        """The server goes on with a job that runs."""
        client.delete(f"/v1/videos/{job}")


def _common(request: VideoRequest) -> dict[str, Any]:
    return {
        "prompt": request.prompt,
        "width": str(request.width),
        "height": str(request.height),
        "num_frames": str(request.frames),
        "fps": f"{request.fps:g}",
        "seed": str(request.seed % _SEEDS),
    }


def _picture(request: VideoRequest) -> dict[str, tuple[str, bytes, str]]:
    """Fields are sent as a form with several parts even without a picture."""
    if request.first is None:
        return {"": ("", b"", "application/octet-stream")}
    return {"input_reference": ("first.png", request.first, "image/png")}


def _created(answer: "Response") -> str:
    answer.raise_for_status()
    return str(answer.json()["id"])


def _status(answer: "Response") -> Status:
    body = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    if body.get("status") in _STATES:
        state = _STATES[body["status"]]
        return Status(state, _reason(body.get("error")) if state == "failed" else "")
    if answer.status_code == 404:
        return Status("unknown")
    answer.raise_for_status()
    return Status("waiting")


def _reason(error: object) -> str:
    return str(error.get("message", "")) if isinstance(error, dict) else str(error or "")
