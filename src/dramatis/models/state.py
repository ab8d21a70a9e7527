"""The state of some videos side by side: all that the networks are given, as one frozen value with the batch first.

A video is a batch of one. Conditions add their parts to a blank state (`conditioning/`), a sampler moves its video from noise to
data (`at`). "Given" is a noise level of zero, and nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor
from torch.nn.functional import pad

Part = TypeVar("Part", "Segment", "State")


@dataclass(frozen=True, eq=False)
class Segment:
    """A stretch of the sequence: what is on it, how noisy each frame is, and where and when its patches lie.

    `latents` `B C T H W`; `sigma` `B T` in 0..1 (0: given); `times` `B T`; `rows` `H/ph` and `columns` `W/pw`, the places of
    patches: units are the model's business (ours: seconds, and picture heights from the middle). `role` is a word of the model's
    `roles`.
    """

    latents: Float[Tensor, "b c t h w"]
    sigma: Float[Tensor, "b t"]
    times: Float[Tensor, "b t"]
    rows: Float[Tensor, " _"]
    columns: Float[Tensor, " _"]
    role: str = "video"


@dataclass(frozen=True, eq=False)
class State:
    """The video, `context` segments that are only looked at, and what the video's frames read, hear and show.

    `tokens` `B L` are read by the latent frames that `text_mask` `B T L` says; `progress` `B T L P` is how far the clause of each
    has come. `speech` `B T A F` are the features that each frame hears, where `speech_mask` `B T` is true (elsewhere: the null).
    `pose` `B T 4 N` is in the units of `models/pose_sequence.py`, `sketch` `B LAYERS C T H W` its lines in latents.

    Before sampling, the video holds what is given (zeros elsewhere) and each frame's highest noise level: 0 given, below 1 begun
    from a prior, 1 free.
    """

    video: Segment
    tokens: Int[Tensor, "b l"]
    text_mask: Bool[Tensor, "b t l"]
    progress: Float[Tensor, "b t l p"]
    speech: Float[Tensor, "b t a f"]
    speech_mask: Bool[Tensor, "b t"]
    pose: Float[Tensor, "b t 4 n"]
    sketch: Float[Tensor, "b layers c t h w"]
    context: tuple[Segment, ...] = ()

    def at(self, latents: Float[Tensor, "b c t h w"], sigma: Float[Tensor, "b t"]) -> "State":
        """The same with a video of `latents` `B C T H W` at noise levels `B T`."""
        return replace(self, video=replace(self.video, latents=latents, sigma=sigma))

    def mapped(self, change: Callable[[Tensor], Tensor]) -> "State":
        """The same with every tensor changed: moved to a device, say."""
        return _mapped(self, change)


def stack(states: Sequence[State]) -> State:
    """States of one size and with the same segments side by side; tokens are padded to the longest."""
    length = max(state.tokens.shape[1] for state in states)
    padded = [_padded(state, length - state.tokens.shape[1]) for state in states]
    context = zip(*(state.context for state in states), strict=True)
    joined = {
        field.name: torch.cat([getattr(state, field.name) for state in padded])
        for field in fields(State)
        if field.name not in {"video", "context"}
    }
    return State(_joined([state.video for state in states]), **joined, context=tuple(_joined(list(parts)) for parts in context))


def window(state: State, first: int, last: int) -> State:
    """The latent frames `first` to `last`, on a clock of their own.

    Keyframes outside the window are left out: they are met by windows of their own. Tokens that no frame of it reads go, too.
    """
    span = slice(first, last)
    times = state.video.times[:, span]
    read = state.text_mask[:, span].any((0, 1))
    parts = [_near(part, times) if part.role == "keyframe" else part for part in state.context]
    video = replace(
        state.video, latents=state.video.latents[:, :, span], sigma=state.video.sigma[:, span], times=times - times[:, :1]
    )
    return State(
        video=video,
        tokens=state.tokens[:, read],
        text_mask=state.text_mask[:, span][..., read],
        progress=state.progress[:, span][:, :, read],
        speech=state.speech[:, span],
        speech_mask=state.speech_mask[:, span],
        pose=state.pose[:, span],
        sketch=state.sketch[:, :, :, span],
        context=tuple(part for part in parts if part.times.shape[1]),
    )


def _near(part: Segment, times: Tensor) -> Segment:
    near = ((part.times > times[:, :1]) & (part.times <= times[:, -1:] + 1e-4)).all(0)
    return replace(part, latents=part.latents[:, :, near], sigma=part.sigma[:, near], times=part.times[:, near] - times[:, :1])


def _joined(parts: Sequence[Segment]) -> Segment:
    latents, sigma, times = (torch.cat([getattr(part, name) for part in parts]) for name in ("latents", "sigma", "times"))
    return replace(parts[0], latents=latents, sigma=sigma, times=times)


def _padded(state: State, more: int) -> State:
    tokens, mask, progress = pad(state.tokens, (0, more)), pad(state.text_mask, (0, more)), pad(state.progress, (0, 0, 0, more))
    return replace(state, tokens=tokens, text_mask=mask, progress=progress)


def _mapped(part: Part, change: Callable[[Tensor], Tensor]) -> Part:
    """A value with its tensors, and those of the values in it, changed."""

    def there(value: object) -> object:
        if isinstance(value, Tensor):
            return change(value)
        if isinstance(value, tuple):
            return tuple(there(one) for one in value)
        return _mapped(value, change) if isinstance(value, Segment) else value

    return replace(part, **{field.name: there(getattr(part, field.name)) for field in fields(part)})  # type: ignore[arg-type]  # each as it was
