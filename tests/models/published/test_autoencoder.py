"""Video autoencoders: streamed as whole, in either layout, in tiles."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from dramatis.errors import EngineError
from dramatis.models.published.autoencoder import VideoCodec, load_codec
from tests.models.published.golden import SHARED

diffusers = pytest.importorskip("diffusers", reason="diffusers is in the extra `wan`")
KINDS: dict[str, dict[str, Any]] = {
    "2.1": {"base_dim": 8},
    "2.2": {
        "base_dim": 8, "decoder_base_dim": 8, "z_dim": 48, "in_channels": 12, "out_channels": 12, "is_residual": True,
        "patch_size": 2, "scale_factor_spatial": 16, "latents_mean": [0.1] * 48, "latents_std": [0.5] * 48,
    },
}  # fmt: skip


def network(kind: str) -> Any:  # noqa: ANN401 - a class of an optional package
    torch.manual_seed(0)
    made = diffusers.AutoencoderKLWan(**KINDS[kind]).eval().requires_grad_(False)
    for parameter in made.parameters():
        if parameter.ndim > 2:
            torch.nn.init.normal_(parameter, std=0.5 * parameter[0].numel() ** -0.5)
    return made


def video(frames: int = 9, height: int = 32, width: int = 48) -> Tensor:
    return torch.rand(1, 3, frames, height, width, generator=torch.Generator().manual_seed(1)) * 2 - 1


@pytest.mark.parametrize("kind", KINDS)
@torch.inference_mode()
def test_streamed_is_whole(kind: str) -> None:
    whole, streamed = network(kind), VideoCodec(network(kind))
    scale = [torch.tensor(whole.config[name]).view(1, -1, 1, 1, 1) for name in ("latents_mean", "latents_std")]
    natural = whole.encode(video()).latent_dist.mode()
    latents = streamed.encode(video())
    torch.testing.assert_close(latents, (natural - scale[0]) / scale[1], atol=1e-6, rtol=1e-6)
    chunks = list(streamed.decode(latents))
    assert [chunk.shape[2] for chunk in chunks] == [1, 4, 4]
    torch.testing.assert_close(torch.cat(chunks, 2), whole.decode(latents * scale[1] + scale[0]).sample, atol=1e-6, rtol=0)


@torch.inference_mode()
def test_a_chunk_changes_nothing_that_it_is_given() -> None:
    codec = VideoCodec(network("2.1"))
    first, cache = codec.decode_chunk(torch.randn(1, 16, 1, 4, 6))
    following = torch.randn(1, 16, 1, 4, 6)
    torch.testing.assert_close(codec.decode_chunk(following, cache)[0], codec.decode_chunk(following, cache)[0], rtol=0, atol=0)
    assert first.shape[2] == 1


@pytest.mark.parametrize("kind", KINDS)
@torch.inference_mode()
def test_tiles_meet_without_a_seam(kind: str) -> None:
    codec, tiled = VideoCodec(network(kind)), VideoCodec(network(kind), tile=4)
    flat = video(1, 48, 80) * 0.02 + torch.linspace(-0.5, 0.5, 80)
    whole, parts = codec.encode(flat), tiled.encode(flat)
    assert parts.shape == whole.shape
    shown, joined = (torch.cat(list(one.decode(whole)), 2) for one in (codec, tiled))
    assert joined.shape == shown.shape == flat.shape
    # the middle block attends to the whole picture, so tiles are not exact; a seam would be a column that stands out
    steps = (joined - shown).diff(dim=-1).abs().mean((0, 1, 2, 3))
    assert steps.max() < 6 * steps.mean()


@pytest.mark.parametrize("kind", KINDS)
def test_both_layouts_are_read(kind: str, tmp_path: Path) -> None:
    state = network(kind).state_dict()
    save_file(state, tmp_path / "vae.safetensors")
    found = load_codec(tmp_path / "vae.safetensors", "cpu", torch.float32)
    assert (found.channels, found.space) == ((16, 8) if kind == "2.1" else (48, 16))
    (tmp_path / "config.json").write_text(
        json.dumps({"_class_name": "AutoencoderKLWan", **KINDS[kind], "_diffusers_version": "0"})
    )
    own = load_codec(tmp_path / "vae.safetensors", "cpu", torch.bfloat16)
    assert own.network.config.latents_std == network(kind).config.latents_std
    assert next(own.network.parameters()).dtype == torch.bfloat16


@pytest.mark.skipif(SHARED is None, reason="listings of published keys are not part of the repository")
@pytest.mark.parametrize("kind", KINDS)
def test_the_original_layout_is_read_from_a_pickle(kind: str, tmp_path: Path) -> None:
    state = network(kind).state_dict()
    names = json.loads((SHARED / "keys" / f"map_wan{kind}_vae_orig_to_diffusers.json").read_text())
    torch.save({name: state[theirs] for name, theirs in names.items()}, tmp_path / "VAE.pth")
    found = load_codec(tmp_path / "VAE.pth", "cpu", torch.float32)
    for name, tensor in found.network.state_dict().items():
        assert torch.equal(tensor, state[name])


def test_what_is_no_autoencoder_is_said(tmp_path: Path) -> None:
    save_file({"a": torch.ones(1)}, tmp_path / "a.safetensors")
    with pytest.raises(EngineError, match="is no video autoencoder of Wan"):
        load_codec(tmp_path / "a.safetensors", "cpu", torch.float32)
    state = network("2.1").state_dict()
    del state["decoder.mid_block.resnets.0.conv1.bias"]
    save_file(state, tmp_path / "b.safetensors")
    with pytest.raises(EngineError, match=r"missing: decoder.mid_block.resnets.0.conv1.bias"):
        load_codec(tmp_path / "b.safetensors", "cpu", torch.float32)
    (tmp_path / "c.pth").write_bytes(b"nothing")
    with pytest.raises(EngineError, match="cannot be read"):
        load_codec(tmp_path / "c.pth", "cpu", torch.float32)
