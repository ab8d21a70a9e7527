"""Folders that diffusers writes are read, and give what its own class gives."""

import warnings
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from dramatis.models.published.identify import identify
from dramatis.models.published.loading import load
from tests.models.published.made import TINY
from tests.models.published.test_loading import apart, inputs

pytest.importorskip("diffusers")
FAMILIES = ("t2v", "ti2v", "i2v-a14b", "i2v", "flf2v")


def theirs(family: str) -> Any:  # noqa: ANN401 - a class of diffusers, which has no types here
    """Their network, every weight random."""
    arch = TINY[family]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from diffusers import WanTransformer3DModel
    torch.manual_seed(0)
    image = {"image_dim": arch.image_dim, "added_kv_proj_dim": arch.dim} if arch.image_dim else {}
    net = WanTransformer3DModel(
        num_attention_heads=arch.num_heads, attention_head_dim=arch.head_dim, in_channels=arch.in_dim, out_channels=arch.out_dim,
        text_dim=arch.text_dim, freq_dim=arch.freq_dim, ffn_dim=arch.ffn_dim, num_layers=arch.num_layers,
        pos_embed_seq_len=arch.image_tokens or None, **image,
    ).eval()  # fmt: skip
    with torch.no_grad():
        for value in net.parameters():
            value.copy_(torch.randn_like(value) * (0.3 if value.ndim < 2 else value.shape[1:].numel() ** -0.5))
    return net


def called(net: Any, given: dict[str, Tensor]) -> Tensor:  # noqa: ANN401 - as above
    latents, level = given["latents"], given["level"]
    _, _, frames, height, width = latents.shape
    steps = level * 1000
    if level.ndim == 2:  # they want a step for each token
        steps = steps[:, :, None].expand(1, frames, height * width // 4).flatten(1)
    picture = given.get("picture")
    if picture is not None and picture.shape[1] == 514:  # two pictures one after another
        picture = picture.view(2, 257, -1)
    with torch.no_grad():
        return net(latents, steps, given["text"], encoder_hidden_states_image=picture, return_dict=False)[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_their_output_is_reproduced_from_their_folder(family: str, tmp_path: Path) -> None:
    net = theirs(family)
    net.save_pretrained(tmp_path / "transformer", max_shard_size="400KB")
    found = identify(tmp_path)
    assert (found.family.name, found.layout) == (family, "diffusers")
    assert found.architecture == TINY[family]
    assert len(found.experts[0]) > 1
    given = inputs(TINY[family])
    if family == "ti2v":
        given["level"] = torch.tensor([[0.0, 0.6, 0.6]], dtype=torch.float64)
    with torch.no_grad():
        ours = load(found, dtype=torch.float32)(**given)
    torch.testing.assert_close(ours, called(net, given), atol=5e-5, rtol=0)


def test_half_precision_loses_no_more_than_theirs(tmp_path: Path) -> None:
    net = theirs("i2v")
    net.save_pretrained(tmp_path / "transformer")
    given = inputs(TINY["i2v"])
    halves = {name: value.bfloat16() for name, value in given.items() if name != "level"} | {"level": given["level"]}
    exact = called(net, given)
    with torch.no_grad():
        ours = load(identify(tmp_path))(**halves)
    lost = apart(called(net.bfloat16(), halves).float(), exact)
    assert apart(ours, exact) < min(1.2 * lost, 0.03)
