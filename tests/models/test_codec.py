"""Streamed and whole agree; nothing depends on the future; a picture is a film of one frame."""

from pathlib import Path

import pytest
import torch
from torch import Tensor

from dramatis.models import checkpoints
from dramatis.models import codec as codecs
from dramatis.models.codec import Codec, CodecConfig

CLOSE = {"atol": 1e-4, "rtol": 0.0}


@pytest.fixture(scope="module")
def codec() -> Codec:
    torch.manual_seed(0)
    made = Codec(CodecConfig(4))
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
    whole = codec.encode(film(21))
    one, cache = codec.decode_chunk(whole[:, :, :1])
    two, cache = codec.decode_chunk(whole[:, :, 1:4], cache)
    three, _ = codec.decode_chunk(whole[:, :, 4:], cache)
    assert [part.shape[1] for part in (one, two, three)] == [1, 12, 8]
    torch.testing.assert_close(torch.cat([one, two, three], 1), codec.decode(whole), **CLOSE)


def test_a_chunk_leaves_the_cache_it_was_given_alone(codec: Codec) -> None:
    latents = codec.encode(film(9))
    _, cache = codec.decode_chunk(latents[:, :, :2])
    again = [codec.decode_chunk(latents[:, :, 2:], cache)[0] for _ in range(2)]
    assert torch.equal(*again)


def test_more_frames_change_nothing_before_them(codec: Codec) -> None:
    frames = film(13)
    latents = codec.encode(frames)
    torch.testing.assert_close(codec.encode(frames[:, :9]), latents[:, :, :3], **CLOSE)
    torch.testing.assert_close(codec.decode(latents[:, :, :3]), codec.decode(latents)[:, :9], **CLOSE)
    assert not torch.allclose(latents[:, :, 1], codec.encode(torch.cat([frames[:, :4], -frames[:, 4:]], 1))[:, :, 1], atol=1e-2)


def test_a_piece_of_a_picture_is_coded_as_within_it(codec: Codec) -> None:
    frames = film(5)
    whole = codec.encode(frames)
    torch.testing.assert_close(codec.encode(frames[..., 16:, 16:]), whole[..., 1:, 1:], **CLOSE)
    torch.testing.assert_close(codec.decode(whole[..., 1:, 1:]), codec.decode(whole)[..., 16:, 16:], **CLOSE)


def test_frames_that_fit_no_latent_are_refused(codec: Codec) -> None:
    with pytest.raises(ValueError, match="4 frames of 48x32"):
        codec.encode(film(4))
    with pytest.raises(ValueError, match="1 frames of 40x32"):
        codec.encode(film(1)[..., :40])


def test_statistics_are_kept_with_the_weights(codec: Codec, tmp_path: Path) -> None:
    checkpoints.save(tmp_path / "codec.safetensors", codec, None)
    found = codecs.load(tmp_path / "codec.safetensors")
    frames = film(5)
    assert torch.equal(found.encode(frames), codec.encode(frames))
    assert found.config == codec.config


def test_the_transformer_is_given_unit_latents(codec: Codec) -> None:
    raw, latents = codec.components(film(1)), codec.encode(film(1))
    torch.testing.assert_close(latents * codec.std[:, None, None, None] + codec.mean[:, None, None, None], raw)


@pytest.mark.skipif(not codecs.SHIPPED.exists(), reason="no weights are shipped yet")
def test_the_shipped_codec_shows_what_it_was_shown() -> None:
    found = codecs.load().requires_grad_(False)
    drawn = torch.full((1, 5, 3, 64, 64), 0.4)
    drawn[:, :, 0, :, 32:] = -0.5  # an edge between two flat colours
    error = found.decode(found.encode(drawn)) - drawn
    assert error.square().mean() < 4e-3  # 30 dB
