"""Where the tokens of one video lie: all here, or some latent frames on each of several processes (Ulysses, arXiv 2309.14509).

Everything but self-attention is local to a frame. Before self-attention each process exchanges its frames' heads for all frames'
tokens of its own heads, and afterwards back. Frames are dealt out whole, so audio and speaker binding need nothing else than
the first frame's keys and the extremes of a map.
"""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float
from torch import Tensor, distributed
from torch.nn import functional

from dramatis.models.attention import attend


class SingleProcess:
    """All tokens are here."""

    def over(self, _frames: int) -> "SequenceParallel":
        """This one."""
        return self

    def share(self, frames: int) -> slice:
        """All of them."""
        return slice(0, frames)

    def attend(
        self, query: Float[Tensor, "b n heads d"], key: Float[Tensor, "b n heads d"], value: Float[Tensor, "b n heads d"]
    ) -> Float[Tensor, "b n heads*d"]:
        """Plain attention."""
        return attend(query, key, value)

    def first_frame(self, key: Float[Tensor, "b n heads d"], count: int) -> Float[Tensor, "b count heads d"]:
        """The first keys."""
        return key[:, :count]

    def extremes(self, values: Float[Tensor, "b classes n"]) -> tuple[Float[Tensor, "b classes 1"], Float[Tensor, "b classes 1"]]:
        """Those of the tokens."""
        return values.amin(-1, keepdim=True), values.amax(-1, keepdim=True)

    def gather(self, video: Float[Tensor, "b c t h w"]) -> Float[Tensor, "b c frames h w"]:
        """What is here."""
        return video


class Ulysses:
    """Each process of a group holds some frames and, in self-attention, some heads."""

    def __init__(self, group: distributed.ProcessGroup | None = None) -> None:
        self.group = group
        self.rank, self.size = distributed.get_rank(group), distributed.get_world_size(group)

    def over(self, frames: int) -> "SequenceParallel":
        """This one, if each process can hold a frame; else each holds all of them, and calculates the same."""
        return self if frames >= self.size else SingleProcess()

    def share(self, frames: int) -> slice:
        """Frames as even as they can be."""
        bounds = [frames * rank // self.size for rank in range(self.size + 1)]
        return slice(bounds[self.rank], bounds[self.rank + 1])

    def attend(
        self, query: Float[Tensor, "b n heads d"], key: Float[Tensor, "b n heads d"], value: Float[Tensor, "b n heads d"]
    ) -> Float[Tensor, "b n heads*d"]:
        """Own heads of all tokens, then all heads of own tokens; raises `ValueError` if heads cannot be shared out evenly."""
        if query.shape[2] % self.size:
            raise ValueError(f"{query.shape[2]} heads cannot be shared out evenly to {self.size} processes: use fewer")
        counts = self._counts(query, 1)
        mine = torch.unflatten(torch.stack((query, key, value)), 3, (self.size, -1)).permute(3, 2, 0, 1, 4, 5)
        whole = self._exchange(mine.flatten(0, 1), [query.shape[1]] * self.size, counts)
        found = torch.unflatten(attend(*whole.permute(1, 2, 0, 3, 4).unbind(0)), -1, (-1, query.shape[-1]))
        back = self._exchange(found.transpose(0, 1), counts, [query.shape[1]] * self.size)
        return torch.unflatten(back, 0, (self.size, -1)).permute(2, 1, 0, 3, 4).flatten(2)

    def first_frame(self, key: Float[Tensor, "b n heads d"], count: int) -> Float[Tensor, "b count heads d"]:
        """From the process that holds it."""
        first = key[:, :count].contiguous() if self.rank == 0 else key.new_empty(len(key), count, *key.shape[2:])
        distributed.broadcast(first, group=self.group, group_src=0)
        return first

    def extremes(self, values: Float[Tensor, "b classes n"]) -> tuple[Float[Tensor, "b classes 1"], Float[Tensor, "b classes 1"]]:
        """Over all processes."""
        least, largest = values.amin(-1, keepdim=True), values.amax(-1, keepdim=True)
        distributed.all_reduce(least, distributed.ReduceOp.MIN, self.group)
        distributed.all_reduce(largest, distributed.ReduceOp.MAX, self.group)
        return least, largest

    def gather(self, video: Float[Tensor, "b c t h w"]) -> Float[Tensor, "b c frames h w"]:
        """In order, on every process."""
        counts = self._counts(video, 2)
        padded = functional.pad(video, (0, 0, 0, 0, 0, max(counts) - video.shape[2])).contiguous()
        parts = [torch.empty_like(padded) for _ in counts]
        distributed.all_gather(parts, padded, self.group)
        return torch.cat([part[:, :, :count] for part, count in zip(parts, counts, strict=True)], 2)

    def _counts(self, shared: Tensor, axis: int) -> list[int]:
        """How many entries along an axis each process holds."""
        mine = torch.tensor([shared.shape[axis]], device=shared.device)
        all_of_them = [torch.empty_like(mine) for _ in range(self.size)]
        distributed.all_gather(all_of_them, mine, self.group)
        return [int(one) for one in all_of_them]

    def _exchange(self, sent: Tensor, out: list[int], back: list[int]) -> Tensor:
        received = sent.new_empty(sum(back), *sent.shape[1:])
        distributed.all_to_all_single(received, sent.contiguous(), back, out, self.group)
        return received


SequenceParallel = SingleProcess | Ulysses


def side_by_side(passes: Sequence[Callable[[], Tensor]], group: distributed.ProcessGroup | None = None) -> list[Tensor]:
    """What each of some passes (of guidance, say: all of one shape) gives, each calculated on one process, on all of them."""
    rank, size = distributed.get_rank(group), distributed.get_world_size(group)
    found: list[Tensor] = []
    for first in range(0, len(passes), size):
        mine = passes[min(first + rank, len(passes) - 1)]().contiguous()
        together = [torch.empty_like(mine) for _ in range(size)]
        distributed.all_gather(together, mine, group)
        found += together
    return found[: len(passes)]
