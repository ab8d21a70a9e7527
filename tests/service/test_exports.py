"""Films go elsewhere and come back: projects as ZIP, settings inside MP4s, subtitles, cuts, reviews, tables."""

import io
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dramatis.service.core import Quotas, Service
from dramatis.service.web.access import Access
from dramatis.service.web.application import application
from dramatis.speech.phone_times import file_of, write_phones
from tests.service.conftest import Served
from tests.service.serving import finished, picture, upload, voice


@pytest.fixture(scope="module")
def film(served: Served) -> dict[str, Any]:
    """A film whose words are known, of a project."""
    story = {
        "version": 2,
        "canvas": {"width": 64, "height": 64, "rate": {"frames": 10, "per": 1}},
        "cast": [{"name": "Ada", "portrait": served.picture, "voice": served.voice}],
        "lines": [{"who": "Ada", "sound": served.voice, "start": 0.0, "text": "Hello there"}],
        "shots": [{"span": [0.0, 1.4], "picture": served.picture, "cast": ["Ada"], "direction": {"words": "a shot"}}],
        "engine": "fake",
        "seed": 3,
    }
    project = served.client.post("/api/v1/projects", json={"storyline": story}).json()["id"]
    return finished(served.client, served.client.post(f"/api/v1/projects/{project}/films", json={}).json()["id"])


def exported(served: Served, film: dict[str, Any], name: str) -> bytes:
    answer = served.client.get(f"/api/v1/jobs/{film['id']}/exports/{name}")
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    return answer.content


def test_a_project_comes_back_from_its_archive(served: Served, film: dict[str, Any]) -> None:
    content = exported(served, film, "project.zip")
    assert {"storyline.json", "film.mp4"} <= set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    answer = served.client.post("/api/v1/imports", files={"file": ("my film.zip", content)})
    assert answer.status_code == 201, answer.text
    project = answer.json()
    assert project["name"] == "my film"
    story = served.client.get(project["storyline_url"]).json()
    assert story["seed"] == 3
    again = finished(served.client, served.client.post(f"/api/v1/projects/{project['id']}/films", json={}).json()["id"])
    report = served.client.get(again["urls"]["report"]).json()
    assert all(take["from the vault"] for take in report["phases"][-1]["takes"])  # the same film


def test_lines_of_an_archive_that_were_spoken_stay_spoken(served: Served, film: dict[str, Any], tmp_path: Path) -> None:
    story = json.loads(zipfile.ZipFile(io.BytesIO(exported(served, film, "project.zip"))).read("storyline.json"))
    sound, portrait = story["lines"][0]["sound"], story["cast"][0]["portrait"]
    path = tmp_path / Path(sound).name
    path.write_bytes(voice(1.1))
    write_phones(path, (("h", 0.1, 0.2), ("ə", 0.2, 0.4)))
    files = {"storyline.json": json.dumps(story).encode(), portrait: picture(), sound: path.read_bytes()}
    content = archive({**files, str(file_of(sound)): file_of(path).read_bytes()})
    project = served.client.post("/api/v1/imports", files={"file": ("spoken.zip", content)}).json()["id"]
    (line,) = served.client.get(f"/api/v1/projects/{project}/voices").json()["lines"]
    assert line["spoken"]


def test_the_settings_of_a_film_are_inside_it(served: Served, film: dict[str, Any]) -> None:
    mp4 = served.client.get(film["urls"]["film"]).content
    asset = upload(served.client, mp4, "found.mp4")
    told = served.client.get(f"/api/v1/assets/{asset}/settings").json()
    assert told["missing"] == []
    assert (told["storyline"]["seed"], told["storyline"]["canvas"]["width"]) == (3, 64)
    assert served.client.post("/api/v1/projects", json={"storyline": told["storyline"]}).status_code == 201
    other = upload(served.client, picture(), "other.png")
    assert served.client.get(f"/api/v1/assets/{other}/settings").status_code == 400


def test_subtitles_a_cut_and_a_review(served: Served, film: dict[str, Any]) -> None:
    assert "Hello there" in exported(served, film, "film.srt").decode()
    assert exported(served, film, "film.vtt").decode().startswith("WEBVTT")
    cut = json.loads(exported(served, film, "cut.otio"))
    assert cut["tracks"]["children"][0]["children"][0]["source_range"]["duration"]["value"] == 14.0
    clips = [track["children"][0]["media_references"]["DEFAULT_MEDIA"] for track in cut["tracks"]["children"]]
    content = zipfile.ZipFile(io.BytesIO(exported(served, film, "project.zip")))
    assert {clip["target_url"] for clip in clips} <= set(content.namelist())  # not paths of the server
    assert b"data" in exported(served, film, "review.html")
    assert served.client.get(f"/api/v1/jobs/{film['id']}/exports/film.exe").status_code == 404


def test_a_draft_of_jianying_is_a_folder_with_the_film(served: Served, film: dict[str, Any]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(exported(served, film, "jianying.zip")))
    parts = {name.partition("/")[2]: name for name in archive.namelist()}
    assert set(parts) == {"draft_content.json", "draft_meta_info.json", "film.mp4"}
    draft = json.loads(archive.read(parts["draft_content.json"]))
    assert draft["duration"] == json.loads(archive.read(parts["draft_meta_info.json"]))["tm_duration"] == 1_400_000
    materials = {one["id"]: one for kind in draft["materials"].values() for one in kind}
    pictures, captions = (track["segments"] for track in draft["tracks"])
    assert materials[pictures[0]["material_id"]]["path"].endswith("##/film.mp4")
    assert json.loads(materials[captions[0]["material_id"]]["content"])["text"] == "Hello there"
    assert all(materials[name]["type"] == "speed" for one in (*pictures, *captions) for name in one["extra_material_refs"])


def test_a_table_of_films_is_queued_whole_or_not_at_all(served: Served) -> None:
    rows = "prompt,size,engine\nA cat waves.,160x90@5,drawn\nA robot nods.,160x90@5,drawn\n"
    made = served.client.post("/api/v1/batches", json={"csv": rows}).json()["data"]
    assert len(made) == 2
    for job in made:
        served.client.delete(f"/api/v1/jobs/{job['id']}")
    before = len(served.client.get("/api/v1/jobs?limit=100").json()["data"])
    answer = served.client.post("/api/v1/batches", json={"csv": rows + "A dog.,huge,drawn\n"})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith("Row 3:")
    assert served.client.post("/api/v1/batches", json={"csv": rows, "priority": 10**30}).status_code == 400
    assert len(served.client.get("/api/v1/jobs?limit=100").json()["data"]) == before


def test_a_table_that_is_longer_than_the_queue_queues_nothing(tmp_path: Path) -> None:
    service = Service(tmp_path, Quotas(jobs=1))  # makes nothing
    with TestClient(application(service, Access("127.0.0.1", ())), "http://127.0.0.1") as client:
        answer = client.post("/api/v1/batches", json={"csv": "prompt\nA cat waves.\nA robot nods.\n"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (429, "queue_full")
        assert client.get("/api/v1/jobs").json()["data"] == []
    service.__exit__(None, None, None)


def archive(files: dict[str, bytes], packed: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packed) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"no archive",
        archive({"storyline.json": bytes(5000)}, zipfile.ZIP_DEFLATED).replace(b"\xed\xc1", b"\xff\xff", 1),
        archive({"film.mp4": b"x"}),
        archive({"storyline.json": b"{}"}),
        archive({"storyline.json": b'{"version": 2, "shots": []}'}),
        archive({"storyline.json": b"{}"})[:-6] + struct.pack("<IH", 4_000_000, 0),  # it begins before the file
    ],
)
def test_archives_that_are_none_are_refused(served: Served, content: bytes) -> None:
    answer = served.client.post("/api/v1/imports", files={"file": ("a.zip", content)})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_an_archive_of_very_many_files_is_refused_before_they_are_listed(served: Served) -> None:
    entry = b"PK\1\2" + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    table = entry * 30_000
    content = table + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 30_000, 30_000, len(table), 0, 0)
    assert len(zipfile.ZipFile(io.BytesIO(content)).infolist()) == 30_000
    answer = served.client.post("/api/v1/imports", files={"file": ("a.zip", content)})
    assert answer.status_code == 400
    assert "table of contents" in answer.json()["error"]["message"]


def test_an_archive_that_unpacks_to_very_much_is_refused(
    served: Served, film: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dramatis.production.exporting.archive._MOST_BYTES", 1000)
    content = served.client.get(f"/api/v1/jobs/{film['id']}/exports/project.zip").content
    answer = served.client.post("/api/v1/imports", files={"file": ("a.zip", content)})
    assert answer.status_code == 400
    assert "larger than" in answer.json()["error"]["message"]


def test_an_archive_cannot_name_files_outside_it(served: Served) -> None:
    story = {
        "version": 2,
        "canvas": {"width": 64, "height": 64, "rate": {"frames": 10, "per": 1}},
        "cast": [{"name": "Ada", "portrait": "/etc/passwd"}],
        "lines": [],
        "shots": [{"span": [0.0, 1.0], "picture": "../x.png", "cast": ["Ada"], "direction": {}}],
    }
    content = archive({"storyline.json": json.dumps(story).encode()})
    answer = served.client.post("/api/v1/imports", files={"file": ("a.zip", content)})
    assert answer.status_code == 400
    assert "has no file" in answer.json()["error"]["message"]
