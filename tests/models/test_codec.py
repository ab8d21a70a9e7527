"""Streamed, tiled and whole agree; the past never depends on the future; a picture is a film of one frame."""

from pathlib import Path

import pytest
import torch
from torch import Tensor

from dramatis.models import codec as codecs
from dramatis.models.codec import Codec, CodecConfig

TINY = CodecConfig(4, 16, 16, 32, (1, 1, 1), (1, 1, 2))
LINEAR = CodecConfig(4)
CLOSE = {"atol": 1e-4, "rtol": 0.0}


@pytest.fixture(scope="module", params=[TINY, LINEAR], ids=["networks", "linear"])
def codec(request: pytest.FixtureRequest) -> Codec:
    torch.manual_seed(0)
    made = Codec(request.param)
    for name, weight in made.named_parameters():
        if "mix" in name:  # nothing is learnt yet: as they begin, blocks would change nothing
            torch.nn.init.normal_(weight, std=0.2)
    made.mean.copy_(torch.linspace(-1, 1, 4))
    made.std.copy_(torch.linspace(0.5, 2, 4))
    return made.eval().requires_grad_(False)


def film(frames: int, height: int = 32, width: int = 48) -> Tensor:
    return torch.rand(2, frames, 3, height, width, generator=torch.Generator().manual_seed(frames)) * 2 - 1


@pytest.mark.parametrize("frames", [1, 5, 13])
def test_sizes(codec: Codec, frames: int) -> None:
    latents = codec.encode(film(frames))
    assert latents.shape == (2, 4, (frames - 1) // 4 + 1, 2, 3)
    shown = codec.decode(latents)
    assert shown.shape == (2, frames, 3, 32, 48)
    assert shown.abs().max() <= 1


def test_streamed_is_whole(codec: Codec) -> None:
    frames = film(21)
    whole = codec.encode(frames)
    first, past = codec.encode_chunk(frames[:, :5])
    second, past = codec.encode_chunk(frames[:, 5:9], past)
    third, _ = codec.encode_chunk(frames[:, 9:], past)
    torch.testing.assert_close(torch.cat([first, second, third], 2), whole, **CLOSE)
    shown = codec.decode(whole)
    one, past = codec.decode_chunk(whole[:, :, :1])
    two, past = codec.decode_chunk(whole[:, :, 1:4], past)
    three, _ = codec.decode_chunk(whole[:, :, 4:], past)
    assert [part.shape[1] for part in (one, two, three)] == [1, 12, 8]
    torch.testing.assert_close(torch.cat([one, two, three], 1), shown, **CLOSE)


def test_a_chunk_leaves_the_past_it_was_given_alone(codec: Codec) -> None:
    latents = codec.encode(film(9))
    _, past = codec.decode_chunk(latents[:, :, :2])
    again = [codec.decode_chunk(latents[:, :, 2:], past)[0] for _ in range(2)]
    assert torch.equal(*again)


def test_more_frames_change_nothing_before_them(codec: Codec) -> None:
    frames = film(13)
    latents = codec.encode(frames)
    torch.testing.assert_close(codec.encode(frames[:, :9]), latents[:, :, :3], **CLOSE)
    torch.testing.assert_close(codec.decode(latents[:, :, :3]), codec.decode(latents)[:, :9], **CLOSE)
    assert not torch.allclose(latents[:, :, 1], codec.encode(torch.cat([frames[:, :4], -frames[:, 4:]], 1))[:, :, 1], atol=1e-2)


def test_tiled_is_whole(codec: Codec) -> None:
    frames = film(5, 16 * 13, 16 * 17)
    whole = codec.encode(frames)
    torch.testing.assert_close(codec.encode_tiled(frames, 5), whole, **CLOSE)
    torch.testing.assert_close(codec.decode_tiled(whole, 5), codec.decode(whole), **CLOSE)


def test_a_margin_is_no_larger_than_what_is_seen(codec: Codec) -> None:
    """At the margin's edge a latent still counts: tiles cannot do with less. Without networks none but the latent itself does."""
    latents = torch.zeros(1, 4, 1, 1, 16)
    touched = latents.clone()
    touched[..., 0] = 3.0
    changed = (codec.decode(touched) - codec.decode(latents)).abs().amax((0, 1, 2, 3)) > 0
    assert changed[16 * (codec.decoder.margin - 1) :][:16].any() or codec.config == LINEAR
    assert not changed[16 * (codec.decoder.margin + 1) :].any()


def test_frames_that_fit_no_latent_are_refused(codec: Codec) -> None:
    with pytest.raises(ValueError, match="4 frames of 48x32"):
        codec.encode(film(4))
    with pytest.raises(ValueError, match="1 frames of 40x32"):
        codec.encode(film(1)[..., :40])


def test_statistics_are_kept_with_the_weights(codec: Codec, tmp_path: Path) -> None:
    codecs.save(tmp_path / "codec.safetensors", codec)
    found = codecs.load(tmp_path / "codec.safetensors")
    frames = film(5)
    assert torch.equal(found.encode(frames), codec.encode(frames))
    assert found.config == codec.config
    assert (tmp_path / "codec.safetensors").stat().st_size < 500_000


def test_the_transformer_is_given_unit_latents(codec: Codec) -> None:
    raw, _, _ = codec.encoder(film(1))
    latents = codec.encode(film(1))
    torch.testing.assert_close(latents * codec.std[:, None, None, None] + codec.mean[:, None, None, None], raw)


@pytest.mark.skipif(not codecs.SHIPPED.exists(), reason="no weights are shipped yet")
def test_the_shipped_codec_shows_what_it_was_shown() -> None:
    found = codecs.load().requires_grad_(False)
    drawn = torch.full((1, 5, 3, 64, 64), 0.4)
    drawn[:, :, 0, :, 32:] = -0.5  # an edge between two flat colours
    error = found.decode(found.encode(drawn)) - drawn
    assert error.square().mean() < 4e-3  # 30 dB
