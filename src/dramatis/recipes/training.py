"""Training runs of the native model: what is trained, on what, and where it is kept. `runs/native.sh` calls them in order."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.speech import WINDOW, silence
from dramatis.conditioning.text import PROGRESS
from dramatis.media.digests import digest_of
from dramatis.media.pictures.picture_files import write_still
from dramatis.media.sound import Waveform
from dramatis.models import checkpoints, video_model
from dramatis.models.codec import Codec, CodecConfig
from dramatis.models.codec import load as load_codec
from dramatis.models.dit import DiTConfig
from dramatis.models.headers import WEIGHTS
from dramatis.models.refiner import load as load_refiner
from dramatis.models.text_encoder import TextConfig
from dramatis.models.video_model import VideoModelConfig, inputs, outputs
from dramatis.runtime.environment import cores
from dramatis.speech.mouthshapes import FEATURES
from dramatis.stage.play.captions import vocabulary
from dramatis.stage.play.script import EMOTIONS, NATIVE
from dramatis.stage.play.script_writer import write
from dramatis.stage.theatre import Theatre
from dramatis.take import OnEvent
from dramatis.training import codec as codecs
from dramatis.training import (
    interpolator,
    motion_model,
    mouth_finder,
    reader,
    refiner,
    speech_encoder,
    transformer,
    upscaler,
    vocals,
)
from dramatis.training.clips import read_clips
from dramatis.training.curves import curve
from dramatis.training.examples import TaskMix
from dramatis.training.large_pairs import LargePairFile, Maker, large_pairs
from dramatis.training.loop import LOG, Trainer, run
from dramatis.training.prefetch import Prefetch
from dramatis.training.render_clips import SECONDS, Plan, draw

Module = TypeVar("Module", bound=nn.Module)
CLIPS, CODEC, TRANSFORMER = "clips", "codec.safetensors", "transformer"
"""Where things lie in a training's folder."""
_SIZE, _MEASURED = (256, 144), 64
LARGE_PAIRS = 200
"""Films of the native model for the upscaler and the interpolator, 37 MB each."""


RECIPES = {
    "cpu": transformer.Recipe(),
    "cuda": transformer.Recipe(warm=500, steps=12_000, mix=TaskMix(tokens=24_000)),
}
"""How the transformer is trained on a device; that for GPUs has not been run yet."""


def native_config(channels: int) -> VideoModelConfig:
    """The architecture of the native model, for latents of so many channels."""
    text = TextConfig(vocabulary(), dim=128, num_heads=2)
    dit = DiTConfig(
        dim=192,
        ffn_dim=576,
        num_heads=4,
        num_layers=6,
        in_dim=inputs(channels),
        out_dim=outputs(channels),
        text_dim=text.dim,
        patch_size=(1, 1, 1),
        theta=100.0,
        position_scale=(3.0, 9.0, 9.0),
        roles=("video", "keyframe", "reference"),
        null_text=True,
        pooled_dim=192,
        speech_dim=len(FEATURES),
        speech_window=WINDOW,
        speech_tokens=6,
    )
    return VideoModelConfig(dit, text, PROGRESS, cues=(*EMOTIONS, *NATIVE.actions, *NATIVE.cameras), draws=NATIVE.attributes)


def train_codec(folder: Path, _minutes: float, on_event: OnEvent) -> None:
    """The codec, in two minutes or so, whatever is given: principal components, statistics and spectrum of their latents."""
    codec = codecs.with_components(Codec(CodecConfig()), codecs.drawn(codecs.CLIPS, on_event))
    scripts = (Theatre(write(NATIVE, number, "validation", SECONDS)) for number in range(_MEASURED))
    clips = (_film(theatre.film(_SIZE, np.arange(9) / 12)[0]) for theatre in scripts)
    checkpoints.save(folder / CODEC, codecs.with_statistics(codec, clips, Plan.channels))


def train_speech(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The speech encoder."""
    trained(speech_encoder.build_trainer(), folder / "speech", minutes, on_event)


def train_vocals(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The network that hears the voice in a mix (`speech/vocals.py`)."""
    trainer = vocals.build_trainer()
    try:
        run(trainer, folder / "vocals", minutes, on_event)
    finally:
        vocals.ship(trainer, folder / "vocals.safetensors")


def trained(trainer: Trainer[Module], state: Path, minutes: float, on_event: OnEvent) -> None:
    """Train from where the folder `state` stands; however that ends, the average of the weights is written beside it."""
    try:
        run(trainer, state, minutes, on_event)
    finally:
        checkpoints.save(state.with_suffix(".safetensors"), trainer.average)


def draw_clips(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """Clips of the native repertoire through the frozen encoder, on all cores."""
    draw(folder / CLIPS, Plan(NATIVE, folder / CODEC, folder / "speech.safetensors"), minutes, cores(), on_event)


def train_transformer(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The transformer, on the clips that are there; it goes on from where the folder stands, and exports its average."""
    clips = read_clips(folder / CLIPS)
    config = native_config(next(iter(clips.values()))[0].latents.shape[0])
    encoders = reading(config.text)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    recipe, workers = RECIPES[device], cores() - 1 if device == "cuda" else 0
    batch = Prefetch(transformer.batches(clips, encoders, load_codec(folder / CODEC), recipe), workers)
    trainer = transformer.build_trainer(config, batch, clips, recipe, device)
    try:
        trained(trainer, folder / TRANSFORMER, minutes, on_event)
    finally:
        write_still(curve(folder / TRANSFORMER / LOG), str(folder / f"{TRANSFORMER}.png"))


def train_refiner(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The refiner, on what the transformer, as it is now, makes of new scenes: those are filmed first, in some minutes of their
    own.
    """
    trained(refiner.build_trainer(_pairs(folder, on_event), refiner.Recipe()), folder / "refiner", minutes, on_event)


def train_mouth_finder(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The mouth finder, on the same films as the refiner."""
    trainer = mouth_finder.build_trainer(_pairs(folder, on_event), mouth_finder.Recipe())
    trained(trainer, folder / "mouth_finder", minutes, on_event)


def _pairs(folder: Path, on_event: OnEvent) -> list[refiner.Pair]:
    weights = folder / f"{TRANSFORMER}.safetensors"
    model = video_model.load(weights)
    kept = folder / "pairs" / digest_of(weights.read_bytes())
    by = refiner.VideoSampler(model, load_codec(folder / CODEC), reading(model.config.text))
    return refiner.pairs(kept, by, refiner.Recipe(), on_event)


def film_maker(folder: Path = WEIGHTS) -> Maker:
    """What makes films of the native model, with the weights of a folder."""
    model = video_model.load(folder / f"{TRANSFORMER}.safetensors")
    encoders = Encoders(tokenize=model.config.text.tokenize, speech_features=_unheard, silence=silence())
    sampler = refiner.VideoSampler(model, load_codec(folder / CODEC), encoders)
    return Maker(sampler, load_refiner(folder / "refiner.safetensors"))


def train_upscaler(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The upscaler, on what the native model, as it is now, makes of new scenes: those are filmed first, on all cores."""
    trained(upscaler.build_trainer(_large_pairs(folder, on_event), upscaler.Recipe()), folder / "upscaler", minutes, on_event)


def train_interpolator(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The interpolator, on the same films as the upscaler."""
    films = _large_pairs(folder, on_event)
    trained(interpolator.build_trainer(films, interpolator.Recipe()), folder / "interpolator", minutes, on_event)


def _large_pairs(folder: Path, on_event: OnEvent) -> list[LargePairFile]:
    weights = [folder / name for name in (f"{TRANSFORMER}.safetensors", CODEC, "refiner.safetensors")]
    kept = folder / "large" / digest_of(*(path.read_bytes() for path in weights))
    return large_pairs(kept, LARGE_PAIRS, partial(film_maker, folder), cores(), on_event)


def train_motion(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The motion model, on the clips that are there."""
    clips = read_clips(folder / CLIPS)
    text = native_config(1).text
    encoders = reading(text)
    trainer = motion_model.build_trainer(len(text.vocabulary), PROGRESS, clips, encoders, motion_model.Recipe())
    trained(trainer, folder / "motion", minutes, on_event)


def train_reader(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The reader of stage films, the judge of `dramatis evaluate native`."""
    reader.train(folder / "reader", minutes, on_event, target=folder / "reader.safetensors")


def train_whole(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """Transformer, motion model and refiner go on from the shipped weights on the whole repertoire (`recipes/gpu.py`)."""
    from dramatis.recipes.gpu import go_on

    go_on(folder, minutes, on_event)


RUNS: dict[str, Callable[[Path, float, OnEvent], None]] = {
    "codec": train_codec,
    "speech": train_speech,
    "clips": draw_clips,
    "motion": train_motion,
    "transformer": train_transformer,
    "refiner": train_refiner,
    "upscaler": train_upscaler,
    "interpolator": train_interpolator,
    "mouth_finder": train_mouth_finder,
    "reader": train_reader,
    "vocals": train_vocals,
    "whole": train_whole,
}
"""What can be trained (or, for training, drawn), in the order in which one needs the other; "whole" needs nothing."""


def reading(words: TextConfig) -> Encoders:
    """What reads clips: their words; the features of their voices they keep."""
    return Encoders(tokenize=words.tokenize, speech_features=_unheard, silence=silence())


def _unheard(_voice: Waveform) -> NDArray[np.float32]:
    raise ValueError("clips keep the features of their voices")


def _film(frames: NDArray[np.uint8]) -> Tensor:
    """`1 T 3 H W` in -1..1."""
    return torch.from_numpy(frames).permute(0, 3, 1, 2)[None].float() / 127.5 - 1
