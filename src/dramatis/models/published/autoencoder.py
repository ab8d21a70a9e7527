"""The video autoencoders of Wan 2.1 and 2.2 (diffusers' class), chunk by chunk: what was seen before is a value.

Latents are normalised, `B C T H W`; a video of `4 k + 1` frames in [-1, 1] has `k + 1` latent frames: one frame, then four each.
Large pictures go through in tiles, whose seams are blended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dramatis.errors import EngineError
from dramatis.models.compression import TIME
from dramatis.models.published.autoencoder_keys import config_of, renamed
from dramatis.models.published.stored_tensors import filled, tensors_in

if TYPE_CHECKING:
    from diffusers import AutoencoderKLWan

Cache = tuple[tuple["Tensor | str | None", ...], ...]
"""For each tile what its convolutions have seen."""
_OVERLAP = 4  # a tile shares a fourth of its side with its neighbour


@dataclass(frozen=True, eq=False)
class VideoCodec:
    """An autoencoder. `tile`: rows and columns of latents that are coded at once; 0: all of them."""

    network: "AutoencoderKLWan"
    tile: int = 0

    @property
    def channels(self) -> int:
        """Of the latents."""
        return int(self.network.config.z_dim)

    @property
    def space(self) -> int:
        """Pixels for one latent, in height and in width."""
        return int(self.network.config.scale_factor_spatial)

    def encode(self, frames: Float[Tensor, "b 3 t h w"]) -> Float[Tensor, "b c k y x"]:
        """Latents of a whole video, `4 k + 1` frames; only a chunk of it is held."""
        made, cache = [], None
        for start in range(1 - TIME, frames.shape[2], TIME):
            chunk = frames[:, :, max(0, start) : start + TIME]
            latents, cache = self.encode_chunk(chunk, cache)
            made.append(latents)
        return torch.cat(made, 2)

    def decode(self, latents: Float[Tensor, "b c k y x"]) -> Iterator[Float[Tensor, "b 3 t h w"]]:
        """The video chunk by chunk: one frame, then four each."""
        cache = None
        for one in torch.split(latents, 1, 2):
            frames, cache = self.decode_chunk(one, cache)
            yield frames

    def encode_chunk(
        self, frames: Float[Tensor, "b 3 t h w"], cache: Cache | None = None
    ) -> tuple[Float[Tensor, "b c 1 y x"], Cache]:
        """Latents of the next frames: the first one (no cache), or four."""
        space, whole = self.space, [side // self.space for side in frames.shape[-2:]]
        frames = frames.to(self._weight)
        made, seen = [], []
        for number, (y, x) in enumerate(self._tiles(*whole)):
            part = frames[..., space * y.start : space * y.stop, space * x.start : space * x.stop]
            held = self._held(self.network.encoder, cache, number)
            made.append(self.network.quant_conv(self.network.encoder(self._folded(part), feat_cache=held, feat_idx=[0])))
            seen.append(tuple(held))
        mean = _blended(made, self._tiles(*whole), whole).chunk(2, 1)[0]
        return (mean.float() - self._mean) / self._deviation, tuple(seen)

    def decode_chunk(
        self, latents: Float[Tensor, "b c 1 y x"], cache: Cache | None = None
    ) -> tuple[Float[Tensor, "b 3 t h w"], Cache]:
        """The next frames, one (no cache) or four, in [-1, 1]."""
        whole = list(latents.shape[-2:])
        natural = (latents.float() * self._deviation + self._mean).to(self._weight)
        made, seen = [], []
        for number, (y, x) in enumerate(self._tiles(*whole)):
            held = self._held(self.network.decoder, cache, number)
            part = self.network.post_quant_conv(natural[..., y, x])
            made.append(self._unfolded(self.network.decoder(part, feat_cache=held, feat_idx=[0], first_chunk=cache is None)))
            seen.append(tuple(held))
        return _blended(made, self._tiles(*whole), whole).float().clamp(-1, 1), tuple(seen)

    def _held(self, part: nn.Module, cache: Cache | None, tile: int) -> "list[Tensor | str | None]":
        """What one tile has seen, as the network wants it: a list that it changes."""
        from diffusers.models.autoencoders.autoencoder_kl_wan import WanCausalConv3d

        return [None] * sum(isinstance(one, WanCausalConv3d) for one in part.modules()) if cache is None else list(cache[tile])

    def _tiles(self, rows: int, columns: int) -> list[tuple[slice, slice]]:
        return [(y, x) for y in _spans(rows, self.tile) for x in _spans(columns, self.tile)]

    def _folded(self, frames: Tensor) -> Tensor:
        from diffusers.models.autoencoders.autoencoder_kl_wan import patchify

        size = self.network.config.patch_size
        return frames if size is None else patchify(frames, size)

    def _unfolded(self, frames: Tensor) -> Tensor:
        from diffusers.models.autoencoders.autoencoder_kl_wan import unpatchify

        size = self.network.config.patch_size
        return frames if size is None else unpatchify(frames, size)

    @cached_property
    def _mean(self) -> Tensor:
        return self._of_channels(self.network.config.latents_mean)

    @cached_property
    def _deviation(self) -> Tensor:
        return self._of_channels(self.network.config.latents_std)

    def _of_channels(self, values: list[float]) -> Tensor:
        return torch.tensor(values, device=self._weight.device)[:, None, None, None]

    @property
    def _weight(self) -> Tensor:
        return self.network.post_quant_conv.weight


def load_codec(path: Path, device: str, dtype: torch.dtype, tile: int = 0) -> VideoCodec:
    """The autoencoder of a file in the original layout or in diffusers'; raises `EngineError`."""
    from diffusers import AutoencoderKLWan

    state = renamed(tensors_in(path))
    try:
        with torch.device("meta"):
            network = AutoencoderKLWan(**config_of(path, state))
    except (KeyError, TypeError, ValueError, OSError) as fault:
        raise EngineError(f"The file {path} is no video autoencoder of Wan ({fault}): name a folder that has its own.") from None
    return VideoCodec(filled(network, state, path, dtype).to(device), tile)


def _spans(length: int, tile: int) -> list[slice]:
    """Evenly laid stretches of at most `tile`, which overlap."""
    if not tile or length <= tile:
        return [slice(0, length)]
    overlap = tile // _OVERLAP
    count = -(-(length - overlap) // (tile - overlap))
    starts = [round((length - tile) * number / (count - 1)) for number in range(count)]
    return [slice(start, start + tile) for start in starts]


def _blended(parts: list[Tensor], tiles: list[tuple[slice, slice]], whole: list[int]) -> Tensor:
    """Tiles `B C T h w` as one picture; where they overlap one goes over into the other."""
    if len(parts) == 1:
        return parts[0]
    scale = parts[0].shape[-1] // (tiles[0][1].stop - tiles[0][1].start)
    rows, columns = (side * scale for side in whole)
    total = parts[0].new_zeros(*parts[0].shape[:-2], rows, columns)
    weights = parts[0].new_zeros(rows, columns)
    for part, (y, x) in zip(parts, tiles, strict=True):
        place = (..., slice(y.start * scale, y.stop * scale), slice(x.start * scale, x.stop * scale))
        weight = _ramp(y, whole[0], scale, part)[:, None] * _ramp(x, whole[1], scale, part)
        total[place] += part * weight
        weights[place] += weight
    return total / weights


def _ramp(span: slice, whole: int, scale: int, like: Tensor) -> Tensor:
    """How much a tile counts along one axis: less towards an edge that another tile covers."""
    length = (span.stop - span.start) * scale
    place = torch.arange(length, device=like.device, dtype=torch.float32) + 0.5
    fade = length / _OVERLAP
    rise = (place / fade if span.start else torch.ones_like(place)).clamp(max=1)
    fall = (place.flip(0) / fade if span.stop < whole else torch.ones_like(place)).clamp(max=1)
    return torch.minimum(rise, fall).to(like)
