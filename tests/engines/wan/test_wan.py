"""Published weights as an engine: every family keeps the contract; windows, speakers and ends are given as they should be."""

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

from dramatis.clock import Rate
from dramatis.engines import build
from dramatis.engines.chaining import windows
from dramatis.engines.wan import wan_engine
from dramatis.engines.wan.colour_hold import colours_of
from dramatis.engines.wan.engine import WanEngine
from dramatis.engines.wan.sampler_settings import settings_of
from dramatis.engines.wan.take_conditions import of_take, of_window, speakers
from dramatis.engines.wan.velocity import guided_velocity
from dramatis.errors import EngineError
from dramatis.media.still import Still
from dramatis.models.published.autoencoder import VideoCodec
from dramatis.models.published.transformer import PublishedTransformer
from dramatis.recipes.crews import with_weights
from dramatis.story import Direction
from dramatis.take import Anchor, Engine, Look, Role, Take
from tests.engines.wan.checkpoints import KINDS, write
from tests.engines.wan.tiny_takes import SIDE, filmed, person, picture, rel, take_for, velocity, voice

pytest.importorskip("diffusers", reason="diffusers is in the extra `wan`")


@pytest.mark.parametrize("kind", KINDS)
def test_it_keeps_the_contract(
    conforms: Callable[[Engine, Take], None], engine_of: Callable[[str], WanEngine], kind: str
) -> None:
    engine = engine_of(kind)
    conforms(engine, take_for(engine, 13))


def test_limits_are_known_without_reading_weights(
    folders: Callable[[str], tuple[Path, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {kind: wan_engine(folders(kind), None).limits for kind in KINDS}
    assert {kind: (limits.fps, limits.anchors, limits.most_speakers) for kind, limits in found.items()} == {
        "t2v": (16, "none", 0), "i2v": (16, "first", 0), "flf2v": (16, "ends", 0), "i2v-a14b": (16, "ends", 0),
        "ti2v": (24, "first", 0), "infinitetalk": (25, "first", 2),
    }  # fmt: skip
    assert found["ti2v"].size_step == 32
    monkeypatch.setenv("DRAMATIS_WAN", os.pathsep.join(map(str, folders("infinitetalk"))))
    assert build("wan").limits == found["infinitetalk"]  # what another machine is told of this one
    assert len({limits.version for limits in found.values()}) == len(KINDS)


def test_weights_that_film_between_two_frames_are_drafted_for_by_others(folders: Callable[[str], tuple[Path, ...]]) -> None:
    between, pictured = folders("flf2v"), folders("i2v")
    draft, film = (phase.engine().limits for phase in with_weights((*pictured, *between), None))
    assert (draft.anchors, draft.needs_last, film.anchors, film.needs_last) == ("first", False, "ends", True)
    with pytest.raises(EngineError, match="films from one given frame to another: name weights beside it"):
        with_weights(between, None)
    assert len(with_weights(pictured, None)) == 1
    assert len(with_weights(folders("i2v-a14b"), None)) == 1  # distilled to one step: these draft nothing


@pytest.mark.parametrize(
    ("kind", "gone", "sentence"),
    [
        ("i2v", "models_clip*", "lacks CLIP"),
        ("i2v", "vae/*.safetensors", "lacks the video autoencoder"),
        ("i2v", "google/umt5-xxl/*", "lacks its tokenizer"),
        ("i2v", "model_1step*.safetensors", "lacks|no video transformer"),
        ("infinitetalk", "../chinese-wav2vec2-base/config.json", r"lacks wav2vec 2\.0"),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, kind: str, gone: str, sentence: str) -> None:
    places = write(kind, tmp_path / "weights")
    for path in (tmp_path / "weights" / gone).parent.glob(Path(gone).name):
        path.unlink()
    with pytest.raises(EngineError, match=sentence):
        wan_engine(places, None)


def test_without_weights_or_picture_it_says_what_to_do(engine_of: Callable[[str], WanEngine]) -> None:
    with pytest.raises(EngineError, match="set DRAMATIS_WAN"):
        wan_engine((), None)
    engine = engine_of("i2v")
    with pytest.raises(EngineError, match="give one with --portrait"):
        filmed(engine, take_for(engine, cast=()))
    small = Look(Still(np.zeros((16, 16, 3), np.uint8)))
    with pytest.raises(EngineError, match="16x16 pixels was given to a take of 32x32"):
        filmed(engine, take_for(engine, cast=(Role("Ada", small),)))


@pytest.mark.parametrize("motion", [1, 9])
def test_windows_cover_a_take_once(motion: int) -> None:
    for frames in range(1, 1500, 28):
        made = windows(frames, 81, motion)
        assert (made[0].start, made[-1].start + made[-1].count) == (0, frames)
        assert all(before.start + before.count == window.start + motion for before, window in pairwise(made))
        assert all(window.count <= 81 for window in made)
        assert len(made) == 1 or min(window.count for window in made) >= 41


@pytest.mark.parametrize("kind", ["i2v-a14b", "ti2v", "infinitetalk"])
def test_a_long_take_goes_on_from_window_to_window(engine_of: Callable[[str], WanEngine], kind: str) -> None:
    engine = engine_of(kind)
    motion = min(engine.facts.motion, 5)
    short = replace(engine, facts=replace(engine.facts, window=9, motion=motion))
    take = take_for(engine, 13)
    assert len(windows(13, 9, motion)) > 1
    chained, other = filmed(short, take), filmed(short, replace(take, seed=7))
    assert len(chained) == 13
    steps = [np.abs(after.astype(int) - before).mean() for before, after in pairwise(chained[2:])]
    assert max(steps) < 4 * np.median(steps)  # no cut between windows
    assert not np.array_equal(chained[-1], other[-1])


def test_what_all_windows_are_given_is_encoded_once_for_each_length(
    engine_of: Callable[[str], WanEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, encoded = engine_of("infinitetalk"), list[int]()

    def encode(codec: VideoCodec, video: torch.Tensor, plain: Callable[..., torch.Tensor] = VideoCodec.encode) -> torch.Tensor:
        encoded.append(video.shape[2])
        return plain(codec, video)

    monkeypatch.setattr(VideoCodec, "encode", encode)
    short = replace(engine, facts=replace(engine.facts, window=9, motion=5))
    assert [window.count for window in windows(21, 9, 5)] == [9] * 4
    filmed(short, take_for(engine, 21))
    assert sorted(encoded) == [1, 5, 5, 5, 9]  # what leads each window, and the given picture as a clip


def test_ends_are_met_and_lead_there(engine_of: Callable[[str], WanEngine]) -> None:
    engine = engine_of("i2v-a14b")
    take, rate = take_for(engine, 13), Rate(16)
    ends = (Anchor(picture(1), 0.0), Anchor(picture(2), rate.time(12)))
    made = filmed(engine, replace(take, anchors=ends))
    assert np.array_equal(made[0], ends[0].picture.pixels)
    assert np.array_equal(made[-1], ends[1].picture.pixels)


def test_voices_drive_their_own_speakers(engine_of: Callable[[str], WanEngine]) -> None:
    engine = engine_of("infinitetalk")
    ada, ben = person("Ada", 0, voice(1)), person("Ben", 1, voice(2))
    take = take_for(engine, 13, cast=(ada, ben))
    both = velocity(engine, take)
    silent = velocity(engine, replace(take, cast=(replace(ada, voice=None), replace(ben, voice=None))))
    assert rel(silent, both) > 0.1
    swapped = velocity(engine, replace(take, cast=(replace(ada, voice=ben.voice), replace(ben, voice=ada.voice))))
    assert rel(swapped, both) > 0.1
    other = velocity(engine, replace(take, cast=(ada, replace(ben, voice=voice(3)))))
    left, right = (rel(other[..., part], both[..., part]) for part in (slice(0, 2), slice(2, 4)))
    assert right > left  # Ben stands on the right


def test_one_voice_is_heard_in_one_region(engine_of: Callable[[str], WanEngine]) -> None:
    engine = engine_of("infinitetalk")
    people = (person("Ada", 0), person("Ben", 1, voice(1)), person("Cleo"))
    chosen, where = speakers(take_for(engine, cast=people))
    assert [role.name for role in chosen] == ["Ben", "Ada"]
    assert where is not None
    assert where[0, :, SIDE // 2 :].all()
    assert not where[0, :, : SIDE // 2].any()
    alone, everywhere = speakers(take_for(engine, cast=people[1:2]))
    assert ([role.name for role in alone], everywhere) == (["Ben"], None)
    assert speakers(take_for(engine, cast=(people[0], people[2]))) == ([], None)


def test_words_and_last_frames_move_a_picture(engine_of: Callable[[str], WanEngine]) -> None:
    engine = engine_of("i2v-a14b")
    take = take_for(engine, 13)
    said = velocity(engine, take, 5.0)
    assert rel(velocity(engine, replace(take, direction=Direction("the man nods")), 5.0), said) > 0.1
    plain = velocity(engine, take)
    last = Anchor(picture(2), Rate(16).time(12))
    moved = velocity(engine, replace(take, anchors=(last,)))
    changes = [rel(moved[:, :, frame], plain[:, :, frame]) for frame in range(4)]
    assert changes[3] == max(changes)
    assert changes[3] > 0.1


def test_guidance_is_away_from_what_is_dropped(engine_of: Callable[[str], WanEngine]) -> None:
    engine = engine_of("infinitetalk")
    take = take_for(engine, 13)
    plain = velocity(engine, take)
    for changed in ({"words": (5.0,)}, {"voice": 4.0}, {"reference": 3.0}):
        steered = replace(engine, settings=replace(engine.settings, **changed))  # type: ignore[arg-type]  # by name
        shared = of_take(take, engine.weights, engine.networks)
        window = windows(13, 81, 9)[0]
        given = of_window(window, shared, engine.weights)
        net = engine.networks.use("high", PublishedTransformer)
        x = torch.randn(1, 16, 4, 4, 4, generator=torch.Generator().manual_seed(3))
        with torch.inference_mode():
            found = guided_velocity((lambda net=net: net,), given, replace(steered.settings, voice=changed.get("voice", 1.0)))(
                x, 0.6
            )
        assert rel(found, plain) > 0.05


def test_how_few_steps_is_read_from_names(engine_of: Callable[[str], WanEngine]) -> None:
    weights = engine_of("i2v").weights
    named = {
        "Wan2.1_I2V_14B_FusionX_LoRA.safetensors": 8,
        "wan2.1_i2v_lightx2v_cfg_step_distill_lora_rank32.safetensors": 4,
        "Wan2.2-Lightning-4steps-V1.safetensors": 4,
    }
    for name, steps in named.items():
        found = settings_of(replace(weights, experts=((Path("a.safetensors"),),), loras=(Path(name),)))
        assert (found.steps, found.words) == (steps, (1.0,))
    usual = settings_of(replace(weights, experts=((Path("Wan2.1-I2V-14B/diffusion.safetensors"),),)))
    assert (usual.steps, usual.words, usual.shift_for(832, 480), usual.shift_for(1280, 720)) == (40, (5.0,), 3.0, 5.0)


def test_colours_are_held() -> None:
    base = torch.rand(3, 24, 32, generator=torch.Generator().manual_seed(0)) - 0.5
    drifted = (base * 0.8 + torch.tensor([0.2, -0.1, 0.0])[:, None, None]).clamp(-1, 1)
    held = colours_of(base).held(drifted)
    assert (held.mean((1, 2)) - base.mean((1, 2))).abs().max() < 0.03
    assert (drifted.mean((1, 2)) - base.mean((1, 2))).abs().max() > 0.15
