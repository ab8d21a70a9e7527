"""The engine `remote` against servers that answer like the real ones, and that fail as those do."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.conditioning.plain_take import prompt_of
from dramatis.engines.fake import read_loudness, read_number
from dramatis.engines.remote import RemoteEngine, Server
from dramatis.engines.remote.exchange import Timeouts
from dramatis.engines.remote.families import FAMILIES, family_of
from dramatis.errors import BriefError, EngineError, LaneError
from dramatis.media.face import Face
from dramatis.media.sound import Waveform
from dramatis.media.still import Matte, Still
from dramatis.media.videos.video import FINAL
from dramatis.recipes.crews import at_servers
from dramatis.runtime.dispatch import LOST
from dramatis.runtime.pool import Pool, Work, render_all
from dramatis.runtime.render_lanes import local
from dramatis.runtime.vault import Vault
from dramatis.story import Canvas, Cue, Direction
from dramatis.take import Anchor, Event, Look, Role, Take
from tests.engines.conformance import CHECKS
from tests.engines.remote.fake_films import Behaviour
from tests.engines.remote.fake_server import FakeServer, Kind
from tests.waiting import wait_until

QUICK = Timeouts(0.01, 0.05, 0.4, 1.0)  # where a server does not answer
PATIENT = Timeouts(0.01, 0.05)
VLLM, SGLANG, LIGHT = "vLLM-Omni 0.30.0", "SGLang 0.5.23", "LightX2V f8aee98b"
PICTURE = Still(np.full((96, 160, 3), (200, 90, 40), np.uint8))
Serve = Callable[..., FakeServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as running:
        yield lambda kind, **does: running.enter_context(FakeServer(kind, Behaviour(**does)))


def engine_at(*servers: FakeServer) -> RemoteEngine:
    return RemoteEngine(tuple(Server(server.url, server.does.key) for server in servers), PATIENT)


def voice(*spans: tuple[float, float]) -> Waveform:
    """Loud between these seconds."""
    samples = np.zeros((16000 * 8, 1), np.float32)
    for start, end in spans:
        samples[round(16000 * start) : round(16000 * end)] = 0.45
    return Waveform(samples, 16000)


def role(name: str, sound: Waveform | None, left: int = 0, right: int = 160) -> Role:
    alpha = np.zeros((96, 160), np.uint8)
    alpha[:, left:right] = 255
    return Role(name, Look(PICTURE, Face(np.zeros((478, 3), np.float32)), Matte(alpha)), sound)


def take(fps: float, frames: int = 17, first: int = 0, cast: tuple[Role, ...] = ()) -> Take:
    rate = Rate.of(fps)
    return Take(
        Canvas(160, 96, rate), Span(rate.time(first), rate.time(first + frames - 1)), cast or (role("Ada", voice((0, 8))),)
    )


@pytest.mark.parametrize("kind", [VLLM, SGLANG, LIGHT])
def test_it_keeps_the_contract(serve: Serve, kind: Kind) -> None:
    server = serve(kind)
    engine = engine_at(server)
    asked = take(engine.limits.fps, 13, cast=(role("Ada", None),))
    if engine.limits.anchors != "none":
        asked = replace(asked, anchors=(Anchor(PICTURE, 0.0),))
    for check in CHECKS:
        check(engine, asked)
    assert len(server.deleted) == len(server.seen)


def test_a_voice_is_cut_to_its_take(serve: Serve) -> None:
    server = serve(VLLM, more_frames=9)
    frames = list(engine_at(server).render(take(16, 33, first=16, cast=(role("Ada", voice((2, 2.5))),))).frames)
    loud = [read_loudness(frame, 1)[0] > 0.3 for frame in frames]
    assert len(frames) == 33
    assert all(loud[17:23])
    assert not any(loud[:15] + loud[26:])


def test_each_speaker_keeps_its_voice_and_who_is_silent_hears_silence(serve: Serve) -> None:
    server = serve(LIGHT)
    cast = (role("Ada", voice((0, 0.3)), 0, 80), role("Ben", None, 80, 160))
    frames = list(engine_at(server).render(take(25, 17, cast=cast)).frames)
    assert [round(value, 1) > 0.3 for value in read_loudness(frames[3], 2)] == [True, False]
    assert not any(value > 0.3 for value in read_loudness(frames[14], 2))
    assert len(server.seen[0]["talk_objects"]) == 2


def test_given_frames_are_sent_where_the_server_takes_them(serve: Serve) -> None:
    """As a form, in a shape that it does not crop, and the film shows them as they were given."""
    server = serve(LIGHT, model="/models/Wan2.1-FLF2V-14B-720P", both_ends=True)
    engine = engine_at(server)
    other = Still(np.full((96, 160, 3), (10, 200, 90), np.uint8))
    asked = take(16, 17, cast=(Role("Ada"),))
    ends = (Anchor(PICTURE, 0.0), Anchor(other, asked.span.end))
    assert (engine.limits.anchors, engine.limits.needs_last) == ("ends", True)
    frames = list(engine.render(replace(asked, anchors=ends)).frames)
    assert [np.array_equal(frames[place], one.picture.pixels) for place, one in zip((0, 16), ends, strict=True)] == [True, True]
    assert [read_number(frame) for frame in frames[1:16]] == list(range(1, 16))
    with pytest.raises(EngineError, match="from one given frame to another, and a take has no last one"):
        engine.render(replace(asked, anchors=ends[:1]))
    with pytest.raises(EngineError, match="takes a given first frame alone"):
        engine_at(serve(SGLANG)).render(replace(asked, anchors=ends))


KINDS: tuple[Kind, ...] = (VLLM, SGLANG, LIGHT)
PASSING: tuple[tuple[dict[str, object], int], ...] = (
    ({"busy": 2}, 1),
    ({"late_content": 2}, 1),
    ({"late_content": 4}, 2),
    ({"forgets": 1}, 2),
    ({"drop_downloads": 1}, 1),
    ({"cut_downloads": 1}, 1),
    ({"more_frames": 7}, 1),
    ({"sound": True, "questions": 4}, 1),
)
"""What goes wrong, and the jobs that it takes."""


@pytest.mark.parametrize(("does", "jobs"), PASSING)
@pytest.mark.parametrize("kind", KINDS)
def test_what_passes_is_waited_out(serve: Serve, kind: Kind, does: dict[str, object], jobs: int) -> None:
    server = serve(kind, **does)
    engine = engine_at(server)
    frames = list(engine.render(take(engine.limits.fps, 9, cast=(role("Ada", None),))).frames)
    assert [read_number(frame) for frame in frames[1:]] == list(range(1, 9))  # the first one is the picture
    assert {frame.shape for frame in frames} == {(96, 160, 3)}
    assert (len(server.seen), server.jobs) == (jobs, {})


def test_a_film_in_the_servers_own_size_is_scaled(serve: Serve) -> None:
    engine = engine_at(serve(VLLM, model="meituan/LongCat-Video-Avatar-1.5", size=(96, 96)))
    assert [frame.shape for frame in engine.render(take(25, cast=(role("Ada", None),))).frames] == [(96, 160, 3)] * 17


REFUSALS: tuple[tuple[Kind, dict[str, object], str], ...] = (
    *((kind, {"fails": "bad mask."}, "could not film a take: bad mask.$") for kind in KINDS),
    *((kind, {"more_frames": -4}, r"sent 1[345] frames, 17 were asked for") for kind in KINDS),
    *((kind, {"fps": 30.0}, "sent 30 frames a second") for kind in KINDS),
    *((kind, {"cut_downloads": 9}, "cannot be read") for kind in KINDS),
    *((kind, {"without_id": True}, f"does not answer as {kind.split()[0]} does") for kind in KINDS),
    *((kind, {"most_bytes": 300}, "too large for it .HTTP 413.; let it take more") for kind in KINDS),
    (VLLM, {"size": (96, 96)}, "sent 96x96 pixels"),
    (SGLANG, {"size": (96, 96)}, "sent 96x96 pixels"),
    (LIGHT, {"model": "/models/SomethingElse"}, "is not known here"),
    (LIGHT, {"model": "/models/Wan2.2-I2V-A14B", "both_ends": True}, "No such file"),
)


@pytest.mark.parametrize(("kind", "does", "why"), REFUSALS)
def test_what_fails_is_said_in_one_sentence(serve: Serve, kind: Kind, does: dict[str, object], why: str) -> None:
    server = serve(kind, **does)
    engine = engine_at(server)
    with pytest.raises(EngineError, match=why) as fault:
        list(engine.render(take(engine.limits.fps, cast=(role("Ada", None),))).frames)
    assert not isinstance(fault.value, LaneError)
    assert str(fault.value).count("\n") == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_has_another_model_by_then_is_left(serve: Serve, kind: Kind) -> None:
    server = serve(kind)
    (engine,) = [phase.engine for phase in at_servers([(server.url, "")])]
    server.does.model = "Wan-AI/Wan2.2-TI2V-5B"
    with pytest.raises(LaneError, match=r"has Wan-AI/Wan2.2-TI2V-5B \(.* now, and the film was planned for"):
        engine().render(take(16))


def test_keys_models_and_addresses_that_cannot_be_used(serve: Serve) -> None:
    with pytest.raises(EngineError, match="DRAMATIS_ENGINE_KEY"):
        _ = RemoteEngine((Server(serve(VLLM, key="right").url, "wrong"),), QUICK).limits
    assert engine_at(serve(VLLM, key="right")).limits.fps == 16
    with pytest.raises(EngineError, match="different models"):
        _ = engine_at(serve(VLLM), serve(SGLANG)).limits
    with pytest.raises(EngineError, match="does not answer"):
        _ = RemoteEngine((Server("http://127.0.0.1:9"),), QUICK).limits
    with pytest.raises(EngineError, match="DRAMATIS_ENGINE_URLS"):
        _ = RemoteEngine((), QUICK).limits
    with pytest.raises(BriefError, match="DRAMATIS_ENGINE_URLS"):
        Server("gpu1:8000")


def test_the_key_is_never_shown() -> None:
    assert "secret" not in repr(RemoteEngine((Server("http://gpu1:8000", "secret"),)))


def test_a_server_that_dies_is_left_and_its_takes_go_elsewhere(serve: Serve, tmp_path: Path) -> None:
    good, bad = serve(VLLM), serve(VLLM, questions=100_000)
    engine = engine_at(good, bad)
    takes = [take(16, 9, first=8 * number) for number in range(4)]
    told: list[Event] = []

    def on_event(event: Event) -> None:
        told.append(event)
        if bad.seen:
            bad.does.silent = True

    with Pool(partial(RemoteEngine, engine.servers, QUICK), local(2)) as pool:
        clips = list(render_all(pool, Work(takes, Vault(tmp_path), FINAL), on_event))
    assert [clip.take.first for clip in clips] == [0, 8, 16, 24]
    assert [bad.url in event.note for event in told if event.stage == LOST] == [True]


def test_cancelling_deletes_the_job(serve: Serve, tmp_path: Path) -> None:
    server = serve(VLLM, questions=100_000)
    with Pool(partial(RemoteEngine, engine_at(server).servers, QUICK), local(1)) as pool:
        clips = render_all(pool, Work([take(16, 9)], Vault(tmp_path), FINAL), lambda _: stop_when_seen(server))
        with pytest.raises(InterruptedError):
            next(clips)
    wait_until(lambda: server.deleted == ["video_1"])


def stop_when_seen(server: FakeServer) -> None:
    if any(job.asked for job in server.jobs.values()):
        raise InterruptedError


def test_the_prompt_is_what_lasts_and_what_happens_in_the_take() -> None:
    cues = (
        Cue("emotion", "joy", Span(0.0, 9.0), "Ada", 1.0),
        Cue("camera", "push in", Span(0.5, 3.0)),
        Cue("action", "wave", Span(20.0, 21.0), "Ada"),
    )
    words = prompt_of(replace(take(16), direction=Direction("a woman in a park\nby day", cues=cues)))
    assert words == "a woman in a park. by day. Ada: very joy. the camera: push in"


def test_families_are_told_by_names_as_they_are_published() -> None:
    names = {
        "MeiGen-AI/InfiniteTalk": "InfiniteTalk",
        "/weights/SkyReels-V3-A2V-19B": "InfiniteTalk",
        "meituan-longcat/LongCat-Video-Avatar-1.5": "LongCat-Video-Avatar",
        "Wan-AI/Wan2.2-S2V-14B": "Wan2.2-S2V",
        "Wan-AI/Wan2.1-FLF2V-14B-720P-diffusers": "Wan2.1-FLF2V",
        "Wan-AI/Wan2.2-TI2V-5B-Diffusers": "Wan2.2-TI2V",
        "Wan-AI/Wan2.2-I2V-A14B": "Wan-I2V",
        "Wan-AI/Wan2.1-T2V-1.3B-Diffusers": "Wan-T2V",
    }
    assert {name: family_of(name, "here").name for name in names} == names
    assert all((family.most_frames - 1) % 4 == 0 for family in FAMILIES)


def test_tables_of_fields_have_kinds_that_are_checked() -> None:
    tables = json.loads((Path(__file__).parent / "fields.json").read_text())
    assert {about["kind"] for table in tables.values() for about in table.values()} <= {
        "text", "file", "json", "whole", "number", "size", "list",
    }  # fmt: skip
