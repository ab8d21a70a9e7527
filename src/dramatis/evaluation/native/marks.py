"""Scores of one film against the ground truth: plain numbers that can be summed over cases.

A score is a sum and a count; a row of the table is their quotient. None if a case does not apply.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dramatis.evaluation.native.cases import CANVAS, Case, Condition
from dramatis.evaluation.native.reading import Reading
from dramatis.stage.play.script import ACTIONS, EMOTIONS

Curve = NDArray[np.float64]
Mask = NDArray[np.bool_]
SHIFTS = range(-4, 5)
"""Frames by which a mouth may follow its voice."""
_LIVELY = 0.02  # heads' heights: the least standard deviation of an opening that can be correlated
_AWAY, _BLEND = 2, 5  # frames around speech that are not silence, and in which an emotion is still coming
LOOKS = ("species", "hair", "hair_colour", "skin", "beard", "glasses", "clothes", "colour")


@dataclass(frozen=True)
class Mark:
    """`total` over `count`."""

    total: float = 0.0
    count: float = 0.0

    def __add__(self, other: "Mark") -> "Mark":
        return Mark(self.total + other.total, self.count + other.count)

    @property
    def value(self) -> float | None:
        """The mean; None if nothing was counted."""
        return self.total / self.count if self.count else None


Marks = dict[str, Mark]


def added(many: Iterable[Marks]) -> Marks:
    """Marks of several films together."""
    out: Marks = {}
    for marks in many:
        for name, mark in marks.items():
            out[name] = out.get(name, Mark()) + mark
    return out


def marks_of(shot: Case, seen: Reading) -> Marks:
    """The scores of a film of a case, by what was asked."""
    found = mouth(seen.opening, shot.truth.opening[:, 0].astype(np.float64), shot.truth.speaking[:, 0])
    if shot.kind == "words":
        found |= {"looks": looks(shot, seen, (*LOOKS, "set"))}
    if shot.kind == "portrait":
        found |= {"identity": looks(shot, seen, LOOKS)}
    return found | {"emotion": emotions(shot, seen), "action": actions(shot, seen), "camera": camera(shot, seen)}


def condition_of(mark: str) -> Condition:
    """The condition that a score tests: without it, the score is at chance level."""
    if mark in {"looks", "emotion", "action", "camera"}:
        return "words"
    return "portrait" if mark == "identity" else "frames" if mark == "ends" else "voice"


def mouth(seen: Curve, true: Curve, speaking: Mask) -> Marks:
    """Correlation with the truth, and at which shift it is largest; motion in silence as a share of the truth's in speech."""
    found: Marks = {}
    if speaking.any() and true.std() > _LIVELY:
        found["mouth"] = Mark(pearson(seen, true), 1)
        found |= {f"shift {shift:+d}": Mark(shifted(seen, true, shift), 1) for shift in SHIFTS}
    silent = ~near(speaking, _AWAY)
    quiet = silent[1:] & silent[:-1]
    if quiet.any():
        found["silent motion"] = Mark(float(np.abs(np.diff(seen))[quiet].sum()), float(quiet.sum()))
    if speaking.any():
        moving = speaking[1:] & speaking[:-1]
        found["spoken motion"] = Mark(float(np.abs(np.diff(true))[moving].sum()), float(moving.sum()))
    return found


def looks(shot: Case, seen: Reading, aspects: Sequence[str]) -> Mark:
    """Number of aspects that are as asked."""
    true = {"set": shot.script.place.set} | {name: getattr(shot.script.parts[0].person, name) for name in LOOKS}
    known = [name for name in aspects if name in seen.looks]
    return Mark(sum(seen.looks[name] == true[name] for name in known), len(known))


def emotions(shot: Case, seen: Reading) -> Mark:
    """Number of moods that most frames show, after their onset."""
    total = Mark()
    true = shot.truth.emotion[:, 0]
    for begin, end in stretches(true):
        shown = seen.emotions[min(begin + _BLEND, end - 1) : end]
        total += Mark(float(shown.count(EMOTIONS[true[begin]]) * 2 > len(shown)), 1)
    return total


def actions(shot: Case, seen: Reading) -> Mark:
    """Number of actions that are the most frequent reading during their span."""
    total = Mark()
    true = shot.truth.action[:, 0]
    for begin, end in stretches(true):
        if true[begin] >= 0:
            acted = [what for what in seen.actions[begin:end] if what != "none"]
            most = max(set(acted), key=acted.count) if len(acted) * 3 >= end - begin else "none"
            total += Mark(float(most == ACTIONS[true[begin]]), 1)
    return total


def camera(shot: Case, seen: Reading) -> Mark:
    """Whether the camera move is as asked."""
    return Mark(float(seen.camera == shot.script.camera.move), 1)


def stretches(values: NDArray[np.int16]) -> list[tuple[int, int]]:
    """Runs of equal values: (first, behind the last)."""
    edges = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
    return list(pairwise(edges))


def near(mask: Mask, reach: int) -> Mask:
    """Where the mask holds within so many frames."""
    padded = np.pad(mask, reach)
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).any(1)


def pearson(one: Curve, other: Curve) -> float:
    """Pearson's correlation; 0 for a curve that does not move."""
    one, other = one - one.mean(), other - other.mean()
    norm = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum() / norm) if norm > 1e-12 else 0.0


def shifted(seen: Curve, true: Curve, shift: int) -> float:
    """The correlation if the film is `shift` frames late."""
    late, early = max(shift, 0), max(-shift, 0)
    return pearson(seen[late : len(seen) - early], true[early : len(true) - late])


def lag(total: Marks) -> float | None:
    """Seconds by which mouths follow voices, where the mean correlation is largest."""
    values = [(total[f"shift {shift:+d}"].value or 0.0, shift) for shift in SHIFTS if f"shift {shift:+d}" in total]
    return max(values)[1] / CANVAS.rate.fps if values else None
