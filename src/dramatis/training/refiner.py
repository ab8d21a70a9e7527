"""Training of the refiner: films of the transformer against the truth that they should have been.

The transformer is begun from a new scene's truth at one of the noise levels that it visits, with the true pose sequence, and goes
on by itself: what it then gets wrong is what it gets wrong in films, and the truth beside it shows the same instant. Absolute
errors, of the picture and of its slopes in space and time (Mathieu et al. 2016), keep edges sharp where they are known.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn.functional import max_pool2d

from dramatis.conditioning import anchors, pose, speech, text
from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.grid import blank, by_latents
from dramatis.conditioning.mannequin import draw
from dramatis.engines.native.detail import coarse
from dramatis.engines.native.sample import Sampling, decode, sample
from dramatis.models.codec import Codec
from dramatis.models.refiner import Refiner, RefinerConfig
from dramatis.models.video_model import VideoModel
from dramatis.stage.play.script import NATIVE, Repertoire
from dramatis.stage.theatre import Theatre
from dramatis.take import Event, OnEvent
from dramatis.training.filming import FRAME_RATE, Scene, scene
from dramatis.training.loop import Figures, Trainer, warmed
from dramatis.training.pose_truth import true_pose
from dramatis.training.render_clips import SECONDS

Random = np.random.Generator
SIZE, FRAMES = (144, 144), 33
_SCENES = 1_000_000  # the number of the first one: none of the transformer's own


@dataclass(frozen=True)
class Recipe:
    """How the refiner is trained; `steps` is where its rate ends."""

    rate: float = 2e-3
    warm: int = 50
    steps: int = 4700
    films: int = 384
    """Of the transformer, made before training."""
    earliest: int = 4
    """Steps of the transformer's schedule that are left out at most, as many as all but one at least."""
    led: float = 0.5
    """How often a film's first frame is given."""
    batch: int = 4
    frames: int = 5
    clean: float = 0.1
    """How often the truth is shown, which must stay as it is."""
    slopes: float = 1.0
    """What errors of slopes weigh beside those of values."""
    lines: float = 3.0
    """What weighs more where there are lines."""


@dataclass(frozen=True, eq=False)
class VideoSampler:
    """What samples films: a video model and its codec, and what reads its scenes' words."""

    video_model: VideoModel
    codec: Codec
    encoders: Encoders
    how: Sampling = field(default_factory=Sampling)


@dataclass(frozen=True, eq=False)
class Pair:
    """A film of the transformer, the truth, `T 3 H W` of 0..255, and the pose sequence of both, `T N`."""

    sampled: Tensor
    truth: Tensor
    pose: Tensor


def pairs(folder: Path, by: VideoSampler, recipe: Recipe, on_event: OnEvent) -> list[Pair]:
    """The films of a recipe, of which those that are in `folder` are not made again."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number in range(recipe.films):
        path = folder / f"{number:05d}.safetensors"
        if not path.exists():
            write_pair(path, pair(number, by, recipe))
        found.append(read_pair(path))
        on_event(Event("filming", number + 1, recipe.films, f"{number + 1} of {recipe.films} films of the transformer"))
    return found


def write_pair(path: Path, film: Pair) -> None:
    """Keep a film, whole or not at all."""
    partial = path.with_suffix(".partial")
    save_file(vars(film), partial)
    partial.replace(path)


def read_pair(path: Path) -> Pair:
    """A film that was kept."""
    return Pair(**load_file(path))


def pair(number: int, by: VideoSampler, recipe: Recipe, repertoire: Repertoire = NATIVE) -> Pair:
    """A film of the scene of a number that only the refiner is trained on."""
    return film_of(scene(repertoire, _SCENES + number, SECONDS, None), by, recipe, np.random.default_rng([23, number]))


@torch.inference_mode()
def film_of(what: Scene, by: VideoSampler, recipe: Recipe, random: Random) -> Pair:
    """What the transformer makes of a scene's truth, begun at a noise level of its schedule."""
    film, seen = Theatre(what.script).film(SIZE, np.arange(FRAMES) * (FRAME_RATE.per / FRAME_RATE.frames))
    truth = torch.from_numpy(film).permute(0, 3, 1, 2)
    data = by.codec.encode(truth[None].float() / 127.5 - 1)
    poses = true_pose(seen, SIZE)
    whole = blank(FRAMES, FRAME_RATE, (data.shape[1], *data.shape[3:]))
    whole = text.apply(whole, what.clauses, by.encoders.tokenize, FRAME_RATE)
    whole = speech.apply(whole, what.voice, 0.0, FRAME_RATE)
    whole = anchors.apply(whole, data[:, :, :1] if random.random() < recipe.led else None)
    known = coarse(whole, by.video_model.channels)
    begun = known.at(data[:, : by.video_model.channels], known.video.sigma)
    begun = pose.apply(begun, torch.from_numpy(by_latents(poses))[None], by.codec.encode_lines)
    sigmas = by.how.sigmas[int(random.integers(recipe.earliest, by.how.steps)) :]
    noise = torch.from_numpy(random.standard_normal(begun.video.latents.shape[1:], np.float32))[None]
    device = by.video_model.std.device
    made = sample(by.video_model, begun.mapped(lambda one: one.to(device)), noise.to(device), by.how, sigmas)
    shown = torch.cat(list(decode([made.cpu()], whole, by.codec)), 1)[0]
    pixels = ((shown + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
    return Pair(pixels, truth.contiguous(), torch.from_numpy(poses))


def build_trainer(films: list[Pair], recipe: Recipe) -> Trainer[Refiner]:
    """A new refiner, the same each time."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, average = Refiner(RefinerConfig()), Refiner(RefinerConfig())
    batch = batches(films, recipe)
    return Trainer(model, average, _objective(batch, recipe), warmed(recipe.rate, recipe.warm, recipe.steps))


def continue_trainer(
    model: Refiner, batch: Callable[[int], tuple[Tensor, ...]], recipe: Recipe, rate: Callable[[int], float]
) -> Trainer[Refiner]:
    """A refiner that was trained before goes on, on its own device."""
    return Trainer(model, deepcopy(model), _objective(batch, recipe), rate)


def batches(films: list[Pair], recipe: Recipe) -> Callable[[int], tuple[Tensor, ...]]:
    """The batch of a step by its number: `_batch`."""
    return lambda number: _batch(films, recipe, np.random.default_rng([29, number]))


def _objective(batch: Callable[[int], tuple[Tensor, ...]], recipe: Recipe) -> Callable[[Refiner, int], tuple[Tensor, Figures]]:
    """The loss of a step, and for comparison that of films as they are."""

    def loss(model: Refiner, number: int) -> tuple[Tensor, Figures]:
        device = model.proj_in.weight.device
        shown, truth, lines = (part.to(device, non_blocking=True) for part in batch(number))
        with torch.autocast(device.type, torch.bfloat16):
            refined, _ = model(shown, lines)
        heavy = 1 + recipe.lines * max_pool2d(lines.abs().amax(2), 5, 1, 2)[:, :, None]
        wrong, before = (_wrong(film, truth, heavy, recipe.slopes) for film in (refined, shown))
        return wrong, {"before": float(before)}

    return loss


def _wrong(film: Tensor, truth: Tensor, heavy: Tensor, slopes: float) -> Tensor:
    """Weighted absolute errors of films `B T 3 H W` and of their slopes in time and space."""
    apart = film - truth
    value = (heavy * apart.abs()).mean()
    for axis in (1, 3, 4):
        kept = heavy.narrow(axis, 1, heavy.shape[axis] - 1)
        value = value + slopes / 3 * (kept * apart.diff(dim=axis).abs()).mean()
    return value


def _batch(films: list[Pair], recipe: Recipe, random: Random) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces of films, of the truth, and their lines, `B T C H W` in -1..1."""
    shown, truths, lines = [], [], []
    for place in random.integers(0, len(films), recipe.batch):
        film = films[place]
        start = int(random.integers(0, len(film.sampled) - recipe.frames + 1))
        piece = slice(start, start + recipe.frames)
        truths.append(film.truth[piece])
        shown.append(film.truth[piece] if random.random() < recipe.clean else film.sampled[piece])
        lines.append(torch.from_numpy(draw(film.pose[piece].numpy(), SIZE)))
    signals = [torch.stack(pixels).float() / 127.5 - 1 for pixels in (shown, truths)]
    return signals[0], signals[1], torch.stack(lines)
