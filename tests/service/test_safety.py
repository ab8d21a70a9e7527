"""What the service refuses: strangers, other sites, what is too large, too much, or hostile."""

import io
import json
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import get_type_hints

import httpx2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dramatis.cli.serve import ServeOptions
from dramatis.cli.serve import served as serve_command
from dramatis.clock import Rate, Span
from dramatis.errors import BriefError, ServiceError
from dramatis.media.still import Still
from dramatis.runtime.take_files import written
from dramatis.service.children import ChildPool
from dramatis.service.core import Quotas, Service
from dramatis.service.records import ServiceJob
from dramatis.service.web.access import Access, access_for
from dramatis.service.web.application import application
from dramatis.story import Brief, Canvas, Character, Line, Shot, Storyline
from dramatis.take import Look, Role, Take
from tests.service.conftest import Served
from tests.service.serving import picture, upload

KEYS = ["brief", "storyline", "version", "cast", "name", "prompt", "speakers", "size", "input", "voice", "seed"]
ANN, BOB = "a-token-that-is-long", "another-long-token"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service that others can reach, with two tokens; nothing is filmed."""
    service = Service(tmp_path_factory.mktemp("guarded"), Quotas(disk=400_000, upload=50_000, jobs=2))
    access = Access("0.0.0.0", (("ann", ANN), ("bob", BOB)))
    with TestClient(application(service, access)) as client:
        yield client
    service.__exit__(None, None, None)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_other_machines_need_a_token_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match=r"0\.0\.0\.0 can be reached from other machines, so a token is needed"):
        access_for("0.0.0.0", None, None)
    assert access_for("127.0.0.1", None, None).tokens == ()
    (tmp_path / "tokens").write_text(f"# who\nann {ANN}\n{BOB}\n")
    assert [name for name, _ in access_for("::", tmp_path / "tokens", None).tokens] == ["ann", "owner2"]
    with pytest.raises(BriefError, match="at least 16 are needed"):
        access_for("0.0.0.0", None, "secret")


def test_impossible_options_are_named() -> None:
    with pytest.raises(BriefError, match="--port 99999 cannot be used: up to 65535 is allowed"):
        serve_command(ServeOptions("127.0.0.1", 99999, None, None, 1, 1, 1.0, 1.0))


def test_without_a_token_there_is_nothing(guarded: TestClient) -> None:
    for path in ("/api/v1/jobs", "/v1/models", "/openapi.json", "/api", "/nothing"):
        for headers in ({}, bearer("a-token-that-is-longer")):
            assert guarded.get(path, headers=headers).status_code == 401
    assert guarded.get("/healthz").json()["status"] == "ok"
    assert guarded.get("/").status_code == 200  # the page, which asks for a token
    assert guarded.get("/api/v1/jobs", headers=bearer(ANN)).status_code == 200


def test_a_browser_signs_in_by_cookie(guarded: TestClient) -> None:
    assert guarded.post("/api/v1/session", json={"token": "wrong-token-indeed"}).status_code == 401
    answer = guarded.post("/api/v1/session", json={"token": ANN})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert guarded.get("/api/v1/jobs").status_code == 200
    guarded.cookies.clear()


def test_each_token_sees_its_own(guarded: TestClient) -> None:
    asset = guarded.post("/api/v1/assets", files={"file": ("me.png", picture())}, headers=bearer(ANN)).json()
    assert guarded.get(f"/api/v1/assets/{asset['id']}", headers=bearer(ANN)).json()["name"] == "me.png"
    assert guarded.get(f"/api/v1/assets/{asset['id']}", headers=bearer(BOB)).status_code == 404
    brief = {"version": 1, "cast": [{"name": "Ada", "portrait": asset["id"]}], "engine": "fake"}
    stolen = guarded.post("/api/v1/films", json={"brief": brief}, headers=bearer(BOB))
    assert "There is no asset" in stolen.json()["error"]["message"]
    job = guarded.post("/api/v1/films", json={"brief": brief}, headers=bearer(ANN)).json()["id"]
    for verb, path in (("GET", ""), ("POST", "/cancel"), ("DELETE", ""), ("GET", "/film"), ("GET", "/events")):
        assert guarded.request(verb, f"/api/v1/jobs/{job}{path}", headers=bearer(BOB)).status_code == 404
    assert guarded.get("/api/v1/jobs", headers=bearer(BOB)).json()["data"] == []


def test_quotas_hold(guarded: TestClient) -> None:
    large = guarded.post("/api/v1/assets", files={"file": ("x.png", b"x" * 60_000)}, headers=bearer(ANN))
    assert (large.status_code, large.json()["error"]["code"]) == (413, "too_large")
    endless = guarded.post("/api/v1/films", content=iter([b"{" * 10_000_000] * 3), headers=bearer(ANN))
    assert (endless.status_code, endless.json()["error"]["code"]) == (413, "too_large")
    brief = {"version": 1, "cast": [{"name": "Ada"}], "prompt": "Ada: Hi! Bob: Yes.", "engine": "fake"}
    answers = [guarded.post("/api/v1/films", json={"brief": brief}, headers=bearer(BOB)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert answers[2].headers["retry-after"]
    project = {"name": "A film", "brief": brief | {"prompt": "x" * 90_000}}
    made = [guarded.post("/api/v1/projects", json=project, headers=bearer(BOB)) for _ in range(6)]
    assert made[-1].json()["error"]["code"] == "disk_full"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Sec-Fetch-Site": "same-origin"}, 404),
        ({}, 404),
    ],
)
def test_pages_of_other_sites_change_nothing(served: Served, headers: dict[str, str], status: int) -> None:
    answer = served.client.post("/api/v1/jobs/job_of_nobody/cancel", headers=headers)
    assert answer.status_code == status
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("wanted", "status"), [("empty", 403), ("image", 403), ("iframe", 403), ("document", 200)])
def test_pages_of_other_sites_cause_nothing_unless_a_link_is_followed(served: Served, wanted: str, status: int) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": wanted}
    assert served.client.get("/api/v1/jobs", headers=headers).status_code == status


def test_a_body_that_drips_is_given_up(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dramatis.service.web.guard._PATIENCE", 0.2)

    def drops() -> Iterator[bytes]:
        yield b"{"
        for _ in range(200):
            time.sleep(0.02)
            yield b" "

    answer = served.client.post("/api/v1/films", content=drops())
    assert (answer.status_code, "too slowly" in answer.json()["error"]["message"]) == (408, True)


def test_a_key_is_sent_back_by_secure_connections_alone(guarded: TestClient) -> None:
    for scheme, secure in (("http", False), ("https", True)):
        answer = guarded.post(f"{scheme}://testserver/api/v1/session", json={"token": ANN})
        assert ("Secure" in answer.headers["set-cookie"]) is secure
    guarded.cookies.clear()


def test_forms_of_many_and_of_long_texts_are_refused(served: Served) -> None:
    file = {"file": ("me.png", picture())}
    for texts in ({f"field{number}": "x" for number in range(30)}, {"consent": "x" * 200_000}):
        assert served.client.post("/api/v1/assets", files=file, data=texts).status_code == 400


def test_what_is_left_of_a_cancelled_film_is_deleted_and_takes_count_to_the_quota(tmp_path: Path) -> None:
    service = Service(tmp_path, Quotas(disk=10_000_000))  # makes nothing
    left = service.place.film(service.queue.add(ServiceJob("job_a", "ann", "film", "queued", {}, "fake")).id)
    left.parent.mkdir()
    left.write_bytes(b"half a film")
    service.move("job_a", "ann", "cancel")
    assert not left.parent.exists()
    noise = np.random.default_rng(1).integers(0, 255, (900, 1000, 3), np.uint8)
    take, before = written(Take(Canvas(64, 64, Rate(10)), Span(0, 0.2), (Role("Ada", Look(Still(noise))),))), service.used()
    job = ServiceJob("", "ann", "take", "queued", {"engine": "fake", "encoding": "film"}, "fake")
    name = service.submit_take(job, io.BytesIO(take)).id
    service.move(name, "ann", "cancel")
    assert service.used() - before >= len(take)
    service.remove(name, "ann")
    assert service.used() - before < len(take) / 2
    service.__exit__(None, None, None)


def bomb() -> bytes:
    """A PNG of 60,000 x 60,000 pixels in a few kilobytes."""
    rows = zlib.compress(b"\0" * 10_000_000, 9)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = (60_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_and_the_service_goes_on(served: Served) -> None:
    answer = served.client.post("/api/v1/assets", files={"file": ("bomb.png", bomb())})
    assert answer.status_code == 400
    assert upload(served.client, picture(), "me.png")


def test_what_takes_too_long_or_dies_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    for patience, request, said in ((0.3, {}, r"took longer than 0\.3 s"), (60.0, {"die": True}, "ended with code 3")):
        with closing(ChildPool("tests.service.sleeper", patience)) as pool, pytest.raises(ServiceError, match=said):
            pool.ask(request)


def test_when_very_many_wait_others_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setattr("dramatis.service.children._MOST_WAITING", 1)
    with closing(ChildPool("tests.service.sleeper", 60.0)) as pool:
        waiting = threading.Thread(target=lambda: sleep(pool))
        waiting.start()
        while True:  # until the other one has the place
            with pytest.raises(ServiceError) as refused:
                pool.ask({"die": True})
            if refused.value.code == "busy":
                break
        assert refused.value.status == 429
    waiting.join()


def sleep(pool: ChildPool) -> None:
    with suppress(ServiceError):
        pool.ask({})


def test_short_requests_do_not_wait_for_a_long_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    with closing(ChildPool("tests.service.sleeper", 60.0)) as pool:
        long = threading.Thread(target=lambda: sleep(pool))
        long.start()
        with pytest.raises(ServiceError, match="ended with code 3"):
            pool.ask({"die": True})
        assert long.is_alive()
    long.join()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/api/v1/films", "/api/v1/projects", "/v1/videos", "/v1/audio/speech", "/api/v1/session"]),
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(KEYS) | st.text(max_size=8),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
)
def test_no_document_brings_it_down(guarded: TestClient, path: str, body: object) -> None:
    text = json.dumps(body)
    answer = guarded.post(path, content=text, headers={**bearer(BOB), "Content-Type": "application/json"})
    assert answer.status_code < 500, (path, text, answer.text)
    assert answer.status_code in (200, 202, 429) or set(answer.json()["error"]) == {"message", "type", "param", "code"}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200), name=st.text(max_size=30))
def test_no_bytes_bring_it_down(guarded: TestClient, raw: bytes, name: str) -> None:
    for path in ("/api/v1/films", "/api/v1/assets", "/v1/videos"):
        for kind in ("application/json", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain"):
            answer = guarded.post(path, content=raw, headers={**bearer(BOB), "Content-Type": kind})
            assert 400 <= answer.status_code < 500, (path, kind, raw)
    answer = guarded.post("/api/v1/assets", files={"file": (name, io.BytesIO(raw))}, headers=bearer(BOB))
    assert 400 <= answer.status_code < 500
    for url in (f"/api/v1/jobs/{name}", f"/api/v1/assets/{name}/content", f"/v1/videos/{name}/content"):
        try:
            assert guarded.get(httpx2.URL(url), headers=bearer(BOB)).status_code < 500
        except httpx2.InvalidURL:
            continue


@pytest.mark.parametrize("name", ["/etc/passwd", "../service.sqlite", "~/x.wav", "C:\\x.wav", "me.png"])
@pytest.mark.parametrize("place", ["portrait", "voice", "music", "lexicon", "sound", "picture", "background"])
def test_no_document_names_a_file_of_the_server(guarded: TestClient, place: str, name: str) -> None:
    """Wherever a document may name a file."""
    who = {"name": "Ada", **({place: name} if place in ("portrait", "voice") else {})}
    brief = {"version": 1, "cast": [who], "engine": "fake", **({place: name} if place in ("music", "lexicon") else {})}
    line = {"who": "Ada", "sound": name, "start": 0.0}
    shot = {"span": [0, 1], **({place: name} if place == "background" else {}), "cast": ["Ada"], "direction": {}}
    shot["picture"] = name if place == "picture" else ""
    canvas = {"width": 64, "height": 64, "rate": {"frames": 10, "per": 1}}
    lines = [line] if place == "sound" else []
    plan = {"version": 2, "canvas": canvas, "cast": [{"name": "Ada"}], "lines": lines, "shots": [shot]}
    body = {"storyline": plan} if place in ("sound", "picture", "background") else {"brief": brief}
    answer = guarded.post("/api/v1/films", json=body, headers=bearer(ANN))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "not_found"), answer.text


def test_a_new_text_of_a_document_is_thought_of() -> None:
    """Each text is either placed as a file by `relocated`, or never opened. Whoever adds one decides, here and there."""
    texts = {
        Brief: {"prompt", "engine", "music", "lexicon"},
        Character: {"name", "portrait", "voice", "say", "speaks", "look", "text"},
        Storyline: {"engine", "music"},
        Line: {"who", "sound", "text", "language"},
        Shot: {"picture", "background", "framing", "id"},
    }
    for kind, known in texts.items():
        assert {name for name, hint in get_type_hints(kind).items() if hint in (str, str | None)} == known, kind
