"""What weights are, and a few short takes with them: for `dramatis doctor`."""

import time
from collections.abc import Iterator
from dataclasses import replace
from math import prod

import numpy as np
import torch

from dramatis.clock import Rate, Span
from dramatis.engines.wan.engine import WanEngine
from dramatis.engines.wan.limits import FACTS
from dramatis.engines.wan.memory import MemoryPlan, transformer_gigabytes, working_gigabytes
from dramatis.engines.wan.parallel_degrees import degrees_for
from dramatis.errors import EngineError
from dramatis.media.face import Face
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.models.published.identify import PublishedWeights, merged
from dramatis.models.published.loading import check
from dramatis.models.published.tensor_files import open_file
from dramatis.story import Canvas, Direction
from dramatis.take import Look, Role, Take

SMALL, LARGE = (256, 256), (832, 480)
_SLOW = 2.0  # GB of a transformer that a processor alone can be asked to try
_RATE = 16_000


def description(weights: PublishedWeights) -> str:
    """What the weights are, in a line."""
    numbers = sum(prod(one.shape) for one in merged(open_file(path) for path in weights.experts[0]).values()) / 1e9
    many = f"{len(weights.experts)} transformers of" if len(weights.experts) > 1 else "a transformer of"
    changed = f", with {len(weights.loras)} LoRA" if weights.loras else ""
    return f"{weights.family.title}: {many} {numbers:.2g} billion numbers in {weights.storage}, {weights.layout} layout{changed}"


def abilities(weights: PublishedWeights) -> str:
    """What can be filmed with them."""
    facts = FACTS[weights.family]
    ends = {
        "none": "no given frames",
        "first": "a given first frame",
        "ends": "given first and last frames",
        "any": "given frames",
    }
    voices = {0: "no voices", 1: "one voice"}.get(facts.voices, f"{facts.voices} voices at once, each in its own region")
    longest = (facts.most_frames - 1) / facts.fps
    windows = f"takes of up to {longest:.0f} s in windows of {facts.window}"
    return f"{facts.fps:g} frames a second, {windows}, {ends[facts.anchors]}, {voices}"


def placement(weights: PublishedWeights, plan: MemoryPlan, gigabytes: float | None) -> str:
    """What lies where; all figures but those of files are estimates."""
    lies = {"all": "all on the card", "one": "one network on the card at a time", "blocks": "the transformer block by block"}
    card = "what is free of the card (DRAMATIS_MEMORY limits it)" if gigabytes is None else f"{gigabytes:g} GB"
    size, step = transformer_gigabytes(weights), working_gigabytes(weights)
    coded = f", the autoencoder in tiles of {plan.tile} latents" if plan.tile else ""
    attention = f", attention by {' or '.join(plan.attention)}" if plan.attention else ""
    needs = f"weights {size:.1f} GB in bf16; a step: {step:.1f} GB, estimated"
    return f"{card}: {lies[plan.placed]}, matrices in {plan.stored}{coded}{attention} ({needs})"


def sharing(engine: WanEngine, cards: int) -> str:
    """How many of a machine's cards film a take, and how."""
    degrees = degrees_for(cards, engine.settings.passes, engine.weights.architecture.num_heads)
    if degrees.ranks < 2:
        return f"one of {cards}" if cards else "none, the processor calculates"
    parts = ["passes of guidance side by side"] * (degrees.cfg > 1) + [f"each pass by {degrees.ulysses}"] * (degrees.ulysses > 1)
    return f"{degrees.ranks} of {cards} film a take: {', '.join(parts)}"


def complete(weights: PublishedWeights) -> str:
    """Compares names and shapes of all tensors with the network's; raises `EngineError`."""
    found = [len(check(weights, expert)[1]) for expert in range(len(weights.experts))]
    return f"{' and '.join(map(str, found))} tensors, all of them and no others"


def trials(engine: WanEngine) -> Iterator[tuple[str, int, int]]:
    """Names of what is tried, its steps and its frames."""
    yield from (("two steps", 2, 5), ("four steps", 4, 5), ("a short clip", engine.settings.steps, 17))


def tried(engine: WanEngine, steps: int, frames: int) -> str:
    """Films a short take; raises `EngineError` where that would take hours, or where the frames are no numbers."""
    card = torch.cuda.is_available()
    if not card and transformer_gigabytes(engine.weights) > _SLOW:
        raise EngineError("not tried: there is no graphics card here, and a processor would need hours")
    width, height = LARGE if card and frames > 5 else SMALL
    started = time.monotonic()
    made = list(
        replace(engine, settings=replace(engine.settings, steps=steps)).render(_take(engine, width, height, frames)).frames
    )
    took = time.monotonic() - started
    if len(made) != frames or not made[-1].std() > 0:
        raise EngineError(f"{len(made)} frames were made, {frames} were asked for, and the last is of one colour")
    peak = f", {torch.cuda.max_memory_allocated() / 1e9:.1f} GB" if card else ""
    return f"{frames} frames of {width}x{height} in {steps} steps, {took:.1f} s{peak} on {engine.networks.device}"


def _take(engine: WanEngine, width: int, height: int, frames: int) -> Take:
    """Somebody who speaks in front of a grey gradient."""
    rate = Rate.of(engine.limits.fps)
    shade = np.linspace(60, 190, width, dtype=np.uint8)
    look = Look(Still(np.broadcast_to(shade[None, :, None], (height, width, 3)).copy()), Face(np.zeros((478, 3), np.float32)))
    tone = 0.1 * np.sin(np.arange(_RATE * (1 + round(frames / rate.fps))) * 0.09).astype(np.float32)
    sound = Waveform(tone[:, None], _RATE) if engine.limits.most_speakers else None
    span = Span(0.0, rate.time(frames - 1))
    return Take(Canvas(width, height, rate), span, (Role("somebody", look, sound),), direction=Direction("A person looks up."))
