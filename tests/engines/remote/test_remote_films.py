"""Films by servers: silent shots in clips side by side, shots with a voice as one take each, and which servers do what."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.remote import RemoteEngine, Server, divided
from dramatis.errors import EngineError
from dramatis.media.still import Pixels
from dramatis.media.videos.video import FINAL, LOSSLESS, read_clip
from dramatis.production.crew import Crew
from dramatis.production.produce import produce
from dramatis.recipes.crews import at_servers, by_sub_clips
from dramatis.runtime.pool import Pool, Work, render_all
from dramatis.runtime.render_lanes import local
from dramatis.runtime.vault import Vault
from dramatis.story import Canvas, Character, Direction, Shot, Storyline
from tests.engines.remote.test_remote import LIGHT, PICTURE, QUICK, SGLANG, Serve, engine_at, role, serve, take, voice
from tests.production.directing import undirected

I2V = "/models/Wan2.2-I2V-A14B"
__all__ = ["serve"]


def test_silent_shots_are_clips_side_by_side_that_meet_in_frames_of_a_draft(
    serve: Serve, make_picture: Callable[..., str], tmp_path: Path
) -> None:
    """Servers that film from the beginning on draft, those that film between two frames do that, both at once."""
    drafting, one, other = serve(SGLANG), serve(LIGHT, model=I2V, both_ends=True), serve(LIGHT, model=I2V, both_ends=True)
    one.does.until, other.does.until = (lambda: bool(other.seen)), (lambda: bool(one.seen))
    addresses = (drafting.url, f"{one.url}#flf2v", f"{other.url}#flf2v")
    groups = divided([Server(address) for address in addresses])
    film, draft = (partial(RemoteEngine, group.servers, QUICK, group.model) for group in groups if group)
    picture = make_picture("still.png", 160, 96)
    shots = tuple(
        Shot(span, picture, ("Ada",), Direction(words))
        for span, words in ((Span(0.0, 0.5625), "she looks up"), (Span(0.5625, 2.0), "she walks away"))
    )
    plan = Storyline(Canvas(160, 96, Rate(16)), (Character("Ada", picture),), (), shots, engine="remote")
    crew = Crew(by_sub_clips(film, draft, seconds=0.75), undirected, local(2), LOSSLESS, tmp_path / "vault")
    made = produce(plan, tmp_path / "film.mp4", crew)
    drafts, clips = (phase["takes"] for phase in json.loads(made.report.read_text())["phases"])
    assert [(one["first frame"], one["frames"]) for one in drafts] == [(0, 9), (8, 25)]
    assert [(one["first frame"], one["frames"]) for one in clips] == [(0, 9), (8, 13), (20, 13)]
    assert sorted(len(server.seen) for server in (one, other)) == [1, 2]
    assert all({"image_file", "last_frame_file"} <= task.keys() for server in (one, other) for task in server.seen)
    assert len(list(read_clip(str(made.path)).frames)) == 32
    whole, _, before, after = (_frames(tmp_path / "vault" / f"{one['digest']}.mp4") for one in (drafts[1], *clips))
    assert np.array_equal(before[-1], after[0])  # both show the draft's frame, but for its colours in H.264
    assert np.abs(before[-1].astype(int) - whole[12]).mean() < 1


def _frames(clip: Path) -> list[Pixels]:
    return [frame.copy() for frame in read_clip(str(clip)).frames]


def test_each_shot_with_a_voice_is_one_take_that_a_server_chains(serve: Serve, tmp_path: Path) -> None:
    one, other = serve(LIGHT), serve(LIGHT)
    one.does.until, other.does.until = (lambda: bool(other.seen)), (lambda: bool(one.seen))
    assert len(at_servers([(server.url, "") for server in (one, other)])) == 1
    takes = [take(25, 101, first=100 * number, cast=(role("Ada", voice((4.5, 7.0))),)) for number in range(2)]
    with Pool(partial(RemoteEngine, engine_at(one, other).servers, QUICK), local(2)) as pool:
        clips = list(render_all(pool, Work(takes, Vault(tmp_path), FINAL), lambda _: None))
    assert [clip.take.first for clip in clips] == [0, 100]
    sent = [task for server in (one, other) for task in server.seen]
    assert [(task["target_video_length"], task["video_duration"]) for task in sent] == [(81, 5)] * 2


def test_windows_of_a_long_silent_take_follow_one_another(serve: Serve) -> None:
    """Where the server films no more than a window: each begins with the last frame of the one before, with other noise."""
    server = serve(SGLANG)
    frames = list(engine_at(server).render(take(16, 97, cast=(role("Ada", None),))).frames)
    assert len(frames) == 97
    first, second = server.seen
    assert [int(task["num_frames"]) for task in (first, second)] == [49, 49]
    assert first["seed"] != second["seed"]
    assert first["input_reference"] != second["input_reference"]
    assert np.abs(frames[0].astype(int) - PICTURE.pixels).mean() < 3


def test_servers_that_cannot_be_used_together(serve: Serve) -> None:
    between = Server(serve(LIGHT, model="/models/Wan2.1-FLF2V-14B-720P").url)
    with pytest.raises(EngineError, match="name servers of an image-to-video model beside it"):
        divided([between])
    with pytest.raises(EngineError, match="different frame rates"):
        divided([between, Server(serve(LIGHT).url)])
    with pytest.raises(EngineError, match="different models"):
        divided([between, Server(serve(SGLANG).url), Server(serve(LIGHT, model=I2V).url)])
    silent = Server("http://127.0.0.1:9")
    film, draft = divided([silent, between, Server(serve(LIGHT, model=I2V).url)])
    assert film.servers == (between, silent)
    assert draft is not None
    assert draft.model.startswith(I2V)
