"""The training of the speech encoder on the stage's voices: truth from phones, recordings spoiled in every way we know.

Examples are made while it trains, from a pool of lines, so that none is seen twice in the same way.
"""

import functools
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from dramatis.models.speech_encoder import SpeechConfig, SpeechEncoder
from dramatis.speech.mouthshapes import MOUTH, SAMPLE_RATE, SHAPES, SPEECH_COLUMN, Features, Phone, loudness_of, truth_features
from dramatis.stage.people.mouths import mouth_track
from dramatis.stage.sound import flite, singing, voices
from dramatis.stage.sound.augmentation import augmented
from dramatis.training.loop import Figures, Trainer, warmed

SECONDS, BATCH = 2.56, 8
STEPS = 3800
"""For which the rate is planned."""
_PEAK_RATE, _WARM = 1.5e-3, 60
_HUMAN, _SUNG = 0.3, 0.08  # shares of flite's lines (where it is installed) and of singing
_POOL = 3000  # lines that come again and again, each time spoiled in another way: to speak costs more than to learn
_LIPS = torch.tensor([2.0, 1.0, 1.0, 1.0, 2.0, 1.0, 1.0, 0.5])  # weights of the mouth's channels
_RARE = torch.tensor([0.6, 1.3, 1.4, 0.9, 0.9, 1.0, 0.8, 1.0, 1.1, 1.1, 1.2, 0.7, 0.9, 1.4])  # of the shapes


@dataclass(frozen=True, eq=False)
class Example:
    """A piece of a recording and its truth: `N` samples, `T 24` features."""

    samples: NDArray[np.float32]
    features: Features


def example(number: int, split: voices.Split = "train", seed: int = 0) -> Example:
    """The example of a number: one or two lines with silence around them, at another speed, spoiled."""
    draw = np.random.default_rng([seed, voices.SPLITS.index(split), number, 29])
    count = round(SECONDS * SAMPLE_RATE)
    samples, phones, at = np.zeros(2 * count, np.float32), list[Phone](), round(draw.uniform(-1.2, 0.5) * SAMPLE_RATE)
    while at < count:
        line = _line(split, draw)
        said, spoken = _faster(line.sound.samples[:, 0], line.phones, draw.uniform(0.84, 1.2))
        first, last = max(0, at), min(2 * count, at + len(said))
        samples[first : max(first, last)] += said[first - at : max(first, last) - at]
        phones += [(label, start + at / SAMPLE_RATE, end + at / SAMPLE_RATE) for label, start, end in spoken]
        at += len(said) + round(draw.exponential(0.25) * SAMPLE_RATE)
    samples = samples[:count]
    truth = truth_features(phones, mouth_track(phones, SECONDS), loudness_of(samples))
    return Example(augmented(samples, draw), truth)


def _line(split: voices.Split, draw: np.random.Generator) -> voices.VoiceLine:
    kind, index = draw.random(), int(draw.integers(_POOL))
    if kind < _SUNG:
        return _kept("sung", index // 40, split)
    if kind < _SUNG + _HUMAN and flite.available():
        return _kept("recorded", index // 8, split)
    return _kept("spoken", index, split)


@functools.lru_cache(maxsize=2 * _POOL)
def _kept(kind: str, index: int, split: voices.Split) -> voices.VoiceLine:
    if kind == "sung":
        return singing.line(index, split)
    return flite.line(index, split) if kind == "recorded" else voices.line(index, split)


def _faster(
    samples: NDArray[np.float32], phones: tuple[Phone, ...], speed: float
) -> tuple[NDArray[np.float32], tuple[Phone, ...]]:
    """As a tape that runs at another speed: pitch and formants move with it, as between a child and a man."""
    at = np.arange(0, len(samples) - 1, speed)
    faster = np.interp(at, np.arange(len(samples)), samples).astype(np.float32)
    return faster, tuple((label, start / speed, end / speed) for label, start, end in phones)


def batch(number: int) -> tuple[Tensor, Tensor]:
    """`B N` samples and `B T 24` features of a step."""
    examples = [example(number * BATCH + k) for k in range(BATCH)]
    samples, features = ([getattr(one, name) for one in examples] for name in ("samples", "features"))
    return torch.from_numpy(np.stack(samples)), torch.from_numpy(np.stack(features))


def objective(model: SpeechEncoder, number: int) -> tuple[Tensor, Figures]:
    """Cross-entropies of mouth, shapes and speech, against what is true."""
    samples, truth = batch(number)
    with torch.autocast("cpu", torch.bfloat16):
        logits = model.logits(samples).float()
    mouth, shapes, speech = torch.split(logits, [len(MOUTH), len(SHAPES), 1], -1)
    known = truth[..., len(MOUTH) : len(MOUTH) + len(SHAPES)]
    lips = (functional.binary_cross_entropy_with_logits(mouth, truth[..., : len(MOUTH)], reduction="none") * _LIPS).mean()
    classes = (-(known * _RARE * shapes.log_softmax(-1)).sum(-1)).mean()
    active = functional.binary_cross_entropy_with_logits(speech[..., 0], truth[..., SPEECH_COLUMN])
    right = (shapes.argmax(-1) == known.argmax(-1)).float().mean()
    return 2 * lips + classes + 0.3 * active, {
        "lips": float(lips.detach()),
        "shapes": float(classes.detach()),
        "right": float(right),
    }


def build_trainer(config: SpeechConfig | None = None, steps: int = STEPS) -> Trainer[SpeechEncoder]:
    """A fresh encoder with its optimiser."""
    torch.manual_seed(1)
    chosen = config or SpeechConfig()
    return Trainer(SpeechEncoder(chosen), SpeechEncoder(chosen), objective, warmed(_PEAK_RATE, _WARM, steps))
