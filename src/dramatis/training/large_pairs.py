"""What upscaler and interpolator learn from: films of the native model, and the large truth at some of their instants.

A film is made as the refiner's (`training/refiner.py`), and refined. The same scene is drawn again at eight times the size, for
pairs of neighbouring frames, and at four times the size between them. Frames are kept as they are: a step reads a
small piece of each.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from dramatis.conditioning.mannequin import draw
from dramatis.models.refiner import Refiner
from dramatis.stage.play.script import NATIVE, Repertoire
from dramatis.stage.sound.voices import Split
from dramatis.stage.theatre import Theatre
from dramatis.take import Event, OnEvent
from dramatis.training import refiner
from dramatis.training.filming import FRAME_RATE, Scene, scene
from dramatis.training.refiner import FRAMES, SIZE, VideoSampler
from dramatis.training.render_clips import SECONDS

SCALE, BETWEEN_SCALE = 8, 4
"""Of the large truth, and of that between two frames."""
STEPS = 4
"""Frames of 48 a second for one of 12."""
INTERVALS = 3
_SCENES = 2_000_000  # the number of the first one: none that another network is trained on
_AT_ONCE = 8  # films that a worker makes with the networks that it has loaded


@dataclass(frozen=True, eq=False)
class Maker:
    """What makes films: what samples them, and the refiner of what it samples."""

    sampler: VideoSampler
    refiner: Refiner


@dataclass(frozen=True)
class LargePairFile:
    """A film on disk: `sampled` and `truth`, `T 3 H W`; for the intervals that begin with the frames `starts`, `K`: `large`,
    `K 2 H W 3` of eight times the size, and `between`, `K 3 H W 3` of four times the size at 1/4, 1/2 and 3/4 of the way; 0..255.
    """

    path: Path

    def whole(self, name: str) -> Tensor:
        """One of the tensors."""
        with safe_open(self.path, "pt") as file:
            return file.get_tensor(name)

    def piece(self, name: str, interval: int, rows: slice, columns: slice) -> Tensor:
        """Part of the pictures of an interval, `n 3 h w`."""
        with safe_open(self.path, "pt") as file:
            return file.get_slice(name)[interval : interval + 1, :, rows, columns][0].permute(0, 3, 1, 2)


def large_pairs(folder: Path, count: int, maker: Callable[[], Maker], workers: int, on_event: OnEvent) -> list[LargePairFile]:
    """So many films, made side by side by workers; those that are in `folder` are not made again."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [LargePairFile(folder / f"{number:05d}.safetensors") for number in range(count)]
    missing = [(number, pair.path) for number, pair in enumerate(found) if not pair.path.exists()]
    done = count - len(missing)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        batches = (missing[first : first + _AT_ONCE] for first in range(0, len(missing), _AT_ONCE))
        waiting = [pool.submit(partial(_write, maker, batch)) for batch in batches]
        for future in as_completed(waiting):
            done += future.result()
            on_event(Event("filming", done, count, f"{done} of {count} films of the native model"))
    return found


def _write(maker: Callable[[], Maker], batch: Sequence[tuple[int, Path]]) -> int:
    """Make some films with networks that are loaded for them; how many they are."""
    torch.set_num_threads(1)
    made_by = maker()
    for number, path in batch:
        write_large_pair(path, large_pair(number, "train", made_by))
    return len(batch)


def write_large_pair(path: Path, tensors: dict[str, Tensor]) -> None:
    """Keep a film, whole or not at all."""
    partly = path.with_suffix(".partial")
    save_file(tensors, partly)
    partly.replace(path)


def large_pair(number: int, split: Split, maker: Maker, repertoire: Repertoire = NATIVE) -> dict[str, Tensor]:
    """The tensors of a `LargePairFile`, of the scene of a number and a split."""
    random = np.random.default_rng([31, number])
    what = scene(repertoire, _SCENES + number, SECONDS, None, split)
    sampled, truth = refined_film(what, maker, random)
    starts = np.sort(random.choice(FRAMES - 1, INTERVALS, replace=False))
    large = drawn(what, SCALE, (starts[:, None] + np.arange(2)).ravel())
    between = drawn(what, BETWEEN_SCALE, (starts[:, None] + np.arange(1, STEPS) / STEPS).ravel())
    return {
        "sampled": sampled,
        "truth": truth,
        "starts": torch.from_numpy(starts),
        "large": torch.unflatten(torch.from_numpy(large), 0, (INTERVALS, 2)),
        "between": torch.unflatten(torch.from_numpy(between), 0, (INTERVALS, STEPS - 1)),
    }


@torch.inference_mode()
def refined_film(what: Scene, maker: Maker, random: np.random.Generator) -> tuple[Tensor, Tensor]:
    """A film of the native model as its engine shows it, and the truth, `T 3 H W` of 0..255."""
    film = refiner.film_of(what, maker.sampler, refiner.Recipe(), random)
    lines = torch.from_numpy(draw(film.pose.numpy(), SIZE))
    shown, _ = maker.refiner(film.sampled[None].float() / 127.5 - 1, lines[None])
    return ((shown[0] + 1) * 127.5).round().to(torch.uint8).contiguous(), film.truth


def drawn(what: Scene, scale: int, frames: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The truth at so many times the size, at frames of the film, which may lie between two, `n H W 3`."""
    return film_at(what, (SIZE[0] * scale, SIZE[1] * scale), frames)


def film_at(what: Scene, size: tuple[int, int], frames: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The truth at a size (width, height), at frames of the film, which may lie between two, `n H W 3`."""
    return Theatre(what.script, detailed=False).film(size, frames * (FRAME_RATE.per / FRAME_RATE.frames))[0]
