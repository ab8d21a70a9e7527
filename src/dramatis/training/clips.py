"""Clips of the stage, encoded once: shards of safetensors that training reads whole.

A shard holds clips of one size. What a network may be given of a clip is in it: its latents, pictures of it (its last frame, a
reference of its character, each also degraded as generated pictures are), its voice's features, its words, its pose sequence, and
where mouths and other signs of what it shows are.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from dramatis.clock import Rate, Span
from dramatis.conditioning.words import CaptionClause
from dramatis.errors import BriefError

STILLS = ("first degraded", "last", "last degraded", "reference", "reference degraded")
"""Pictures that are kept of a clip, in this order."""
_TENSORS = ("latents", "stills", "voice", "mouth", "signs", "pose")
_SKETCH = "sketch"


@dataclass(frozen=True, eq=False)
class Clip:
    """One clip: `latents` `C T H W`, `stills` `len(STILLS) C H W`, `voice` `N F` at 50 Hz from `voice_start` seconds on,
    `mouth` and `signs` `T H W` in 0..1 (how much of each latent is mouth; eye, brow or hand), `pose` `frames N`
    (`models/pose_sequence.py`); its words at the clip's own times. `sketch` `LAYERS C T H W` are the lines of its poses in
    latents, where they were drawn ahead; None: they are drawn for every step.
    """

    latents: Tensor
    stills: Tensor
    voice: Tensor
    mouth: Tensor
    signs: Tensor
    pose: Tensor
    clauses: tuple[CaptionClause, ...]
    rate: Rate
    voice_start: float
    sketch: Tensor | None = None

    def still(self, name: str) -> Tensor:
        """`C 1 H W`, a picture by its name in `STILLS`."""
        return self.stills[STILLS.index(name)][:, None].float()


def write_shard(path: Path, clips: Sequence[Clip]) -> None:
    """Write clips of one size and length, all or nothing; latents in half precision."""
    tensors = {
        "latents": torch.stack([clip.latents for clip in clips]).half().contiguous(),
        "stills": torch.stack([clip.stills for clip in clips]).half().contiguous(),
        "voice": torch.stack([clip.voice for clip in clips]).half(),
        "mouth": (torch.stack([clip.mouth for clip in clips]) * 255).round().to(torch.uint8),
        "signs": (torch.stack([clip.signs for clip in clips]) * 255).round().to(torch.uint8),
        "pose": torch.stack([clip.pose for clip in clips]).contiguous(),
    }
    if sketches := [clip.sketch for clip in clips if clip.sketch is not None]:
        tensors[_SKETCH] = torch.stack(sketches).half().contiguous()
    words = [[[clause.words, clause.span and [clause.span.start, clause.span.end]] for clause in clip.clauses] for clip in clips]
    rate, start = clips[0].rate, clips[0].voice_start
    header = {"words": words, "rate": [rate.frames, rate.per], "voice_start": start}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    save_file(tensors, partial, {"clips": json.dumps(header, ensure_ascii=False)})
    partial.replace(path)


def read_shard(path: Path) -> list[Clip]:
    """The clips of a shard; raises `BriefError` if it is of another version."""
    with safe_open(path, "pt") as file:
        if missing := sorted(set(_TENSORS) - set(file.keys())):
            raise BriefError(
                f"{path} has no {missing[0]}: it was drawn by another version; delete it and draw again (runs/native.sh)."
            )
        names = [*_TENSORS, *({_SKETCH} & set(file.keys()))]
        tensors = {name: file.get_tensor(name) for name in names}
        header: dict[str, Any] = json.loads(file.metadata()["clips"])
    rate, start = Rate(*header["rate"]), float(header["voice_start"])
    clips = []
    for number, words in enumerate(header["words"]):
        clauses = tuple(CaptionClause(text, span and Span(*span)) for text, span in words)
        clips.append(Clip(clauses=clauses, rate=rate, voice_start=start, **{name: of[number] for name, of in tensors.items()}))
    return clips


Buckets = dict[tuple[int, int, int], list[Clip]]
"""Clips by the frames, rows and columns of their latents."""


def read_clips(folder: Path) -> Buckets:
    """All clips of a folder's shards; raises `BriefError` if there are none."""
    clips: Buckets = {}
    for path in sorted(folder.glob("*.safetensors")):
        for clip in read_shard(path):
            _, frames, rows, columns = clip.latents.shape
            clips.setdefault((frames, rows, columns), []).append(clip)
    if not clips:
        raise BriefError(f"There are no clips in {folder} to train on: draw some first (runs/native.sh).")
    return clips
