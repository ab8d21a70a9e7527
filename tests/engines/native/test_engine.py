"""The native engine with tiny untrained networks and a codec that loses nothing: what is fact is honoured or refused."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from dramatis.clock import Rate, Span
from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.speech import WINDOW, silence
from dramatis.conditioning.text import PROGRESS
from dramatis.engines.native.engine import NativeEngine
from dramatis.engines.native.networks import Networks
from dramatis.engines.native.sample import Sampling
from dramatis.errors import EngineError
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Pixels, Still
from dramatis.models.codec import CodecConfig
from dramatis.models.dit import DiTConfig
from dramatis.models.motion_model import MotionModel, MotionModelConfig
from dramatis.models.refiner import Refiner, RefinerConfig
from dramatis.models.text_encoder import TextConfig
from dramatis.models.video_model import VideoModel, VideoModelConfig, inputs, outputs
from dramatis.speech.mouthshapes import FEATURES, loudness_of
from dramatis.story import Canvas, Direction
from dramatis.take import Anchor, Engine, Limits, Look, Role, Take

CHANNELS = 3 * 4 * 16
FINER = 2
"""Channels of the codec that the transformer does not make."""
SIDE = 64
CANVAS = Canvas(SIDE, SIDE, Rate(12))
FLATTEST = 0.2


class Folding:
    """A codec that halves what it is given and folds it into channels: four frames into one, 8x8 smaller pictures. The finer
    channels are the contrast of what was lost, and brighten the picture when they come back.
    """

    config = CodecConfig(channels=CHANNELS + FINER)

    def encode(self, frames: Tensor) -> Tensor:
        held = torch.cat([frames[:, :1].expand(-1, 3, -1, -1, -1), frames], 1)
        small = functional.avg_pool2d(held.flatten(0, 1), 4)
        folded = functional.pixel_unshuffle(small, 4).unflatten(0, (-1, 4)).flatten(1, 2)
        lost = functional.max_pool2d(held.flatten(0, 1), 16).unflatten(0, (-1, 4)).mean((1, 2)) - folded.mean(1)
        finer = lost[:, None].expand(-1, FINER, -1, -1)
        return torch.cat((folded, finer), 1).unflatten(0, (len(frames), -1)).transpose(1, 2)

    def encode_lines(self, drawings: Tensor, channels: int) -> Tensor:
        assert channels == CHANNELS
        small = functional.pixel_unshuffle(functional.avg_pool2d(drawings, 4), 4)
        return small.unflatten(1, (4, 1, -1)).expand(-1, -1, 3, -1, -1, -1).flatten(1, 3)

    def decode(self, latents: Tensor) -> Tensor:
        return self.decode_chunk(latents)[0]

    def decode_chunk(self, latents: Tensor, cache: Tensor | None = None) -> tuple[Tensor, Tensor]:
        folded, finer = latents.transpose(1, 2).flatten(0, 1).split((CHANNELS, FINER), 1)
        small = functional.pixel_shuffle(folded.unflatten(1, (4, -1)).flatten(0, 1), 4)
        frames = functional.interpolate(small, scale_factor=4.0)
        frames = frames + functional.interpolate(finer.mean(1, keepdim=True).repeat_interleave(4, 0), scale_factor=16.0)
        frames = frames.unflatten(0, (len(latents), -1))
        return (frames[:, 3:] if cache is None else frames).clamp(-1, 1), latents


def hear(voice: Waveform) -> np.ndarray:
    loud = loudness_of(voice.mono)
    return np.repeat(loud[:, None], len(FEATURES), axis=1)


def engine_of(window: int = 4, does: float = 0.0, brighter: float = 0.0) -> NativeEngine:
    """`does` is added to all that the motion model does, `brighter` by the refiner to all that is seen."""
    torch.manual_seed(0)
    text = TextConfig(("nods", "angry"), dim=16, num_heads=1, num_layers=1)
    dit = DiTConfig(
        dim=32, ffn_dim=32, num_heads=2, num_layers=1, in_dim=inputs(CHANNELS), out_dim=outputs(CHANNELS), text_dim=16,
        patch_size=(1, 1, 1),
        roles=("video", "keyframe", "reference"), null_text=True, pooled_dim=16,
        speech_dim=len(FEATURES), speech_window=WINDOW, speech_tokens=2,
    )  # fmt: skip
    video_model = VideoModel(VideoModelConfig(dit, text, PROGRESS, window=window)).eval()
    for parameter in video_model.parameters():  # what begins at zero shuts conditions out
        torch.nn.init.normal_(parameter, std=0.2)
    video_model.std.fill_(2.0)  # as of data that noise hides late
    encoders = Encoders(tokenize=text.tokenize, speech_features=hear, silence=silence())
    limits = Limits(
        name="tiny", version="1", frame_step=4, size_step=16, most_frames=61, most_cast=1, most_pixels=128 * 128,
        anchors="any", takes_prior=True, fps=12.0, only_fps=True, seamless=False,
    )  # fmt: skip
    motion_model = MotionModel(
        MotionModelConfig(len(text.vocabulary), PROGRESS, WINDOW * len(FEATURES), CHANNELS, 16, 2, 1, window)
    ).eval()
    motion_model.proj_out.bias.data += does
    refiner = Refiner(RefinerConfig(16, 16, (1, 1, 1))).eval()
    refiner.proj_out.bias.data += brighter
    networks = Networks(motion_model, video_model, Folding(), refiner, encoders, FLATTEST, "use another")  # type: ignore[arg-type]  # a codec's two verbs
    return NativeEngine(networks, limits, Sampling(steps=2, kept=2))


@pytest.fixture(scope="module")
def engine() -> NativeEngine:
    return engine_of()


def flat(grey: int, frame: int = 0) -> Anchor:
    return Anchor(Still(np.full((SIDE, SIDE, 3), grey, np.uint8)), CANVAS.rate.time(frame))


def take(frames: int = 13, **changes: object) -> Take:
    return replace(Take(CANVAS, Span(0.0, CANVAS.rate.time(frames - 1))), **changes)  # type: ignore[arg-type]  # by name


def filmed(engine: Engine, asked: Take) -> list[Pixels]:
    return list(engine.render(asked).frames)


def same(one: list[Pixels], other: list[Pixels]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_it_conforms(conforms: Callable[[Engine, Take], None], engine: NativeEngine) -> None:
    takes_anything = replace(engine, networks=replace(engine.networks, flattest=0.0))  # what it makes itself is no drawing
    large = replace(CANVAS, width=2 * SIDE, height=2 * SIDE)
    grey = Still(np.full((2 * SIDE, 2 * SIDE, 3), 99, np.uint8))
    conforms(takes_anything, take(25, canvas=large, cast=(Role("Ada", Look(grey)),)))


def test_a_given_first_frame_is_met_and_frames_to_go_on_from_too(engine: NativeEngine) -> None:
    made = filmed(engine, take(anchors=tuple(flat(20 * number, number) for number in range(5))))
    for number in range(5):
        assert np.abs(made[number].astype(int) - 20 * number).max() <= 1
    assert np.abs(made[6].astype(int) - made[5]).max() > 1


def test_a_long_take_is_one_film_made_in_windows() -> None:
    long = take(45)
    made = filmed(engine_of(window=4), long)
    assert len(made) == 45
    assert not same(made, filmed(engine_of(window=12), long))
    assert same(made, filmed(engine_of(window=4), long))


def test_words_voice_and_looks_change_the_film(engine: NativeEngine) -> None:
    voice = Waveform(np.random.default_rng(0).uniform(-0.3, 0.3, (32000, 1)).astype(np.float32), 16000)
    silent = take(cast=(Role("Ada"),))
    films = [
        filmed(engine, one)
        for one in (
            silent,
            take(cast=(Role("Ada"),), direction=Direction("angry")),
            take(cast=(Role("Ada", voice=voice),)),
            take(cast=(Role("Ada", Look(flat(200).picture)),)),
            replace(silent, seed=1),
        )
    ]
    assert not any(same(films[0], other) for other in films[1:])


def test_poses_are_filmed_as_numbers_and_as_lines() -> None:
    films = [filmed(engine_of(does=does), take()) for does in (0.0, 1.0)]
    assert not same(*films)


def test_lines_that_are_trusted_are_seen(monkeypatch: pytest.MonkeyPatch, engine: NativeEngine) -> None:
    drawn = filmed(engine, take())
    monkeypatch.setattr("dramatis.conditioning.pose.draw", lambda pose, size: np.zeros((len(pose), 2, *size[::-1]), np.float32))
    assert not same(filmed(engine, take()), drawn)


def test_what_is_decoded_is_finished() -> None:
    plain, brighter = (np.stack(filmed(engine_of(brighter=more), take())) for more in (0.0, 0.2))
    unclipped = (plain > 0) & (plain < 220)
    assert np.allclose(brighter[unclipped], plain[unclipped] + 0.2 * 127.5, atol=1.01)


def test_what_is_given_is_shown_as_it_is() -> None:
    film = filmed(engine_of(brighter=0.2), take(anchors=(flat(99),)))
    assert abs(film[0].astype(float) - 99).max() < 3


def test_given_frames_at_both_ends_are_met_exactly(engine: NativeEngine) -> None:
    dots = np.zeros((SIDE, SIDE, 3), np.uint8)
    dots[::16, ::16] = 255  # lost in the small picture
    film = filmed(engine, take(anchors=(Anchor(Still(dots), 0.0), Anchor(Still(255 - dots), CANVAS.rate.time(12)))))
    assert np.array_equal(film[0], dots)
    assert np.array_equal(film[-1], 255 - dots)


def test_a_prior_is_refined_and_not_forgotten(engine: NativeEngine) -> None:
    means = [np.mean(filmed(engine, take(prior=prior(grey)))) for grey in (10, 245)]
    assert means[0] < means[1] - 20


def prior(grey: int) -> Footage:
    small = Canvas(16, 16, CANVAS.rate)
    return Footage(small, Span(0, 1), [np.full((16, 16, 3), grey, np.uint8)] * 13, "prior")


def test_photos_and_pictures_of_another_size_are_refused(engine: NativeEngine) -> None:
    noise = Still(np.random.default_rng(0).integers(0, 255, (SIDE, SIDE, 3), np.uint8))
    with pytest.raises(EngineError, match="the picture of Ada looks like a photo: use another"):
        filmed(engine, take(cast=(Role("Ada", Look(noise)),)))
    with pytest.raises(EngineError, match=r"the frame at 1\.00 s looks like a photo: use another"):
        filmed(engine, take(anchors=(Anchor(noise, CANVAS.rate.time(12)),)))
    with pytest.raises(EngineError, match="canvas's size, 64x64; the picture of Ada is 16x16"):
        filmed(engine, take(cast=(Role("Ada", Look(Still(noise.pixels[:16, :16]))),)))
