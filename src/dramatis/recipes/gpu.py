"""The prepared training for minutes of one GPU (`runs/gpu.sh`): the native model goes on from the shipped weights, on all that
the stage draws with one person or two.

It ends by the clock, whatever the machine: each step has a share of the minutes. Processes draw clips ahead, lines of poses
and all, and go on beside the transformer, which takes what there is. A step that fails costs no other; what failed is raised at
the end. Without a GPU the same steps run in small, as a trial.
"""

import multiprocessing
import shutil
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch

from dramatis.errors import EngineError
from dramatis.media.digests import digest_of
from dramatis.media.pictures.picture_files import write_still
from dramatis.models import codec as codecs
from dramatis.models import interpolator as interpolators
from dramatis.models import motion_model as motion_models
from dramatis.models import refiner as refiners
from dramatis.models import upscaler as upscalers
from dramatis.models import video_model as video_models
from dramatis.models.headers import WEIGHTS
from dramatis.recipes.gpu_report import figures, sheet
from dramatis.recipes.training import CLIPS, TRANSFORMER, reading, trained
from dramatis.runtime.environment import cores
from dramatis.stage.play.captions import vocabulary
from dramatis.stage.play.script import EMOTIONS, WHOLE
from dramatis.take import Event, OnEvent
from dramatis.training import interpolator, motion_model, refiner, transformer, upscaler
from dramatis.training.clips import read_clips
from dramatis.training.continuation import widened_motion_model, widened_video_model
from dramatis.training.examples import TaskMix
from dramatis.training.large_pairs import LargePairFile, Maker, large_pair, write_large_pair
from dramatis.training.loop import clocked
from dramatis.training.prefetch import Prefetch, Reread
from dramatis.training.render_clips import Plan, draw

REPERTOIRE = replace(WHOLE, most_cast=2, most_active=1)
"""One person, or two of whom one listens: a pose sequence is of one person (docs/decisions/0003-the-native-model.md)."""
ENDS = {
    "ahead": 0.11,
    "transformer": 0.52,
    "motion": 0.59,
    "films": 0.66,
    "refiner": 0.73,
    "large films": 0.82,
    "upscaler": 0.90,
    "interpolator": 0.96,
    "sheet": 1.0,
}
"""By which share of the minutes each step has ended."""
_START = 8.0  # s that were over before the first line ran
_AGAIN = 40.0  # s after which clips are read again
_RATE, _WARM = 4e-4, 100  # of networks that were trained before


@dataclass(frozen=True)
class Scale:
    """How much at once: clips of a shard and of all, tokens of the transformer's batch, clips and pieces of the others'."""

    shard: int
    clips: int
    tokens: int
    motion: int
    pieces: int


SCALES = {"cuda": Scale(16, 10_240, 12_000, 192, 16), "cpu": Scale(1, 256, 800, 12, 2)}


@dataclass(frozen=True)
class Run:
    """A run: its folder, when it began (seconds since 1970), its length in minutes, its device, and who is told."""

    folder: Path
    begun: float
    minutes: float
    device: str
    on_event: OnEvent

    @property
    def scale(self) -> Scale:
        """How much at once."""
        return SCALES[self.device]

    def left(self, step: str) -> float:
        """The minutes until a step has to end."""
        return max(0.0, (self.begun - time.time()) / 60 + ENDS[step] * self.minutes)

    def rate(self, step: str) -> Callable[[int], float]:
        """The rate of a network that was trained before, until a step has to end."""
        return clocked(_RATE, _WARM, 60 * self.left(step))

    def path(self, name: str) -> Path:
        """Of a network's weights."""
        return self.folder / f"{name}.safetensors"

    def prefetched(self, make: Callable[[int], Any], but: int = 1) -> Prefetch[Any]:
        """Batches, on a GPU by other processes on all cores `but` some."""
        return Prefetch(make, max(1, cores() - but) if self.device == "cuda" else 0)


def go_on(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """Run all steps; the folder then holds all weights of a native engine, `losses.txt` and `sheet.png`.

    Raises `EngineError` at the end if a step failed.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    run = Run(folder, time.time() - _START, minutes, device, on_event)
    torch.set_float32_matmul_precision("high")
    folder.mkdir(parents=True, exist_ok=True)
    for weights in WEIGHTS.glob("*.safetensors"):
        shutil.copy(weights, folder)
    steps = {
        "transformer": _transformer,
        "motion": _motion,
        "refiner": _refiner,
        "upscaler": _upscaler,
        "interpolator": _interpolator,
        "sheet": _sheet,
    }
    drawing = _drawing(run)
    failed = [f"{name} ({fault})" for name, step in steps.items() if (fault := _fault_of(step, run))]
    drawing.join()
    told = figures(folder, tuple(steps))
    (folder / "losses.txt").write_text(told)
    on_event(Event("training", minutes, minutes, told))
    if failed:
        raise EngineError(f"Not all steps of the training went through: {'; '.join(failed)}. What did lies in {folder}.")


def _fault_of(step: Callable[[Run], None], run: Run) -> str:
    """What went wrong in a step, told with its trace, as one line; "" if nothing did."""
    try:
        step(run)
    except Exception as fault:  # whatever it is, the minutes of the other steps are not lost; it is told, and raised in the end
        run.on_event(Event("training", 0.0, run.minutes, traceback.format_exc()))
        return f"{type(fault).__name__}: {fault}"
    return ""


def _drawing(run: Run) -> multiprocessing.process.BaseProcess:
    """Draw clips on all cores for a while; the process that goes on on some of them, until the transformer is nearly done."""
    plan = Plan(
        REPERTOIRE,
        run.path("codec"),
        run.path("speech"),
        stills=0,
        clips=run.scale.clips // run.scale.shard,
        of_clips=run.scale.shard,
        sketches=True,
    )
    draw(run.folder / CLIPS, plan, run.left("ahead"), max(1, cores() - 1), run.on_event)
    task = (run.folder / CLIPS, plan, max(0.0, run.left("transformer") - 0.05 * run.minutes), max(1, cores() // 3), _unheard)
    process = multiprocessing.get_context("spawn").Process(target=draw, args=task)
    process.start()
    return process


def _unheard(_event: Event) -> None:
    """Progress beside that of the transformer."""


def _transformer(run: Run) -> None:
    """The transformer, on the clips that there are by each step."""
    shipped = video_models.load()
    cues = (*EMOTIONS, *REPERTOIRE.actions, *REPERTOIRE.cameras)
    model = widened_video_model(shipped, vocabulary(), cues, read_clips(run.folder / CLIPS)).to(run.device)
    recipe = transformer.Recipe(mix=TaskMix(tokens=run.scale.tokens))
    codec, words = codecs.load(run.path("codec")), reading(model.config.text)

    def read() -> Callable[[int], transformer.Batch]:
        batch = transformer.batches(read_clips(run.folder / CLIPS), words, codec, recipe)
        return lambda number: batch(number).half()

    batch = run.prefetched(Reread(read, _AGAIN), 1 + cores() // 3)
    trainer = transformer.continue_trainer(model, batch, recipe, run.rate("transformer"))
    trained(trainer, run.folder / TRANSFORMER, run.left("transformer"), run.on_event)


def _motion(run: Run) -> None:
    """The motion model: the words of the transformer, and poses of all actions."""
    clips, video_model = read_clips(run.folder / CLIPS), video_models.load(run.path(TRANSFORMER))
    model = widened_motion_model(motion_models.load(), video_model).to(run.device)
    recipe = motion_model.Recipe(batch=run.scale.motion, pictures=run.scale.motion)
    batch = run.prefetched(motion_model.batches(clips, reading(video_model.config.text), recipe))
    trainer = motion_model.continue_trainer(model, batch, recipe, run.rate("motion"))
    trained(trainer, run.folder / "motion", run.left("motion"), run.on_event)


def _refiner(run: Run) -> None:
    """The refiner, on what the transformer, as it is now, makes of new scenes."""
    films = [refiner.read_pair(path) for path in _filmed(run, "pairs", "films")]
    recipe = refiner.Recipe(batch=run.scale.pieces)
    batch = run.prefetched(refiner.batches(films, recipe))
    trainer = refiner.continue_trainer(refiners.load().to(run.device), batch, recipe, run.rate("refiner"))
    trained(trainer, run.folder / "refiner", run.left("refiner"), run.on_event)


def _upscaler(run: Run) -> None:
    """The upscaler, on refined films beside the large truth."""
    files = [LargePairFile(path) for path in _filmed(run, "large", "large films")]
    model, recipe = upscalers.load().to(run.device), upscaler.Recipe(batch=run.scale.pieces)
    batch = run.prefetched(upscaler.batches(files, recipe, model.config.reach))
    trainer = upscaler.continue_trainer(model, batch, recipe, run.rate("upscaler"))
    trained(trainer, run.folder / "upscaler", run.left("upscaler"), run.on_event)


def _interpolator(run: Run) -> None:
    """The interpolator, on the same films."""
    files = [LargePairFile(path) for path in _filmed(run, "large", "large films")]
    model, recipe = interpolators.load().to(run.device), interpolator.Recipe(batch=run.scale.pieces)
    trainer = interpolator.continue_trainer(
        model, run.prefetched(interpolator.batches(files, recipe)), recipe, run.rate("interpolator")
    )
    trained(trainer, run.folder / "interpolator", run.left("interpolator"), run.on_event)


def _filmed(run: Run, kind: str, step: str) -> list[Path]:
    """Films of the transformer as it is now, of one kind ("pairs" or "large"), made side by side until a step has to end."""
    kept = run.folder / kind / digest_of(run.path(TRANSFORMER).read_bytes())
    kept.mkdir(parents=True, exist_ok=True)
    workers, end = max(1, cores() - 1), time.time() + 60 * run.left(step)
    if run.left(step) > 0 or not any(kept.glob("*.safetensors")):
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
            list(pool.map(partial(_film, run.folder, kept, run.device, (workers, end)), range(workers)))
    return sorted(kept.glob("*.safetensors"))


def _film(folder: Path, kept: Path, device: str, until: tuple[int, float], first: int) -> None:
    """Film scenes in a process of its own: every so many-th from the first on, at least one, until a time."""
    torch.set_num_threads(1)
    model = video_models.load(folder / f"{TRANSFORMER}.safetensors").to(device)
    by = refiner.VideoSampler(model, codecs.load(folder / "codec.safetensors"), reading(model.config.text))
    maker = Maker(by, refiners.load(folder / "refiner.safetensors"))
    stride, end = until
    number = first
    while number == first or time.time() < end:
        path = kept / f"{number:05d}.safetensors"
        if not path.exists() and kept.parent.name == "pairs":
            refiner.write_pair(path, refiner.pair(number, by, refiner.Recipe(), REPERTOIRE))
        elif not path.exists():
            write_large_pair(path, large_pair(number, "train", maker, REPERTOIRE))
        number += stride


def _sheet(run: Run) -> None:
    """Frames of films of held-out scenes with the new weights."""
    write_still(sheet(run.folder, REPERTOIRE, time.time() + 60 * run.left("sheet")), str(run.folder / "sheet.png"))
