"""Assembled takes side by side, as the network takes them: segments and conditions."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

from dramatis.conditioning.assemble import REFERENCE_TIME, Assembled
from dramatis.conditioning.windows import PHASES
from dramatis.models.dit import Segment
from dramatis.models.generator import Script


@dataclass(frozen=True, eq=False)
class Batch:
    """Several takes of one size and with as many keyframes and references each: `Assembled` with a `B` in front.

    `hears` `B` says which takes hear their speech (the others: the null); `sketch` `B L C T H W` has no layers until it is
    drawn (`conditioning/sketch.py`).
    """

    latents: Tensor
    level: Tensor
    times: Tensor
    keyframes: Tensor
    keyframe_times: Tensor
    references: Tensor
    tokens: Tensor
    reads: Tensor
    phases: Tensor
    speech: Tensor
    performance: Tensor
    sketch: Tensor
    hears: Tensor

    def segments(self, latents: Tensor, sigma: Tensor) -> list[Segment]:
        """The film at `latents` `B C T H W` and `sigma` `B T`, and beside it what is given."""
        rows, columns = _places(latents)
        found = [Segment(latents, sigma, self.times, rows, columns)]
        if self.keyframes.shape[2]:
            given = torch.zeros_like(self.keyframe_times)
            found.append(Segment(self.keyframes, given, self.keyframe_times, rows, columns, "keyframe"))
        if self.references.shape[2]:
            count = self.references.shape[2]
            times = REFERENCE_TIME * torch.arange(1, count + 1, device=latents.device).expand(len(latents), count)
            given = torch.zeros(len(latents), count, device=latents.device)
            found.append(Segment(self.references, given, times, rows, columns, "reference"))
        return found

    @property
    def script(self) -> Script:
        """What is read, heard and done."""
        return Script(self.tokens, self.reads, self.phases, self.speech, self.hears, self.performance, self.sketch)

    def to(self, device: torch.device) -> "Batch":
        """The same takes on a device."""
        return Batch(**{field.name: getattr(self, field.name).to(device) for field in fields(self)})

    def wordless(self) -> "Batch":
        """The same takes with nothing said."""
        empty = self.tokens[:, :0]
        return replace(self, tokens=empty, reads=self.reads[:, :, :0], phases=self.phases[:, :, :0])

    def deaf(self) -> "Batch":
        """The same takes that hear the null."""
        return replace(self, hears=torch.zeros_like(self.hears))

    def smeared(self) -> "Batch":
        """The same takes with references that keep colours and lose faces: the corrupted negative of arXiv 2512.13313."""
        flat = self.references.mean((-2, -1), keepdim=True).expand_as(self.references)
        return replace(self, references=0.7 * flat + 0.3 * self.references)


def batched(takes: Sequence[Assembled], hears: Sequence[bool] | None = None) -> Batch:
    """Takes side by side; tokens are padded to the longest."""
    length = max(len(take.tokens) for take in takes)
    tokens = torch.zeros(len(takes), length, dtype=torch.long)
    reads = torch.zeros(len(takes), len(takes[0].times), length, dtype=torch.bool)
    phases = torch.zeros(*reads.shape, PHASES)
    for place, take in enumerate(takes):
        count = len(take.tokens)
        tokens[place, :count], reads[place, :, :count], phases[place, :, :count] = take.tokens, take.reads, take.phases
    return Batch(
        latents=torch.stack([take.latents for take in takes]),
        level=torch.stack([take.level for take in takes]),
        times=torch.stack([take.times for take in takes]),
        keyframes=torch.stack([take.keyframes for take in takes]),
        keyframe_times=torch.stack([take.keyframe_times for take in takes]),
        references=torch.stack([take.references for take in takes]),
        tokens=tokens,
        reads=reads,
        phases=phases,
        speech=torch.stack([take.speech for take in takes]),
        performance=torch.stack([take.performance for take in takes]),
        sketch=torch.zeros(len(takes), 0, *takes[0].latents.shape),
        hears=torch.tensor([True] * len(takes) if hears is None else list(hears)),
    )


def _places(latents: Tensor) -> tuple[Tensor, Tensor]:
    """Rows and columns in picture heights, from the middle."""
    height, width = latents.shape[-2:]
    rows, columns = torch.arange(height, device=latents.device), torch.arange(width, device=latents.device)
    return (rows + 0.5) / height - 0.5, (columns + 0.5 - width / 2) / height
