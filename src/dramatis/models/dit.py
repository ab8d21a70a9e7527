"""The diffusion transformer, from 1 M to 19 B parameters: a member of the Wan family (arXiv 2503.20314), original key names.

What it sees is a list of segments: the first is the video that it makes, the others (keyframes, references) are only looked at.
All tokens attend to all; each frame has a noise level of its own (a frame at level zero is given). Words and speech enter
by cross-attention into the video's tokens, each frame hearing only its own words and its own stretch of the voice.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn
from torch.nn import functional

from dramatis.models.attention import Attention, Rotation, nearness, rotation
from dramatis.models.state import Segment, State

_AJAR = 0.5  # of a gate, before training

TIMESTEPS = 1000.0
"""The embedding's unit: a noise level of 1."""


@dataclass(frozen=True)
class DiTConfig:
    """Architecture, as it stands in a checkpoint's header; the defaults are Wan's except for the size."""

    dim: int = 192
    ffn_dim: int = 768
    num_heads: int = 3
    num_layers: int = 10
    in_dim: int = 16
    out_dim: int = 16
    text_dim: int = 192
    freq_dim: int = 256
    patch_size: tuple[int, int, int] = (1, 2, 2)
    eps: float = 1e-6
    theta: float = 10_000.0
    position_scale: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Radians of the fastest rotation for one unit of (t, y, x): ours are seconds and picture heights, Wan's are indices."""
    roles: tuple[str, ...] = ()
    """Roles of segments that are told apart by a learned vector; none in Wan."""
    null_text: bool = False
    """A learned token that is seen where no words are; Wan has none and takes empty words instead."""
    pooled_dim: int = 0
    """Width of what modulates the video's frames beside noise levels, as their voice then does, too; 0, as in Wan: nothing."""
    speech_dim: int = 0
    """Width of a speech feature, 0: the model takes no speech."""
    speech_window: int = 0
    """How many features one latent frame hears."""
    speech_tokens: int = 8
    """How many tokens its window is made into."""
    speech_hidden: int = 256

    def __post_init__(self) -> None:
        if self.dim % self.num_heads or (self.dim // self.num_heads) % 2:
            raise ValueError(f"dim {self.dim} must be an even number of channels for each of {self.num_heads} heads")


Layout = tuple[tuple[int, int], ...]
"""(frames, tokens of a frame) of each segment."""


def framewise(
    layout: Layout,
    act: Callable[[Tensor, Tensor], Tensor],
    tokens: Float[Tensor, "b n d"],
    values: Float[Tensor, "b frames *value"],
) -> Float[Tensor, "b n d"]:
    """`act` on each segment's tokens as `B T S D` and its frames' values `B T 1 ...`, from `B N D` and `B sum(T) ...`."""
    parts = []
    sizes = [frames * count for frames, count in layout]
    of_frames = torch.split(values, [frames for frames, _ in layout], 1)
    for part, own, (frames, _) in zip(torch.split(tokens, sizes, 1), of_frames, layout, strict=True):
        parts.append(act(torch.unflatten(part, 1, (frames, -1)), own[:, :, None]).flatten(1, 2))
    return parts[0] if len(parts) == 1 else torch.cat(parts, 1)


def modulate(
    layout: Layout, tokens: Float[Tensor, "b n d"], shift: Float[Tensor, "b frames d"], scale: Float[Tensor, "b frames d"]
) -> Float[Tensor, "b n d"]:
    """`tokens (1 + scale) + shift`, with `B sum(T) D` values of the frames."""
    both = torch.stack((shift, 1 + scale), 2)
    return framewise(layout, lambda x, by: torch.addcmul(by[..., 0, :], x, by[..., 1, :]), tokens, both)


def sinusoid(sigma: Float[Tensor, "b t"], channels: int) -> Float[Tensor, "b t channels"]:
    """The embedding of noise levels in 0..1, made in double precision."""
    half = channels // 2
    exponents = torch.arange(half, dtype=torch.float64, device=sigma.device) / half
    angles = sigma.double()[..., None] * TIMESTEPS * 10_000.0**-exponents
    return torch.cat((angles.cos(), angles.sin()), -1)


def unpatchify(
    patches: Float[Tensor, "b n patch"], shape: tuple[int, int, int], patch_size: tuple[int, int, int]
) -> Float[Tensor, "b c t h w"]:
    """`B N patch` -> `B C T H W` of a `shape` (T, H, W)."""
    frames, height, width = (n // p for n, p in zip(shape, patch_size, strict=True))
    grid = patches.view(len(patches), frames, height, width, *patch_size, -1)
    return grid.permute(0, 7, 1, 4, 2, 5, 3, 6).reshape(len(patches), -1, *shape)


class Block(nn.Module):
    """Self-attention, words, speech, feed-forward; the first and last are modulated by each frame's noise level."""

    def __init__(self, config: DiTConfig) -> None:
        super().__init__()
        dim, eps = config.dim, config.eps
        self.norm1 = nn.LayerNorm(dim, eps, elementwise_affine=False)
        self.self_attn = Attention(dim, config.num_heads, eps)
        self.norm3 = nn.LayerNorm(dim, eps)
        self.cross_attn = Attention(dim, config.num_heads, eps)
        if config.speech_dim:
            self.norm_x = nn.LayerNorm(dim, eps)
            self.audio_cross_attn = Attention(dim, config.num_heads, eps)
        self.norm2 = nn.LayerNorm(dim, eps, elementwise_affine=False)
        self.ffn = nn.Sequential(nn.Linear(dim, config.ffn_dim), nn.GELU("tanh"), nn.Linear(config.ffn_dim, dim))
        self.modulation = nn.Parameter(torch.randn(1, 6, dim) / dim**0.5)

    def forward(
        self,
        hidden_states: Float[Tensor, "b n d"],
        temb: Float[Tensor, "b frames 6 d"],
        rotary_emb: Rotation,
        encoder_hidden_states: Float[Tensor, "b l d"],
        encoder_attention_mask: Float[Tensor, "b 1 _ l"],
        audio_hidden_states: Float[Tensor, "_ s d"] | None,
        layout: Layout,
    ) -> Float[Tensor, "b n d"]:
        """`B N dim`; `temb` `B sum(T) 6 dim` modulates frames; words `B L dim`, a mask `B 1 N L`, added; speech `B*T S dim`."""
        x = hidden_states
        shift, scale, gate, ffn_shift, ffn_scale, ffn_gate = (self.modulation + temb).unbind(2)
        y = self.self_attn(modulate(layout, self.norm1(x), shift, scale), rotary=rotary_emb)
        x = x + framewise(layout, torch.mul, y, gate)
        frames, count = layout[0]
        video, others = x[:, : frames * count], x[:, frames * count :]
        video = video + self.cross_attn(self.norm3(video), encoder_hidden_states, mask=encoder_attention_mask)
        if audio_hidden_states is not None:
            queries = self.norm_x(video).reshape(-1, count, x.shape[-1])
            video = video + self.audio_cross_attn(queries, audio_hidden_states).view_as(video)
        x = torch.cat((video, others), 1) if others.shape[1] else video
        y = self.ffn(modulate(layout, self.norm2(x), ffn_shift, ffn_scale))
        return x + framewise(layout, torch.mul, y, ffn_gate)


class Head(nn.Module):
    """From tokens to patches."""

    def __init__(self, dim: int, out_dim: int, patch_size: tuple[int, int, int], eps: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(dim, eps, elementwise_affine=False)
        self.head = nn.Linear(dim, math.prod(patch_size) * out_dim)
        self.modulation = nn.Parameter(torch.randn(1, 2, dim) / dim**0.5)

    def forward(self, x: Float[Tensor, "b n d"], time: Float[Tensor, "b t d"], layout: Layout) -> Float[Tensor, "b n patch"]:
        """`B N dim` and the frames' time embeddings `B T dim` -> `B N patch`."""
        shift, scale = (self.modulation + time[:, :, None]).type_as(x).unbind(2)
        return self.head(modulate(layout, self.norm(x), shift, scale))


class Speech(nn.Module):
    """A latent frame's window of features, laid flat, becomes a few tokens; silence of the model's own where nothing is heard."""

    def __init__(self, config: DiTConfig) -> None:
        super().__init__()
        self.tokens, flat = config.speech_tokens, config.speech_window * config.speech_dim
        self.proj = nn.Sequential(
            nn.Linear(flat, config.speech_hidden), nn.GELU("tanh"), nn.Linear(config.speech_hidden, self.tokens * config.dim)
        )
        self.norm = nn.LayerNorm(config.dim, config.eps)
        self.null = nn.Parameter(torch.randn(self.tokens, config.dim))

    def forward(self, speech: Float[Tensor, "b t a f"], mask: Bool[Tensor, "b t"]) -> Float[Tensor, "b*t s d"]:
        """`B T A F`, and `B T`, which frames hear it -> `B*T tokens dim`."""
        heard = self.norm(self.proj(speech.flatten(2)).unflatten(-1, (self.tokens, -1)).flatten(0, 1))
        return torch.where(mask.flatten()[:, None, None], heard, self.null)


class DiT(nn.Module):
    """Velocity (noise minus data) of the first segment's latents."""

    def __init__(self, config: DiTConfig) -> None:
        super().__init__()
        dim = config.dim
        self.config = config
        self.patch_embedding = nn.Conv3d(config.in_dim, dim, config.patch_size, config.patch_size)
        self.text_embedding = nn.Sequential(nn.Linear(config.text_dim, dim), nn.GELU("tanh"), nn.Linear(dim, dim))
        self.time_embedding = nn.Sequential(nn.Linear(config.freq_dim, dim), nn.SiLU(), nn.Linear(dim, dim))
        self.time_projection = nn.Sequential(nn.SiLU(), nn.Linear(dim, 6 * dim))
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.num_layers))
        self.head = Head(dim, config.out_dim, config.patch_size, config.eps)
        if config.roles:
            self.role_embedding = nn.Embedding(len(config.roles), dim)
        if config.null_text:
            self.null_text = nn.Parameter(torch.randn(1, dim))
        if config.speech_dim:
            self.audio_proj = Speech(config)
        if config.pooled_dim:
            self.pooled_embedding = nn.Sequential(nn.Linear(config.pooled_dim, dim), nn.SiLU(), nn.Linear(dim, dim))
        if config.pooled_dim and config.speech_dim:
            self.audio_pooled = nn.Linear(config.speech_tokens * dim, dim)
        self._initialise()

    def forward(
        self, state: State, text: Float[Tensor, "b l d"], pooled: Float[Tensor, "b t p"] | None = None
    ) -> Float[Tensor, "b c t h w"]:
        """`B out_dim T H W`, of a state whose tokens are embedded as `text` `B L text_dim`; `pooled` `B T pooled_dim` is all that
        a frame reads in one vector.
        """
        segments = (state.video, *state.context)
        tokens = [self._embed(segment) for segment in segments]
        layout = tuple((part.shape[1], part.shape[2]) for part in tokens)
        time = self._time(torch.cat([segment.sigma for segment in segments], 1))
        speech = self.audio_proj(state.speech, state.speech_mask) if self.config.speech_dim else None
        if pooled is not None:
            read = self._pooled(pooled, speech)
            time = time + functional.pad(read, (0, 0, 0, time.shape[1] - read.shape[1]))
        coordinates = torch.cat([self._coordinates(segment) for segment in segments], 1)
        rotary = rotation(coordinates, self.config.dim // self.config.num_heads, self.config.theta)
        temb = self.time_projection(time).unflatten(-1, (6, -1))
        text, text_mask = self._text(text, state.text_mask, layout[0])
        x = torch.cat([part.flatten(1, 2) for part in tokens], 1)
        for block in self.blocks:
            x = block(x, temb, rotary, text, text_mask, speech, layout)
        count = layout[0][0] * layout[0][1]
        patches = self.head(x[:, :count], time[:, : layout[0][0]], layout[:1])
        frames, height, width = state.video.latents.shape[2:]
        return unpatchify(patches, (frames, height, width), self.config.patch_size)

    def _embed(self, segment: Segment) -> Tensor:
        """`B T S dim`."""
        tokens = self.patch_embedding(segment.latents).flatten(3).permute(0, 2, 3, 1)
        if not self.config.roles:
            return tokens
        return tokens + self.role_embedding.weight[self.config.roles.index(segment.role)]

    def _pooled(self, pooled: Tensor, speech: Tensor | None) -> Tensor:
        """What modulates the video's frames, `B T dim`; speech is `B*T tokens dim`."""
        read: Tensor = self.pooled_embedding(pooled)
        return read if speech is None else read + self.audio_pooled(speech.flatten(1)).view_as(read)

    def _time(self, sigma: Tensor) -> Tensor:
        """`B T` -> `B T dim`."""
        return self.time_embedding(sinusoid(sigma, self.config.freq_dim).type_as(next(self.time_embedding.parameters())))

    def _coordinates(self, segment: Segment) -> Tensor:
        """`B N 3`: (t, y, x) of each token."""
        batch, frames = segment.times.shape
        rows, columns = segment.rows.to(segment.times), segment.columns.to(segment.times)
        shape = (batch, frames, len(rows), len(columns))
        axes = (segment.times[:, :, None, None], rows[None, None, :, None], columns[None, None, None])
        grid = torch.stack([axis.expand(shape) for axis in axes], -1).flatten(1, 3)
        return grid * grid.new_tensor(self.config.position_scale)

    def _text(self, text: Tensor, seen: Tensor, video: tuple[int, int]) -> tuple[Tensor, Tensor]:
        """Embedded words and, for each of the video's tokens, which of them it sees (added: 0 or minus infinity)."""
        text = self.text_embedding(text)
        if self.config.null_text:
            text = torch.cat((self.null_text.expand(len(text), 1, -1).type_as(text), text), 1)
            seen = functional.pad(seen, (1, 0), value=True)
        added = torch.zeros(seen.shape, dtype=text.dtype, device=text.device).masked_fill(~seen, -torch.inf)
        return text, added.repeat_interleave(video[1], 1)[:, None]

    def _initialise(self) -> None:
        """Output and modulation begin at zero (Peebles and Xie 2023)."""
        for layer in self.modules():
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)
        nn.init.xavier_uniform_(self.patch_embedding.weight.flatten(1))
        for name, parameter in self.named_parameters():
            if name.endswith(("modulation", "time_projection.1.weight", "head.head.weight", "audio_pooled.weight")):
                nn.init.zeros_(parameter)
        entrances = [part for name, part in self.named_modules() if name.endswith("cross_attn")]
        for entrance in entrances:
            nn.init.xavier_uniform_(entrance.o.weight, gain=len(entrances) ** -0.5)
        if self.config.roles:
            nn.init.normal_(self.role_embedding.weight, std=0.02)
        self._lean()

    def _lean(self) -> None:
        """Gates begin half open, and some heads look at what is near them.

        Where attention begins with no sense of place, it takes long to find one (docs/log.md).
        """
        near = nearness(self.config.num_heads, self.config.dim // self.config.num_heads)
        for name, parameter in self.named_parameters():
            if name.endswith(("self_attn.q.bias", "self_attn.k.bias")):
                parameter.data.copy_(near)
            elif name.startswith("blocks.") and name.endswith("modulation"):
                parameter.data[:, [2, 5]] += _AJAR
