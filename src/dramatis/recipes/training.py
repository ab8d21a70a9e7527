"""Training runs of the native model: what is trained, on what, and where it is kept. `runs/native.sh` calls them in order."""

from pathlib import Path

import numpy as np

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.windows import WINDOW, silence
from dramatis.models.dit import DiTConfig
from dramatis.models.generator import GeneratorConfig
from dramatis.models.mouthshapes import FEATURES
from dramatis.models.text import TextConfig
from dramatis.stage.captions import vocabulary
from dramatis.stage.script import EMOTIONS, NATIVE
from dramatis.take import OnEvent
from dramatis.training import transformer
from dramatis.training.clips import read_clips
from dramatis.training.drawing import Plan, draw
from dramatis.training.loop import Progress, run

CLIPS, CODEC, TRANSFORMER = "clips", "codec/frozen.safetensors", "transformer"
"""Where things lie in a training's folder."""


def native_config(channels: int) -> GeneratorConfig:
    """The architecture of the native model, for latents of so many channels."""
    text = TextConfig(vocabulary(), dim=128, num_heads=2)
    dit = DiTConfig(
        dim=256,
        ffn_dim=768,
        num_heads=4,
        num_layers=8,
        in_dim=channels,
        out_dim=channels,
        text_dim=text.dim,
        patch_size=(1, 1, 1),
        theta=100.0,
        position_scale=(3.0, 9.0, 9.0),
        roles=("video", "keyframe", "reference"),
        null_text=True,
        speech_dim=len(FEATURES),
        speech_window=WINDOW,
        speech_tokens=6,
    )
    return GeneratorConfig(dit, text, performs=(*EMOTIONS, *NATIVE.actions, *NATIVE.cameras))


def draw_clips(folder: Path, minutes: float, workers: int, on_event: OnEvent) -> int:
    """Clips of the native repertoire through the frozen encoder; how many shards there are then."""
    return draw(folder / CLIPS, Plan(NATIVE, folder / CODEC), minutes, workers, on_event)


def train_transformer(folder: Path, minutes: float, on_event: OnEvent) -> Progress:
    """The transformer, on the clips that are there; it goes on from where the folder stands, and exports its average."""
    clips = read_clips(folder / CLIPS)
    first = next(iter(clips.values()))[0]
    config = native_config(first.latents.shape[0])
    encoders = Encoders(tokens=config.text.tokens, hear=_unheard, silence=silence())
    recipe = transformer.Recipe()
    pupil = transformer.student(config, clips, encoders, recipe)
    try:
        return run(pupil, folder / TRANSFORMER, minutes, on_event)
    finally:
        transformer.export(pupil, folder / f"{TRANSFORMER}.safetensors")


def _unheard(_voice: object) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    raise ValueError("clips keep the features of their voices")
