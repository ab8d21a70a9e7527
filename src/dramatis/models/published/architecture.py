"""The architecture of a published transformer, read off the shapes of its tensors; without torch.

Names are the original ones (arXiv 2503.20314; MultiTalk, arXiv 2505.22647; InfiniteTalk, arXiv 2508.14033).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from dramatis.errors import EngineError

HEAD_DIM = 128
"""Of all published sizes; another one stands in the `config.json` beside the weights."""

Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class AudioArchitecture:
    """MultiTalk's audio layers: windows of speech features become tokens that the picture attends to."""

    window: int
    """Frames of the video that the first latent frame hears."""
    later_window: int
    """Frames that each later latent frame hears: its own four and half a window on both sides."""
    features: int
    """Of one frame: layers of the speech encoder times their width."""
    hidden_dim: int
    tokens: int
    """Of one latent frame."""
    token_dim: int


@dataclass(frozen=True)
class Architecture:
    """A published transformer. `image_dim` 0: no picture is attended to; `image_tokens` 0: their positions are not learned."""

    dim: int
    ffn_dim: int
    num_heads: int
    num_layers: int
    in_dim: int
    out_dim: int
    text_dim: int
    freq_dim: int = 256
    patch_size: tuple[int, int, int] = (1, 2, 2)
    eps: float = 1e-6
    image_dim: int = 0
    image_tokens: int = 0
    audio: AudioArchitecture | None = None

    @property
    def head_dim(self) -> int:
        """Channels of one head."""
        return self.dim // self.num_heads


def architecture(shapes: Shapes, num_heads: int | None = None) -> Architecture:
    """What tensors with original names and these shapes belong to; raises `EngineError` if one is missing that tells it.

    `num_heads` (from a `config.json`) is the one number that shapes do not tell; None: heads of 128 channels.
    """
    try:
        dim, in_dim, *patch = shapes["patch_embedding.weight"]
        heads = num_heads or max(dim // HEAD_DIM, 1)
        return Architecture(
            dim=dim,
            ffn_dim=shapes["blocks.0.ffn.0.weight"][0],
            num_heads=heads,
            num_layers=1 + max(int(name.split(".")[1]) for name in shapes if name.startswith("blocks.")),
            in_dim=in_dim,
            out_dim=shapes["head.head.weight"][0] // math.prod(patch),
            text_dim=shapes["text_embedding.0.weight"][1],
            freq_dim=shapes["time_embedding.0.weight"][1],
            patch_size=(patch[0], patch[1], patch[2]),
            image_dim=shapes.get("img_emb.proj.0.weight", (0,))[0],
            image_tokens=shapes.get("img_emb.emb_pos", (0, 0))[1],
            audio=_audio(shapes) if "audio_proj.proj1.weight" in shapes else None,
        )
    except (KeyError, IndexError, ValueError) as fault:
        raise EngineError(
            f"The transformer's weights lack a tensor that tells its size ({fault}): fetch the files again, all shards of them."
        ) from None


def _audio(shapes: Shapes) -> AudioArchitecture:
    """Both windows hold whole frames, and the later one three frames more than the first."""
    hidden_dim, first = shapes["audio_proj.proj1.weight"]
    features = (shapes["audio_proj.proj1_vf.weight"][1] - first) // 3
    token_dim = shapes["blocks.0.audio_cross_attn.kv_linear.weight"][1]
    window = first // features
    return AudioArchitecture(
        window, window + 3, features, hidden_dim, shapes["audio_proj.proj3.weight"][0] // token_dim, token_dim
    )
