"""A whole take travels: what another installation renders through the service is what it would render here."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines import ENGINES, build
from dramatis.errors import BriefError
from dramatis.media.face import Face
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Matte, Still
from dramatis.media.videos.video import read_clip
from dramatis.runtime.take_files import limits_of, read, written
from dramatis.story import Canvas, Cue, Direction
from dramatis.take import Anchor, Look, Role, Take, View
from tests.service.conftest import Served
from tests.service.serving import finished

RANDOM = np.random.default_rng(7)
CANVAS = Canvas(96, 64, Rate(30000, 1001))


def pixels(*shape: int) -> np.ndarray:
    return RANDOM.integers(0, 255, shape, np.uint8)


def full() -> Take:
    """A take with something in each of its fields."""
    face = Face(RANDOM.random((478, 3), np.float32) * 60)
    matte, behind = Matte(pixels(20, 30)), Still(pixels(8, 9, 3))
    look = Look(Still(pixels(40, 60, 3)), face, matte, "hand", Matte(pixels(20, 30)), animal=True, behind=behind)
    voice = Waveform((RANDOM.random((16000, 1), np.float32) - 0.5) * 0.5, 16000)
    cast = (Role("Ada", look, voice, "red hair", (("a", 0.1, 0.2),)), Role("Bob", Look(look.picture)))
    cues = (Cue("emotion", "anger", Span(0.1, 0.4), "Ada", to="Bob"), Cue("camera", "push in", Span(0.0, 0.5)))
    prior = Footage(replace(CANVAS, width=32, height=16), Span(0, 0.5), [pixels(16, 32, 3) for _ in range(16)], "its own name")
    anchors = (Anchor(Still(pixels(64, 96, 3)), 0.0),)
    direction, view = Direction("They quarrel.", "blur", cues, ((0.0, 0.0, 0.5, 0.5),)), View("medium", ("Ada",))
    take = Take(CANVAS, Span(0.0, 0.5), cast, anchors, prior, direction, 2**60, view, shot_seed=5)
    for value in (take, cast[0], look, direction, view):
        assert not [field.name for field in fields(value) if getattr(value, field.name) == field.default]
    return take


def changed(take: bytes, change: Callable[[dict[str, object]], object]) -> bytes:
    """A take whose document was changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(take)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "take.json":
                document = json.loads(data)
                change(document)
                data = json.dumps(document).encode()
            target.writestr(name, data)
    return file.getvalue()


def test_a_take_is_read_as_it_was_written() -> None:
    take = full()
    again = read(io.BytesIO(written(take)))
    assert take.prior is not None
    assert again.prior is not None
    assert all(np.array_equal(one, other) for one, other in zip(take.prior.frames, again.prior.frames, strict=True))
    assert again.prior.digest != "its own name"  # names of senders are worth nothing: another film could hide behind one
    assert replace(again, prior=None).digest == replace(take, prior=None).digest


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda take: take.update(version=9), "its layout is 9"),
        (lambda take: take.update(colour="red"), 'Unknown key "colour"'),
        (lambda take: take.update(span=[1, 0]), "must not end before"),
        (lambda take: take["cast"][0]["look"]["picture"].update(shape=[4, 6, 3]), "is not of the shape"),
        (lambda take: take["cast"][0]["look"]["picture"].update(sha256="../../etc/passwd"), "is missing"),
        (lambda take: take["cast"][0]["voice"].update(shape=[-16000, -1]), "is not of the shape"),
        (lambda take: take["cast"][0].update(rate=0), "a rate in Hz"),
        (lambda take: take["canvas"].update(width=10**400), "at most 16384 pixels"),
        (lambda take: take.update(span=[0, 1e14]), "its span does not lie within"),
    ],
)
def test_a_take_that_cannot_be_used_is_refused(change: Callable[[dict[str, object]], object], said: str) -> None:
    with pytest.raises(BriefError, match=said):
        read(io.BytesIO(changed(written(full()), change)))


def test_what_is_no_take_is_refused(served: Served) -> None:
    whole = written(full())
    for data in (b"", b"PK", whole[:-30], whole[:200], whole.replace(b"take.json", b"take.JSON"), b"\x00" * 99):
        answer = served.client.post("/api/v1/takes", params={"engine": "fake"}, content=data)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "brief"), answer.text
    assert served.client.post("/api/v1/takes", params={"engine": "imax"}, content=whole).json()["error"]["param"] == "engine"


def test_frames_are_those_that_are_made_here(served: Served, tmp_path: Path) -> None:
    """The engine `drawn` through a service: `test_remote_engine.py`."""
    take = full()
    answer = served.client.post("/api/v1/takes", params={"engine": "fake"}, content=written(take))
    assert answer.status_code == 202, answer.text
    job = finished(served.client, answer.json()["id"])
    assert job["state"] == "done", job
    footage = served.client.get(job["urls"]["footage"])
    (tmp_path / "footage.mp4").write_bytes(footage.content)
    there = list(read_clip(str(tmp_path / "footage.mp4")).frames)
    here = list(build("fake").render(take).frames)
    assert len(here) == len(there) == take.frames
    assert all(np.array_equal(one, other) for one, other in zip(here, there, strict=True))
    assert served.client.delete(f"/api/v1/jobs/{job['id']}").json()["deleted"]


def test_an_engine_refuses_in_one_sentence(served: Served) -> None:
    take = Take(Canvas(96, 64, Rate(25)), Span(0, 60.0), (Role("Ada"),))
    job = finished(
        served.client, served.client.post("/api/v1/takes", params={"engine": "fake"}, content=written(take)).json()["id"]
    )
    assert (job["state"], job["error"]["code"]) == ("failed", "engine")
    assert job["error"]["message"] == 'The engine "fake" films at most 250 frames at once, not 1501.'


def test_limits_are_read_without_rendering(served: Served) -> None:
    assert {one["id"] for one in served.client.get("/api/v1/engines").json()["data"]} == set(ENGINES)
    answer = served.client.get("/api/v1/engines/drawn/limits").json()
    assert limits_of(answer["limits"]) == build("drawn").limits
    assert answer["at_once"] == 1
    assert served.client.get("/api/v1/engines/imax/limits").status_code == 404
