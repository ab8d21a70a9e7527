"""The codec: a causal video autoencoder, small enough to be trained and run on a CPU.

Frames become latents 16x16 times smaller in space and 4 times in time; the first frame stands alone, so 4k + 1 frames are k + 1
latent frames and a picture is a film of one frame. Both halves have a linear path, which is all that the shipped codec has, and
may have a network beside it. What makes that fast: frames lie in the batch dimension and every convolution is two-dimensional;
all work is done at 1/8 and 1/16 of the size, between a pixel unshuffle and a pixel shuffle. What makes it causal: a block sees
a quarter of its channels as they were one frame earlier (temporal shift, Lin et al. 2019), and nothing of the future. What it
remembers between chunks is a value, passed and returned. Without norms over space or time, its receptive field is finite: tiles
with a margin of `margin` latents agree with the whole picture.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d, pixel_shuffle, pixel_unshuffle, silu

from dramatis.models import checkpoints
from dramatis.models.steady import steadied

SPACE, TIME = 16, 4
"""Pixels a latent on each side; frames a latent frame."""
PATCH = 8
SHIPPED = checkpoints.WEIGHTS / "codec.safetensors"

_CERTAIN = -12.0  # log variance of a latent that is known

Past = tuple[Tensor, ...]
"""What the blocks remember of the last frame seen, one tensor a block, and of decoded chunks the last frame shown; empty before
the first frame."""


@dataclass(frozen=True)
class CodecConfig:
    """Widths at 1/8 (`fine`) and 1/16 (`coarse`) of the size, and blocks at each."""

    channels: int = 1024
    """From the largest to the finest; a transformer may make only the first of them."""
    encoder_fine: int = 96
    decoder_fine: int = 128
    coarse: int = 256
    encoder_blocks: tuple[int, ...] = ()
    """At 1/8, at 1/16, and at 1/16 and the latents' rate; none: the encoder is its linear path alone."""
    decoder_blocks: tuple[int, ...] = ()
    """At 1/16 and the latents' rate, at 1/16, and at 1/8; none: the decoder is its linear path alone."""


class Block(nn.Module):
    """A residual block: every pixel's channels at unit size, a quarter of them from one frame earlier, 3x3, SiLU, 1x1."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.shifted = width // 4
        self.space = nn.Conv2d(width, width, 3, padding=1)
        self.mix = nn.Conv2d(width, width, 1)
        nn.init.kaiming_normal_(self.space.weight, nonlinearity="relu")
        nn.init.zeros_(self.mix.weight)

    def forward(self, frames: Tensor, length: int, past: Tensor | None) -> tuple[Tensor, Tensor]:
        """`frames` [B*T, C, h, w] with T = `length`; `past` [B, C/4, h, w] is of the frame before, or None at the start."""
        sized = _sized(frames)
        moved = _films(sized[:, : self.shifted], length)
        earlier = moved[:, :1] if past is None else past[:, None].to(moved.dtype)
        shifted = torch.cat([earlier, moved[:, :-1]], 1).flatten(0, 1)
        seen = torch.cat([shifted, sized[:, self.shifted :]], 1).contiguous(memory_format=torch.channels_last)
        return frames + self.mix(silu(self.space(seen))), moved[:, -1]


class Blocks(nn.ModuleList):
    """Blocks one after the other; each takes its part of the past and gives back its own."""

    def __init__(self, width: int, count: int) -> None:
        super().__init__([Block(width) for _ in range(count)])

    def forward(self, frames: Tensor, length: int, past: Iterator[Tensor | None]) -> tuple[Tensor, Past]:
        """As `Block.forward`, with an iterator over the past of all blocks of the coder."""
        seen: list[Tensor] = []
        for block in self:
            frames, last = block(frames, length, next(past))
            seen.append(last)
        return frames, tuple(seen)


class Encoder(nn.Module):
    """Frames -> mean and log variance of their latents: a linear path, and what a network adds to it."""

    def __init__(self, config: CodecConfig) -> None:
        super().__init__()
        self.linear = nn.Conv2d(TIME * 3 * SPACE**2, config.channels, 1)
        self.count, self.margin, self.change = 0, 0, None
        if config.encoder_blocks:
            self.change = Change(config)
            self.count, self.margin = self.change.count, self.change.margin

    def forward(self, frames: Tensor, past: Past = ()) -> tuple[Tensor, Tensor, Past]:
        """`frames` [B, T, 3, H, W] in [-1, 1] -> mean and log variance [B, C, T', H/16, W/16], and the past."""
        length, started = frames.shape[1], bool(past)
        groups = _groups(pixel_unshuffle(frames.flatten(0, 1), SPACE), length, started)
        steps = len(groups) // len(frames)
        mean = _films(self.linear(groups.flatten(1, 2)).float(), steps).transpose(1, 2)
        if self.change is None:
            return mean, torch.full_like(mean, _CERTAIN), (frames.new_zeros(0),)
        change, spread, seen = self.change(frames, past)
        return mean + change, spread.clamp(_CERTAIN, 4), seen


class Change(nn.Module):
    """What a network adds to the linear path of the encoder."""

    def __init__(self, config: CodecConfig) -> None:
        super().__init__()
        fine, whole, slow = config.encoder_blocks
        self.patches = nn.Conv2d(3 * PATCH**2, config.encoder_fine, 1)
        self.fine = Blocks(config.encoder_fine, fine)
        self.down = nn.Conv2d(4 * config.encoder_fine, config.coarse, 1)
        self.coarse = Blocks(config.coarse, whole)
        self.gather = nn.Conv2d(TIME * config.coarse, config.coarse, 1)
        self.slow = Blocks(config.coarse, slow)
        self.out = nn.Conv2d(config.coarse, 2 * config.channels, 1)
        self.count = fine + whole + slow
        self.margin = -(-(fine + 1) // 2) + whole + slow

    def forward(self, frames: Tensor, past: Past) -> tuple[Tensor, Tensor, Past]:
        """As the encoder, but for the mean only what is added."""
        length = frames.shape[1]
        before = _before(past, self.count)
        x = self.patches(_planes(pixel_unshuffle(frames.flatten(0, 1), PATCH)))
        x, fine = self.fine(x, length, before)
        x = self.down(_planes(pixel_unshuffle(x, 2)))
        x, coarse = self.coarse(x, length, before)
        groups = _groups(x, length, bool(past))
        steps = len(groups) // len(frames)
        x = self.gather(_planes(groups.flatten(1, 2))) + _planes(groups.mean(1))
        x, slow = self.slow(x, steps, before)
        change, spread = (_films(values, steps).transpose(1, 2) for values in self.out(_sized(x)).float().chunk(2, 1))
        return change, spread, (*fine, *coarse, *slow)


class Decoder(nn.Module):
    """Latents -> frames: a linear path, and what a network adds to it."""

    def __init__(self, config: CodecConfig) -> None:
        super().__init__()
        self.linear = nn.Conv2d(config.channels, TIME * 3 * SPACE**2, 1)
        self.count, self.margin, self.change = 0, 0, None
        if config.decoder_blocks:
            self.change = Redrawing(config)
            self.count, self.margin = self.change.count, self.change.margin

    def forward(self, latents: Tensor, past: Past = ()) -> tuple[Tensor, Past]:
        """`latents` [B, C, T', h, w] -> frames [B, T, 3, 16h, 16w], about [-1, 1], and the past."""
        steps = latents.shape[2]
        planes = _planes(latents.transpose(1, 2).flatten(0, 1))
        straight = _frames(self.linear(planes), steps, bool(past))
        length = straight.shape[1]
        frames = pixel_shuffle(straight.flatten(0, 1).float(), SPACE)
        if self.change is None:
            return _films(frames, length), (latents.new_zeros(0),)
        change, seen = self.change(planes, steps, frames, past)
        return _films(frames + change, length), seen


class Redrawing(nn.Module):
    """What a network adds to the linear path of the decoder, whose frames it sees beside the latents."""

    def __init__(self, config: CodecConfig) -> None:
        super().__init__()
        slow, whole, fine = config.decoder_blocks
        self.latents = nn.Conv2d(config.channels, config.coarse, 1)
        self.slow = Blocks(config.coarse, slow)
        self.spread = nn.Conv2d(config.coarse, TIME * config.coarse, 1)
        self.coarse = Blocks(config.coarse, whole)
        self.up = nn.Conv2d(config.coarse, 4 * config.decoder_fine, 1)
        self.sketch = nn.Conv2d(3 * PATCH**2, config.decoder_fine, 1)
        self.fine = Blocks(config.decoder_fine, fine)
        self.pixels = nn.Conv2d(config.decoder_fine, 3 * PATCH**2, 3, padding=1)
        self.count = slow + whole + fine
        self.margin = slow + whole + -(-(fine + 1) // 2)

    def forward(self, planes: Tensor, steps: int, frames: Tensor, past: Past) -> tuple[Tensor, Past]:
        """Latents `B*T' C h w` of films of T' = `steps`, and linear frames `B*T 3 16h 16w` -> what is added to those."""
        before = _before(past, self.count)
        x, slow = self.slow(self.latents(planes), steps, before)
        x = _frames(self.spread(x) + x.repeat(1, TIME, 1, 1), steps, bool(past))
        length = x.shape[1]
        x, coarse = self.coarse(_planes(x.flatten(0, 1)), length, before)
        x = _planes(pixel_shuffle(self.up(x), 2)) + self.sketch(_planes(pixel_unshuffle(frames, PATCH)))
        x, fine = self.fine(x, length, before)
        return pixel_shuffle(self.pixels(_sized(x)).float(), PATCH), (*slow, *coarse, *fine)


class Codec(nn.Module):
    """Encoder, decoder, and the statistics that make latents of mean 0 and variance 1 in every channel."""

    mean: Tensor
    std: Tensor

    def __init__(self, config: CodecConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self.register_buffer("mean", torch.zeros(config.channels))
        self.register_buffer("std", torch.ones(config.channels))
        for weight in self.parameters():
            if weight.ndim == 4:
                weight.data = _planes(weight.data)

    def encode(self, frames: Tensor) -> Tensor:
        """A whole film: [B, 4k + 1, 3, H, W] in [-1, 1], H and W multiples of 16 -> latents [B, C, k + 1, H/16, W/16]."""
        return self.encode_chunk(frames)[0]

    def decode(self, latents: Tensor) -> Tensor:
        """A whole film: latents [B, C, k + 1, h, w] -> frames [B, 4k + 1, 3, 16h, 16w] in [-1, 1]."""
        return self.decode_chunk(latents)[0]

    def encode_chunk(self, frames: Tensor, past: Past = ()) -> tuple[Tensor, Past]:
        """The next frames of a film: 4k + 1 of them at first, then 4k, with the `past` that the chunk before gave back."""
        length, height, width = frames.shape[1], frames.shape[-2], frames.shape[-1]
        if length % TIME != (0 if past else 1) or height % SPACE or width % SPACE:
            raise ValueError(
                f"{length} frames of {width}x{height}: 4k + 1 frames begin a film, 4k go on; sides are multiples of 16"
            )
        mean, _, seen = self.encoder(frames, past)
        return (mean - _channels(self.mean)) / _channels(self.std), seen

    def decode_chunk(self, latents: Tensor, past: Past = ()) -> tuple[Tensor, Past]:
        """The next latent frames of a film, any number of them, with the `past` that the chunk before gave back."""
        frames, seen = self.redrawn(latents, past[:-1])
        shown = steadied(frames.clamp(-1, 1), *past[-1:])
        return shown, (*seen, shown[:, -1])

    def redrawn(self, latents: Tensor, past: Past = ()) -> tuple[Tensor, Past]:
        """The decoder's own frames of a chunk, not held within [-1, 1] and not steadied, and its part of the past."""
        return self.decoder(latents * _channels(self.std) + _channels(self.mean), past)

    def traced(self, drawings: Tensor, channels: int) -> Tensor:
        """How grey drawings change latents, by the linear path: [N, 4, H, W], added to a latent frame's pictures -> the first
        `channels` of [N, C, H/16, W/16].
        """
        weight = self.encoder.linear.weight[:channels].view(channels, TIME, 3, SPACE**2, 1, 1).sum(2).flatten(1, 2)
        return conv2d(pixel_unshuffle(drawings, SPACE), weight) / self.std[:channels, None, None]

    def encode_tiled(self, frames: Tensor, tile: int = 32) -> Tensor:
        """As `encode`, in tiles of `tile` latents a side and a margin: for pictures too large to be encoded at once."""
        size = (frames.shape[-2] // SPACE, frames.shape[-1] // SPACE)
        return _tiled(lambda ys, xs: self.encode(frames[..., _scaled(ys), _scaled(xs)]), size, tile, (self.encoder.margin, 1))

    def decode_tiled(self, latents: Tensor, tile: int = 32) -> Tensor:
        """As `decode`, in tiles of `tile` latents a side and a margin: for pictures too large to be decoded at once."""
        size = (latents.shape[-2], latents.shape[-1])
        return _tiled(lambda ys, xs: self.decode(latents[..., ys, xs]), size, tile, (self.decoder.margin, SPACE))


def load(path: Path = SHIPPED) -> Codec:
    """The codec of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, CodecConfig, Codec).module


def save(path: Path, codec: Codec, dtype: torch.dtype | None = None) -> None:
    """Write a codec as a checkpoint that `load` reads."""
    checkpoints.save(path, codec, codec.config, dtype=dtype)


def _planes(frames: Tensor) -> Tensor:
    return frames.contiguous(memory_format=torch.channels_last)


def _sized(frames: Tensor) -> Tensor:
    """Every pixel's channels at a root mean square of 1, whatever its neighbours are (Zhang and Sennrich 2019)."""
    return frames * torch.rsqrt(frames.square().mean(1, keepdim=True) + 1e-6)


def _groups(frames: Tensor, length: int, started: bool) -> Tensor:
    """`B*T C h w` -> `B*T' 4 C h w`; a film that has not started yet begins with its first frame held still."""
    films = _films(frames, length)
    if not started:
        films = torch.cat([films[:, :1].expand(-1, TIME - 1, -1, -1, -1), films], 1)
    return films.reshape(-1, TIME, *frames.shape[1:])


def _frames(groups: Tensor, steps: int, started: bool) -> Tensor:
    """`B*T' 4*C h w` -> `B T C h w`; of a film's first group only the last frame is shown: the others held it still."""
    films = groups.reshape(-1, steps * TIME, groups.shape[1] // TIME, *groups.shape[2:])
    return films if started else films[:, TIME - 1 :]


def _films(frames: Tensor, length: int) -> Tensor:
    """`B*T ...` -> `B T ...`."""
    return frames.reshape(-1, length, *frames.shape[1:])


def _before(past: Past, count: int) -> Iterator[Tensor | None]:
    if past and len(past) != count:
        raise ValueError(f"a past of {len(past)} tensors, not of {count}")
    return iter(past or (None,) * count)


def _channels(values: Tensor) -> Tensor:
    return values[:, None, None, None]


def _scaled(part: slice) -> slice:
    return slice(part.start * SPACE, part.stop * SPACE)


def _tiled(code: Callable[[slice, slice], Tensor], size: tuple[int, int], tile: int, reach: tuple[int, int]) -> Tensor:
    """`code` of every tile with its margin, the margins cut away; `reach`: margin in latents, results a latent and side."""
    margin, scale = reach

    def spans(length: int) -> list[tuple[slice, slice]]:
        found = []
        for start in range(0, length, tile):
            low, high = max(0, start - margin), min(length, start + tile + margin)
            kept = slice((start - low) * scale, (min(length, start + tile) - low) * scale)
            found.append((slice(low, high), kept))
        return found

    rows = [torch.cat([code(ys, xs)[..., kept_y, kept_x] for xs, kept_x in spans(size[1])], -1) for ys, kept_y in spans(size[0])]
    return torch.cat(rows, -2)
