"""Servers that film nothing and answer like the real ones: vLLM-Omni, SGLang, LightX2V; standard library only.

Each request is checked against the frozen table of the real server's fields. The film that comes back paints the frame's number,
the loudness of each speaker in the order in which they were sent, and as background the picture that was sent. Lengths and sizes
are made of a request as the real ones make them: where windows are chained, the sound says how long a film is, and LightX2V films
in sizes of its own.
"""

import base64
import io
import json
import re
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

import av
import numpy as np
import soundfile
from PIL import Image

from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.media.videos.video import FINAL, write_clip
from dramatis.story import Canvas
from dramatis.take import Anchor, Look, Role, Take

FIELDS = json.loads((Path(__file__).parent / "fields.json").read_text())
_FIRST = ("input_reference", "image_path", "image_file")
Kind = Literal["vLLM-Omni 0.30.0", "SGLang 0.5.23", "LightX2V f8aee98b"]
_MODELS: dict[Kind, str] = {
    "vLLM-Omni 0.30.0": "Wan-AI/Wan2.2-S2V-14B",
    "SGLang 0.5.23": "Wan-AI/Wan2.2-I2V-A14B-Diffusers",
    "LightX2V f8aee98b": "/models/InfiniteTalk",
}


@dataclass
class Behaviour:
    """What goes wrong. Counts are of requests for which it does."""

    busy: int = 0
    """Answers 503 to so many jobs."""
    drop_downloads: int = 0
    cut_downloads: int = 0
    forgets: int = 0
    """So many jobs are unknown when they are asked for, as after a restart."""
    fails: str = ""
    questions: int = 1
    """A job is finished when it has been asked for so often."""
    size: tuple[int, int] | None = None
    fps: float | None = None
    more_frames: int = 0
    key: str = ""
    model: str = ""
    silent: bool = False
    """It closes every connection."""
    without_id: bool = False
    """A job that it accepts has no id in the answer."""
    both_ends: bool = False
    """A LightX2V that was started for `flf2v`."""
    late_content: int = 0
    """Answers 404 to so many downloads of a film that is done."""
    most_bytes: int = 10**9
    """Larger requests are refused with 413."""
    beside: "FakeServer | None" = None
    """Its jobs end when this one has had a job, too."""
    sound: bool = False
    """Films have a sound, which is longer than the pictures."""


@dataclass
class Job:
    """One that was accepted: what was asked for, and how often it was asked after."""

    fields: dict[str, Any]
    film: bytes
    fault: str = ""
    asked: int = 0


@dataclass
class FakeServer:
    """`jobs`: those that it has; `seen`: the fields of all that it accepted; `deleted`: ids."""

    kind: Kind
    does: Behaviour = field(default_factory=Behaviour)
    jobs: dict[str, Job] = field(default_factory=dict)
    seen: list[dict[str, Any]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def model(self) -> str:
        return self.does.model or _MODELS[self.kind]

    def __enter__(self) -> "FakeServer":
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": self}))
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def accept(self, fields: dict[str, Any]) -> str:
        """Check a request, film it, and give it an id; raises `ValueError` with what is wrong."""
        _check(fields, FIELDS[f"{self.kind} form" if "image_file" in fields else self.kind])
        if "model" in fields and fields["model"] != self.model:
            raise ValueError(f"model {fields['model']} is not {self.model}")
        self.seen.append(fields)
        name = f"video_{len(self.seen)}"
        lacking = self.does.both_ends and not fields.get("last_frame_file")
        fault = "No such file or directory: ''" if lacking else "File name too long" if "last_frame_path" in fields else ""
        self.jobs[name] = Job(fields, b"" if fault else _filmed(fields, self), fault)
        return name


def _check(fields: dict[str, Any], table: dict[str, dict[str, Any]]) -> None:
    unknown = sorted(fields.keys() - table.keys())
    if unknown:
        raise ValueError(f"unknown fields {unknown}")
    for name, value in ((name, value) for name, value in fields.items() if value is not None):
        kind = table[name]["kind"]
        if kind == "json":
            json.loads(value)
        if kind == "size" and not re.fullmatch(r"\d+x\d+", value):
            raise ValueError(f"{name} is {value}")
        if kind == "list" and not isinstance(value, list):
            raise ValueError(f"{name} is no list")
        if kind in ("whole", "number") and (int if kind == "whole" else float)(value) < table[name].get("least", -(2**63)):
            raise ValueError(f"{name} is {value}")
    missing = [name for name, about in table.items() if about.get("needed") and name not in fields]
    if missing:
        raise ValueError(f"missing {missing}")


def _filmed(fields: dict[str, Any], server: FakeServer) -> bytes:
    """What the fake engine makes of what arrived."""
    does = server.does
    rate = Rate.of(does.fps or float(fields.get("fps") or fields["target_fps"]))
    sounds = [_sound(data) for data in _sounds(fields)]
    shown, size = _sizes(fields, server)
    canvas = Canvas(*(does.size or size), rate)
    frames = _frames(fields, server.model, [sound.seconds for sound in sounds], rate) + does.more_frames
    given = [next((fields[name] for name in names if fields.get(name)), None) for names in (_FIRST, ("last_frame_file",))]
    first, last = (None if data is None else _picture(data, shown, canvas) for data in given)
    look = None if first is None else Look(first)
    cast = tuple(Role(str(n), look if n == 0 else None, sound) for n, sound in enumerate(sounds)) or (
        (Role("0", look),) if look else ()
    )
    span = Span(0.0, canvas.rate.time(frames - 1))
    anchors = tuple(Anchor(picture, at) for at, picture in ((0.0, first), (span.end, last)) if picture and does.size is None)
    made = FakeEngine(most=5000).render(Take(canvas, span, cast, anchors)).frames
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        write_clip(Footage(canvas, span, made), str(path), replace(FINAL, crf=10))
        return (_heard(path, span.seconds + 1.0) if does.sound else path).read_bytes()


def _heard(film: Path, seconds: float) -> Path:
    """The film with a sound of so many seconds."""
    to = film.with_name("heard.mp4")
    with av.open(str(film)) as source, av.open(str(to), "w") as made:
        pictures, sound = made.add_stream_from_template(source.streams.video[0]), made.add_stream("aac", rate=16_000)
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = pictures
                made.mux(packet)
        for start in range(0, round(16_000 * seconds), 1024):
            frame = av.AudioFrame.from_ndarray(np.full((1, 1024), 0.3, np.float32), "fltp", "mono")
            frame.sample_rate, frame.pts = 16_000, start
            made.mux(sound.encode(frame))
        made.mux(sound.encode(None))
    return to


def _sizes(fields: dict[str, Any], server: FakeServer) -> tuple[tuple[int, int], tuple[int, int]]:
    """Width and height of the picture that was to be sent, and of the film."""
    if "image_file" in fields:
        return (832, 480), (208, 120)
    height, width = fields.get("target_shape") or [int(fields["height"]), int(fields["width"])]
    if server.kind.startswith("Light") and "image_path" in fields:
        chained = _is_chained(server.model)
        own = (240, 144) if chained else (144, 80) if "resize_mode" in fields and fields["resize_mode"] is None else (83, 48)
        return (width, height), own
    return (width, height), (width, height)


def _frames(fields: dict[str, Any], model: str, sounds: list[float], rate: Rate) -> int:
    """How many frames become of a request: those of a window, or, where windows are chained, as many as the sound lasts."""
    asked = int(fields.get("num_frames") or fields["target_video_length"])
    if asked > 121:
        raise ValueError(f"a window of {asked} frames: out of memory")
    if not _is_chained(model):
        return asked
    if "longcat" in model.lower() and json.loads(fields.get("extra_params", "{}")).get("num_segments") != "auto":
        return asked // 4 * 4 + 1
    return int(min([*sounds, float(fields.get("video_duration", 1e9))]) * rate.fps)


def _is_chained(model: str) -> bool:
    return any(name in model.lower() for name in ("infinitetalk", "s2v", "longcat"))


def _picture(data: bytes | str, size: tuple[int, int], canvas: Canvas) -> Still:
    """A picture as it arrived, which has to have a size, in that of the film."""
    shown = Image.open(io.BytesIO(base64.b64decode(data) if isinstance(data, str) else data)).convert("RGB")
    if shown.size != size:
        raise ValueError(f"the picture has {shown.size}")
    return Still(np.asarray(shown.resize((canvas.width, canvas.height)), np.uint8))


def _sounds(fields: dict[str, Any]) -> Iterator[bytes]:
    given = json.loads(fields.get("audio_reference", "[]"))
    for one in given if isinstance(given, list) else [given]:
        yield base64.b64decode(one["audio_url"].partition(",")[2])
    if "audio_path" in fields:
        yield base64.b64decode(fields["audio_path"])
    for one in fields.get("talk_objects", []):
        mask = Image.open(io.BytesIO(base64.b64decode(one["mask"])))
        if mask.mode != "L" or set(np.unique(np.asarray(mask)).tolist()) - {0, 255}:
            raise ValueError("a mask is black and white")
        yield base64.b64decode(one["audio"])


def _sound(data: bytes) -> Waveform:
    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    return Waveform(samples, rate)


class _Handler(BaseHTTPRequestHandler):
    fake: FakeServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass

    def answer(self, code: int, body: object = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def refused(self) -> bool:
        if self.fake.does.silent:
            self.close_connection = True
            self.connection.close()
            return True
        if self.fake.does.key and self.headers.get("Authorization") != f"Bearer {self.fake.does.key}":
            self.answer(401, {"error": {"message": "bad key"}})
            return True
        return False

    def do_GET(self) -> None:
        if self.refused():
            return
        light = self.fake.kind.startswith("Light")
        about = _about(self.fake).get(self.path)
        parts = self.path.strip("/").split("/")
        if about is not None:
            self.answer(200, about)
        elif len(parts) >= 3 and parts[2] in self.fake.jobs and parts[1] == ("tasks" if light else "videos"):
            if parts[-1] in ("content", "result"):
                self.content(self.fake.jobs[parts[2]])
            else:
                self.status(parts[2], light)
        else:
            self.answer(404, {"detail": "not found"})

    def status(self, name: str, light: bool) -> None:
        job = self.fake.jobs[name]
        job.asked += 1
        if self.fake.does.forgets:
            self.fake.does.forgets -= 1
            del self.fake.jobs[name]
            self.answer(404, {"detail": "not found"})
        elif job.asked >= self.fake.does.questions and (self.fake.does.fails or job.fault):
            why = self.fake.does.fails or job.fault
            error = why if light else {"code": "bad", "message": why}
            failed_code = 400 if self.fake.kind.startswith("vLLM") else 200
            self.answer(failed_code, {"id": name, "status": "failed", "error": error})
        else:
            other = self.fake.does.beside
            done = job.asked >= self.fake.does.questions and (other is None or bool(other.seen))
            words = ("completed", "processing") if light else ("completed", "in_progress")
            self.answer(200, {"id": name, "status": words[0] if done else words[1]})

    def content(self, job: Job) -> None:
        does, film = self.fake.does, job.film
        if does.late_content:
            does.late_content -= 1
            self.answer(404, {"detail": "still in progress"})
            return
        if does.cut_downloads:
            does.cut_downloads -= 1
            film = film[: len(film) // 2]
        self.send_response(200)
        self.send_header("Content-Type", "video/mp4")
        self.send_header("Content-Length", str(len(film)))
        self.end_headers()
        if does.drop_downloads:
            does.drop_downloads -= 1
            self.wfile.write(film[: len(film) // 3])
            self.close_connection = True
            return
        self.wfile.write(film)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.refused():
            return
        if len(body) > self.fake.does.most_bytes:
            self.answer(413, "<h1>413 Request Entity Too Large</h1>")
            return
        if self.fake.does.busy:
            self.fake.does.busy -= 1
            self.answer(503, {"detail": "Task queue is full"})
            return
        try:
            name = self.fake.accept(_fields(self.headers["Content-Type"], body))
        except ValueError as fault:
            self.answer(422, {"detail": str(fault)})
            return
        light = self.fake.kind.startswith("Light")
        if self.fake.does.without_id:
            self.answer(200, {"status": "queued"})
            return
        self.answer(
            200,
            {"task_id": name, "task_status": "pending", "save_result_path": ""}
            if light
            else {"id": name, "object": "video", "status": "queued"},
        )

    def do_DELETE(self) -> None:
        name = self.path.strip("/").split("/")[2]
        self.fake.deleted.append(name)
        self.fake.jobs.pop(name, None)
        self.answer(200, {"id": name, "deleted": True})


def _about(server: FakeServer) -> dict[str, object]:
    """What it says of itself."""
    models = {"/v1/models": {"object": "list", "data": [{"id": server.model, "object": "model"}]}}
    if server.kind.startswith("vLLM"):
        return {**models, "/version": {"version": "0.30.0"}}
    if server.kind.startswith("SGLang"):
        return {**models, "/models": {"model_path": server.model, "task_type": "I2V", "pipeline_name": "wan_pipeline"}}
    return {
        "/v1/service/metadata": {
            "nproc_per_node": 1,
            "model_cls": "wan2.1" if server.does.model else "infinitetalk",
            "model_path": server.model,
        }
    }


def _fields(kind: str, body: bytes) -> dict[str, Any]:
    if kind.startswith("application/json"):
        return dict(json.loads(body))
    message = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    fields: dict[str, Any] = {}
    for part in message.walk():
        name, data = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if isinstance(name, str) and name and isinstance(data, bytes):
            fields[name] = data if part.get_filename() else data.decode()
    return fields
