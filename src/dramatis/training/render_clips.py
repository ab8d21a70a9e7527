"""Drawing clips for the transformer: shard after shard, in processes side by side, until there are enough or the time is over.

A shard is a function of its number, the repertoire and the encoder, so drawing can stop anywhere and go on later, on any number
of processes. First come shards of single frames, which show most looks for the least work; the others are clips. When the time is
over, shards that are not finished are given up, but for the very first one.
"""

import math
import multiprocessing
import time
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from dramatis.engines.voice_features import speech_features
from dramatis.models import codec as codecs
from dramatis.stage.play.script import Repertoire
from dramatis.take import Event, OnEvent
from dramatis.training.clips import write_shard
from dramatis.training.examples import sketched
from dramatis.training.filming import Shape, filmed, scene

SECONDS = 2.75
"""Of a scene."""
_SEED = 11


@dataclass(frozen=True)
class Plan:
    """What is drawn: `stills` shards of single frames, then `clips` shards of 33 frames; every `wide`-th is of a wide picture."""

    repertoire: Repertoire
    codec: Path
    speech: Path | None = None
    """Of the speech encoder that hears every second voice; None: features are the truth's."""
    channels: int = 512
    """Of the latents, the first ones, which the transformer makes."""
    stills: int = 6
    clips: int = 160
    of_stills: int = 256
    of_clips: int = 64
    side: int = 144
    breadth: int = 256
    wide: int = 10
    sketches: bool = False
    """Whether the lines of poses are drawn, too: three times as much on disk, and next to nothing left to do in a step."""

    def numbers(self) -> Iterable[int]:
        """Of the shards, in the order in which they are drawn."""
        return range(self.stills + self.clips)

    def name(self, number: int) -> str:
        """The file's name."""
        return f"{'stills' if number < self.stills else 'clips'}-{number:05d}.safetensors"


def draw(folder: Path, plan: Plan, minutes: float, workers: int, on_event: OnEvent) -> int:
    """Draw the shards that are missing, for some minutes; how many shards there are then."""
    end = time.time() + 60 * minutes
    missing = [number for number in plan.numbers() if not (folder / plan.name(number)).exists()]
    done = len(list(plan.numbers())) - len(missing)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        running: set[Future[bool]] = set()
        while running or (missing and time.time() < end):
            while missing and len(running) < workers and time.time() < end:
                until = end if done or running else math.inf
                running.add(pool.submit(partial(draw_shard, folder, plan, missing.pop(0), until)))
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            done += sum(future.result() for future in finished)
            on_event(Event("drawing", done, plan.stills + plan.clips, f"{done} shards"))
    return done


def draw_shard(folder: Path, plan: Plan, number: int, until: float = math.inf) -> bool:
    """Draw one shard, on one thread; whether it was finished by a time (seconds since 1970), else it is given up."""
    import torch

    torch.set_num_threads(1)
    codec = codecs.load(plan.codec)
    hear = None if plan.speech is None else speech_features(plan.speech)
    random = np.random.default_rng([_SEED, number])
    still = number < plan.stills
    count = plan.of_stills if still else plan.of_clips
    wide = number % plan.wide == plan.wide - 1
    size = (plan.breadth if wide else plan.side, plan.side)
    first = number * max(plan.of_stills, plan.of_clips)
    clips = []
    for index in range(first, first + count):
        if time.time() > until:
            return False
        start = float(random.uniform(0, SECONDS)) if still else 0.0
        shape = Shape(size, 1 if still else 33, start)
        clip = filmed(scene(plan.repertoire, index, SECONDS, hear), shape, codec, plan.channels, random)
        clips.append(sketched(clip, codec) if plan.sketches else clip)
    write_shard(folder / plan.name(number), clips)
    return True
