"""The published video transformers: Wan 2.1 and 2.2 (arXiv 2503.20314), and MultiTalk's and InfiniteTalk's layers on top of them.

One network for T2V, I2V, first and last frame, TI2V and audio; what it has follows from its `Architecture`. Names of parameters
are the original ones. Weights come from `loading.py`.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dramatis.models.attention import Rotation, rotation
from dramatis.models.dit import Head, sinusoid, unpatchify
from dramatis.models.published.architecture import Architecture
from dramatis.models.published.audio import AudioProjection
from dramatis.models.published.blocks import Context, PublishedBlock
from dramatis.models.published.pieces import pieces_of
from dramatis.models.published.sequence_parallel import SequenceParallel, SingleProcess
from dramatis.models.published.speakers import (
    MOST_SPEAKERS,
    SpeakerBinding,
    VoiceRotation,
    rotation_1d,
    token_masks,
    voice_positions,
)

_ROTARY_BASE = 10_000.0


class PictureEmbedding(nn.Module):
    """CLIP's tokens of a picture, or of the first and the last one after another."""

    def __init__(self, arch: Architecture) -> None:
        super().__init__()
        width = arch.image_dim
        self.proj = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, width), nn.GELU(), nn.Linear(width, arch.dim), nn.LayerNorm(arch.dim)
        )
        if arch.image_tokens:
            self.emb_pos = nn.Parameter(torch.zeros(1, arch.image_tokens, width))

    def forward(self, picture: Float[Tensor, "b p c"]) -> Float[Tensor, "b p d"]:
        """`B P image_dim` -> `B P dim`."""
        return self.proj(picture + self.emb_pos if hasattr(self, "emb_pos") else picture)


class PublishedTransformer(nn.Module):
    """Velocity (noise minus data) of latents.

    It calculates in the type of the latents that it is given. `sequence` says where tokens lie (`sequence_parallel.py`);
    `binding_blocks`: blocks that find anew which speaker a token belongs to (None: all, as published).
    """

    def __init__(self, arch: Architecture) -> None:
        super().__init__()
        dim = arch.dim
        self.arch = arch
        self.sequence: SequenceParallel = SingleProcess()
        self.binding_blocks: frozenset[int] | None = None
        self.patch_embedding = nn.Conv3d(arch.in_dim, dim, arch.patch_size, arch.patch_size)
        self.text_embedding = nn.Sequential(nn.Linear(arch.text_dim, dim), nn.GELU("tanh"), nn.Linear(dim, dim))
        self.time_embedding = nn.Sequential(nn.Linear(arch.freq_dim, dim), nn.SiLU(), nn.Linear(dim, dim))
        self.time_projection = nn.Sequential(nn.SiLU(), nn.Linear(dim, 6 * dim))
        self.blocks = nn.ModuleList(PublishedBlock(arch) for _ in range(arch.num_layers))
        self.head = Head(dim, arch.out_dim, arch.patch_size, arch.eps)
        if arch.image_dim:
            self.img_emb = PictureEmbedding(arch)
        if arch.audio is not None:
            self.audio_proj = AudioProjection(arch.audio)

    def forward(
        self,
        latents: Float[Tensor, "b c t h w"],
        level: Float[Tensor, "*levels"],
        text: Float[Tensor, "b l e"],
        picture: Float[Tensor, "b p f"] | None = None,
        audio: Float[Tensor, "b speakers frames window layers channels"] | None = None,
        speaker_masks: Float[Tensor, "b speakers y x"] | None = None,
    ) -> Float[Tensor, "b out t h w"]:
        """`B in_dim T H W` -> `B out_dim T H W`, float.

        `latents`: the noisy ones and, channel by channel behind them, what the family is given (mask, given picture).
        `level`: noise levels in 0..1, `B` or of each latent frame `B T`: the published time steps over 1000, in double precision.
        `text`: UMT5's, padded with zero rows to 512, which are attended to. `picture`: CLIP's tokens, 257 or 514.
        `audio`: speech features of each speaker, a window around each of the 4 T - 3 frames (MultiTalk: `B S F 5 12 768`).
        `speaker_masks`: where each speaker is in the first frame, at any size; needed for two. One voice without a mask drives
        everybody; with a mask all that is outside hears silence.
        """
        sequence = self.sequence.over(latents.shape[2])
        share = sequence.share(latents.shape[2])
        tokens = self.patch_embedding(latents[:, :, share])
        shape = tokens.shape[2:]
        x = tokens.flatten(2).transpose(1, 2)
        level = level[:, None] if level.ndim == 1 else level[:, share]
        layout = ((level.shape[1], x.shape[1] // level.shape[1]),)
        time = self.time_embedding(sinusoid(level, self.arch.freq_dim).type_as(next(self.time_embedding.parameters())))
        heard, masks = self._heard(audio, speaker_masks)
        binding = None if masks is None else SpeakerBinding(token_masks(masks, *shape[1:]), sequence, self.binding_blocks)
        context = Context(
            modulation=self.time_projection(time).unflatten(-1, (6, -1)),
            pieces=pieces_of(x, shape[0], level.shape[1]),
            rotary=self._rotary(share, shape[1], shape[2], latents),
            words=self.text_embedding(text.type_as(x)),
            picture=None if picture is None else self.img_emb(picture.type_as(x)),
            audio=None if heard is None else heard[:, share].type_as(x),
            binding=binding,
            voices=self._voices(heard) if binding else None,
            sequence=sequence,
        )
        for block in self.blocks:
            x = block(x, context)
        size = (share.stop - share.start, *latents.shape[3:])
        own = unpatchify(self.head(x, time, layout), size, self.arch.patch_size)
        return sequence.gather(own.float())

    def _rotary(self, share: slice, rows: int, columns: int, like: Tensor) -> Rotation:
        """Positions are indices of patches."""
        axes = (torch.arange(share.start, share.stop), torch.arange(rows), torch.arange(columns))
        grid = torch.stack(torch.meshgrid(*axes, indexing="ij"), -1).view(1, -1, 3)
        return rotation(grid.to(like.device, torch.float64), self.arch.head_dim, _ROTARY_BASE)

    def _heard(self, audio: Tensor | None, masks: Tensor | None) -> tuple[Tensor | None, Tensor | None]:
        """The voices' tokens `B T M token_dim`, and the speakers' masks if tokens are bound to speakers by them."""
        if audio is None:
            return None, None
        speakers = audio.shape[1]
        if speakers > MOST_SPEAKERS or (speakers > 1 and masks is None) or (masks is not None and masks.shape[1] != speakers):
            raise ValueError(f"{speakers} voices: at most {MOST_SPEAKERS} can be bound, each by a mask")
        if masks is not None and speakers == 1:
            audio, masks = torch.cat((audio, torch.zeros_like(audio)), 1), torch.cat((masks, (masks <= 0).type_as(masks)), 1)
        tokens = self.audio_proj(audio.flatten(0, 1).type_as(self.audio_proj.norm.bias)).unflatten(0, (len(audio), -1))
        return tokens.transpose(1, 2).flatten(2, 3), masks

    def _voices(self, heard: Tensor | None) -> VoiceRotation | None:
        if heard is None or self.arch.audio is None:
            return None
        each = self.arch.audio.tokens
        return rotation_1d(voice_positions(heard.shape[2] // each, each, heard), self.arch.head_dim)
