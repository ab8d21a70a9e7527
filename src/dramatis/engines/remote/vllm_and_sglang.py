"""Servers that speak OpenAI's `/v1/videos`: vLLM-Omni 0.30 (with sounds), SGLang diffusion 0.5.23 (pictures and words alone)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dramatis.engines.remote.families import family_of, served_by
from dramatis.engines.remote.protocol import Served, State, Status, download
from dramatis.engines.remote.take_requests import VideoRequest, data_url, request_of
from dramatis.take import Take

if TYPE_CHECKING:
    from httpx2 import Client

_STATES: Mapping[str, State] = {"completed": "done", "failed": "failed"}
_SEEDS = 2**63


@dataclass(frozen=True)
class VideoServer:
    """A kind of server with these verbs: `about` asks what it is, `fields` are those of its form for a take."""

    kind: str
    about: "Callable[[Client, str], Served | None]"
    fields: "Callable[[VideoRequest, Served], dict[str, str]]"

    def describe(self, client: "Client", address: str) -> Served | None:
        """What it says of itself."""
        return self.about(client, address)

    def submit(self, client: "Client", take: Take, served: Served) -> str:
        """Create a video. The form has several parts even without a picture."""
        request = request_of(take, served.limits.most_speakers or 0)
        picture = {"": ("", b"", "application/octet-stream")}
        if request.first is not None:
            picture = {"input_reference": ("first.png", request.first, "image/png")}
        answer = client.post("/v1/videos", data=self.fields(request, served), files=picture)
        answer.raise_for_status()
        return str(answer.json()["id"])

    def status(self, client: "Client", job: str) -> Status:
        """A failed job answers with 200 (SGLang), or with the failure's own status code (vLLM-Omni); the job is the body."""
        answer = client.get(f"/v1/videos/{job}")
        body = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        if body.get("status") in _STATES:
            state, error = _STATES[body["status"]], body.get("error") or {}
            return Status(state, str(error.get("message", "")) if isinstance(error, dict) else str(error))
        if answer.status_code == 404:
            return Status("unknown")
        answer.raise_for_status()
        return Status("waiting")

    def fetch(self, client: "Client", job: str, to: Path) -> bool:
        """The video's content."""
        return download(client, f"/v1/videos/{job}/content", to)

    def forget(self, client: "Client", job: str) -> None:
        """Deleting stops a job of vLLM-Omni; SGLang goes on with one that runs."""
        client.delete(f"/v1/videos/{job}")


def _vllm_omni(client: "Client", address: str) -> Served | None:
    """Its version, and its only model."""
    version, models = client.get("/version"), client.get("/v1/models")
    if version.status_code != 200 or models.status_code != 200:
        return None
    model = str(models.json()["data"][0]["id"])
    return served_by("vLLM-Omni", model, str(version.json().get("version", "")), family_of(model, address))


def _vllm_omni_fields(request: VideoRequest, served: Served) -> dict[str, str]:
    """Sounds as data URLs in the order of the speakers, boxes if there are several.

    Where the server chains windows, the film is as long as the sound, and `num_frames` are those of a window: S2V takes `4 k`,
    and LongCat makes `4 k + 1` of that.
    """
    fields = {**_common(request), "model": served.model}
    if served.chains:
        fields["num_frames"] = str(min(request.frames, served.window) // 4 * 4 or 4)
    if request.avoid:
        fields["negative_prompt"] = request.avoid
    sounds = [{"audio_url": data_url(speaker.sound, "audio/wav")} for speaker in request.speakers]
    if sounds:
        fields["audio_reference"] = json.dumps(sounds[0] if len(sounds) == 1 else sounds)
    further: dict[str, object] = {"num_segments": "auto"} if served.chains and served.sizes == "cropped" else {}
    if len(sounds) > 1:
        boxes = {f"person{number}": list(speaker.box) for number, speaker in enumerate(request.speakers, 1)}
        further = {**further, "bbox": boxes, "audio_type": "para"}
    return {**fields, "extra_params": json.dumps(further)} if further else fields


def _sglang(client: "Client", address: str) -> Served | None:
    """The model's path and its pipeline. It has no field for sounds."""
    answer = client.get("/models")
    if answer.status_code != 200 or "model_path" not in answer.json():
        return None
    model, pipeline = str(answer.json()["model_path"]), str(answer.json().get("pipeline_name", ""))
    served = served_by("SGLang", model, pipeline, family_of(model, address))
    return replace(served, limits=replace(served.limits, most_speakers=0))


def _sglang_fields(request: VideoRequest, _served: Served) -> dict[str, str]:
    return {**_common(request), "size": f"{request.width}x{request.height}"}


def _common(request: VideoRequest) -> dict[str, str]:
    return {
        "prompt": request.prompt,
        "width": str(request.width),
        "height": str(request.height),
        "num_frames": str(request.frames),
        "fps": f"{request.fps:g}",
        "seed": str(request.seed % _SEEDS),
    }


VLLM_OMNI = VideoServer("vLLM-Omni", _vllm_omni, _vllm_omni_fields)
SGLANG = VideoServer("SGLang", _sglang, _sglang_fields)
