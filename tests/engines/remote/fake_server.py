"""Servers that film nothing and answer like the real ones: vLLM-Omni, SGLang, LightX2V; standard library only.

Each request is checked against the frozen table of the real server's fields. The film that comes back paints the frame's number,
the loudness of each speaker in the order in which they were sent, and as background the picture that was sent. Lengths and sizes
are made of a request as the real ones make them: where windows are chained, the sound says how long a film is, and LightX2V films
in sizes of its own.
"""

import json
import re
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from tests.engines.remote.fake_films import Behaviour, film_of

FIELDS = json.loads((Path(__file__).parent / "fields.json").read_text())
Kind = Literal["vLLM-Omni 0.30.0", "SGLang 0.5.23", "LightX2V f8aee98b"]
_MODELS: dict[Kind, str] = {
    "vLLM-Omni 0.30.0": "Wan-AI/Wan2.2-S2V-14B",
    "SGLang 0.5.23": "Wan-AI/Wan2.2-I2V-A14B-Diffusers",
    "LightX2V f8aee98b": "/models/InfiniteTalk",
}


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
        self.jobs[name] = Job(fields, b"" if fault else film_of(fields, self.kind, self.model, self.does), fault)
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
            done = job.asked >= self.fake.does.questions and self.fake.does.until()
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
