"""Scores of one film against the ground truth: plain numbers that can be summed over cases.

A score is a sum and a count; a row of the table is their quotient. None if a case does not apply.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dramatis.evaluation.native.cases import CANVAS, Condition, StageCase
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
class Metric:
    """`total` over `count`."""

    total: float = 0.0
    count: float = 0.0

    def __add__(self, other: "Metric") -> "Metric":
        return Metric(self.total + other.total, self.count + other.count)

    @property
    def value(self) -> float | None:
        """The mean; None if nothing was counted."""
        return self.total / self.count if self.count else None


Metrics = dict[str, Metric]


def added(many: Iterable[Metrics]) -> Metrics:
    """Marks of several films together."""
    out: Metrics = {}
    for metrics in many:
        for name, metric in metrics.items():
            out[name] = out.get(name, Metric()) + metric
    return out


def metrics_of(shot: StageCase, seen: Reading) -> Metrics:
    """The scores of a film of a case, by what was asked."""
    found = mouth(seen.opening, shot.truth.opening[:, 0].astype(np.float64), shot.truth.speaking[:, 0])
    if shot.kind == "words":
        found |= {"looks": looks(shot, seen, (*LOOKS, "set"))}
    if shot.kind == "portrait":
        found |= {"identity": looks(shot, seen, LOOKS)}
    return found | {"emotion": emotions(shot, seen), "action": actions(shot, seen), "camera": camera(shot, seen)}


def condition_of(metric: str) -> Condition:
    """The condition that a score tests: without it, the score is at chance level."""
    if metric in {"looks", "emotion", "action", "camera"}:
        return "words"
    return "portrait" if metric == "identity" else "frames" if metric == "ends" else "voice"


def mouth(seen: Curve, true: Curve, speaking: Mask) -> Metrics:
    """Correlation with the truth, and at which shift it is largest; motion in silence as a share of the truth's in speech."""
    found: Metrics = {}
    if speaking.any() and true.std() > _LIVELY:
        found["mouth"] = Metric(pearson(seen, true), 1)
        found |= {f"shift {shift:+d}": Metric(shifted(seen, true, shift), 1) for shift in SHIFTS}
    silent = ~near(speaking, _AWAY)
    quiet = silent[1:] & silent[:-1]
    if quiet.any():
        found["silent motion"] = Metric(float(np.abs(np.diff(seen))[quiet].sum()), float(quiet.sum()))
    if speaking.any():
        moving = speaking[1:] & speaking[:-1]
        found["spoken motion"] = Metric(float(np.abs(np.diff(true))[moving].sum()), float(moving.sum()))
    return found


def looks(shot: StageCase, seen: Reading, aspects: Sequence[str]) -> Metric:
    """Number of aspects that are as asked."""
    true = {"set": shot.script.place.set} | {name: getattr(shot.script.parts[0].person, name) for name in LOOKS}
    known = [name for name in aspects if name in seen.looks]
    return Metric(sum(seen.looks[name] == true[name] for name in known), len(known))


def emotions(shot: StageCase, seen: Reading) -> Metric:
    """Number of moods that most frames show, after their onset."""
    total = Metric()
    true = shot.truth.emotion[:, 0]
    for begin, end in stretches(true):
        shown = seen.emotions[min(begin + _BLEND, end - 1) : end]
        total += Metric(float(shown.count(EMOTIONS[true[begin]]) * 2 > len(shown)), 1)
    return total


def actions(shot: StageCase, seen: Reading) -> Metric:
    """Number of actions that are the most frequent reading during their span."""
    total = Metric()
    true = shot.truth.action[:, 0]
    for begin, end in stretches(true):
        if true[begin] >= 0:
            acted = [what for what in seen.actions[begin:end] if what != "none"]
            most = max(set(acted), key=acted.count) if len(acted) * 3 >= end - begin else "none"
            total += Metric(float(most == ACTIONS[true[begin]]), 1)
    return total


def camera(shot: StageCase, seen: Reading) -> Metric:
    """Whether the camera move is as asked."""
    return Metric(float(seen.camera == shot.script.camera.move), 1)


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


def lag(total: Metrics) -> float | None:
    """Seconds by which mouths follow voices, where the mean correlation is largest."""
    values = [(total[f"shift {shift:+d}"].value or 0.0, shift) for shift in SHIFTS if f"shift {shift:+d}" in total]
    return max(values)[1] / CANVAS.rate.fps if values else None
