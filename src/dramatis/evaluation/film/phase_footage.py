"""What the phases of a film's production filmed: read from the report beside the film and from the vault.

A film exists several times: as clips, as clips with joins, and finished. `frames_after` plays any of them.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from dramatis.errors import BriefError, PictureError
from dramatis.media.still import Pixels
from dramatis.media.videos.video import read_clip
from dramatis.production.report import VERSION
from dramatis.runtime.vault import Vault

Phases = Sequence[dict[str, Any]]
"""The phases as the report has them (`production/report.py`)."""


@dataclass(frozen=True)
class _TakePart:
    """`count` frames of a take from its frame `first` on."""

    phase: dict[str, Any]
    take: dict[str, Any]
    first: int
    count: int


def phases_of(film: Path) -> Phases:
    """What the report beside a film says of its phases; raises `BriefError` without one."""
    report = film.with_suffix(".report.json")
    try:
        said = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        said = None
    if not isinstance(said, dict) or said.get("version") != VERSION:
        raise BriefError(f"{report} does not say what the phases of the film have filmed; make the film again.")
    return list(said["phases"])


def clip_of(take: dict[str, Any], phase: dict[str, Any], vault: Vault) -> Path:
    """The clip of a phase's take; raises `PictureError` if the vault has it no more."""
    path = vault.find(take["digest"])
    if path is None:
        raise PictureError(
            f'The clips of the phase "{phase["name"]}" are not in {vault.folder}: make the film again, '
            "or name the vault that it was made with, DRAMATIS_VAULT."
        )
    return path


def frames_after(phases: Phases, name: str, vault: Vault) -> Iterator[Pixels]:
    """The film's frames as they are after a phase, on its canvas, from the first on; they may reach beyond the film's end.

    What earlier phases filmed on the same canvas is shown where the phase itself filmed nothing new. Raises `PictureError`.
    """
    for part in _parts(phases, name):
        clip = read_clip(str(clip_of(part.take, part.phase, vault)))
        yield from islice(clip.frames, part.first, part.first + part.count)


def joins_of(takes: Sequence[dict[str, Any]]) -> list[int]:
    """The frames that neighbouring takes of a phase share."""
    return [after["first frame"] for before, after in pairwise(takes) if after["first frame"] > before["first frame"]]


def _parts(phases: Phases, name: str) -> Iterator[_TakePart]:
    number = [phase["name"] for phase in phases].index(name)
    shown: dict[int, tuple[int, int]] = {}  # by frame: the phase's number, the take's
    for earlier, phase in enumerate(phases[: number + 1]):
        if phase["canvas"] == phases[number]["canvas"]:
            for place, take in reversed(list(enumerate(phase["takes"]))):  # a shared frame is the earlier take's
                shown |= dict.fromkeys(range(take["first frame"], take["first frame"] + take["frames"]), (earlier, place))
    frames = sorted(shown)
    starts = [
        frame for before, frame in zip([None, *frames], frames, strict=False) if before is None or shown[before] != shown[frame]
    ]
    for start, end in pairwise([*starts, frames[-1] + 1]):
        phase = phases[shown[start][0]]
        take = phase["takes"][shown[start][1]]
        yield _TakePart(phase, take, start - take["first frame"], end - start)
