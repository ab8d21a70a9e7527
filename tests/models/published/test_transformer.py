"""Published transformers: the originals' outputs, diffusers' outputs, and what moves a picture."""

import pytest
import torch
from torch import Tensor

from tests.models.published.golden import Golden, golden


def run(kept: Golden, **changes: Tensor) -> Tensor:
    """What our network makes of a golden file's inputs, with some of them exchanged."""
    latents, steps = kept.inputs("x"), kept.inputs("t").double()
    level = (steps if steps.ndim == 1 else steps.view(1, latents.shape[2], -1)[..., 0]) / 1000
    given = {"latents": latents, "level": level, "text": kept.inputs("text")}
    if "inputs.clip" in kept.tensors:
        given["picture"] = kept.inputs("clip").reshape(1, -1, kept.inputs("clip").shape[-1])
    if "inputs.audio" in kept.tensors:
        given["audio"] = kept.inputs("audio")[None]
    if kept.tensors.get("inputs.audio", torch.empty(1)).shape[0] == 2:
        given["speaker_masks"] = kept.inputs("ref_target_masks")[None, :2]
    with torch.no_grad():
        return kept.transformer()(**(given | changes))


@pytest.mark.parametrize("name", ["t2v", "t2v_per_token", "i2v", "flf2v", "infinitetalk_1_speaker", "infinitetalk_2_speaker"])
def test_the_original_is_reproduced(name: str) -> None:
    kept = golden(name)
    torch.testing.assert_close(run(kept), kept.output(), atol=1e-5, rtol=0)
