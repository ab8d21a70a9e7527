"""Takes for tiny weights, and the velocity of their latents."""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from dramatis.clock import Rate, Span
from dramatis.engines.chaining import windows
from dramatis.engines.wan.engine import WanEngine
from dramatis.engines.wan.take_conditions import of_take, of_window
from dramatis.engines.wan.velocity import guided_velocity
from dramatis.media.face import Face
from dramatis.media.sound import Waveform
from dramatis.media.still import Matte, Pixels, Still
from dramatis.models.published.transformer import PublishedTransformer
from dramatis.story import Canvas, Direction
from dramatis.take import Engine, Look, Role, Take

SIDE = 32


def picture(seed: int = 0) -> Still:
    return Still(np.random.default_rng(seed).integers(0, 255, (SIDE, SIDE, 3), np.uint8))


def voice(seed: int = 0, seconds: float = 2.0) -> Waveform:
    return Waveform(0.1 * np.random.default_rng(seed).standard_normal((round(16_000 * seconds), 1)).astype(np.float32), 16_000)


def person(name: str, side: int | None = None, sound: Waveform | None = None) -> Role:
    """Somebody in the left (0) or right (1) half of the picture."""
    matte = None
    if side is not None:
        inside = np.zeros((SIDE, SIDE), np.uint8)
        inside[:, side * SIDE // 2 : (side + 1) * SIDE // 2] = 255
        matte = Matte(inside)
    return Role(name, Look(picture(), Face(np.ones((478, 3), np.float32)), matte), sound)


def take_for(engine: Engine, frames: int = 9, **changes: object) -> Take:
    rate = Rate.of(engine.limits.fps)
    cast_of = (person("Ada", 0, voice()), person("Ben", 1)) if engine.limits.most_speakers else (person("Ada"),)
    made = Take(Canvas(SIDE, SIDE, rate), Span(0.0, rate.time(frames - 1)), cast_of, direction=Direction("a woman smiles"))
    return replace(made, **changes)  # type: ignore[arg-type]  # by name


def filmed(engine: Engine, take: Take) -> list[Pixels]:
    return [frame.copy() for frame in engine.render(take).frames]


def rel(one: Tensor, other: Tensor) -> float:
    return float((one - other).norm() / other.norm())


@torch.inference_mode()
def velocity(engine: WanEngine, take: Take, words: float = 1.0) -> Tensor:
    """Of a take's first window, at a noise level of 0.6, guided by words alone."""
    window = windows(take.frames, engine.facts.window, engine.facts.motion or 1)[0]
    shared = of_take(take, engine.weights, engine.networks)
    given = of_window(window, shared, engine.weights)
    net = engine.networks.use("high", PublishedTransformer)
    x = torch.randn(
        1, net.arch.out_dim, 4, take.canvas.height // 8, take.canvas.width // 8, generator=torch.Generator().manual_seed(3)
    )
    plain = replace(engine.settings, words=(words,), voice=1.0)
    return guided_velocity((lambda: net,), given, plain)(x, 0.6)
